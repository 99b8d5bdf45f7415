#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Time and chance, as the client meets them: a test brings its own.
package struct ClientClock: Sendable {
  /// The clock on the wall, which dates signatures.
  package var now: @Sendable () -> Date
  /// A clock that never goes back, for measuring.
  package var elapsed: @Sendable () -> Duration
  /// Waits; throws when the task was cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void
  /// A number from 0 up to, but not including, 1.
  package var random: @Sendable () -> Double

  /// This machine's.
  package static let system: ClientClock = {
    let start = ContinuousClock.now
    return ClientClock(
      now: { Date() }, elapsed: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0) },
      random: { Double.random(in: 0..<1) })
  }()
}
