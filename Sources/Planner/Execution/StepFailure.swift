/// A step that failed, with everything that a report says about it.
package struct StepFailure: Sendable {
  package var step: Step
  /// The failure of the last request. Its attempts are those of all tries of the step.
  package var error: ProviderError
  /// Where the stack file declares the resource; nil for one that the file no longer has.
  package var place: SourceSpan?

  package init(_ step: Step, _ error: ProviderError, at place: SourceSpan? = nil) {
    self.step = step
    self.error = error
    self.place = place
  }

  /// Whether the endpoint has carried out what the step asked for.
  package enum Certainty: String, Sendable {
    /// The endpoint answered that it did not, a look showed that it did not, or nothing was asked of it.
    case refused
    /// The request never had a connection.
    case neverSent
    /// No answer, or one that leaves it open.
    case unknown
  }

  package var certainty: Certainty {
    if error.mayHaveBeenApplied { return .unknown }
    return error.neverSent && error.kind == .unreachable ? .neverSent : .refused
  }
}

/// A step that was not carried out, because a step that it needs was not.
package struct SkippedStep: Sendable {
  package var step: Step
  /// The step that it needs: failed, or skipped itself.
  package var cause: Step
  /// The failed step at the end of the chain of causes.
  package var root: Step
  /// Where the stack file declares the resource; nil for one that the file no longer has.
  package var place: SourceSpan?

  package init(_ step: Step, because cause: Step, root: Step, at place: SourceSpan? = nil) {
    self.step = step
    self.cause = cause
    self.root = root
    self.place = place
  }
}

/// A resource that an apply has made, changed or deleted, and that could not be looked at afterwards.
package struct UnreadResource: Sendable {
  package var address: Address
  package var section: String
  /// Why.
  package var error: ProviderError
  /// Resources that differ from it only in their names, so that only this one was read.
  package var alike: [Address]

  package init(_ address: Address, section: String, _ error: ProviderError, alike: [Address] = []) {
    self.address = address
    self.section = section
    self.error = error
    self.alike = alike
  }
}
