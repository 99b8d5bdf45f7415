/// A fact about a running apply, as it becomes known. Printers only read these.
package enum ExecutionEvent: Sendable {
  /// A step begins.
  case started(Step)
  /// The step is done, after so long; the id is the resource's.
  case completed(Step, id: String, Duration)
  case failed(Step, ProviderError, Duration)
  /// Not carried out, because the step that it needed failed or was skipped itself.
  case skipped(Step, because: Address)
  /// Not carried out, because the run was asked to stop.
  case notStarted(Step)
  /// The run waits for somebody else's lock. Told again at every look.
  case waiting(for: LockHolder)
  /// Something worth telling that is no step: a stale lock was taken over, the stop was heard.
  case note(String)
}

/// How an execution ended.
package struct ExecutionSummary: Sendable {
  package var added = 0
  package var changed = 0
  package var destroyed = 0
  package var adopted = 0
  /// Every failure, in the order of the plan.
  package var failures: [(step: Step, error: ProviderError)] = []
  package var skipped: [Step] = []
  package var notStarted: [Step] = []
  /// What a re-read after the apply still shows as different: a defect of the endpoint or of Stackform, named.
  package var unsettled: [ResourceChange] = []
  package var outputs: [Output] = []
  /// What the apply was recorded as; nil when it failed, or brought nothing new.
  package var release: Release?
  /// The run was asked to stop and did.
  package var wasInterrupted = false

  package init() {}
  var releaseCounts: ReleaseCounts {
    ReleaseCounts(added: added, changed: changed, destroyed: destroyed, adopted: adopted)
  }

  package var isSuccess: Bool { failures.isEmpty && skipped.isEmpty && notStarted.isEmpty }
}
