import Testing

@testable import Planner
@testable import Providers

struct `A rule of events` {
  private let kind = EventRuleKind()
  private let owner = Owner(stack: "shop", address: Address("eventRules", "sold"))

  private func stack(_ yaml: String) throws -> Stack {
    let files = FileReader(files: ["stack.yaml": Array("stack: shop\n\(yaml)".utf8)])
    return try StackDeclaration.load("stack.yaml", files: files).resolved(
      registry: AWSKinds.registry, target: Target(account: "111111111111", region: "eu-west-1"),
      variables: [:],
      environment: [:], files: files)
  }

  private func rule(targets: Value) -> Resource {
    Resource(
      owner.address, name: "sold",
      properties: ["eventBusName": "shop", "eventPattern": ["source": ["shop"]], "targets": targets])
  }

  private static let queue: Value = "arn:aws:sqs:eu-west-1:111111111111:jobs"

  @Test func `is of one bus, whose name its ARN has unless it is the default one`() {
    let target = Target(account: "111111111111", region: "eu-west-1")
    for (bus, path) in [("shop", "shop/sold"), ("default", "sold")] {
      var resource = rule(targets: [:])
      resource.properties["eventBusName"] = .string(bus)
      #expect(
        kind.earlyAttributes(of: resource, in: target)["arn"]
          == .string("arn:aws:events:eu-west-1:111111111111:rule/\(path)"))
    }
  }

  @Test func `gets all its targets by one call, and none that the service did not take`() async throws {
    let sender = AnsweringSender([
      "PutRule": ["RuleArn": "arn"], "PutTargets": ["FailedEntryCount": 0, "FailedEntries": []],
    ])
    let targets: Value = [
      "a": ["arn": Self.queue, "input": ["n": 1], "roleArn": .null],
      "b": ["arn": Self.queue, "sqsParameters": ["messageGroupId": "g"]],
    ]
    _ = try await kind.create(Creation(resource: rule(targets: targets), owner: owner), sender.writing)
    #expect(
      await sender.input("PutTargets") == [
        "Rule": "sold", "EventBusName": "shop",
        "Targets": [
          ["Id": "a", "Arn": Self.queue, "Input": #"{"n":1}"#],
          ["Id": "b", "Arn": Self.queue, "SqsParameters": ["MessageGroupId": "g"]],
        ],
      ])
  }

  @Test func `counts a target that the service refused within a success as a failure, and says why`() {
    let request = Request(EventBridge.putTargets, ["Rule": "sold"]).wire
    let answer: Value = [
      "FailedEntryCount": 1,
      "FailedEntries": [["TargetId": "a", "ErrorCode": "LimitExceeded", "ErrorMessage": "too many"]],
    ]
    let response = HTTPResponse(status: 200)
    #expect(
      EventBridge.putTargets.proof.flaw(in: response, value: answer, root: nil, to: request)
        == "with FailedEntryCount 1 (a LimitExceeded: too many)")
    #expect(
      EventBridge.removeTargets.proof.flaw(in: response, value: [:], root: nil, to: request) != nil)
  }

  @Test(arguments: [(4, ["PutTargets", "RemoveTargets"]), (5, ["RemoveTargets", "PutTargets"])])
  func `gets new targets before the old ones go, where five are enough`(count: Int, order: [String])
    async throws
  {
    let done: Value = ["FailedEntryCount": 0]
    let sender = AnsweringSender(["PutTargets": done, "RemoveTargets": done])
    let old = Dictionary(
      (1..<count).map { ("old\($0)", ["arn": Self.queue] as Value) } + [("kept", ["arn": Self.queue])]
    ) { $1 }
    let new: Value = ["kept": ["arn": Self.queue], "new": ["arn": Self.queue]]
    let live = LiveResource(
      id: "shop|sold", properties: ["targets": .map(old)], attributes: [:], owner: owner)
    _ = try await kind.update(
      Update(live: live, resource: rule(targets: new), owner: owner, changed: ["targets"]), sender.writing)
    #expect(await sender.operations == order)
    #expect(await sender.input("PutTargets")?["Targets"] == [["Id": "new", "Arn": Self.queue]])
  }

  @Test func `may call what it names: by a permission, by policies, and in the name of one role`() throws {
    let stack = try stack(
      """
      queues: { jobs: {}, dead: {} }
      topics: { news: {} }
      streams: { clicks: {} }
      lambdas: { worker: { code: { zipFile: "def handler(event, context): pass" }, runtime: python3.12, handler: index.handler } }
      eventBuses: { shop: {}, audit: {} }
      eventRules:
        sold:
          eventBusName: shop
          eventPattern: { source: [shop] }
          targets:
            clicks: { arn: "${streams.clicks.arn}" }
            jobs: { arn: "${queues.jobs.arn}", deadLetterConfig: { arn: "${queues.dead.arn}" } }
            news: { arn: "${topics.news.arn}" }
            worker: { arn: "${lambdas.worker.arn}" }
            machine: { arn: "arn:aws:states:eu-west-1:111111111111:stateMachine:m" }

      """)
    let rule: Value = "arn:aws:events:eu-west-1:111111111111:rule/shop/sold"
    let permission = try #require(stack[Address("eventRules", "sold", part: "permission-worker")])
    #expect(permission["sourceArn"] == rule && permission["principal"] == "events.amazonaws.com")
    for queue in ["jobs", "dead"] {
      let statement = stack[Address("queues", queue)]?["policy"]?.items("Statement").first
      #expect(statement?["Condition"] == ["ArnLike": ["aws:SourceArn": rule]])
    }
    let topic = stack[Address("topics", "news")]?["policy"]?.items("Statement").first
    #expect(topic?["Action"] == "sns:Publish" && topic?["Condition"] == nil)
    let sold = try #require(stack[owner.address])
    let role = try #require(stack[EventRuleKind.roleAddress(of: sold)])
    let actions = role["policy"]?.items("Statement").flatMap { $0.items("Action") }
    #expect(actions == ["kinesis:PutRecord", "kinesis:PutRecords", "states:StartExecution"])
    let targets = try #require(sold["targets"]?.map)
    let arn: Value = .string("arn:aws:iam::111111111111:role/\(role.name ?? "")")
    #expect(
      targets.filter { $0.value["roleArn"]?.isNull == false }.keys.sorted() == ["clicks", "machine"])
    #expect(targets["clicks"]?["roleArn"] == arn)
    let needs = try ResourceGraph(stack).needs(of: owner.address)
    let needed = [
      Address("eventBuses", "shop"), Address("streams", "clicks"), Address("queues", "jobs"),
      Address("queues", "dead"), Address("topics", "news"), Address("lambdas", "worker"),
    ]
    #expect(Set(needs).isSuperset(of: needed + [role.address, permission.address]))
  }

  @Test func `lets its own role do what its targets need, and asks for no other`() throws {
    let stack = try stack(
      """
      roles: { own: { assumedBy: [events.amazonaws.com] } }
      streams: { clicks: {} }
      eventRules:
        sold:
          eventPattern: { source: [shop] }
          targets: { clicks: { arn: "${streams.clicks.arn}", roleArn: "${roles.own.arn}" } }

      """)
    let statement = stack[Address("roles", "own")]?["policy"]?.items("Statement").first
    #expect(statement?["Action"] == ["kinesis:PutRecord", "kinesis:PutRecords"])
    #expect(stack.resources(in: "roles").count == 1)
  }

  @Test func `sends to another bus, and calls an API destination, in the name of one role`() throws {
    let stack = try stack(
      """
      eventBuses: { audit: {} }
      eventRules:
        sold:
          eventPattern: { source: [shop] }
          targets:
            audit: { arn: "${eventBuses.audit.arn}" }
            hook: { arn: "arn:aws:events:eu-west-1:111111111111:api-destination/hook/1" }

      """)
    let sold = try #require(stack[owner.address])
    let role = try #require(stack[EventRuleKind.roleAddress(of: sold)])
    let actions = role["policy"]?.items("Statement").flatMap { $0.items("Action") }
    #expect(actions == ["events:PutEvents", "events:InvokeApiDestination"])
    #expect(sold["targets"]?.map?.values.allSatisfy { $0["roleArn"]?.isNull == false } == true)
  }

  @Test func `runs each revision of a task or job that it names by its family`() {
    func resources(_ arn: String, _ name: String, _ member: String, _ definition: Value) -> Value? {
      EventRights.statements(for: ["arn": .string(arn), name: [member: definition]]).first?["Resource"]
    }
    let task = "arn:aws:ecs:eu-west-1:111111111111:task-definition/worker"
    let cluster = "arn:aws:ecs:eu-west-1:111111111111:cluster/c"
    #expect(
      resources(cluster, "ecsParameters", "taskDefinitionArn", .string(task)) == [
        .string(task), .string(task + ":*"),
      ])
    #expect(
      resources(cluster, "ecsParameters", "taskDefinitionArn", .string(task + ":7")) == .string(task + ":7"))
    let job = "arn:aws:batch:eu-west-1:111111111111:job-definition/j"
    let queue = "arn:aws:batch:eu-west-1:111111111111:job-queue/q"
    #expect(
      resources(queue, "batchParameters", "jobDefinition", .string(job)) == [
        .string(queue), .string(job), .string(job + ":*"),
      ])
  }

  @Test func `calls two aliases of a lambda by two permissions, however many targets name them`() throws {
    let stack = try stack(
      """
      lambdas:
        worker:
          code: { zipFile: "def handler(event, context): pass" }
          runtime: python3.12
          handler: index.handler
          aliases: { live: {}, test: {} }
      eventRules:
        sold:
          eventPattern: { source: [shop] }
          targets:
            a: { arn: "${lambdas.worker.arn}:live" }
            b: { arn: "${lambdas.worker.arn}:test" }
            c: { arn: "${lambdas.worker.arn}:live" }

      """)
    #expect(stack.resources.filter { $0.section == "permissions" }.count == 2)
  }
}
