import Foundation
import Planner
import Providers
import TestSupport
import Testing

/// `kill -9` at seeded points: the old or the new release is current, its files are there, and whatever is
/// typed next puts all right.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ReleaseCrashTests {
  private static let points = max(4, CrashTests.points(on: .ministack) / 5)
  private static let old = SmallShop.stack(timeout: 30, more: "  old: {}")
  private static let new = SmallShop.stack(timeout: 60, more: "  new: {}")

  /// What is killed, and what is typed then.
  enum Story: String, CaseIterable, Sendable {
    case applyThenApply, applyThenUndo, applyThenRollback, rollbackThenRollback, undoThenUndo

    var killed: [String] {
      switch self {
      case .applyThenApply, .applyThenUndo, .applyThenRollback: ["apply", "--yes"]
      case .rollbackThenRollback: ["rollback", "--yes"]
      case .undoThenUndo: ["undo", "--yes"]
      }
    }

    var typed: [String] {
      switch self {
      case .applyThenApply: ["apply", "--yes"]
      case .applyThenUndo, .undoThenUndo: ["undo", "--yes"]
      case .applyThenRollback, .rollbackThenRollback: ["rollback", "--yes"]
      }
    }
  }

  @Test(arguments: TestEndpoint.available, Story.allCases)
  func `Whatever request a run is killed at, there is a whole release, and one more command converges`(
    endpoint: TestEndpoint, story: Story
  ) async throws {
    var random = SeededRandom(seed: CrashTests.seed)
    let total = try await Workplace.with(endpoint, counting: story)
    var killed = 0
    for point in 0..<Self.points {
      let low = 1 + point * total / Self.points
      let request = Int.random(in: low...max(low, (point + 1) * total / Self.points), using: &random)
      let isCarriedOut = Bool.random(using: &random)
      try await Workplace.with(endpoint) { place in
        try await Self.prepare(place, story)
        if try await Self.interrupt(place, story, at: request, isCarriedOut: isCarriedOut) { killed += 1 }
      }
    }
    Tally.note(.kills, "at a request of a release or the way back", tried: killed)
    #expect(killed > Self.points / 2, "\(story), seed \(CrashTests.seed)")
  }

  /// Two versions, of which the second is the file; an apply has made it, unless that is to be killed.
  fileprivate static func prepare(_ place: Workplace, _ story: Story) async throws {
    try place.write(old)
    try place.account.write(SmallShop.code(1), to: "code/app.py")
    try await place.expect(0, "apply", "--yes")
    try place.write(new)
    try place.account.write(SmallShop.code(2), to: "code/app.py")
    if story.killed[0] != "apply" { try await place.expect(0, "apply", "--yes") }
  }

  /// Whether the run was killed: it may have come to its end before.
  private static func interrupt(
    _ place: Workplace, _ story: Story, at number: Int, isCarriedOut: Bool
  ) async throws -> Bool {
    let before = try await place.ledger().currentRelease ?? 0
    let victim = Victim()
    place.proxy.kill(victim, at: number, isCarriedOut: isCarriedOut)
    let killed = try await place.run(victim, story.killed)
    place.proxy.passEverything()
    let tale: Comment =
      "\(story), killed \(isCarriedOut ? "after" : "before") request \(number), seed \(CrashTests.seed)"
    #expect(killed.code == -SIGKILL || killed.code == 0, "\(tale): \(killed)")
    let current = try #require(try await place.ledger().currentRelease)
    #expect([before, before + 1].contains(current), "\(tale)")
    try await place.expectCurrent(current)
    // A run that had come to its end, or had not begun, is not what the next command is about.
    let isMidway = try await place.ledger().runs.last?.outcome == .unfinished
    guard isMidway || story == .applyThenApply || story == .undoThenUndo else {
      return killed.code == -SIGKILL
    }
    let again = try await place.run(story.typed)
    #expect(again.code == 0, "\(tale): \(again)")
    if story != .applyThenApply {
      try place.write(old)
      try place.account.write(SmallShop.code(1), to: "code/app.py")
    }
    let plan = try await place.run("plan", "--detailed-exitcode")
    #expect(plan.code == 0, "\(tale): \(plan)")
    // An undo with nothing to undo takes no lock, so the lock of a run that was killed as it let go is the next one's to take.
    if !isMidway, story == .undoThenUndo { try await place.expect(0, "apply", "--yes") }
    try await place.expectQuietLedger()
    let ledger = try await place.ledger()
    let bundles = ledger.namedBundles.map { "stacks/shop/releases/\($0).tar" }
    #expect(try await place.ledgerObjects().filter { $0.hasSuffix(".tar") } == bundles.sorted(), "\(tale)")
    return killed.code == -SIGKILL
  }
}

extension Workplace {
  /// How many requests the run that is to be killed needs.
  fileprivate static func with(
    _ endpoint: TestEndpoint, counting story: ReleaseCrashTests.Story
  ) async throws -> Int {
    let count = Counter()
    try await Workplace.with(endpoint) { place in
      try await ReleaseCrashTests.prepare(place, story)
      place.proxy.passEverything()
      let result = try await place.run(story.killed)
      #expect(result.code == 0, "\(result)")
      await count.set(place.proxy.requests.count)
    }
    return await count.value
  }

  private actor Counter {
    var value = 0
    func set(_ value: Int) { self.value = value }
  }
}
