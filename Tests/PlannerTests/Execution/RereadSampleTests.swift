import Testing

@testable import Planner

/// The second look after an apply: at one example of what is alike.
@Suite struct ExamplesTests {
  let world = FakeWorld()

  /// The addresses of the latest look, in order.
  private func secondLook() async -> [String] {
    await world.cloud.looks.last?.map(\.address.description).sorted() ?? []
  }

  @Test func `Of new resources that differ in names alone, one is looked at again`() async throws {
    let things = ["a", "b", "c"].map {
      thing($0, ["size": 5, "label": .string($0), "uses": [.string("arn:\($0)")]])
    }
    #expect(try await world.apply(stack(things)).unsettled.isEmpty)
    #expect(await secondLook() == ["things.a"])
    #expect(try await world.plan(stack(things)).symbols == [])
  }

  @Test func `What is told late is read again, and is neither a warning nor somebody's change`() async throws
  {
    try await world.apply(stack([thing("a", ["size": 5])]))
    await world.cloud.tellLate(2)
    let wanted = stack([thing("a", ["size": 6]), thing("b")])
    let summary = try await world.apply(wanted)
    #expect(summary.isSuccess && summary.unsettled.isEmpty && summary.notReread.isEmpty)
    #expect(await world.cloud.writes == 3)
    let drift = try await world.pipeline.drift(of: wanted).report
    #expect(drift.entries.isEmpty)
  }

  @Test func `Another number, another text, another property: each has an example of its own`() async throws {
    try await world.apply(
      stack([
        thing("a", ["size": 5]), thing("b", ["size": 6]), thing("c", ["size": 6]),
        thing("d", ["label": "wide"]), thing("e", ["label": "narrow"]), thing("f"),
      ]))
    #expect(await secondLook() == ["things.a", "things.b", "things.d", "things.e", "things.f"])
  }

  @Test func `What was changed is looked at again, each`() async throws {
    try await world.apply(stack(["a", "b", "c"].map { thing($0, ["size": 5]) }))
    try await world.apply(stack(["a", "b", "c"].map { thing($0, ["size": 6]) }))
    #expect(await secondLook() == ["things.a", "things.b", "things.c"])
  }

  @Test func `What was put together in more than one try is looked at again`() async throws {
    await world.cloud.setFault { $0 == 2 ? .appliedThenLost : .none }
    let things = ["a", "b", "c"].map { thing($0, ["size": 5]) }
    #expect(try await world.apply(stack(things), width: 1).isSuccess)
    #expect(await secondLook() == ["things.a", "things.b"])
  }

  @Test
  func `A property that an endpoint loses at creation is written again, for all that the example stands for`()
    async throws
  {
    await world.cloud.lose("size")
    let things = stack(["a", "b", "c"].map { thing($0, ["size": 5]) })
    let summary = try await world.apply(things)
    #expect(summary.unreported.isEmpty && summary.unsettled.isEmpty)
    #expect(await world.cloud.items.values.map { $0.properties["size"] } == [5, 5, 5])
    #expect(try await world.plan(things).symbols == [])
  }

  @Test func `What the second look is compared with includes what it left out`() async throws {
    let vaults = ["a", "b", "c"].map { name in try? vault("v-\(name)", serialOf: name) }.compactMap(\.self)
    let things = ["a", "b", "c"].map { thing($0) }
    #expect(try await world.apply(stack(things + vaults)).unsettled.isEmpty)
    #expect(try await world.plan(stack(things + vaults)).symbols == [])
  }

  @Test func `A change of what was not looked at is told as the file's or the cloud's all the same`()
    async throws
  {
    func wanted(_ size: Int) -> Stack { stack(["a", "b", "c"].map { thing($0, ["size": .integer(size)]) }) }
    try await world.apply(wanted(5))
    let byFile = try await world.plan(wanted(6)).changes.map { $0.properties.map(\.cause) }
    #expect(byFile == [[.file], [.file], [.file]])
    await world.cloud.change("things/c") { $0.properties["size"] = 9 }
    #expect(try await world.plan(wanted(5)).change("things.c")?.properties.map(\.cause) == [.cloud])
  }

  @Test func `What was not looked at is told as moved by both once another apply has seen it`() async throws {
    func wanted(_ size: Int) -> Stack { stack(["a", "b", "c"].map { thing($0, ["size": .integer(size)]) }) }
    try await world.apply(wanted(5))
    try await world.apply(wanted(5))
    let saves = await world.store.saves
    await world.cloud.change("things/c") { $0.properties["size"] = 9 }
    #expect(try await world.plan(wanted(6)).change("things.c")?.properties.map(\.cause) == [.both])
    await world.cloud.change("things/c") { $0.properties["size"] = 5 }
    try await world.apply(wanted(5))
    #expect(await world.store.saves == saves)
  }

  @Test func `Before a destruction existence alone is looked at`() async throws {
    let wanted = stack([thing("a", ["size": 5])])
    try await world.apply(wanted)
    #expect(try await world.destroy(wanted).destroyed == 1)
    #expect(await world.cloud.looks.last?.map(\.depth) == [.existence])
  }
}
