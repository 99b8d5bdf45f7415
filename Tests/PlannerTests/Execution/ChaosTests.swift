import Foundation
import TestSupport
import Testing

@testable import Planner

/// Seeded random stacks and edits on an endpoint in memory that fails in every way that real ones do. A
/// failing test names its seed. A test runs fifty seeds of a hundred, all of them where somebody looks for others, and
/// fails when nothing happened in most of them.
@Suite struct ChaosTests {
  private static let wantedSeed =
    ProcessInfo.processInfo.environment["STACKFORM_TEST_SEED"].flatMap(UInt64.init)
  /// The first seed: the same in every run, unless somebody looks for others.
  static let first = (wantedSeed ?? 0) &* 10_000
  static let count: UInt64 = wantedSeed == nil ? 50 : 100

  /// Runs the rounds of a hundred seeds. A round returns whether what it is about happened in it.
  private func rounds(of hundred: UInt64, _ round: (UInt64) async throws -> Bool) async throws {
    var eventful = 0
    let first = Self.first + hundred * 100
    for seed in first..<first + Self.count {
      if try await round(seed) { eventful += 1 }
    }
    Tally.note(.kills, "rounds in memory: kills, lost answers, refusals, lies", tried: Int(Self.count))
    #expect(eventful > Self.count / 2, "seeds from \(first)")
  }

  /// A stack of things and vaults with random properties and edges towards earlier entries.
  private func randomStack(_ random: inout SeededRandom) throws -> Stack {
    var resources: [Resource] = []
    var things: [String] = []
    for index in 0..<12 where random.chance(0.6) {
      let needs = things.filter { _ in random.chance(0.2) }
      let mentions = (0..<12).map { "t\($0)" }.filter { _ in random.chance(0.05) && things.count > 2 }
      var resource = thing("t\(index)", needs: needs, mentions: mentions.filter(things.contains))
      if random.chance(0.5) { resource.properties["size"] = .integer(Int.random(in: 1...3, using: &random)) }
      if random.chance(0.3) {
        resource.properties["label"] = .string(["x", "y"].randomElement(using: &random) ?? "x")
      }
      if random.chance(0.4) {
        resource.properties["color"] = .string(["r", "g"].randomElement(using: &random) ?? "r")
      }
      if random.chance(0.2) { resource.name = "n\(index)-\(Int.random(in: 0...1, using: &random))" }
      things.append("t\(index)")
      resources.append(resource)
    }
    for index in 0..<4 where random.chance(0.5) {
      guard let other = things.randomElement(using: &random) else { continue }
      resources.append(try vault("v\(index)", serialOf: other, size: Int.random(in: 1...3, using: &random)))
    }
    for index in 0..<3 where random.chance(0.5) {
      var gate = Resource(Address("gates", "g\(index)"), name: "g\(index)")
      if random.chance(0.7) {
        gate.properties["color"] = .string(["r", "g"].randomElement(using: &random) ?? "r")
      }
      if random.chance(0.5) { gate.properties["size"] = .integer(Int.random(in: 1...3, using: &random)) }
      resources.append(gate)
    }
    return stack(resources)
  }

  private func expectConverged(_ world: FakeWorld, _ wanted: Stack, seed: UInt64) async throws {
    let symbols = try await world.plan(wanted).symbols
    #expect(symbols == [], "seed \(seed)")
    let names = Set(wanted.resources(in: "things").compactMap { $0.name.map { "things/\($0)" } })
    let items = await world.cloud.items
    #expect(Set(items.keys.filter { $0.hasPrefix("things/") }) == names, "seed \(seed)")
    #expect(
      items.values.filter { $0.section == "vaults" }.count == wanted.resources(in: "vaults").count,
      "seed \(seed)")
    let ledger = try #require(await world.store.stored?.ledger)
    #expect(Set(ledger.records.keys) == Set(wanted.resources.map(\.address)), "seed \(seed)")
    #expect(ledger.records.values.allSatisfy { $0.intent == nil && $0.identities.count == 1 }, "seed \(seed)")
  }

  @Test(arguments: 0..<5)
  func `Random edits converge in one apply each, and destroy leaves nothing`(hundred: UInt64) async throws {
    try await rounds(of: hundred) { seed in
      var random = SeededRandom(seed: seed)
      let world = FakeWorld(tagsAtCreation: random.chance(0.5))
      var edits = 0
      for _ in 0..<4 {
        let wanted = try randomStack(&random)
        let before = await world.cloud.writes
        let summary = try await world.apply(wanted)
        #expect(summary.isSuccess && summary.unsettled.isEmpty, "seed \(seed)")
        if await world.cloud.writes > before { edits += 1 }
        // Of an empty stack no ledger is left.
        if !wanted.resources.isEmpty { try await expectConverged(world, wanted, seed: seed) }
      }
      _ = try await world.destroy(stack([]))
      #expect(await world.cloud.items.isEmpty, "seed \(seed)")
      return edits == 4
    }
  }

  @Test(arguments: 0..<2)
  func `Nothing that stays is without what it uses, after any write of an edit that may fail`(
    hundred: UInt64
  ) async throws {
    try await rounds(of: hundred, watched)
  }

  /// Returns whether something was deleted, or moved to another place, that was used before.
  private func watched(seed: UInt64) async throws -> Bool {
    var random = SeededRandom(seed: seed &* 32_452_843)
    let world = FakeWorld()
    let first = try randomStack(&random)
    try await world.apply(first)
    let wanted = try randomStack(&random)
    let refused = Int.random(in: 1...20, using: &random)
    await world.cloud.setFault { $0 == refused ? .refused : .none }
    await world.cloud.watch()
    let plan = try await world.plan(wanted)
    _ = try await world.apply(wanted)
    let bare = await world.cloud.bare.filter { pair in stays(pair[0], in: plan) && leaves(pair[1], in: plan) }
    #expect(bare == [], "seed \(seed)")
    let used = Set(first.resources.flatMap { $0.references.map(\.address) })
    return plan.steps.contains { $0.isDeletion && used.contains($0.address) }
  }

  /// It is live all the time, and its change waits for no deletion: what is replaced under its own name is away for a
  /// moment, and so is what needs that.
  private func stays(_ user: Address, in plan: Plan) -> Bool {
    guard [.keep, .update].contains(plan.changes.first { $0.address == user }?.action) else { return false }
    var seen = Set(plan.steps.filter { $0.address == user }.map(\.id))
    var queue = Array(seen)
    while let next = queue.popLast() {
      if plan.steps[next].isDeletion { return false }
      queue += plan.steps[next].needs.filter { seen.insert($0).inserted }
    }
    return true
  }

  private func leaves(_ used: Address, in plan: Plan) -> Bool {
    plan.changes.first { $0.address == used }?.action != .replace(createFirst: false)
  }

  @Test(arguments: 0..<12)
  func `A client killed at any write converges with one more apply, even of another file`(hundred: UInt64)
    async throws
  {
    try await rounds(of: hundred, killed)
  }

  /// Returns whether the client was killed: a run may have fewer writes than that.
  private func killed(seed: UInt64) async throws -> Bool {
    var random = SeededRandom(seed: seed &* 7919)
    let world = FakeWorld(tagsAtCreation: random.chance(0.5))
    try await world.apply(try randomStack(&random))
    let edited = try randomStack(&random)
    let point = Int.random(in: 1...15, using: &random)
    let after = random.chance(0.5)
    await world.cloud.setFault { $0 == point ? (after ? .killedAfter : .killedBefore) : .none }
    _ = try? await world.apply(edited)
    let isKilled = await world.cloud.died
    await world.cloud.revive()
    let wanted = random.chance(0.5) ? edited : try randomStack(&random)
    if wanted.resources.isEmpty { return false }
    let summary = try await world.apply(wanted)
    #expect(summary.isSuccess, "seed \(seed)")
    try await expectConverged(world, wanted, seed: seed)
    return isKilled
  }

  @Test(arguments: 0..<5)
  func `Lost answers and refusals end in the wanted state or a named failure`(hundred: UInt64) async throws {
    try await rounds(of: hundred, lost)
  }

  /// Returns whether an answer was lost, or a write refused.
  private func lost(seed: UInt64) async throws -> Bool {
    var random = SeededRandom(seed: seed &* 104_729)
    let world = FakeWorld(tagsAtCreation: random.chance(0.5))
    let wanted = try randomStack(&random)
    if wanted.resources.isEmpty { return false }
    let faults = (0..<40).map { _ in random.chance(0.2) ? (random.chance(0.5) ? 1 : 2) : 0 }
    await world.cloud.setFault { [FakeCloud.Fault.none, .refused, .appliedThenLost][faults[$0 % 40]] }
    _ = try await world.apply(wanted)
    let writes = await world.cloud.writes
    await world.cloud.revive()
    #expect(try await world.apply(wanted).isSuccess, "seed \(seed)")
    try await expectConverged(world, wanted, seed: seed)
    return (0...writes).dropFirst().contains { faults[$0 % 40] != 0 }
  }

  /// A true statement about the cloud after a run that says that it is done: each resource is there, and no other.
  private func expectTruth(_ world: FakeWorld, _ wanted: Stack, seed: UInt64) async throws {
    let items = await world.cloud.items
    var counts = items.values.reduce(into: [String: Int]()) { $0[$1.section, default: 0] += 1 }
    for resource in wanted.resources { counts[resource.section, default: 0] -= 1 }
    #expect(counts.values.allSatisfy { $0 == 0 }, "seed \(seed)")
    let names = wanted.resources(in: "things").compactMap { $0.name.map { "things/\($0)" } }
    #expect(names.allSatisfy { items[$0] != nil }, "seed \(seed)")
  }

  @Test(arguments: 0..<10)
  func `A run whose steps were answered and not carried out never says that it is done`(hundred: UInt64)
    async throws
  {
    try await rounds(of: hundred, liedTo)
  }

  /// Returns whether a write of the apply was answered and not carried out.
  private func liedTo(seed: UInt64) async throws -> Bool {
    var random = SeededRandom(seed: seed &* 15_485_863)
    let tagsAtCreation = random.chance(0.5)
    let world = FakeWorld(tagsAtCreation: tagsAtCreation)
    try await world.apply(try randomStack(&random))
    let wanted = try randomStack(&random)
    if wanted.resources.isEmpty { return false }
    let lies = (0..<40).map { _ in random.chance(0.15) }
    await world.cloud.setFault { lies[$0 % 40] ? .answeredOnly : .none }
    let summary = try await world.apply(wanted)
    let writes = await world.cloud.writes
    if summary.isSuccess { try await expectTruth(world, wanted, seed: seed) }
    if summary.isSuccess, summary.unsettled.isEmpty, tagsAtCreation {
      #expect(try await world.plan(wanted).symbols == [], "seed \(seed)")
    }
    await world.cloud.setFault(nil)
    #expect(try await world.apply(wanted).isSuccess, "seed \(seed)")
    try await expectConverged(world, wanted, seed: seed)
    await world.cloud.setFault { lies[$0 % 40] ? .answeredOnly : .none }
    if try await world.destroy(wanted).isSuccess {
      #expect(await world.cloud.items.isEmpty, "seed \(seed)")
    }
    await world.cloud.setFault(nil)
    _ = try await world.destroy(wanted)
    let isGone = await world.store.stored == nil
    #expect(await world.cloud.items.isEmpty && isGone, "seed \(seed)")
    return (0...writes).dropFirst().contains { lies[$0 % 40] }
  }
}
