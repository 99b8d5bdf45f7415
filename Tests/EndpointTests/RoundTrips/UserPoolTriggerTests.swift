import Planner
import Testing

@testable import Providers

/// A pool may call its lambdas by the time it does. LocalStack has no pools.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil)) struct `The triggers of a user pool` {
  private static func stack(_ triggers: String) -> String {
    let function =
      "{ runtime: python3.12, handler: index.handler, code: { zipFile: \"def handler(event, context): return event\" } }"
    return """
      userPools:
        customers: { lambdaConfig: { \(triggers) } }
      userPoolClients:
        web: { userPoolId: "${userPools.customers.id}" }
      lambdas:
        check: \(function)
        greet: \(function)
      """
  }

  private func permissions(in plan: Plan, _ isMeant: (Step.Operation) -> Bool) -> [Step] {
    plan.steps.filter { $0.section == "permissions" && isMeant($0.operation) }
  }

  @Test func `may be called before users come in, and before the pool knows of a new one`() async throws {
    let account = try TestAccount(.ministack)
    defer { account.remove() }
    let run = TestRun(account)
    let first = Self.stack("preSignUp: \"${lambdas.check.arn}\"")
    let creation = try await run.planned(first)
    let made = permissions(in: creation.plan) { if case .create = $0 { true } else { false } }
    let client = try #require(creation.plan.steps.first { $0.section == "userPoolClients" })
    #expect(made.count == 1 && Set(client.needs).isSuperset(of: made.map(\.id)))
    try await run.apply(creation)
    #expect(try await run.plan(first).lines == [])

    let change = try await run.planned(Self.stack("customMessage: \"${lambdas.greet.arn}\""))
    let new = permissions(in: change.plan) { if case .create = $0 { true } else { false } }
    let old = permissions(in: change.plan) { if case .delete = $0 { true } else { false } }
    let pool = try #require(change.plan.steps.first { $0.section == "userPools" })
    #expect(new.count == 1 && Set(pool.needs).isSuperset(of: new.map(\.id)))
    #expect(old.count == 1 && old.allSatisfy { $0.needs.contains(pool.id) })
    try await run.apply(change)
    #expect(try await run.plan(Self.stack("customMessage: \"${lambdas.greet.arn}\"")).lines == [])
    _ = try await run.destroy(first)
  }
}
