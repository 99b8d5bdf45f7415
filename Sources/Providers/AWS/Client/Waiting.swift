package import Planner

/// Polls until something holds: fast where a poll costs nothing, slowly where it costs a request to AWS.
package struct Waiting: Sendable {
  private let first: Duration
  private let longest: Duration
  private let limit: Duration
  private let clock: ClientClock

  /// At most `limit` in all.
  package init(isLoopback: Bool, limit: Duration, clock: ClientClock = .system) {
    first = isLoopback ? .milliseconds(25) : .milliseconds(500)
    longest = isLoopback ? .seconds(1) : .seconds(5)
    self.limit = limit
    self.clock = clock
  }

  /// Polls until `condition` returns a value, and returns it. `what` completes "… did not happen", as "the
  /// table jobs to become active".
  package func callAsFunction<Result>(
    for what: String, until condition: () async throws(ProviderError) -> Result?
  ) async throws(ProviderError) -> Result {
    let start = clock.elapsed()
    var delay = first
    while true {
      if let result = try await condition() { return result }
      let left = limit - (clock.elapsed() - start)
      guard left > .zero, (try? await clock.sleep(min(delay, left))) != nil else {
        throw ProviderError(
          .notYetConsistent,
          message: "waited \((clock.elapsed() - start).components.seconds) seconds for \(what)")
      }
      delay = min(delay * 3 / 2, longest)
    }
  }
}

extension ReadingClient {
  /// Polls until `condition` returns a value, at the pace of this client's endpoint.
  package func waiting<Result>(
    for what: String, atMost limit: Duration = .seconds(300),
    until condition: () async throws(ProviderError) -> Result?
  ) async throws(ProviderError) -> Result {
    try await Waiting(isLoopback: target.isLoopback, limit: limit)(for: what, until: condition)
  }
}

extension WritingClient {
  /// The same.
  package func waiting<Result>(
    for what: String, atMost limit: Duration = .seconds(300),
    until condition: () async throws(ProviderError) -> Result?
  ) async throws(ProviderError) -> Result {
    try await reading.waiting(for: what, atMost: limit, until: condition)
  }
}
