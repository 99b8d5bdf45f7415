import Planner

/// Whether, and after how long, a request that failed is sent again.
///
/// Full jitter, after "Exponential Backoff And Jitter" in the AWS architecture blog: any time between none and the bound.
struct RetryPolicy {
  /// What counts against a bound for one request.
  struct History {
    /// Failures so far, the present one included.
    var failures: Int
    /// Since the first one was sent.
    var elapsed: Duration
  }

  var isLoopback: Bool
  var bounds = RequestBounds()

  /// The time to wait before the next attempt; nil when there is to be none.
  func delay(
    after error: ProviderError, to request: AWSRequest, history: History, retryAfter: Duration?,
    random: Double
  ) -> Duration? {
    guard let reason = reason(error, request), history.elapsed < reason.patience else { return nil }
    guard history.failures < (reason == .wait ? .max : bounds.attempts ?? reason.attempts(isLoopback)) else {
      return nil
    }
    let first: Duration = isLoopback ? .milliseconds(25) : .milliseconds(100)
    let bound = min(first * (1 << min(history.failures - 1, 16)), reason.longest(isLoopback))
    let jittered = bound * random
    return max(jittered, min(retryAfter ?? .zero, .seconds(30)))
  }

  /// Why another attempt may have another answer.
  private enum Reason {
    /// Something else has to end first; that may take SQS 60 seconds after a deletion.
    case wait
    case throttled
    /// It may not be known what became of the request.
    case failure

    func attempts(_ isLoopback: Bool) -> Int {
      switch self {
      case .wait: .max
      case .throttled: 12
      case .failure: isLoopback ? 4 : 5
      }
    }

    var patience: Duration { self == .wait ? .seconds(90) : .seconds(120) }

    func longest(_ isLoopback: Bool) -> Duration {
      switch self {
      case .wait: isLoopback ? .seconds(1) : .seconds(5)
      case .throttled, .failure: isLoopback ? .seconds(1) : .seconds(20)
      }
    }
  }

  private func reason(_ error: ProviderError, _ request: AWSRequest) -> Reason? {
    let isNamed = request.retriedErrors.contains { row in
      row.code == error.code && (row.messageContains.isEmpty || error.message.contains(row.messageContains))
    }
    if isNamed { return .wait }
    switch error.kind {
    // These say that nothing was done, so that even a creation may be sent again.
    case .conflict, .notYetConsistent: return .wait
    case .throttled: return .throttled
    case .server, .unreachable: return error.neverSent || request.isRepeatable ? .failure : nil
    case .notFound, .alreadyExists, .preconditionFailed, .unauthenticated, .denied, .invalid, .unsupported,
      .malformed, .notCarriedOut:
      return nil
    }
  }
}
