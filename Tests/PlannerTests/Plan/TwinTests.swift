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

  @Test func `A rebuilt ledger knows both, and the next apply leaves one`() async throws {
    let ids = try await twins()
    let owner = Owner(stack: "test", address: gate.address)
    let found = ids.map { id in
      TaggedResource(
        section: "gates", name: nil,
        live: LiveResource(id: id, properties: [:], attributes: [:], owner: owner), owner: owner)
    }
    let rebuilt = try await world.pipeline.rebuilt(
      stack([gate]), from: Ledger(stack: "test", salt: "salt"), owned: found)
    #expect(
      Set(rebuilt.ledger.records[gate.address]?.identities.compactMap(\.id) ?? []) == Set(ids))
    _ = try await world.store.save(rebuilt.ledger, replacing: await world.store.stored?.revision)
    #expect(try await world.apply(stack([gate])).isSuccess)
    #expect(await world.cloud.items.count == 1)
    #expect(try await world.plan(stack([gate])).symbols == [])
  }

  @Test func `So do an entry that goes, and one with another name`() async throws {
    _ = try await twins()
    #expect(try await world.plan(stack([])).changes.map(\.leftovers) == [["twin"]])
    #expect(try await world.apply(stack([])).isSuccess)
    #expect(await world.cloud.items.isEmpty)
  }
}
