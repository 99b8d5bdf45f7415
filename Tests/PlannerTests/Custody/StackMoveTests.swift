import Testing

@testable import Planner

/// A resource goes from one stack to another, and is at no time nobody's.
struct StackMoveTests {
  let stacks = TwoStacks()

  private func applied() async throws {
    await stacks.start()
    try await stacks.apply(stacks.wanted("shop", [thing("a"), thing("b", ["size": 3])]), stacks.shop)
    try await stacks.apply(stacks.wanted("billing", [thing("z")]), stacks.billing)
  }

  @Test func `Record and owner tags go to the other stack`() async throws {
    try await applied()
    try await stacks.move(["things.a"], as: Address("things", "c"))
    #expect(await stacks.records(stacks.shop) == ["things.b"])
    #expect(await stacks.records(stacks.billing) == ["things.c", "things.z"])
    #expect(await stacks.owner("a") == Owner(stack: "billing", address: Address("things", "c")))
    var moved = thing("c")
    moved.name = "a"
    let plan = try await stacks.pipeline(stacks.billing)
      .plan(stacks.wanted("billing", [thing("z"), moved]), options: PlanOptions()).plan
    #expect(plan.symbols == [])
    #expect(await stacks.shop.stored?.ledger.runs.last?.custody == .handedOver)
    #expect(await stacks.billing.stored?.ledger.runs.last?.custody == .takenOver)
  }

  @Test(arguments: [false, true])
  func `Killed at any write, it is destroyed by neither, and the same command finishes it`(
    isCarriedOut: Bool
  ) async throws {
    // A mark, a record, the tags, and each ledger's end.
    let total = 5
    for last in 0..<total {
      let stacks = TwoStacks()
      await stacks.start()
      try await stacks.apply(stacks.wanted("shop", [thing("a"), thing("b")]), stacks.shop)
      try await stacks.apply(stacks.wanted("billing", [thing("z")]), stacks.billing)
      await stacks.start(dyingAfter: last, isCarriedOut: isCarriedOut)
      #expect(await !summaries { try await stacks.move(["things.a"]) }.isEmpty, "\(last)")
      #expect(stacks.writes > last)
      await stacks.start()
      let (source, target) = (await stacks.records(stacks.shop), await stacks.records(stacks.billing))
      let known = (source ?? []) + (target ?? [])
      #expect(known.contains { $0.hasPrefix("things.a") }, "\(last): \(known)")
      // Files that have no entry for it are the most dangerous ones.
      let (fromShop, fromBilling) = (
        await stacks.destroyed("shop", stacks.shop), await stacks.destroyed("billing", stacks.billing)
      )
      let done = isCarriedOut ? last + 1 : last
      if done > 0 { #expect(fromShop?.contains("- things.a") != true, "\(last)") }
      if done < total { #expect(fromBilling?.contains("- things.a") != true, "\(last)") }
      if done < total { try await stacks.move(["things.a"]) }
      #expect(await stacks.records(stacks.shop) == ["things.b"], "\(last)")
      #expect(await stacks.records(stacks.billing) == ["things.a", "things.z"], "\(last)")
      #expect(await stacks.owner("a") == Owner(stack: "billing", address: Address("things", "a")), "\(last)")
    }
  }

  @Test func `What got the address since is not moved`() async throws {
    try await applied()
    try await stacks.move(["things.a"])
    let stored = await stacks.billing.stored
    var marked = try #require(stored?.ledger)
    marked.records[Address("things", "a")]?.handover = Handover(
      direction: .from, stack: "shop", address: Address("things", "a"))
    _ = try await stacks.billing.save(marked, replacing: stored?.revision)
    var other = thing("a")
    other.name = "another"
    try await stacks.apply(stacks.wanted("shop", [other, thing("b", ["size": 3])]), stacks.shop)
    try await stacks.move(["things.a"])
    #expect(await stacks.records(stacks.shop) == ["things.a", "things.b"])
    #expect(await stacks.records(stacks.billing) == ["things.a", "things.z"])
    #expect(await stacks.owner("another") == Owner(stack: "shop", address: Address("things", "a")))
  }

  @Test func `Refused tags leave both ledgers as they were`() async throws {
    try await applied()
    let before = (await stacks.records(stacks.shop), await stacks.records(stacks.billing))
    await stacks.cloud.setFault { _ in .error(ProviderError(.denied, message: "no", operation: "x:Tag")) }
    #expect(
      await summaries { try await stacks.move(["things.a"]) }
        == ["Cannot write the owner tags", "Nothing was moved"])
    #expect((await stacks.records(stacks.shop), await stacks.records(stacks.billing)) == before)
    await stacks.cloud.setFault { _ in .answeredOnly }
    #expect(await summaries { try await stacks.move(["things.a"]) }.first == "Cannot write the owner tags")
  }

  @Test func `What is in use, taken, gone or unknown is not moved`() async throws {
    await stacks.start()
    try await stacks.apply(
      stacks.wanted("shop", [thing("a"), thing("b", needs: ["a"]), thing("z"), thing("gone")]), stacks.shop)
    try await stacks.apply(stacks.wanted("billing", [thing("other")]), stacks.billing)
    var other = thing("z")
    other.name = "zz"
    try await stacks.apply(stacks.wanted("billing", [thing("other"), other]), stacks.billing)
    await stacks.cloud.remove("things/gone")
    #expect(await summaries { try await stacks.move(["things.a"]) } == ["Other resources refer to it"])
    #expect(await summaries { try await stacks.move(["things.z"]) } == ["The address is taken"])
    #expect(await summaries { try await stacks.move(["things.gone"]) } == ["There is nothing to move"])
    #expect(await summaries { try await stacks.move(["things.q"]) } == ["Unknown address"])
    #expect(
      await summaries { try await stacks.move(["things.*"], as: Address("things", "x")) }
        == ["One address for several resources"])
    #expect(
      await summaries { try await stacks.move(["things.b"], as: Address("vaults", "b")) }
        == ["Not an address for this resource"])
    // Together they go.
    try await stacks.move(["things.a", "things.b"])
    #expect(
      await stacks.billing.stored?.ledger.records[Address("things", "b")]?.needs == [Address("things", "a")])
  }

  @Test func `A new stack keeps the fingerprints of what it begins with`() async throws {
    await stacks.start()
    try await stacks.apply(stacks.wanted("shop", [thing("a", ["size": 4])]), stacks.shop)
    let applied = await stacks.shop.stored?.ledger.records[Address("things", "a")]?.applied
    try await stacks.move(["things.a"])
    #expect(await stacks.billing.stored?.ledger.records[Address("things", "a")]?.applied == applied)
    #expect(applied?.isEmpty == false)
  }

  @Test func `A move is finished though its source was destroyed meanwhile`() async throws {
    await stacks.start()
    try await stacks.apply(stacks.wanted("shop", [thing("a")]), stacks.shop)
    try await stacks.apply(stacks.wanted("billing", [thing("z")]), stacks.billing)
    await stacks.start(dyingAfter: 4)
    _ = try? await stacks.move(["things.a"])
    await stacks.start()
    #expect(await stacks.records(stacks.billing) == ["things.a…", "things.z"])
    await stacks.shop.wipe()
    try await stacks.move(["things.a"])
    #expect(await stacks.records(stacks.billing) == ["things.a", "things.z"])
    #expect(await stacks.shop.stored == nil)
  }

  @Test func `What became another's while the question stood is not moved`() async throws {
    try await applied()
    let mover = stacks.mover()
    let move = try await mover.plan(["things.a"], as: nil, from: "shop", to: "billing")
    let stranger = Owner(stack: "other", address: Address("things", "a"))
    await stacks.cloud.change("things/a") { $0.owner = stranger }
    let before = (await stacks.shop.stored?.ledger, await stacks.billing.stored?.ledger)
    #expect(
      await summaries { try await mover.carryOut(move, run: stacks.run) { true } }
        == ["The resource belongs to somebody else"])
    #expect(await stacks.owner("a") == stranger)
    #expect((await stacks.shop.stored?.ledger, await stacks.billing.stored?.ledger) == before)
  }

  @Test func `Twins go along`() async throws {
    await stacks.start()
    let gate = Resource(Address("gates", "g"), name: "g")
    try await stacks.apply(stacks.wanted("shop", [gate]), stacks.shop)
    let item = try #require(await stacks.cloud.items["gates/id-1"])
    await stacks.cloud.put("gates/twin", item)
    try await stacks.move(["gates.g"])
    #expect(await Set(stacks.cloud.items.values.map(\.owner?.stack)) == ["billing"])
  }

  @Test func `Nothing is written without the lock`() async throws {
    try await applied()
    let mover = stacks.mover()
    let move = try await mover.plan(["things.a"], as: nil, from: "shop", to: "billing")
    let before = (await stacks.shop.stored?.ledger, await stacks.billing.stored?.ledger)
    #expect(
      await summaries { try await mover.carryOut(move, run: stacks.run) { false } }.count == 1)
    #expect((await stacks.shop.stored?.ledger, await stacks.billing.stored?.ledger) == before)
    #expect(await stacks.owner("a")?.stack == "shop")
  }

  /// A link bears no tags: what it is in is all that tells whose it is.
  @Test func `What bears no tags is not taken back by the stack that gave it away`() async throws {
    await stacks.start()
    let link = Resource(Address("links", "l"), properties: ["to": "there"])
    try await stacks.apply(stacks.wanted("shop", [link, thing("a")]), stacks.shop)
    try await stacks.move(["links.l"])
    let ids = await stacks.cloud.ids("links")
    let back = await summaries {
      try await stacks.apply(stacks.wanted("shop", [link, thing("a")]), stacks.shop)
    }
    #expect(back == ["The resource belongs to somebody else"])
    try await stacks.apply(stacks.wanted("shop", [thing("a")]), stacks.shop)
    #expect(await stacks.cloud.ids("links") == ids)
    try await stacks.apply(stacks.wanted("billing", [link]), stacks.billing)
    #expect(await stacks.cloud.ids("links") == ids)
    // And back again it is the first one's.
    let mover = StackMover(
      stacks.pipeline(stacks.billing), to: stacks.shop, place: fakeTarget, writer: stacks.cloud)
    let move = try await mover.plan(["links.l"], as: nil, from: "billing", to: "shop")
    try await mover.carryOut(move, run: stacks.run) { true }
    try await stacks.apply(stacks.wanted("shop", [link, thing("a")]), stacks.shop)
    #expect(await stacks.cloud.ids("links") == ids)
    #expect(await stacks.shop.stored?.ledger.givenAway == nil)
  }
}
