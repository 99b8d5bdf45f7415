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
}
