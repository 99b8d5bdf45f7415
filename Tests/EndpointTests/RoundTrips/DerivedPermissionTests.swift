import Planner
import Testing

@testable import Providers

/// What is derived for callers stays small, is changed without a moment without it, and is given back as it was sent.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct DerivedPermissionTests {
  private static func yaml(routes: Int, environment: String = "") -> String {
    let lines = (0..<routes).map { "      GET /r\($0): { lambda: \"${lambdas.worker.arn}\" }\n" }.joined()
    return """
      lambdas:
        worker:
          code: { zipFile: "def handler(event, context): return {'statusCode': 200}" }
          runtime: python3.12
          handler: index.handler
      \(environment)
      apis:
        shop:
          routes:
      \(lines)
      """
  }

  @Test(arguments: TestEndpoint.available)
  func `The permission of all routes is there before the API has so many, and the others go after`(
    endpoint: TestEndpoint
  ) async throws {
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    try await run.apply(Self.yaml(routes: 10))
    for (count, made) in [(11, 1), (10, 10)] {
      let planned = try await run.planned(Self.yaml(routes: count))
      let steps = planned.plan.steps
      let api = try #require(steps.first { $0.section == "apis" })
      let permissions = steps.filter { $0.section == "permissions" }
      let new = permissions.filter { if case .create = $0.operation { true } else { false } }
      let old = permissions.filter { if case .delete = $0.operation { true } else { false } }
      #expect([new.count, old.count] == [made, 11 - made])
      #expect(Set(api.needs).isSuperset(of: new.map(\.id)))
      #expect(old.allSatisfy { $0.needs.contains(api.id) })
      try await run.apply(planned)
      #expect(try await run.plan(Self.yaml(routes: count)).lines == [])
    }
    _ = try await run.destroy(Self.yaml(routes: 10))
  }

  @Test(arguments: TestEndpoint.available)
  func `A lambda knows the URL of the API that calls it`(endpoint: TestEndpoint) async throws {
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    let yaml = Self.yaml(routes: 1, environment: "    environment: { API_URL: \"${apis.shop.url}\" }")
    try await run.apply(yaml)
    #expect(try await run.plan(yaml).lines == [])
    _ = try await run.destroy(yaml)
  }

  /// Whoever makes the role: without the rights AWS refuses the mapping.
  @Test(arguments: TestEndpoint.available)
  func `A declared role gets what the event mapping needs, and keeps it`(endpoint: TestEndpoint) async throws
  {
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    let yaml = """
      roles: { own: { assumedBy: [lambda.amazonaws.com] } }
      queues: { jobs: {} }
      lambdas:
        worker:
          code: { zipFile: "def handler(event, context): pass" }
          runtime: python3.12
          handler: index.handler
          role: "${roles.own.arn}"
      eventMappings: { jobs: { source: "${queues.jobs.arn}", lambda: worker } }

      """
    try await run.apply(yaml)
    #expect(try await run.plan(yaml).lines == [])
    _ = try await run.destroy(yaml)
  }

  /// Each in one statement, and the endpoint gives it back as it is.
  @Test(arguments: TestEndpoint.available)
  func `Thirty topics send to a queue`(endpoint: TestEndpoint) async throws {
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    let topics = (0..<30).map { "  t\($0): {}\n" }.joined()
    let subscriptions = (0..<30).map {
      "  s\($0): { topic: \"${topics.t\($0).arn}\", protocol: sqs, endpoint: \"${queues.jobs.arn}\" }\n"
    }.joined()
    let yaml = "topics:\n\(topics)queues: { jobs: {} }\nsubscriptions:\n\(subscriptions)"
    try await run.apply(yaml)
    #expect(try await run.plan(yaml).lines == [])
    _ = try await run.destroy(yaml)
  }
}
