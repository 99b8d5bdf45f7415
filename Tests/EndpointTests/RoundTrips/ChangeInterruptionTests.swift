import Planner
import Testing

@testable import Providers

/// What calls a lambda is given another one. Wherever that breaks off, the same command again makes it whole: whatever
/// calls may call, and nothing is made and deleted as one thing.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil)) struct ChangeInterruptionTests {
  /// One caller of a lambda, as the file has it.
  enum Caller: String, CaseIterable, Sendable {
    case route, subscription, notification

    func yaml(calling function: String) -> String {
      let arn = "${lambdas.\(function).arn}"
      let caller =
        switch self {
        case .route: "apis:\n  shop:\n    routes:\n      GET /a: { lambda: \"\(arn)\" }\n"
        case .subscription:
          "topics: { news: {} }\nsubscriptions:\n"
            + "  news: { topic: \"${topics.news.arn}\", protocol: lambda, endpoint: \"\(arn)\" }\n"
        case .notification:
          "buckets:\n  src:\n    name: src-{account}\n"
            + "    notifications: [{ events: ['s3:ObjectCreated:*'], lambda: \"\(arn)\" }]\n"
        }
      return Self.lambdas + caller
    }

    private static let lambdas =
      "lambdas:\n"
      + ["one", "two"].map { name in
        "  \(name): { runtime: python3.12, handler: index.handler, "
          + "code: { zipFile: 'def handler(event, context): return {}' } }\n"
      }.joined()
  }

  @Test(arguments: Caller.allCases)
  func `A caller that is given another function has its permission, wherever that breaks off`(
    caller: Caller
  ) async throws {
    for writes in 1..<30 {
      let account = try TestAccount(.ministack)
      defer { account.remove() }
      let run = TestRun(account)
      try await run.apply(caller.yaml(calling: "one"))
      let isWhole = try await run.apply(caller.yaml(calling: "two"), breakingOffAt: writes)
      try await run.apply(caller.yaml(calling: "two"))
      #expect(try await run.plan(caller.yaml(calling: "two")).lines == [], "after \(writes) writes")
      #expect(try await statements(account, of: "two") == 1, "after \(writes) writes")
      #expect(try await statements(account, of: "one") == 0, "after \(writes) writes")
      if isWhole { return }
    }
    Issue.record("the change never came to its end")
  }

  private func statements(_ account: TestAccount, of function: String) async throws -> Int {
    let aws = ReadingClient(target: account.target, sender: account.client)
    let answer = try await aws.readIfPresent(Lambda.getPolicy, ["FunctionName": .string(function)])
    return answer?["Policy"]?.string.map { PolicyText.document($0).items("Statement").count } ?? 0
  }
}
