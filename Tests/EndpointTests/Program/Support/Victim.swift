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

extension FaultProxy {
  /// From now on the victim is killed at the nth request of those that fit: when that was carried out and the answer is on
  /// its way, or just before it reaches the endpoint. All others go the way of `policy`.
  func kill(
    _ victim: Victim, at number: Int, isCarriedOut: Bool = true,
    where fits: @escaping @Sendable (ProxiedRequest) -> Bool = { _ in true },
    otherwise policy: @escaping Policy = { _ in .pass }
  ) {
    let count = Locked(0)
    start { request in
      guard fits(request) else { return policy(request) }
      let isIt = count.withLock { count in
        count += 1
        return count == number
      }
      guard isIt else { return policy(request) }
      if isCarriedOut { return .carriedOutThenCut { victim.kill() } }
      victim.kill()
      return .cut
    }
  }
}
