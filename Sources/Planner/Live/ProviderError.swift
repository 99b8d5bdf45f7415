/// Why a call to the endpoint failed: a closed set, so that the caller can switch over it.
package struct ProviderError: Error, Sendable, Hashable, Codable {
  /// The kinds of failure, by what can be done about them.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// The thing asked for is not there (404 and its many spellings).
    case notFound
    /// The name is taken, by this stack or by someone else.
    case alreadyExists
    /// Another operation on the same thing is under way (ResourceConflictException, ResourceInUseException…): wait and retry.
    case conflict
    /// A precondition (If-Match, If-None-Match) did not hold.
    case preconditionFailed
    /// Too many requests: retry with backoff.
    case throttled
    /// Credentials are missing, wrong or expired.
    case unauthenticated
    /// The credentials may not do this.
    case denied
    /// The service refuses the request as it is: retrying changes nothing.
    case invalid
    /// What was just made is not visible everywhere yet (IAM, SQS): retry for a while.
    case notYetConsistent
    /// The endpoint does not offer this service or operation (501, unknown operation).
    case unsupported
    /// The endpoint failed (5xx). The request may still have been carried out.
    case server
    /// No answer: refused, reset, timed out, name not resolved. The request may have been carried out, unless `neverSent`.
    case unreachable
    /// The answer could not be understood, is not the documented success, or is beyond the bounds of size and
    /// depth. The request may still have been carried out.
    case malformed
    /// The documented success came, and a look shows that it was not carried out.
    case notCarriedOut
  }

  package var kind: Kind
  /// The service's own error code, as `QueueDoesNotExist`; empty when there is none.
  package var code: String
  /// The service's own message, or ours when it gave none. Never holds a secret of the request.
  package var message: String
  /// Service and operation, as `sqs:CreateQueue`.
  package var operation: String
  /// The HTTP status; 0 when no answer came.
  package var status: Int
  /// No connection was made, in no attempt, so the request was certainly not carried out.
  package var neverSent: Bool
  /// The answer, or a part of it, did not come in time.
  package var timedOut: Bool
  /// An earlier try of the same request may have been carried out.
  package var isAmbiguous = false
  /// Of a creation: no request of it was carried out, so nothing was made.
  package var madeNothing = false
  /// How often the request was tried, the last time included.
  package var attempts = 1
  /// How long it was tried: all attempts and the pauses between them.
  package var lasted = Duration.zero

  package init(
    _ kind: Kind, code: String = "", message: String, operation: String = "", status: Int = 0,
    neverSent: Bool = false, timedOut: Bool = false
  ) {
    self.kind = kind
    self.code = code
    self.message = message
    self.operation = operation
    self.status = status
    self.neverSent = neverSent
    self.timedOut = timedOut
  }

  /// The same failure as the end of several tries of one request. `isAmbiguous` says that an earlier try may
  /// have been carried out.
  package func after(attempts: Int, in lasted: Duration, isAmbiguous: Bool) -> ProviderError {
    var error = self
    error.attempts = attempts
    error.lasted = lasted
    error.neverSent = neverSent && !isAmbiguous
    error.isAmbiguous = self.isAmbiguous || isAmbiguous
    return error
  }

  /// Whether the same request may be sent again in the hope of another answer.
  package var isTransient: Bool {
    switch kind {
    case .conflict, .throttled, .notYetConsistent, .server, .unreachable, .notCarriedOut: true
    case .notFound, .alreadyExists, .preconditionFailed, .unauthenticated, .denied, .invalid, .unsupported,
      .malformed:
      false
    }
  }

  /// Whether the request may have been carried out although it failed. Only a read of the resource decides.
  package var mayHaveBeenApplied: Bool {
    (kind == .server || kind == .unreachable || kind == .malformed) && !neverSent
  }
}
