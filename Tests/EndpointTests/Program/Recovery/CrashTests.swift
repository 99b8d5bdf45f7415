import Foundation
import Planner
import Providers
import TestSupport
import Testing

/// `kill -9` at seeded points of an apply, of a replacement and of a destroy, on a network with faults; the
/// next run puts all right.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct CrashTests {
  /// The same points in every run, unless somebody looks for others.
  static let seed =
    ProcessInfo.processInfo.environment["STACKFORM_TEST_SEED"].flatMap(UInt64.init) ?? 20_260_801
  private static let points = ProcessInfo.processInfo.environment["STACKFORM_TEST_POINTS"].flatMap(Int.init)

  /// LocalStack polls for each live event mapping: of fifty stacks at once that costs more than the test.
  static func points(on endpoint: TestEndpoint) -> Int {
    points ?? (endpoint == .localstack ? 20 : 50)
  }

  @Test(arguments: TestEndpoint.available)
  func `Whatever request a run is killed at, one more run converges`(endpoint: TestEndpoint) async throws {
    var random = SeededRandom(seed: Self.seed)
    let points = Self.points(on: endpoint)
    let model = try Workplace(endpoint)
    let places = try (0..<points).map { _ in try Workplace(endpoint) }
    defer { for place in places + [model] { place.remove() } }
    for phase in Phase.all {
      try model.write(phase.stack)
      model.proxy.passEverything()
      try await model.expect(0, phase.command, "--auto-approve")
      let total = model.proxy.requests.count
      let kills = (0..<points).map { Kill(stratum: $0, of: points, total: total, random: &random) }
      let killed = try await withThrowingTaskGroup(of: Bool.self) { group in
        for (place, kill) in zip(places, kills) {
          group.addTask { try await interrupt(place, kill, in: phase) }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      Tally.note(.kills, "at a request of \(phase.name), on \(endpoint)", tried: killed)
      #expect(killed > points / 2, "\(phase.name), seed \(Self.seed)")
      let surveys = try await Survey.of(places + [model])
      let expected = surveys[model.account.id]
      #expect(expected?.isEmpty == (phase.command == "destroy"), "\(expected ?? [:])")
      for (place, kill) in zip(places, kills) {
        #expect(surveys[place.account.id] == expected, "\(phase.name), \(kill), seed \(Self.seed)")
      }
    }
  }

  /// Whether the run was killed: it may have come to its end before.
  private func interrupt(_ place: Workplace, _ kill: Kill, in phase: Phase) async throws -> Bool {
    try place.write(phase.stack)
    let victim = Victim()
    place.proxy.kill(
      victim, at: kill.request, isCarriedOut: kill.isCarriedOut, otherwise: FaultMix(seed: kill.faults).fate)
    let killed = try await place.run(victim, [phase.command, "--auto-approve"])
    let story: Comment = "\(phase.name), \(kill), seed \(Self.seed)"
    // A run may need fewer requests than the model's did, for polls are among them.
    #expect(killed.code == -SIGKILL || killed.code == 0, "\(story): \(killed)")
    // The network may be as bad for the run that puts things right.
    if kill.isNetworkGood {
      place.proxy.passEverything()
    } else {
      place.proxy.start(FaultMix(seed: kill.faults &+ 1).fate)
    }
    let again = try await place.run(phase.command, "--auto-approve")
    #expect(again.code == 0, "\(story): \(again)")
    place.proxy.passEverything()
    let wasKilled = killed.code == -SIGKILL
    guard phase.command == "apply" else { return wasKilled }
    try await place.expectQuietLedger()
    // Ten tell as much as fifty: what is there is surveyed for each.
    guard kill.stratum.isMultiple(of: 5) else { return wasKilled }
    let plan = try await place.run("plan", "--detailed-exitcode")
    #expect(plan.code == 0 && plan.output.contains("No changes."), "\(story): \(plan)")
    return wasKilled
  }
}

/// What is done to the stack when the run is killed.
private struct Phase: Sendable {
  let name: String
  let stack: String
  let command: String

  static let all = [
    Phase(name: "creation", stack: Stacks.shop(), command: "apply"),
    Phase(name: "replacement", stack: Stacks.replacedShop(), command: "apply"),
    Phase(name: "destruction", stack: Stacks.replacedShop(), command: "destroy"),
  ]
}

/// Where a run is killed: just before a request reaches the endpoint, or when it was carried out and the answer is on its way.
private struct Kill: Sendable, CustomStringConvertible {
  let stratum: Int
  let request: Int
  let isCarriedOut: Bool
  let isNetworkGood: Bool
  let faults: UInt64

  /// One point in each of equal parts of the run.
  init(stratum: Int, of count: Int, total: Int, random: inout SeededRandom) {
    self.stratum = stratum
    let low = 1 + stratum * total / count
    let high = max(low, (stratum + 1) * total / count)
    request = Int.random(in: low...high, using: &random)
    isCarriedOut = Bool.random(using: &random)
    isNetworkGood = Bool.random(using: &random)
    faults = random.next()
  }

  var description: String {
    "killed \(isCarriedOut ? "after" : "before") request \(request), faults \(faults)"
  }
}

/// A network that does something to the first of one in eight writing requests; which and what hangs on the
/// seed and the request alone, and not on the order in which they come.
final class FaultMix: Sendable {
  private let seed: UInt64
  private let seen = Locked<Set<String>>([])

  init(seed: UInt64) { self.seed = seed }

  func fate(of request: ProxiedRequest) -> FaultProxy.Fate {
    var hash = seed
    for byte in request.identity.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var random = SeededRandom(seed: hash)
    guard Int.random(in: 0..<8, using: &random) == 0,
      let fault = Fault.allCases.randomElement(using: &random),
      request.mayMeet(fault), seen.withLock({ $0.insert(request.identity).inserted })
    else { return .pass }
    return fault.fate
  }
}
