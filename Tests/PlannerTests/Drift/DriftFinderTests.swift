import Testing

@testable import Planner

/// What moved since the last apply, found by fingerprints.
@Suite struct DriftFinderTests {
  let world = FakeWorld()

  /// `things.a.size: 5 -> 7`, with what is known of what it was.
  private func drift(_ stack: Stack) async throws -> [String] {
    try await world.pipeline.drift(of: stack).report.entries.flatMap { entry -> [String] in
      if entry.moves.isEmpty { return ["\(entry.address) \(entry.kind.rawValue)"] }
      return entry.moves.map { move in
        let was: String =
          switch move.was {
          case .value(let value): value.json
          case .nothing: "nothing"
          case .notKept: "?"
          }
        let note = move.isDeclared ? "" : " undeclared"
        return "\(entry.address).\(move.name): \(was) -> \(move.now?.json ?? "nothing")\(note)"
      }
    }
  }

  private func change(_ name: String, _ property: String, to value: Value?) async {
    await world.cloud.change("things/\(name)") { $0.properties[property] = value }
  }

  @Test func `Nothing is said of a stack that was never applied, nor right after an apply`() async throws {
    let stack = stack([thing("a", ["size": 5])])
    #expect(try await world.pipeline.drift(of: stack).report.wasApplied == false)
    try await world.apply(stack)
    #expect(try await drift(stack) == [])
  }

  @Test func `What is declared is told with what it was, what is not with what its fingerprint gives away`()
    async throws
  {
    let stack = stack([thing("a", ["size": 5, "label": "x"]), thing("b", ["label": "y"])])
    try await world.apply(stack)
    await change("a", "size", to: 7)
    await change("b", "size", to: 9)
    await change("b", "label", to: nil)
    #expect(
      try await drift(stack) == [
        "things.a.size: 5 -> 7", "things.b.label: \"y\" -> nothing", "things.b.size: nothing -> 9 undeclared",
      ])
  }

  @Test func `Of what was made alike and not read again, undeclared properties are judged by the example`()
    async throws
  {
    let stack = stack(["a", "b", "c"].map { thing($0, ["label": "x"]) })
    try await world.apply(stack)
    await change("c", "size", to: 9)
    #expect(try await drift(stack) == ["things.c.size: nothing -> 9 undeclared"])
    await change("b", "label", to: "other")
    #expect(
      try await drift(stack) == [
        "things.b.label: \"x\" -> \"other\"", "things.c.size: nothing -> 9 undeclared",
      ])
  }

  @Test func `What is gone, and owner tags that are gone, are drift; what the file ignores is none`()
    async throws
  {
    var quiet = thing("c", ["size": 1])
    quiet.ignoredChanges = ["size"]
    let stack = stack([thing("a", ["size": 5]), thing("b", ["size": 6]), quiet])
    try await world.apply(stack)
    await world.cloud.remove("things/a")
    await world.cloud.change("things/b") { $0.owner = nil }
    await change("c", "size", to: 9)
    #expect(
      try await drift(stack) == [
        "things.a deleted", "things.b.tags.stackform:address: \"things.b\" -> nothing",
        "things.b.tags.stackform:stack: \"test\" -> nothing",
      ])
  }

  @Test func `What the file says now and was never applied is not taken for what there was`() async throws {
    try await world.apply(stack([thing("a", ["size": 5])]))
    let edited = stack([thing("a", ["size": 6])])
    #expect(try await drift(edited) == [])
    await change("a", "size", to: 7)
    #expect(try await drift(edited) == ["things.a.size: 5 -> 7"])
  }

  @Test func `A secret that moved is told without its value`() async throws {
    let stack = stack([thing("a", ["password": "hunter2"])])
    try await world.apply(stack)
    await change("a", "password", to: "other")
    let entry = try await world.pipeline.drift(of: stack).report.entries.first
    #expect(entry?.moves.map(\.isSecret) == [true])
  }

  @Test func `A value that the file takes over is no drift once an apply has found nothing to do`()
    async throws
  {
    try await world.apply(stack([thing("a", ["size": 5])]))
    await change("a", "size", to: 7)
    let taken = stack([thing("a", ["size": 7])])
    #expect(try await drift(taken) == ["things.a.size: 5 -> 7"])
    #expect(try await world.apply(taken).changed == 0)
    #expect(try await drift(taken) == [])
  }

  @Test func `What is put back once is not declared by it`() async throws {
    try await world.apply(stack([thing("a", ["label": "x"])]))
    await change("a", "size", to: 9)
    var restored = thing("a", ["label": "x", "size": 4])
    restored.restored = ["size"]
    try await world.apply(stack([restored]))
    let plain = stack([thing("a", ["label": "x"])])
    #expect(try await world.plan(plain).symbols == [])
    #expect(try await drift(plain) == [])
  }

  @Test func `What nobody declares goes on being told as moved when an apply changes something else`()
    async throws
  {
    try await world.apply(stack([thing("a", ["label": "x"])]))
    await change("a", "size", to: 9)
    let edited = stack([thing("a", ["label": "y"])])
    #expect(try await world.apply(edited).changed == 1)
    #expect(try await drift(edited) == ["things.a.size: nothing -> 9 undeclared"])
  }

  @Test func `What an apply took out of the file is looked after like everything undeclared`() async throws {
    try await world.apply(stack([thing("a", ["size": 5, "label": "x"])]))
    let without = stack([thing("a")])
    try await world.apply(without)
    #expect(try await drift(without) == [])
    await change("a", "size", to: 9)
    await change("a", "label", to: "by hand")
    #expect(
      try await drift(without) == [
        "things.a.label: nothing -> \"by hand\" undeclared", "things.a.size: 1 -> 9 undeclared",
      ])
  }

  @Test func `What was accepted of an example is no drift of those that were made like it`() async throws {
    let wanted = stack([thing("a"), thing("b"), thing("c")])
    try await world.apply(wanted)
    let examples = try #require(await world.store.stored?.ledger).records.compactMapValues(\.example)
    let example = try #require(examples.values.first)
    await change(example.name, "size", to: 7)
    let live = try #require(
      try await world.pipeline.drift(of: wanted).snapshot.live[example])
    var accepted = thing(example.name)
    accepted.properties["size"] = 7
    try await world.store.revise(isLockHeld: { true }) { [accepted] ledger in
      ledger.takeOver(
        ["size"], of: accepted, live: live, schema: ThingKind().schema, fakeFingerprinter("salt"))
    }
    #expect(try await drift(wanted).filter { !$0.contains("things.\(example.name)") } == [])
  }

  @Test func `What an apply changed of an example is no drift of those that were made like it`() async throws
  {
    try await world.apply(stack([thing("a"), thing("b"), thing("c")]))
    let examples = try #require(await world.store.stored?.ledger).records.compactMapValues(\.example)
    let example = try #require(examples.values.first)
    let wanted = stack(["a", "b", "c"].map { thing($0, $0 == example.name ? ["size": 7] : [:]) })
    try await world.apply(wanted)
    #expect(try await drift(wanted) == [])
  }

  @Test func `What a killed run was making is not finished, and nobody else's doing`() async throws {
    let gate = Resource(Address("gates", "g"), name: "g", properties: ["size": 2])
    try await world.apply(stack([gate]))
    await world.cloud.wipe()
    await world.cloud.setFault { _ in .killedBefore }
    _ = try? await world.apply(stack([gate]))
    await world.cloud.revive()
    #expect(try await drift(stack([gate])) == ["gates.g unfinished"])
    await world.cloud.setFault { _ in .killedAfter }
    _ = try? await world.apply(stack([gate]))
    await world.cloud.revive()
    let id = try #require(await world.cloud.ids("gates").first)
    await world.cloud.change(FakeCloud.identity("gates", id)) { $0.properties["size"] = 1 }
    #expect(try await drift(stack([gate])) == ["gates.g unfinished"])
    let changes = try await world.plan(stack([gate])).changes
    #expect(changes.flatMap(\.properties).map(\.cause) == [.unknown], "\(changes)")
  }
}
