import Foundation

/// What the suites of attacks tried, for the scoreboard that `scripts/chaos` makes.
///
/// A test notes its tries when it has made them; how many did not hold is read from its failures, and its seed is that of
/// the round.
package enum Tally {
  /// The rows of the scoreboard.
  package enum Sort: String, Sendable {
    case network, kills, answers, endpoints, concurrency, files, ledgers, habits, secrets
  }

  /// The folder that `STACKFORM_TEST_TALLY` names; nil where nobody counts.
  private static let folder = ProcessInfo.processInfo.environment["STACKFORM_TEST_TALLY"]

  /// Notes tries of one kind: `what` says which, for people.
  package static func note(_ sort: Sort, _ what: String, tried: Int) {
    guard let folder else { return }
    let line: [String: Any] = ["sort": sort.rawValue, "what": what, "tried": tried]
    guard let data = try? JSONSerialization.data(withJSONObject: line, options: [.sortedKeys]) else { return }
    // A file for each note: tests run side by side.
    let path = URL(fileURLWithPath: folder).appendingPathComponent("\(UUID().uuidString).json")
    try? data.write(to: path)
  }
}
