import Planner
import Testing

@testable import Providers

/// What is derived stays within what services take in a policy.
struct `Derived policies` {
  private static let account = "us-east-1:000000000000"

  private func statements(_ resource: Resource?, _ property: String = "policy") -> [Value] {
    resource?[property]?.items("Statement") ?? []
  }

  @Test func `name all topics that send to a queue in one statement`() throws {
    let topics = (0..<30).map { "t\($0): {}" }.joined(separator: ", ")
    let subscriptions = (0..<30).map {
      "s\($0): { topic: '${topics.t\($0).arn}', protocol: sqs, endpoint: '${queues.q.arn}' }"
    }.joined(separator: ", ")
    let resources = try StackChecking.resources(
      "topics: { \(topics) }\nqueues: { q: {} }\nsubscriptions: { \(subscriptions) }")
    let arns = (0..<30).map { Value.string("arn:aws:sns:\(Self.account):t\($0)") }
    #expect(
      statements(resources["queues.q"]) == [
        [
          "Effect": "Allow", "Principal": ["Service": "sns.amazonaws.com"], "Action": "sqs:SendMessage",
          "Resource": .string("arn:aws:sqs:\(Self.account):q"),
          "Condition": ["ArnLike": ["aws:SourceArn": .list(arns)]],
        ]
      ])
  }

  @Test func `leave what the file says as it stands`() throws {
    let own =
      "{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: 'sqs:SendMessage', "
      + "Resource: 'arn:aws:sqs:\(Self.account):q', "
      + "Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:\(Self.account):own' } } }"
    let resources = try StackChecking.resources(
      """
      topics: { a: {}, b: {} }
      queues: { q: { policy: { Statement: [\(own)] } } }
      subscriptions:
        a: { topic: "${topics.a.arn}", protocol: sqs, endpoint: "${queues.q.arn}" }
        b: { topic: "${topics.b.arn}", protocol: sqs, endpoint: "${queues.q.arn}" }
      """)
    let sources = statements(resources["queues.q"]).map { $0["Condition"]?["ArnLike"]?["aws:SourceArn"] }
    #expect(
      sources == [
        .string("arn:aws:sns:\(Self.account):own"),
        .list(["a", "b"].map { .string("arn:aws:sns:\(Self.account):\($0)") }),
      ])
  }

  /// So a queue can have more senders than its policy has room for.
  @Test func `say nothing that the file allows already`() throws {
    func statements(_ condition: String) throws -> Int {
      let own =
        "{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: 'sqs:SendMessage', "
        + "Resource: 'arn:aws:sqs:\(Self.account):q'\(condition) }"
      let resources = try StackChecking.resources(
        """
        topics: { a: {} }
        queues: { q: { policy: { Statement: [\(own)] } } }
        subscriptions: { a: { topic: "${topics.a.arn}", protocol: sqs, endpoint: "${queues.q.arn}" } }
        """)
      return self.statements(resources["queues.q"]).count
    }
    func like(_ pattern: String) -> String { ", Condition: { ArnLike: { 'AWS:SourceArn': '\(pattern)' } }" }
    #expect(try statements("") == 1)
    #expect(try statements(like("arn:aws:sns:\(Self.account):*")) == 1)
    #expect(try statements(like("arn:aws:sns:*:a")) == 1)
    #expect(try statements(like("arn:aws:sns:*:?")) == 1)
    #expect(try statements(like("arn:aws:sns:*:b")) == 2)
    #expect(try statements(", Condition: { StringEquals: { 'aws:SourceAccount': '1' } }") == 2)
  }

  @Test func `let a lambda read all of its queues by one statement`() throws {
    let resources = try StackChecking.resources(
      """
      queues: { a: {}, b: {} }
      lambdas: { f: { code: { zipFile: handler }, runtime: python3.12, handler: index.handler } }
      eventMappings:
        a: { source: "${queues.a.arn}", lambda: "${lambdas.f.arn}" }
        b: { source: "${queues.b.arn}", lambda: "${lambdas.f.arn}" }
      """)
    let reading = statements(resources["lambdas.f.role"]).filter { $0["Action"]?[0] == "sqs:ReceiveMessage" }
    #expect(
      reading.map { $0["Resource"] } == [
        .list(["a", "b"].map { .string("arn:aws:sqs:\(Self.account):\($0)") })
      ])
  }

  @Test(arguments: [10, 11, 300])
  func `let a few routes call a lambda each by its own permission, and many by one`(_ count: Int) throws {
    let routes = (0..<count).map { "'GET /r\($0)': { lambda: '${lambdas.f.arn}' }" }.joined(separator: ", ")
    let resources = try StackChecking.resources(
      """
      lambdas: { f: { code: { zipFile: handler }, runtime: python3.12, handler: index.handler } }
      apis: { a: { routes: { \(routes) } } }
      """)
    let permissions = resources.values.filter { $0.section == "permissions" }
    let names = permissions.compactMap(\.address.part).sorted()
    #expect(
      names
        == (count > 10 ? ["permission-routes-f"] : (0..<count).map { "permission-GET-r\($0)" }.sorted()))
    let sources = permissions.compactMap { $0["sourceArn"]?.templates.first?.source }.sorted()
    #expect(
      sources
        == (count > 10
          ? ["arn:aws:execute-api:\(Self.account):${apis.a.id}/*/*"]
          : (0..<count).map { "arn:aws:execute-api:\(Self.account):${apis.a.id}/*/GET/r\($0)" }.sorted()))
  }
}

struct `Permissions of lambdas whose names read alike` {
  @Test func `are each there`() throws {
    let functions = ["a-b-c", "a:b-c", "a-b:c"].map { "arn:aws:lambda:us-east-1:000000000000:function:\($0)" }
    let routes = functions.enumerated().flatMap { position, function in
      (0...10).map { "'GET /r\(position)/\($0)': { lambda: '\(function)' }" }
    }
    let resources = try StackChecking.resources(
      "apis: { x: { routes: { \(routes.joined(separator: ", ")) } } }")
    let permissions = resources.values.filter { $0.section == "permissions" }
    #expect(permissions.compactMap { $0["function"]?.string }.sorted() == functions.sorted())
  }
}

struct `A policy's conditions` {
  @Test func `compare texts, however the file writes them`() throws {
    let statement =
      "{ Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', "
      + "Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:TlsVersion': [1.20, 1] } } }"
    let resources = try StackChecking.resources("queues: { q: { policy: { Statement: [\(statement)] } } }")
    #expect(
      resources["queues.q"]?["policy"]?["Statement"]?[0]?["Condition"] == [
        "Bool": ["aws:SecureTransport": "false"], "NumericLessThan": ["s3:TlsVersion": ["1.20", "1"]],
      ])
  }
}
