import Testing

@testable import Planner

/// What bears neither name nor tags is what is in it: nothing of it is made twice, or deleted as another one.
@Suite struct ContentsTests {
  let world = FakeWorld()

  private func link(_ name: String = "one", to target: String) -> Resource {
    Resource(Address("links", name), properties: ["to": .string(target)])
  }

  /// Where the links that are there go.
  private func targets() async -> [String] {
    await world.cloud.items.values.filter { $0.section == "links" }.compactMap { $0.properties["to"]?.string }
      .sorted()
  }

  @Test(arguments: ["a", "b"])
  func `After a kill between a successor and the end of its predecessor, the wanted one stays`(
    wanted: String
  ) async throws {
    try await world.apply(stack([link(to: "a")]))
    await world.cloud.setFault { _ in .killedAfter }
    _ = try? await world.apply(stack([link(to: "b")]))
    await world.cloud.revive()
    #expect(await targets() == ["a", "b"])
    let plan = try await world.plan(stack([link(to: wanted)]))
    #expect(plan.symbols == ["-- links.one"])
    #expect(try await world.apply(stack([link(to: wanted)])).isSuccess)
    #expect(await targets() == [wanted])
    #expect(try await world.plan(stack([link(to: wanted)])).symbols == [])
    #expect(try await world.pipeline.drift(of: stack([link(to: wanted)])).report.entries.isEmpty)
  }

  @Test func `After a failure between the two, and back, the former one stays`() async throws {
    try await world.apply(stack([link(to: "a")]))
    await world.cloud.setFault { $0 == 2 ? .invalid : .none }
    #expect(try await !world.apply(stack([link(to: "b")])).isSuccess)
    await world.cloud.setFault(nil)
    #expect(await targets() == ["a", "b"])
    #expect(try await world.apply(stack([link(to: "a")])).isSuccess)
    #expect(await targets() == ["a"])
  }

  @Test func `An entry does not become what another one is, nor what nobody here made`() async throws {
    let held = "There is one already"
    try await world.apply(stack([link(to: "a"), link("two", to: "b")]))
    #expect(await summaries { _ = try await world.plan(stack([link("two", to: "a")])) } == [held])
    let swapped = stack([link(to: "b"), link("two", to: "a")])
    #expect(await summaries { _ = try await world.plan(swapped) } == [held, held])
    await world.cloud.put(
      "links/theirs", FakeCloud.Item(section: "links", properties: ["to": "c"], serial: 0, owner: nil))
    #expect(
      await summaries { _ = try await world.plan(stack([link(to: "c"), link("two", to: "b")])) } == [held])
    #expect(await targets() == ["a", "b", "c"])
    // One after the other it is a plain change.
    try await world.apply(stack([link("two", to: "b")]))
    #expect(try await world.apply(stack([link("two", to: "a")])).isSuccess)
    #expect(await targets() == ["a", "c"])
  }

  @Test func `A renamed entry and another one under its old name are applied one after the other`()
    async throws
  {
    try await world.apply(stack([link(to: "a")]))
    let both = stack([link("two", to: "a"), link(to: "b")])
    let refusal = await #expect(throws: Diagnostics.self) { try await world.plan(both) }
    #expect(refusal?.items.map(\.summary) == ["There is one already"])
    #expect(refusal?.items.first?.fix?.contains("Leave links.one out in an apply of its own") == true)
    let sized = stack([
      Resource(Address("links", "one"), properties: ["to": "b", "size": 2]),
      Resource(Address("links", "two"), properties: ["to": "a", "size": 3]),
    ])
    #expect(await summaries { _ = try await world.plan(sized) } == ["There is one already"])
    let moved = try await world.plan(stack([link("two", to: "a")]))
    #expect(moved.symbols == ["~ links.two"])
    try await world.apply(stack([link("two", to: "a")]))
    #expect(try await world.apply(both).isSuccess)
    #expect(await targets() == ["a", "b"])
  }

  @Test(arguments: ["one", "two"])
  func `An entry that was renamed by a run that was killed is one thing under both names`(name: String)
    async throws
  {
    func stack(_ name: String, size: Int) -> Stack {
      PlannerTests.stack([
        Resource(Address("links", name), properties: ["to": "a", "size": .integer(size)])
      ])
    }
    let first = stack("one", size: 1)
    try await world.apply(first)
    await world.cloud.setFault { _ in .killedAfter }
    _ = try? await world.apply(stack("two", size: 2))
    await world.cloud.revive()
    #expect(
      try await world.pipeline.drift(of: first).report.entries.map(\.kind) == [.unfinished])
    let wanted = stack(name, size: 2)
    #expect(try await world.apply(wanted).isSuccess)
    #expect(await targets() == ["a"])
    #expect(try await world.plan(wanted).symbols == [])
    #expect(try await world.pipeline.drift(of: wanted).report.entries.isEmpty)
    #expect(try await world.destroy(wanted).isSuccess)
    #expect(await targets() == [])
  }
}
