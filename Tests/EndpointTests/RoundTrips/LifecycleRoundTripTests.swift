import Planner
import Testing

@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct LifecycleRoundTripTests {
  private func yaml(_ rules: String) -> String {
    "buckets: { logs: { name: \"logs-{account}\", lifecycleRules: [\(rules)] } }\n"
  }

  /// S3 refuses the marker beside days, and LocalStack a rule without an id.
  @Test(arguments: TestEndpoint.available)
  func `Rules without an id, or with a marker that is off, are set and settle`(
    endpoint: TestEndpoint
  ) async throws {
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    let days = "{ prefix: a, expirationInDays: 3, expiredObjectDeleteMarker: false }"
    for rules in [days, "\(days), { prefix: b, expirationInDays: 4 }", "{ prefix: b, expirationInDays: 4 }"] {
      try await run.apply(yaml(rules))
      #expect(try await run.plan(yaml(rules)).lines == [], "\(rules)")
    }
    _ = try await run.destroy(yaml(days))
  }
}
