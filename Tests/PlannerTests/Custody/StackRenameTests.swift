import Testing

@testable import Planner

/// A stack gets another name, with all that it has.
struct StackRenameTests {
  private func applied(_ stacks: TwoStacks) async throws {
    await stacks.start()
    let stack = stacks.wanted("shop", [thing("a"), thing("b", needs: ["a"])])
    let pipeline = stacks.pipeline(stacks.shop)
    let planned = try await pipeline.plan(stack, options: PlanOptions())
    _ = try await pipeline.apply(
      planned, release: ReleaseTests.draft(), run: stacks.run, writer: stacks.cloud, width: 1,
      stop: StopRequest()
    ) { _ in }
  }

  @Test func `Ledger, releases, journals and owner tags bear the new name`() async throws {
    let stacks = TwoStacks()
    try await applied(stacks)
    let before = await stacks.shop.stored?.ledger
    let (bundles, journals) = (await stacks.shop.bundles, await stacks.shop.journals)
    #expect(bundles.count == 1 && journals.count == 1)
    try await stacks.rename()
    #expect(await stacks.shop.stored == nil)
    let after = await stacks.billing.stored?.ledger
    #expect(after?.stack == "billing" && after?.renaming == nil)
    #expect(after?.records == before?.records && after?.releases == before?.releases)
    #expect(await stacks.billing.bundles == bundles)
    #expect(await stacks.billing.journals == journals)
    #expect(await stacks.owner("b") == Owner(stack: "billing", address: Address("things", "b")))
    #expect(after?.runs.map(\.custody) == [nil, .renamed])
    let plan = try await stacks.pipeline(stacks.billing)
      .plan(stacks.wanted("billing", [thing("a"), thing("b", needs: ["a"])]), options: PlanOptions()).plan
    #expect(plan.symbols == [])
  }

  @Test(arguments: [false, true])
  func `Killed at any write, nothing is destroyed, and the same command finishes it`(
    isCarriedOut: Bool
  ) async throws {
    let whole = TwoStacks()
    try await applied(whole)
    await whole.start()
    try await whole.rename()
    let total = whole.writes
    #expect(total > 6)
    for last in 0..<total {
      let stacks = TwoStacks()
      try await applied(stacks)
      await stacks.start(dyingAfter: last, isCarriedOut: isCarriedOut)
      #expect(await !summaries { try await stacks.rename() }.isEmpty, "\(last)")
      await stacks.start()
      let fromShop = await stacks.destroyed("shop", stacks.shop)
      let fromBilling = await stacks.destroyed("billing", stacks.billing)
      let done = isCarriedOut ? last + 1 : last
      if done > 0 { #expect(fromShop?.isEmpty != false, "\(last)") }
      if done < total {
        #expect(fromBilling?.isEmpty != false, "\(last)")
        try await stacks.rename()
      }
      #expect(await stacks.shop.stored == nil, "\(last)")
      #expect(await stacks.records(stacks.billing) == ["things.a", "things.b"], "\(last)")
      #expect(await stacks.billing.bundles.count == 1, "\(last)")
      #expect(await stacks.owner("a") == Owner(stack: "billing", address: Address("things", "a")), "\(last)")
      #expect(await stacks.billing.stored?.ledger.renaming == nil, "\(last)")
    }
  }

  @Test func `A stack that took the old name meanwhile is left alone`() async throws {
    let stacks = TwoStacks()
    try await applied(stacks)
    try await stacks.rename()
    // As if the run had been killed before its last write, and the old file applied again.
    let stored = await stacks.billing.stored
    var marked = try #require(stored?.ledger)
    marked.renaming = Renaming(direction: .from, stack: "shop")
    _ = try await stacks.billing.save(marked, replacing: stored?.revision)
    try await stacks.apply(stacks.wanted("shop", [thing("new")]), stacks.shop)
    try await stacks.rename()
    #expect(await stacks.records(stacks.shop) == ["things.new"])
    #expect(await stacks.records(stacks.billing) == ["things.a", "things.b"])
    #expect(await stacks.billing.stored?.ledger.renaming == nil)
  }

  @Test func `A name that is taken, bad, or the same is refused`() async throws {
    let stacks = TwoStacks()
    try await applied(stacks)
    try await stacks.apply(stacks.wanted("billing", [thing("z")]), stacks.billing)
    #expect(await summaries { try await stacks.rename() } == ["The name is taken"])
    let renamer = StackRenamer(
      stacks.pipeline(stacks.shop), to: FakeLedgerStore(), place: fakeTarget, writer: stacks.cloud)
    #expect(await summaries { _ = try await renamer.plan(from: "shop", to: "shop") } == ["The same name"])
    #expect(await summaries { _ = try await renamer.plan(from: "shop", to: "a/b") } == ["Bad name"])
  }

  @Test func `Refused tags leave the old name`() async throws {
    let stacks = TwoStacks()
    try await applied(stacks)
    await stacks.cloud.setFault { _ in .error(ProviderError(.denied, message: "no", operation: "x:Tag")) }
    #expect(await summaries { try await stacks.rename() }.last == "Nothing was renamed")
    #expect(await stacks.billing.stored == nil)
    #expect(await stacks.shop.stored?.ledger.renaming == nil)
    #expect(await stacks.records(stacks.shop) == ["things.a", "things.b"])
  }

  @Test func `What is somebody else's by its tags is not taken along`() async throws {
    let stacks = TwoStacks()
    try await applied(stacks)
    let stranger = Owner(stack: "other", address: Address("things", "a"))
    await stacks.cloud.change("things/a") { $0.owner = stranger }
    #expect(await summaries { try await stacks.rename() } == ["The resource belongs to somebody else"])
    #expect(await stacks.owner("a") == stranger)
    #expect(await stacks.shop.stored?.ledger.renaming == nil)
    #expect(await stacks.billing.stored == nil)
  }

  @Test func `A ledger that is being renamed is changed by nothing else`() async throws {
    let stacks = TwoStacks()
    try await applied(stacks)
    await stacks.start(dyingAfter: 2)
    #expect(await !summaries { try await stacks.rename() }.isEmpty)
    await stacks.start()
    let before = await stacks.shop.stored?.ledger
    #expect(before?.renaming != nil)
    let hold = Hold(
      author: ReleaseAuthor(user: "ada", host: "engine"), time: "now", reason: nil, rolledBackFrom: nil)
    #expect(
      await summaries { try await stacks.shop.revise(isLockHeld: { true }) { $0.hold = hold } }
        == ["The stack is being renamed"])
    #expect(await stacks.shop.stored?.ledger == before)
  }
}
