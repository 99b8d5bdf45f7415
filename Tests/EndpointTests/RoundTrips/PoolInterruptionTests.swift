import Planner
import Testing

@testable import Providers

/// A pool that must be replaced takes its clients and groups along. Wherever that breaks off, the next apply ends it, and
/// nothing is left.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil)) struct PoolInterruptionTests {
  private func yaml(_ pool: String) -> String {
    """
    lambdas:
      worker: { runtime: python3.12, handler: index.handler, code: { zipFile: 'def handler(event, context): return event' } }
    userPools:
      people: { lambdaConfig: { preSignUp: "${lambdas.worker.arn}" }\(pool) }
    userPoolClients:
      web: { userPoolId: "${userPools.people.id}" }
    userPoolGroups:
      staff: { userPoolId: "${userPools.people.id}" }

    """
  }

  @Test func `There is one pool with one client and one group in the end`() async throws {
    let wanted = yaml(", usernameAttributes: [email]")
    for writes in 1..<40 {
      let account = try TestAccount(.ministack)
      defer { account.remove() }
      let run = TestRun(account)
      try await run.apply(yaml(""))
      let isWhole = try await run.apply(wanted, breakingOffAt: writes)
      let between = try await groups(account)
      #expect(!between.isEmpty && between.contains(1), "after \(writes) writes: \(between)")
      try await run.apply(wanted)
      #expect(try await groups(account) == [1], "after \(writes) writes")
      #expect(try await clients(account) == [1], "after \(writes) writes")
      #expect(try await run.plan(wanted).lines == [], "after \(writes) writes")
      _ = try await run.destroy(wanted)
      #expect(try await groups(account) == [], "after \(writes) writes")
      if isWhole { return }
    }
    Issue.record("the change never came to its end")
  }

  /// Of each pool, how many groups called staff it has.
  private func groups(_ account: TestAccount) async throws -> [Int] {
    try await pools(account) { pool, aws in
      let group = try await aws.readIfPresent(
        Cognito.getGroup, ["UserPoolId": .string(pool), "GroupName": "staff"])
      return group == nil ? 0 : 1
    }
  }

  private func clients(_ account: TestAccount) async throws -> [Int] {
    try await pools(account) { pool, aws in
      try await aws.everyItem(Cognito.listUserPoolClients, ["UserPoolId": .string(pool), "MaxResults": 60])
        .count
    }
  }

  private func pools(
    _ account: TestAccount, _ count: (String, ReadingClient) async throws -> Int
  ) async throws -> [Int] {
    let aws = ReadingClient(target: account.target, sender: account.client)
    var counts: [Int] = []
    for pool in try await aws.everyItem(Cognito.listUserPools, ["MaxResults": 60]) {
      counts.append(try await count(pool["Id"]?.string ?? "", aws))
    }
    return counts
  }
}
