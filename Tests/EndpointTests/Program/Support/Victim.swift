import Foundation
import Synchronization

/// A run that a proxy can kill: it may have to wait until the run has a number.
final class Victim: Sendable {
  private let identifier = Mutex<Int32?>(nil)
  private let known = DispatchSemaphore(value: 0)

  func set(_ run: ProgramRun) {
    identifier.withLock { $0 = run.identifier }
    known.signal()
  }

  func signal(_ number: Int32) {
    known.wait()
    known.signal()
    if let identifier = identifier.withLock({ $0 }) { Foundation.kill(identifier, number) }
  }

  func kill() { signal(SIGKILL) }
}

extension Workplace {
  /// Runs the program to its end, with a handle for killing it.
  func run(_ victim: Victim, _ arguments: [String]) async throws -> Program.Result {
    try await Program.slots.with {
      let run = try start(arguments)
      victim.set(run)
      return await run.result()
    }
  }
}

/// Chance that a number decides (SplitMix64, after Steele, Lea and Flood).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
