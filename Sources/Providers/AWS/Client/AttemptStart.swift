import Planner

/// When one attempt's turn on the transport came. The transport's thread sets it.
final class AttemptStart: Sendable {
  let submitted: Duration
  private let state: Locked<(start: Duration, isRefused: Bool)>

  /// The time of submission counts as the start where the transport reports no turn.
  init(at submitted: Duration) {
    self.submitted = submitted
    state = Locked((submitted, false))
  }

  /// Called from the transport's thread when the attempt's turn comes.
  func begin(at time: Duration, isRefused: Bool) { state.withLock { $0 = (time, isRefused) } }

  /// How long it waited for its turn; zero while it still does.
  var waited: Duration { start - submitted }
  var start: Duration { state.withLock { $0.start } }
  var isRefused: Bool { state.withLock { $0.isRefused } }
}
