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

  /// As a ledger was written before it noted what holds a secret.
  private func forgetSecrets() async throws {
    let stored = try #require(await world.store.stored)
    var ledger = stored.ledger
    for address in ledger.records.keys {
      ledger.records[address]?.secrets = nil
      ledger.records[address]?.secretPaths = nil
    }
    _ = try await world.store.save(ledger, replacing: stored.revision)
  }

  @Test func `Of what was applied before secrets were noted everything is taken for one`() async throws {
    try await world.apply(labelled("canary", isSecret: true))
    try await forgetSecrets()
    let plan = try await world.plan(labelled("other", isSecret: false))
    #expect(plan.change("things.a")?.properties.map(\.isSecret) == [true])
    #expect(try await !"\(sealed(plan))".contains("canary"))
  }

  @Test func `An entry with another name held what the former one did`() async throws {
    try await world.apply(labelled("canary", isSecret: true))
    var renamed = thing("b", ["label": "other"])
    renamed.name = "a"
    let plan = try await world.plan(stack([renamed]))
    #expect(plan.change("things.b")?.formerAddress == Address("things", "a"))
    #expect(try await !"\(sealed(plan))".contains("canary"))
    let stored = try #require(await world.store.stored)
    #expect(stored.ledger.records[Address("things", "a")]?.secrets == ["label"])
  }

  @Test func `A rebuilt ledger knows what holds a secret`() async throws {
    try await world.apply(labelled("canary", isSecret: true))
    let rebuilt = try await world.pipeline.rebuilt(
      labelled("canary", isSecret: true), from: Ledger(stack: "test", salt: "salt"), owned: [])
    #expect(rebuilt.ledger.records[Address("things", "a")]?.secrets == ["label"])
    #expect(rebuilt.ledger.records[Address("things", "a")]?.secretPaths == ["label"])
  }
}
