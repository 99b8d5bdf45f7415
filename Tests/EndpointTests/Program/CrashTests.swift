import Foundation
import Planner
import Providers
import Testing

/// `kill -9` at seeded points of an apply, of a replacement and of a destroy; the next run puts all right.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct CrashTests {
  /// The same points in every run, unless somebody looks for others.
  static let seed =
    ProcessInfo.processInfo.environment["STACKFORM_TEST_SEED"].flatMap(UInt64.init) ?? 20_260_801
  static let points = ProcessInfo.processInfo.environment["STACKFORM_TEST_POINTS"].flatMap(Int.init) ?? 20

  @Test(arguments: TestEndpoint.available)
  func `Whatever request a run is killed at, one more run converges`(endpoint: TestEndpoint) async throws {
    var random = SplitMix(seed: Self.seed)
    let model = try Workplace(endpoint)
    let places = try (0..<Self.points).map { _ in try Workplace(endpoint) }
    defer { for place in places + [model] { place.remove() } }
    let phases: [(name: String, stack: String, command: String)] = [
      ("creation", Stacks.shop(), "apply"), ("replacement", Stacks.replacedShop(), "apply"),
      ("destruction", Stacks.replacedShop(), "destroy"),
    ]
    for phase in phases {
      try model.write(phase.stack)
      model.proxy.passEverything()
      try await model.expect(0, phase.command, "--auto-approve")
      let total = model.proxy.requests.count
      let kills = (0..<Self.points).map { Kill(stratum: $0, of: Self.points, total: total, random: &random) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (place, kill) in zip(places, kills) {
          group.addTask { try await interrupt(place, kill, stack: phase.stack, command: phase.command) }
        }
        try await group.waitForAll()
      }
      let surveys = try Survey.of(places + [model])
      let expected = surveys[model.account.id]
      #expect(expected?.isEmpty == (phase.command == "destroy"), "\(expected ?? [:])")
      for (place, kill) in zip(places, kills) {
        #expect(surveys[place.account.id] == expected, "\(phase.name), killed \(kill), seed \(Self.seed)")
      }
    }
  }

  private func interrupt(_ place: Workplace, _ kill: Kill, stack: String, command: String) async throws {
    try place.write(stack)
    let victim = Victim()
    place.proxy.start { request in
      guard request.number == kill.request else { return .pass }
      if kill.isCarriedOut { return .carriedOutThenCut { victim.kill() } }
      victim.kill()
      return .cut
    }
    let killed = try await place.run(victim, [command, "--auto-approve"])
    // A run may need fewer requests than the model's did, for polls are among them.
    #expect(killed.code == -SIGKILL || killed.code == 0, "\(kill): \(killed)")
    place.proxy.passEverything()
    let again = try await place.run(command, "--auto-approve")
    #expect(again.code == 0, "killed \(kill), seed \(Self.seed): \(again)")
    guard command == "apply" else { return }
    let plan = try await place.run("plan", "--detailed-exitcode")
    #expect(
      plan.code == 0 && plan.output.contains("No changes."), "killed \(kill), seed \(Self.seed): \(plan)")
    try await place.expectQuietLedger()
  }
}

/// Where a run is killed: just before a request reaches the endpoint, or when it was carried out and the answer is on its way.
private struct Kill: Sendable, CustomStringConvertible {
  let request: Int
  let isCarriedOut: Bool

  /// One point in each of equal parts of the run.
  init(stratum: Int, of count: Int, total: Int, random: inout SplitMix) {
    let low = 1 + stratum * total / count
    let high = max(low, (stratum + 1) * total / count)
    request = Int.random(in: low...high, using: &random)
    isCarriedOut = Bool.random(using: &random)
  }

  var description: String { "\(isCarriedOut ? "after" : "before") request \(request)" }
}
