import Testing

@testable import Planner

/// A creation that was delivered twice leaves two resources with the same owner tags.
@Suite struct TwinTests {
  let world = FakeWorld()
  private let gate = Resource(Address("gates", "g"), name: "g", properties: ["color": "red"])

  /// Two gates of one address; the ledger's id first.
  private func twins() async throws -> [String] {
    try await world.apply(stack([gate]))
    let id = try #require(await world.cloud.ids("gates").first)
    let item = try #require(await world.cloud.items[FakeCloud.identity("gates", id)])
    await world.cloud.put(FakeCloud.identity("gates", "twin"), item)
    return [id, "twin"]
  }

  @Test func `The plan shows the one that the ledger does not know, and an apply deletes it`() async throws {
    let ids = try await twins()
    let plan = try await world.plan(stack([gate]))
    #expect(plan.symbols == ["-- gates.g"] && plan.changes.map(\.leftovers) == [["twin"]])
    #expect(plan.counts.destroy == 1)
    #expect(try await world.apply(stack([gate])).isSuccess)
    #expect(await world.cloud.ids("gates") == [ids[0]])
    #expect(try await world.plan(stack([gate])).symbols == [])
  }

  @Test func `A destruction takes both`() async throws {
    _ = try await twins()
    #expect(try await world.destroy(stack([gate])).isSuccess)
    #expect(await world.cloud.items.isEmpty)
  }

  @Test func `Drift names it`() async throws {
    _ = try await twins()
    let report = try await world.pipeline.drift(of: stack([gate])).report
    #expect(report.entries.map(\.kind) == [.twin] && report.entries.map(\.id) == ["twin"])
  }

  private func rebuilt(_ ids: [String], from base: Ledger) async throws -> LedgerRebuild {
    let owner = Owner(stack: "test", address: gate.address)
    let found = ids.map { id in
      TaggedResource(
        section: "gates", name: nil,
        live: LiveResource(id: id, properties: [:], attributes: [:], owner: owner), owner: owner)
    }
    return try await world.pipeline.rebuilt(stack([gate]), from: base, owned: found)
  }

  @Test func `Without a ledger nothing tells which one is in use: neither a plan nor a rebuild chooses`()
    async throws
  {
    let ids = try await twins()
    await world.store.wipe()
    for work in [
      { _ = try await world.plan(stack([gate])) },
      { _ = try await rebuilt(ids, from: Ledger(stack: "test", salt: "salt")) },
    ] as [() async throws -> Void] {
      let error = await #expect(throws: Diagnostics.self) { try await work() }
      #expect(error?.items.map(\.summary) == ["Several resources bear the same owner tags"])
      #expect(ids.allSatisfy { error?.items.first?.detail.contains("\"\($0)\"") == true })
    }
    // A destroy need not choose.
    #expect(try await world.destroy(stack([gate])).isSuccess)
    #expect(await world.cloud.items.isEmpty)
  }

  @Test func `Once one of them is nobody's, the other one is taken`() async throws {
    let ids = try await twins()
    await world.store.wipe()
    await world.cloud.change(FakeCloud.identity("gates", "twin")) { $0.owner = nil }
    let rebuilt = try await rebuilt([ids[0]], from: Ledger(stack: "test", salt: "salt"))
    #expect(rebuilt.ledger.records[gate.address]?.identities.compactMap(\.id) == [ids[0]])
    _ = try await world.store.save(rebuilt.ledger, replacing: nil)
    #expect(try await world.plan(stack([gate])).symbols == [])
  }

  @Test func `What a damaged ledger still knows is taken, and the other one is left over`() async throws {
    let ids = try await twins()
    let stored = try #require(await world.store.stored)
    let rebuilt = try await rebuilt(ids, from: stored.ledger)
    #expect(rebuilt.entries.map(\.identity) == ids && rebuilt.entries.map(\.origin) == [.kept, .leftover])
    _ = try await world.store.save(rebuilt.ledger, replacing: stored.revision)
    #expect(try await world.apply(stack([gate])).isSuccess)
    #expect(await world.cloud.ids("gates") == [ids[0]])
    #expect(try await world.plan(stack([gate])).symbols == [])
  }

  @Test func `So do an entry that goes, and one with another name`() async throws {
    _ = try await twins()
    #expect(try await world.plan(stack([])).changes.map(\.leftovers) == [["twin"]])
    #expect(try await world.apply(stack([])).isSuccess)
    #expect(await world.cloud.items.isEmpty)
  }
}
