import Planner

/// Whether a write was carried out, or may have been, since the log began.
final class WriteLog: Sendable {
  private let locked = Locked(false)

  /// A write was answered, or its answer leaves open what was done.
  func note() { locked.withLock { $0 = true } }

  var mayHaveWritten: Bool { locked.withLock { $0 } }
}
