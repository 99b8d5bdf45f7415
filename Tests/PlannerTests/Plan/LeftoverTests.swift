import Testing

@testable import Planner

/// What an interrupted replacement leaves is deleted later: never unannounced, never past a protection.
@Suite struct LeftoverTests {
  let world = FakeWorld()
  private let old = Owner(stack: "test", address: Address("vaults", "v"))

  private func vault(inside thing: String = "a", isProtected: Bool = false) -> Resource {
    Resource(
      Address("vaults", "v"), properties: ["inside": .string(thing)], isProtected: isProtected)
  }

  /// A gate whose replacement was interrupted before the old one was deleted; the ids, the old one first.
  private func interrupted() async throws -> [String] {
    try await world.apply(stack([gate("red")]))
    let old = await world.cloud.ids("gates")
    await world.cloud.setFault { $0 == 2 ? .killedBefore : .none }
    _ = try? await world.apply(stack([gate("blue")]))
    await world.cloud.revive()
    return old + (await world.cloud.ids("gates")).filter { !old.contains($0) }
  }

  private func gate(_ color: String, entry: String = "g", isProtected: Bool = false) -> Resource {
    Resource(
      Address("gates", entry), name: "g", properties: ["color": .string(color)], isProtected: isProtected)
  }

  @Test func `It is named by the plan, counted, and deleted`() async throws {
    let ids = try await interrupted()
    try #require(ids.count == 2)
    let plan = try await world.plan(stack([gate("blue")]))
    let leftovers = plan.changes.flatMap(\.leftovers)
    #expect(leftovers.count == 1 && ids.contains(leftovers[0]))
    #expect(plan.counts.destroy == plan.steps.count { $0.isDeletion })
    #expect(try await world.apply(stack([gate("blue")])).isSuccess)
    #expect(await world.cloud.items.values.map(\.properties) == [["color": "blue"]])
    #expect(try await world.plan(stack([gate("blue")])).symbols == [])
  }

  @Test func `It stays while the resource is protected`() async throws {
    _ = try await interrupted()
    let error = await #expect(throws: Diagnostics.self) {
      try await world.plan(stack([gate("blue", isProtected: true)]))
    }
    #expect(error?.items.first?.summary.contains("protected") == true, "\(error?.items.first?.summary ?? "")")
  }

  @Test func `It goes along with an entry that gets another name`() async throws {
    _ = try await interrupted()
    #expect(try await world.apply(stack([gate("blue", entry: "h")])).isSuccess)
    #expect(await world.cloud.items.count == 1)
    #expect(try await world.plan(stack([gate("blue", entry: "h")])).symbols == [])
  }

  @Test func `What holds data says so, and a plan of nothing else is no empty one`() async throws {
    try await world.apply(stack([thing("a"), vault()]))
    let first = try #require(await world.cloud.ids("vaults").first)
    var ledger = try #require(await world.store.stored?.ledger)
    await world.cloud.put(
      "vaults/left", FakeCloud.Item(section: "vaults", properties: [:], serial: 0, owner: old))
    ledger.records[Address("vaults", "v")]?.identities.append(Ledger.Identity(name: nil, id: "left"))
    _ = try await world.store.save(ledger, replacing: await world.store.stored?.revision)
    let plan = try await world.plan(stack([thing("a"), vault()]))
    #expect(plan.symbols == ["-- vaults.v"])
    #expect(plan.change("vaults.v")?.losesData == true && plan.change("vaults.v")?.leftovers == ["left"])
    #expect(plan.counts == Plan.Counts(destroy: 1))
    #expect(try await world.apply(stack([thing("a"), vault()])).isSuccess)
    #expect(await world.cloud.ids("vaults") == [first])
  }
}
