import Foundation
import Planner

/// A run that a proxy can kill: it may have to wait until the run has a number.
final class Victim: Sendable {
  private let run = Locked<ProgramRun?>(nil)
  private let isKnown = DispatchSemaphore(value: 0)

  func set(_ run: ProgramRun) {
    self.run.withLock { $0 = run }
    isKnown.signal()
  }

  func signal(_ number: Int32) { known { $0.signal(number) } }

  /// Holds the calling thread up until the run has written something, or for long enough to tell that it will not.
  func waitUntil(_ condition: (String) -> Bool) {
    known { run in
      let end = Date.now + 20
      while !condition(run.text), Date.now < end { usleep(10_000) }
    }
  }

  private func known(_ work: (ProgramRun) -> Void) {
    isKnown.wait()
    isKnown.signal()
    if let run = run.withLock({ $0 }) { work(run) }
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
