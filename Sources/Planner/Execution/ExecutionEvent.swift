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
