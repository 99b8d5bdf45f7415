import Testing

@testable import Planner

/// What was moved or forgotten since a release is no change from outside, on either side, until there is another release.
struct ChangedHandsTests {
  let world = TwoStacks()
  private let gate = Resource(Address("gates", "g"), name: "g")
  private let a = Address("things", "a")
  private let g = Address("gates", "g")
  private var shop: Stack { world.wanted("shop", [gate, thing("a"), thing("b", ["size": 5])]) }
  private var billing: Stack { world.wanted("billing", [thing("bills", ["size": 5])]) }

  private func release() async throws {
    try await world.apply(shop, world.shop, release: ReleaseTests.draft("shop"))
    try await world.apply(billing, world.billing, release: ReleaseTests.draft("billing"))
  }

  /// What a gate finds between a stack's release and what is live.
  private func drift(of stack: Stack, _ store: FakeLedgerStore) async throws -> ReleaseDrift {
    let planned = try await world.pipeline(store).plan(stack, options: .release)
    return ReleaseDrift(of: planned, registry: fakeRegistry, fingerprint: fakeFingerprinter("salt"))
  }

  private func words(_ stack: Stack, _ store: FakeLedgerStore) async throws -> [String] {
    try await drift(of: stack, store).changes.map(\.driftWords)
  }

  private func hands(_ store: FakeLedgerStore) async -> [Address: ChangedHands]? {
    await store.stored?.ledger.changedHands
  }

  @Test func `What was moved is no drift of the source's release, whether it has a name of its own or not`()
    async throws
  {
    try await release()
    try await world.move(["gates.g", "things.a"])
    let drift = try await drift(of: shop, world.shop)
    #expect(drift.changes.isEmpty && drift.left == [g, a])
    // All else is looked at as before.
    await world.cloud.change("things/b") { $0.properties["size"] = 9 }
    #expect(try await words(shop, world.shop) == ["things.b: size"])
    await world.cloud.remove("things/b")
    #expect(try await words(shop, world.shop) == ["things.b is gone"])
  }

  @Test func `What came is no drift of the target's release, and is not to be deleted unseen`() async throws {
    try await release()
    try await world.move(["gates.g", "things.a"])
    let drift = try await drift(of: billing, world.billing)
    #expect(drift.changes.isEmpty && drift.left.isEmpty)
    // A promotion of what does not have it would delete it; one of what has it would make another one.
    let deleting = try await world.pipeline(world.billing).plan(billing, options: PlanOptions()).plan
    #expect(
      drift.overrun(by: deleting).map(\.driftWords) == [
        "gates.g was moved here since the release", "things.a was moved here since the release",
      ])
    let remaking = try await world.pipeline(world.shop)
      .plan(world.wanted("shop", [gate, thing("b")]), options: PlanOptions()).plan
    #expect(
      try await self.drift(of: shop, world.shop).overrun(by: remaking).map(\.driftWords)
        == ["gates.g was moved or forgotten since the release"])
  }

  @Test func `What was forgotten is no drift, and what refers to it is compared as before`() async throws {
    let wanted = world.wanted("shop", [thing("a"), thing("b", ["label": "x"], needs: ["a"])])
    try await world.apply(wanted, world.shop, release: ReleaseTests.draft("shop"))
    let pipeline = world.pipeline(world.shop)
    let forgetting = try await pipeline.forgetting(
      ["things.a"], of: "shop", target: fakeTarget, writer: world.cloud)
    try await pipeline.forget(forgetting, run: world.run, target: fakeTarget, writer: world.cloud) { true }
    #expect(try await words(wanted, world.shop) == [])
    await world.cloud.change("things/b") { $0.properties["label"] = "y" }
    #expect(try await words(wanted, world.shop) == ["things.b: label"])
  }

  @Test func `The next release ends it, and one that leaves it out does not`() async throws {
    try await release()
    try await world.move(["gates.g", "things.a"])
    var some = PlanOptions()
    some.targets = ["things.b"]
    await world.cloud.change("things/b") { $0.properties["size"] = 9 }
    let partial = try await world.apply(shop, world.shop, some, release: ReleaseTests.draft("shop"))
    #expect(partial.release?.number == 2)
    #expect(await hands(world.shop) == [g: .left, a: .left])
    some.targets = ["things.bills"]
    await world.cloud.change("things/bills") { $0.properties["size"] = 9 }
    let other = try await world.apply(billing, world.billing, some, release: ReleaseTests.draft("billing"))
    #expect(other.release?.number == 2)
    #expect(await hands(world.billing) == [g: .came, a: .came])
    let rest = world.wanted("shop", [thing("b")])
    #expect(try await world.apply(rest, world.shop, release: ReleaseTests.draft("rest")).release?.number == 3)
    #expect(await hands(world.shop) == nil)
    let both = world.wanted("billing", [gate, thing("a"), thing("bills")])
    try await world.apply(both, world.billing, release: ReleaseTests.draft("both"))
    #expect(await hands(world.billing) == nil)
  }

  @Test func `What comes back has not left, and what is made anew is the release's`() async throws {
    try await release()
    try await world.move(["gates.g", "things.a"])
    try await world.move(["things.a"], isBack: true)
    #expect(await hands(world.shop) == [g: .left])
    #expect(await hands(world.billing) == [g: .came])
    await world.cloud.remove("things/a")
    #expect(try await words(shop, world.shop) == ["things.a is gone"])
    // An apply that makes another gate and fails at the end is no release.
    await world.cloud.setFault { $0 == 2 ? .invalid : .none }
    #expect(try await world.apply(shop, world.shop, release: ReleaseTests.draft("shop")).isSuccess == false)
    await world.cloud.setFault(nil)
    #expect(await hands(world.shop) == nil)
  }

  @Test func `What a partial destroy took is gone, and not given away`() async throws {
    try await release()
    var some = PlanOptions()
    some.isDestroy = true
    some.targets = ["things.b"]
    try await world.apply(shop, world.shop, some)
    #expect(try await words(shop, world.shop) == ["things.b is not there"])
  }

  @Test func `Killed at any write, a finished move has noted it once`() async throws {
    for last in 0...20 {
      for isCarriedOut in [false, true] {
        let test = ChangedHandsTests()
        try await test.release()
        await test.world.start(dyingAfter: last, isCarriedOut: isCarriedOut)
        _ = try? await test.world.move(["things.a"])
        await test.world.start()
        _ = try? await test.world.move(["things.a"])
        #expect(await test.hands(test.world.shop) == [a: .left], "\(last) \(isCarriedOut)")
        #expect(await test.hands(test.world.billing) == [a: .came], "\(last) \(isCarriedOut)")
      }
    }
  }
}
