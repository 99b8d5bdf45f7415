import TestSupport
import Testing

@testable import Planner

/// Random stacks, hands that change things, runs that fail or are killed: whatever a run did, its undo brings
/// back what was live before.
struct UndoingChaosTests {
  /// What is live, told so that what was never set and what was set to its default are the same.
  private struct Shown: Equatable {
    var properties: [String: Value]
    var owner: Owner?
    var line: String { "\(Value.map(properties).json) of \(owner?.address.description ?? "nobody")" }
  }

  private static func shown(_ world: FakeWorld) async -> [String: Shown] {
    await world.cloud.items.mapValues { item in
      var properties = item.properties.filter { !$0.value.isNull }
      if properties["size"] == nil { properties["size"] = 1 }
      return Shown(properties: properties, owner: item.owner)
    }
  }

  private static func randomStack(_ random: inout SeededRandom) -> Stack {
    var things: [Resource] = []
    for name in ["a", "b", "c", "d", "e"] where random.chance(0.7) {
      var properties: [String: Value] = [:]
      if random.chance(0.6) { properties["size"] = .integer(Int.random(in: 1...3, using: &random)) }
      if random.chance(0.4) { properties["label"] = .string(random.chance(0.5) ? "x" : "y") }
      if random.chance(0.4) { properties["color"] = .string(random.chance(0.5) ? "red" : "blue") }
      let needs = things.map(\.address.name).filter { _ in random.chance(0.3) }
      things.append(thing(name, properties, needs: needs))
    }
    return stack(things)
  }

  /// Somebody changes by hand what is declared. (What is not goes with what is deleted: nothing but the declared is read of it.)
  private static func disturb(_ world: FakeWorld, _ random: inout SeededRandom) async {
    for key in await world.cloud.items.keys.sorted() where random.chance(0.4) {
      let size = Int.random(in: 4...9, using: &random)
      let isLabel = random.chance(0.5)
      await world.cloud.change(key) { item in
        if isLabel, item.properties["label"] != nil { item.properties["label"] = "by hand" }
        if !isLabel, item.properties["size"] != nil { item.properties["size"] = .integer(size) }
      }
    }
  }

  private static func draft(_ origin: ReleaseOrigin, _ file: String) -> ReleaseDraft {
    var draft = ReleaseTests.draft(file)
    draft.origin = origin
    return draft
  }

  private static func run(_ token: UInt64) -> RunDraft {
    RunDraft(
      command: "stackform", author: ReleaseAuthor(user: "ada", host: "engine"), time: "",
      token: String(token, radix: 36))
  }

  /// Fails or dies at one of its writes, or not at all.
  private static func carryOut(
    _ planned: Pipeline.Planned, _ release: ReleaseDraft, _ run: RunDraft, in world: FakeWorld,
    _ random: inout SeededRandom
  ) async {
    let point = Int.random(in: 1...12, using: &random)
    let faults: [FakeCloud.Fault] = [.killedAfter, .killedBefore, .invalid, .appliedThenLost, .none]
    let fault = faults.randomElement(using: &random) ?? .none
    await world.cloud.setFault { $0 == point ? fault : .none }
    _ = try? await world.pipeline.apply(
      planned, release: release, run: run, writer: world.cloud, width: 3, stop: StopRequest()
    ) { _ in }
    await world.cloud.revive()
  }

  /// One undo of the run that an undo means; perhaps it is killed itself.
  private static func undo(
    _ world: FakeWorld, to base: Stack, mayFail: Bool, _ random: inout SeededRandom
  ) async throws {
    let note = try #require(await world.store.stored?.ledger.runToUndo)
    let undoing = Undoing(
      try await world.store.journal(note.id), base: base, registry: fakeRegistry,
      fingerprint: fakeFingerprinter("salt"))
    var options = PlanOptions()
    options.only = undoing.scope
    var run = run(random.next())
    run.undoes = undoing.aftermath
    let release = draft(.undo(run: note.id, to: 1), "undo")
    let planned = try await world.pipeline.plan(undoing.stack, options: options)
    if mayFail { return await carryOut(planned, release, run, in: world, &random) }
    let summary = try await world.pipeline.apply(
      planned, release: release, run: run, writer: world.cloud, width: 3, stop: StopRequest()
    ) { _ in }
    #expect(summary.isSuccess)
  }

  @Test(arguments: 0..<6)
  func `An undo brings back what was live, whatever became of the run and of the undo before it`(
    hundred: UInt64
  ) async throws {
    let first = ChaosTests.first + hundred * 100
    var tried = 0
    for seed in first..<first + ChaosTests.count {
      var random = SeededRandom(seed: seed)
      let world = FakeWorld(tagsAtCreation: random.chance(0.7))
      let first = Self.randomStack(&random)
      let planned = try await world.pipeline.plan(first, options: PlanOptions())
      _ = try await world.pipeline.apply(
        planned, release: Self.draft(.apply, "first"), run: Self.run(0), writer: world.cloud, width: 3,
        stop: StopRequest()
      ) { _ in }
      await Self.disturb(world, &random)
      let before = await Self.shown(world)
      let second = try await world.pipeline.plan(Self.randomStack(&random), options: PlanOptions())
      guard !second.plan.isEmpty else { continue }
      tried += 1
      await Self.carryOut(second, Self.draft(.apply, "second"), Self.run(1), in: world, &random)
      try await Self.expectWhole(world, seed)
      if random.chance(0.4) { try await Self.undo(world, to: first, mayFail: true, &random) }
      let isUndone = await world.store.stored?.ledger.runs.last.map {
        $0.undoes != nil && $0.outcome == .done
      }
      if isUndone != true { try await Self.undo(world, to: first, mayFail: false, &random) }
      let after = await Self.shown(world)
      let moved = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted().map {
        "\($0): \(before[$0]?.line ?? "nothing") became \(after[$0]?.line ?? "nothing")"
      }
      #expect(moved == [], "seed \(seed)")
      try await Self.expectWhole(world, seed)
    }
    Tally.note(.kills, "undos in memory of runs that were killed, failed or went well", tried: tried)
  }

  /// What the ledger names is there.
  private static func expectWhole(_ world: FakeWorld, _ seed: UInt64) async throws {
    let ledger = try #require(await world.store.stored?.ledger, "seed \(seed)")
    #expect(ledger.current != nil, "seed \(seed)")
    #expect(ledger.namedFiles.isSubset(of: Set(try await world.store.files())), "seed \(seed)")
  }
}
