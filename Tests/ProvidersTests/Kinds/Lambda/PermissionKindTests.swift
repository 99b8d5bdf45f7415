import Testing

@testable import Planner
@testable import Providers

struct `The kind permissions` {
  private let kind = PermissionKind()
  private let arn = "arn:aws:lambda:eu-west-1:111111111111:function:worker"

  private func permission(_ name: String, _ properties: [String: Value]) -> Resource {
    Resource(Address("permissions", name), properties: properties)
  }

  private func owner(_ resource: Resource) -> Owner { Owner(stack: "shop", address: resource.address) }

  private func policy(_ statements: [Value]) -> Value {
    ["Policy": .string(Value.map(["Statement": .list(statements)]).json)]
  }

  private func statement(_ resource: Resource, principal: Value, condition: Value = .null) -> Value {
    [
      "Sid": .string(PermissionKind.statementID(of: resource, owner(resource))), "Effect": "Allow",
      "Principal": principal, "Action": "lambda:InvokeFunction", "Resource": .string(arn),
      "Condition": condition,
    ]
  }

  @Test func `of one function are read by one call`() async throws {
    let one = permission("one", ["function": .string(arn), "principal": "s3.amazonaws.com"])
    let two = permission("two", ["function": "worker", "principal": "sns.amazonaws.com"])
    let other = permission("other", ["function": "worker", "principal": "events.amazonaws.com"])
    let sender = AnsweringSender([
      "GetPolicy": policy([
        statement(
          one, principal: ["Service": "s3.amazonaws.com"],
          condition: [
            "ArnLike": ["AWS:SourceArn": "arn:aws:s3:::b"],
            "StringEquals": ["AWS:SourceAccount": "111111111111"],
          ]),
        statement(two, principal: ["Service": "sns.amazonaws.com"]),
      ])
    ])
    let queries = [one, two, other].map { LiveQuery($0, owner: owner($0)) }
    let answers = await kind.read(queries, sender.reading)
    #expect(await sender.requests.map(\.path) == [["2015-03-31", "functions", "worker", "policy"]])
    let live = try #require(try answers[one.address]?.get())
    #expect(live.owner == owner(one))
    #expect(
      live.properties == [
        "function": "worker", "principal": "s3.amazonaws.com", "action": "lambda:InvokeFunction",
        "sourceArn": "arn:aws:s3:::b", "sourceAccount": "111111111111",
      ])
    #expect(kind.schema.property("function")?.differences(live: "worker", wanted: .string(arn)) == [])
    #expect(try answers[two.address]?.get()?.properties["function"] == "worker")
    #expect(try answers[other.address]?.get() == nil)
  }

  @Test(arguments: [
    ("222222222222", "arn:aws:iam::222222222222:root", true), ("222222222222", "222222222222", true),
    ("arn:aws:iam::222222222222:root", "222222222222", true),
    ("333333333333", "arn:aws:iam::222222222222:root", false),
    ("arn:aws:iam::222222222222:user/u", "arn:aws:iam::222222222222:user/u", true),
    ("arn:aws:iam::222222222222:user/u", "222222222222", false),
  ])
  func `know an account in every spelling`(_ wanted: String, _ live: String, _ isSame: Bool) async throws {
    let resource = permission("p", ["function": "worker", "principal": .string(wanted)])
    let sender = AnsweringSender([
      "GetPolicy": policy([statement(resource, principal: ["AWS": .string(live)])])
    ])
    let read = try await kind.read(LiveQuery(resource, owner: owner(resource)), sender.reading)
    let principal = try #require(kind.schema.property("principal"))
    let differences = principal.differences(live: read?.properties["principal"], wanted: .string(wanted))
    #expect(differences.isEmpty == isSame)
  }

  @Test func `are ours under an id that was shortened less, too`() async throws {
    let resource = permission("p", ["function": "worker", "principal": "s3.amazonaws.com"])
    let owner = Owner(stack: String(repeating: "s", count: 60), address: resource.address)
    let id = "stackform-\(owner.stack)-\(StableHash.hex("permissions.p"))"
    let sender = AnsweringSender([
      "GetPolicy": policy([["Sid": .string(id), "Principal": ["Service": "s3.amazonaws.com"]]])
    ])
    let query = LiveQuery(resource, id: "worker/\(id)", owner: owner)
    #expect(try await kind.read(query, sender.reading)?.owner == owner)
  }

  @Test func `are looked for where the record has them first`() async throws {
    let moved = permission("p", ["function": "new", "principal": "s3.amazonaws.com"])
    let sender = AnsweringSender([
      "GetPolicy": policy([statement(moved, principal: ["Service": "s3.amazonaws.com"])])
    ])
    let id = "old/\(PermissionKind.statementID(of: moved, owner(moved)))"
    let live = try await kind.read(LiveQuery(moved, id: id, owner: owner(moved)), sender.reading)
    #expect(live?.id == id && live?.properties["function"] == "old")
  }

  @Test func `are added to an alias where the function has one`() async throws {
    let resource = permission(
      "p",
      ["function": .string("\(arn):live"), "principal": "s3.amazonaws.com", "sourceArn": "arn:aws:s3:::b"])
    let sender = AnsweringSender(["AddPermission": [:]])
    let created = try await kind.create(Creation(resource: resource, owner: owner(resource)), sender.writing)
    let request = try #require(await sender.requests.first)
    #expect(request.path == ["2015-03-31", "functions", "worker", "policy"])
    #expect(request.query.map(\.value) == ["live"] && !request.isRepeatable)
    #expect(
      created.id
        == "worker:live/\(PermissionKind.statementID(of: resource, owner(resource)))")
    #expect(await sender.input("AddPermission")?["SourceArn"] == "arn:aws:s3:::b")
  }

  @Test(arguments: [(EndpointSoftware?.none, false), (.miniStack, false), (.localStack, true)])
  func `keep quiet about calls over a URL only where the condition is dropped`(
    _ software: EndpointSoftware?, isUntold: Bool
  ) async throws {
    let resource = permission("p", ["function": "worker", "principal": "*", "invokedViaFunctionUrl": true])
    let sender = AnsweringSender(["GetPolicy": policy([statement(resource, principal: "*")])])
    var target = sender.target
    target.software = software?.rawValue
    let live = try await kind.read(
      LiveQuery(resource, owner: owner(resource)), ReadingClient(target: target, sender: sender))
    #expect(live?.untold == (isUntold ? ["invokedViaFunctionUrl"] : []))
  }

  @Test func `have ids that Lambda takes`() {
    let long = Owner(
      stack: String(repeating: "s", count: 80), address: Address("apis", "a/b", part: "permission-x.y"))
    func id(_ owner: Owner, _ function: String, _ source: Value = "arn:aws:s3:::b") -> String {
      PermissionKind.statementID(
        of: permission(
          "p", ["function": .string(function), "principal": "s3.amazonaws.com", "sourceArn": source]),
        owner)
    }
    let longest = id(long, "f:" + String(repeating: "a", count: 128))
    #expect(
      longest.count <= 100 && longest.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
    let short = Owner(stack: "s", address: Address("a", "b"))
    #expect(id(short, "f").hasPrefix("stackform-s-e61d99190466522c-"))
    // Each thing that it says gives another one, and the same in every run.
    let ids = [id(short, "f"), id(short, "f:live"), id(short, "f", "arn:aws:s3:::c"), id(long, "f")]
    #expect(Set(ids).count == 4 && id(short, "f") == ids[0])
  }

  @Test func `are found by their mark where no record has them, the one that is wanted first`() async throws {
    let resource = permission(
      "p", ["function": "worker", "principal": "s3.amazonaws.com", "sourceArn": "arn:aws:s3:::b"])
    let mark = PermissionKind.mark(of: owner(resource))
    func said(_ id: String, _ bucket: String) -> Value {
      [
        "Sid": .string(id), "Principal": ["Service": "s3.amazonaws.com"], "Action": "lambda:InvokeFunction",
        "Resource": .string(arn),
        "Condition": ["ArnLike": ["AWS:SourceArn": .string("arn:aws:s3:::\(bucket)")]],
      ]
    }
    for (statements, found) in [
      ([said("\(mark)-1", "a"), said("\(mark)-2", "b")], "2"), ([said("\(mark)-1", "a")], "1"),
      ([said("stackform-other-1", "b")], nil),
    ] as [([Value], String?)] {
      let sender = AnsweringSender(["GetPolicy": policy(statements)])
      let live = try await kind.read(LiveQuery(resource, owner: owner(resource)), sender.reading)
      #expect(live?.id == found.map { "worker/\(mark)-\($0)" })
    }
  }
}

/// Notes which functions' policies are being changed at the same time.
private actor OverlapSender: RequestSender {
  private var current: [String: Int] = [:]
  /// The most changes of one policy, and of all, at one time.
  private(set) var most = (ofOne: 0, ofAll: 0)

  func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
    let function = request.path.joined(separator: "/")
    current[function, default: 0] += 1
    most = (max(most.ofOne, current[function] ?? 0), max(most.ofAll, current.values.reduce(0, +)))
    for _ in 0..<100 { await Task.yield() }
    current[function]? -= 1
    return AWSResponse(status: 201, value: ["Statement": "{}"])
  }
}

struct `Permissions of one function` {
  @Test func `are written one at a time, and those of two functions side by side`() async throws {
    let sender = OverlapSender()
    let target = Target(account: "111111111111", region: "eu-west-1", endpoint: "http://localhost:4566")
    let aws = WritingClient(target: target, sender: sender)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<12 {
        group.addTask {
          let owner = Owner(stack: "shop", address: Address("permissions", "p\(number)"))
          let resource = Resource(
            owner.address, name: nil,
            properties: ["function": .string("f\(number % 2)"), "principal": "sns.amazonaws.com"])
          _ = try await PermissionKind().create(Creation(resource: resource, owner: owner), aws)
        }
      }
      try await group.waitForAll()
    }
    #expect(await sender.most == (ofOne: 1, ofAll: 2))
  }
}
