import Foundation
import Planner
import TestSupport
import Testing

/// Several applies of one stack at once.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ConcurrencyTests {
  @Test(arguments: TestEndpoint.available, [2, 8])
  func `Of several applies at once one wins, and the others say who holds the lock`(
    endpoint: TestEndpoint, count: Int
  ) async throws {
    try await Workplace.with(endpoint) { place in
      let results = try await applyAtOnce(count, in: place)
      let losers = results.filter { $0.code != 0 }
      #expect(losers.count < count, "\(losers)")
      for loser in losers {
        #expect(loser.code == 1 && loser.errors.contains("Error acquiring the lock"), "\(loser)")
        #expect(loser.errors.contains("tester@"), "\(loser)")
      }
      try await expectOneWhole(of: count, in: place)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `With patience all of them get their turn`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint) { place in
      let results = try await applyAtOnce(4, in: place, "--lock-timeout=60s")
      for result in results { #expect(result.code == 0, "\(result)") }
      #expect(results.contains { $0.errors.contains("Waiting for the lock of tester@") })
      try await expectOneWhole(of: 4, in: place)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Stacks of one account come and go side by side`(endpoint: TestEndpoint) async throws {
    let place = try Workplace(endpoint)
    defer { place.remove() }
    let names = (1...4).map { "stack\($0)" }
    for name in names {
      try place.write("stack: \(name)\nqueues: { \(name)-queue: {} }\n", to: "\(name).yaml")
    }
    // The last one out takes the ledger's bucket away, while others come in.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in names {
        group.addTask {
          for _ in 1...3 {
            try await place.expect(0, "apply", "\(name).yaml", "--auto-approve")
            try await place.expect(0, "destroy", "\(name).yaml", "--auto-approve")
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Different files of the same stack: each with a queue of its own, and the queue that all have in its own way.
  private func applyAtOnce(_ count: Int, in place: Workplace, _ options: String...) async throws
    -> [Program.Result]
  {
    for number in 1...count {
      try place.write(
        Stacks.queues(["shared", "only-\(number)"], timeout: 30 + number), to: "\(number).yaml")
    }
    let runs = try (1...count).map { number in
      try place.start(["apply", "\(number).yaml", "--auto-approve"] + options)
    }
    var results: [Program.Result] = []
    for run in runs { results.append(await run.result()) }
    Tally.note(.concurrency, "applies of one stack at once", tried: count)
    return results
  }

  private func expectOneWhole(of count: Int, in place: Workplace) async throws {
    var whole: [Int] = []
    for number in 1...count {
      let plan = try await place.run("plan", "\(number).yaml", "--detailed-exitcode")
      #expect(plan.code == 0 || plan.code == 2, "\(plan)")
      if plan.code == 0 { whole.append(number) }
    }
    #expect(whole.count == 1, "live equals the files \(whole)")
    try await place.expectQuietLedger()
    try place.write(Stacks.queues(["shared", "only-\(whole.first ?? 1)"], timeout: 30))
  }
}
