/// A fact about a running apply, as it becomes known. Printers only read these.
package enum ExecutionEvent: Sendable {
  /// A step begins.
  case started(Step)
  /// The step is done, after so long; the id is the resource's.
  case completed(Step, id: String, Duration)
  /// The step failed, after so long. The failure has no place in the file yet.
  case failed(StepFailure, Duration)
  /// Not carried out, because the step that it needed failed or was skipped itself. It has no place in the file yet.
  case skipped(SkippedStep)
  /// Not carried out, because the run was asked to stop.
  case notStarted(Step)
  /// The run waits for a lock that another run holds. Sent again at every read of the lock.
  case waiting(for: LockHolder)
  /// Anything else of interest: a stale lock was taken over, the request to stop has arrived.
  case note(String)
}
