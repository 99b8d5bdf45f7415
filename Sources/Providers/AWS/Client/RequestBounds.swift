package import Planner

/// How often and how long one operation is tried, so that an endpoint that never answers, or never ends, costs a known time.
package struct RequestBounds: Sendable, Hashable {
  /// Attempts in all, the first included (`AWS_MAX_ATTEMPTS`, `max_attempts`); nil leaves the number to ``RetryPolicy``.
  package var attempts: Int?
  /// How long it may take to connect.
  package var connecting: Duration = .seconds(10)
  /// Without a single byte in either direction. The AWS CLI's default.
  package var silence: Duration = .seconds(60)
  /// From the first attempt's beginning to the last one's end. A long body has more: see ``uploadAllowance(_:)``.
  package var operation: Duration = .seconds(120)

  package init() {}

  /// The time that a body of so many bytes may take in addition to ``operation``: a lambda's zip on a slow
  /// line of 50 kB a second.
  static func uploadAllowance(_ bytes: Int) -> Duration { .milliseconds(bytes / 50) }

  /// Takes the number of attempts from the settings of AWS's own tools.
  /// - Throws: for a text that is not a number from 1 up.
  package mutating func takeAttempts(_ text: String?) throws(ProviderError) {
    guard let text else { return }
    guard let number = Int(text), number >= 1 else {
      throw ProviderError(
        .invalid,
        message: "AWS_MAX_ATTEMPTS (or max_attempts) is a whole number from 1 up, and not \"\(text)\"",
        operation: "settings", neverSent: true)
    }
    attempts = number
  }
}
