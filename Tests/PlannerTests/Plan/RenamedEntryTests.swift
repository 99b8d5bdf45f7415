import Testing

@testable import Planner

/// What becomes of a resource whose entry gets another name, and of two entries that are one resource.
@Suite struct RenamedEntryTests {
  let world = FakeWorld()

  private func gate(_ entry: String, name: String = "g", color: String = "red") -> Resource {
    Resource(Address("gates", entry), name: name, properties: ["color": .string(color)])
  }

  private func link(_ entry: String, to: String = "here") -> Resource {
    Resource(Address("links", entry), properties: ["to": .string(to)])
  }

  private func ids() async -> Set<String> { Set(await world.cloud.items.keys) }

  @Test func `What has an id of the service's keeps it when its entry gets another name`() async throws {
    try await world.apply(stack([gate("a")]))
    let before = await ids()
    #expect(try await world.plan(stack([gate("b")])).symbols == ["~ gates.b"])
    #expect(try await world.apply(stack([gate("b")])).isSuccess)
    #expect(await ids() == before)
    #expect(try await world.plan(stack([gate("b")])).symbols == [])
    #expect(await world.store.stored?.ledger.records.keys.map(\.description) == ["gates.b"])
  }

  @Test func `A destroy deletes once what had another entry`() async throws {
    for resources in [[thing("a")], [gate("a")]] {
      try await world.apply(stack(resources))
      var renamed = resources[0]
      renamed.address = Address(renamed.address.section, "b")
      var options = PlanOptions()
      options.isDestroy = true
      let plan = try await world.plan(stack([renamed]), options)
      #expect(plan.counts == Plan.Counts(destroy: 1) && plan.steps.count == 1)
      #expect(try await world.apply(stack([renamed]), options).isSuccess)
      #expect(await world.cloud.items.isEmpty)
    }
  }

  @Test func `It is replaced under the new entry where another property wants that`() async throws {
    try await world.apply(stack([gate("a")]))
    let wanted = stack([gate("b", color: "blue")])
    #expect(try await world.plan(wanted).symbols == ["+/- gates.b"])
    #expect(try await world.apply(wanted).isSuccess)
    #expect(await world.cloud.items.values.map(\.properties) == [["color": "blue"]])
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `Of two entries that it may have become none takes it`() async throws {
    try await world.apply(stack([gate("a")]))
    #expect(
      try await world.plan(stack([gate("b"), gate("c")])).symbols == ["+ gates.b", "+ gates.c", "- gates.a"])
  }

  @Test func `What bears no tags and has no name goes along, too`() async throws {
    try await world.apply(stack([link("a")]))
    let before = await ids()
    #expect(try await world.plan(stack([link("b")])).symbols == ["~ links.b"])
    #expect(try await world.apply(stack([link("b")])).isSuccess)
    #expect(await ids() == before)
    #expect(try await world.plan(stack([link("b")])).symbols == [])
    #expect(try await world.apply(stack([])).isSuccess)
    #expect(await ids() == [])
  }

  @Test func `No plan deletes what another entry keeps`() async throws {
    try await world.apply(stack([link("a")]))
    // The ledger says twice that one thing is ours, as a merged or restored one might.
    var ledger = try #require(await world.store.stored?.ledger)
    ledger.records[Address("links", "b")] = ledger.records[Address("links", "a")]
    _ = try await world.store.save(ledger, replacing: await world.store.stored?.revision)
    #expect(try await world.plan(stack([link("b")])).symbols == ["~ links.b"])
    let twice = await #expect(throws: Diagnostics.self) {
      try await world.plan(stack([link("a"), link("b")]))
    }
    #expect(twice?.items.first?.summary == "Two entries, one resource")
  }
}
