/// How an execution ended.
package struct ExecutionSummary: Sendable {
  package var added = 0
  package var changed = 0
  package var destroyed = 0
  package var adopted = 0
  /// Every failure, in the order of the plan.
  package var failures: [StepFailure] = []
  /// In the order of the plan.
  package var skipped: [SkippedStep] = []
  package var notStarted: [Step] = []
  /// How many steps were under way at one time, at most.
  package var mostAtOnce = 0
  /// Resources that could not be read again after the apply, so they were not checked.
  package var notReread: [UnreadResource] = []
  /// What a re-read after the apply still shows as different: a defect of the endpoint or of Stackform, named.
  package var unsettled: [ResourceChange] = []
  /// What this run was the first to learn that the endpoint does not return.
  package var unreported: [UnreportedProperty] = []
  /// Why the ledger does not hold what this run did; nil when it does.
  package var unrecorded: LedgerError?
  package var outputs: [Output] = []
  /// What the apply was recorded as; nil when it failed, or brought nothing new.
  package var release: Release?
  /// The user asked the run to stop, and it did.
  package var wasInterrupted = false
  /// Another run took the lock, and so no more steps were started.
  package var hasLostLock = false
  var releaseCounts: ReleaseCounts {
    ReleaseCounts(added: added, changed: changed, destroyed: destroyed, adopted: adopted)
  }

  /// Everything was done and recorded. Resources that could not be read again are not a failure.
  package var isSuccess: Bool {
    failures.isEmpty && skipped.isEmpty && notStarted.isEmpty && unrecorded == nil
  }
}

extension Execution {
  /// What was done and what was not, with its place in the stack's files.
  func summary(of plan: Plan, stack: Stack) -> ExecutionSummary {
    var summary = ExecutionSummary()
    summary.failures = failures.sorted { $0.step.id < $1.step.id }.map {
      StepFailure($0.step, $0.error, at: stack.place(of: $0.step.address))
    }
    summary.skipped = skipped.sorted { $0.step.id < $1.step.id }.map {
      SkippedStep($0.step, because: $0.cause, root: $0.root, at: stack.place(of: $0.step.address))
    }
    summary.notStarted = notStarted
    summary.mostAtOnce = mostAtOnce
    let adopted = Set(plan.changes.filter { $0.action == .adopt }.map(\.address))
    var updated: Set<Address> = []
    for step in plan.steps where outcomes[step.id] != nil {
      switch step.operation {
      case .create: summary.added += 1
      case .update:
        // One resource, in how many steps soever.
        guard updated.insert(step.address).inserted else { continue }
        if adopted.contains(step.address) { summary.adopted += 1 } else { summary.changed += 1 }
      case .delete: summary.destroyed += 1
      }
    }
    return summary
  }
}
