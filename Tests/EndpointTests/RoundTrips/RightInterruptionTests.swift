import Planner
import Testing

@testable import Providers

/// What sends to a queue, or reads from it, is given another one. Wherever that breaks off, what is at work may do what it
/// does: the new right is there before, and the old one until then.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil)) struct RightInterruptionTests {
  /// One user of a queue, as the file has it.
  enum User: String, CaseIterable, Sendable {
    case subscription, notification, eventMapping, deadLetterTarget

    func yaml(using queue: String) -> String {
      let arn = "${queues.\(queue).arn}"
      let queues = "queues: { one: {}, two: {} }\n"
      let user =
        switch self {
        case .subscription:
          "topics: { news: {} }\nsubscriptions:\n"
            + "  news: { topic: \"${topics.news.arn}\", protocol: sqs, endpoint: \"\(arn)\" }\n"
        case .notification:
          "buckets:\n  src:\n    name: src-{account}\n"
            + "    notifications: [{ events: ['s3:ObjectCreated:*'], queue: \"\(arn)\" }]\n"
        case .eventMapping:
          Self.lambda("")
            + "eventMappings:\n  news: { source: \"\(arn)\", lambda: \"${lambdas.worker.arn}\" }\n"
        case .deadLetterTarget: Self.lambda(", deadLetterTargetArn: \"\(arn)\"")
        }
      return queues + user
    }

    private static func lambda(_ more: String) -> String {
      "lambdas:\n  worker: { runtime: python3.12, handler: index.handler, "
        + "code: { zipFile: 'def handler(event, context): return {}' }\(more) }\n"
    }
  }

  @Test(arguments: User.allCases)
  func `What is given another queue may use what it uses, wherever that breaks off`(user: User) async throws {
    for writes in 1..<30 {
      let account = try TestAccount(.ministack)
      defer { account.remove() }
      let run = TestRun(account)
      try await run.apply(user.yaml(using: "one"))
      let world = QueueWorld(account)
      #expect(try await world.used(by: user) == ["one"])
      let isWhole = try await run.apply(user.yaml(using: "two"), breakingOffAt: writes)
      let (used, usable) = (try await world.used(by: user), try await world.usable(by: user))
      #expect(!used.isEmpty && used.isSubset(of: usable), "after \(writes) writes")
      try await run.apply(user.yaml(using: "two"))
      #expect(try await run.plan(user.yaml(using: "two")).lines == [], "after \(writes) writes")
      #expect(try await world.used(by: user) == ["two"])
      #expect(try await world.usable(by: user) == ["two"])
      if isWhole { return }
    }
    Issue.record("the change never came to its end")
  }
}

/// Which of the two queues are in use, and which may be used.
private struct QueueWorld {
  let account: TestAccount
  let aws: ReadingClient

  init(_ account: TestAccount) {
    self.account = account
    aws = ReadingClient(target: account.target, sender: account.client)
  }

  func used(by user: RightInterruptionTests.User) async throws -> Set<String> {
    let answer: Value
    switch user {
    case .subscription:
      let topic = account.target.arn("sns", "news")
      answer = .list(try await aws.everyItem(SNS.listSubscriptionsByTopic, ["TopicArn": topic ?? .null]))
    case .notification:
      answer = try await BucketNotifications.read("src-\(account.id)", aws).declared
    case .eventMapping:
      answer = .list(try await aws.everyItem(Lambda.listEventSourceMappings, ["FunctionName": "worker"]))
    case .deadLetterTarget:
      answer = try await aws.read(Lambda.getFunctionConfiguration, ["FunctionName": "worker"])
    }
    return queues(in: answer)
  }

  /// By the policies of the queues, or by the role of the lambda.
  func usable(by user: RightInterruptionTests.User) async throws -> Set<String> {
    switch user {
    case .eventMapping, .deadLetterTarget:
      let function = try await aws.read(Lambda.getFunctionConfiguration, ["FunctionName": "worker"])
      let role = function["Role"]?.string?.split(separator: "/").last.map(String.init) ?? ""
      let answer = try await aws.read(
        IAM.getRolePolicy, ["RoleName": .string(role), "PolicyName": .string(RoleKind.policyName)])
      return queues(in: PolicyText.document(answer["PolicyDocument"]?.string ?? ""))
    case .subscription, .notification:
      var open: Set<String> = []
      for name in ["one", "two"] {
        let url = QueueKind.url(name: name, in: account.target) ?? .null
        let answer = try await aws.read(SQS.getQueueAttributes, ["QueueUrl": url, "AttributeNames": ["All"]])
        let policy = answer["Attributes"]?["Policy"]?.string ?? ""
        if policy.contains(user == .subscription ? ":news\"" : ":::src-\(account.id)") { open.insert(name) }
      }
      return open
    }
  }

  private func queues(in value: Value) -> Set<String> {
    let text = value.json
    return Set(["one", "two"].filter { account.target.arn("sqs", $0)?.string.map(text.contains) ?? false })
  }
}
