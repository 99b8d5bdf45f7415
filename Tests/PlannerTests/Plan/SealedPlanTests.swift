import Testing

@testable import Planner

/// What a plan says of secrets, and what a file may hold of it.
@Suite struct SealedPlanTests {
  let world = FakeWorld()

  private func labelled(_ text: String?, isSecret: Bool, entry: String = "a") -> Stack {
    var resource = thing(entry, text.map { ["label": .string($0)] } ?? [:])
    if isSecret { resource.secretPaths = ["label"] }
    return stack([resource])
  }

  private func sealed(_ plan: Plan) async throws -> Plan {
    plan.sealed(
      by: fakeFingerprinter("s"), registry: fakeRegistry,
      records: try #require(await world.store.stored?.ledger).records, texts: [])
  }

  @Test(arguments: [nil, "nothing secret"])
  func `A former secret is one still, while it is live`(_ next: String?) async throws {
    try await world.apply(labelled("canary", isSecret: true))
    let plan = try await world.plan(labelled(next, isSecret: false))
    #expect(plan.change("things.a")?.properties.map(\.isSecret) == [true])
    let sealed = try await sealed(plan)
    #expect(!"\(sealed)".contains("canary"))
    #expect(sealed.moves(since: sealed) == [])
    // Once another value is live, it is no secret any more.
    try await world.apply(labelled("plain", isSecret: false))
    let later = try await world.plan(labelled("other", isSecret: false))
    #expect(later.change("things.a")?.properties.map(\.isSecret) == [false])
  }

  @Test func `A destruction of what held a secret holds none`() async throws {
    try await world.apply(labelled("canary", isSecret: true))
    var options = PlanOptions()
    options.isDestroy = true
    let sealed = try await sealed(world.plan(stack([thing("a")]), options))
    #expect(sealed.steps.count == 1 && !"\(sealed)".contains("canary"))
  }

  @Test func `Another secret is another plan`() async throws {
    try await world.apply(labelled("first", isSecret: true))
    let plans = [
      try await sealed(world.plan(labelled("canary-one", isSecret: true))),
      try await sealed(world.plan(labelled("canary-two", isSecret: true))),
    ]
    #expect(plans[0].moves(since: plans[1]) == [Address("things", "a")])
    #expect(!"\(plans)".contains("canary"))
  }
}
