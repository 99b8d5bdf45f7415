package import Planner

/// What a trace shows of one attempt at a request. It has no bodies, headers or queries: these hold secrets.
package struct RequestTrace: Sendable, Hashable {
  /// As `sqs:CreateQueue`.
  package var operation: String
  package var method: String
  package var path: String
  /// The HTTP status; 0 when no answer came.
  package var status: Int
  package var duration: Duration
  /// 1 for the first.
  package var attempt: Int
  /// What failed; nil for success.
  package var failure: ProviderError.Kind?
}
