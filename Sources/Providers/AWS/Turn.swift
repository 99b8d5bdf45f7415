/// When one attempt's turn on the transport came, told from the transport's thread.
final class Turn: Sendable {
  private let state: Locked<(start: Duration, isRefused: Bool)>

  /// `start` counts where the transport tells of no turn.
  init(at start: Duration) { state = Locked((start, false)) }

  func begin(at time: Duration, isRefused: Bool) { state.withLock { $0 = (time, isRefused) } }

  var start: Duration { state.withLock { $0.start } }
  var isRefused: Bool { state.withLock { $0.isRefused } }
}
