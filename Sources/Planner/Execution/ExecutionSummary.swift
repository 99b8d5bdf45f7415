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
  var releaseCounts: ReleaseCounts {
    ReleaseCounts(added: added, changed: changed, destroyed: destroyed, adopted: adopted)
  }

  package var isSuccess: Bool { failures.isEmpty && skipped.isEmpty && notStarted.isEmpty }
}

extension Execution {
  /// What was done, for the last line.
  func summary(of plan: Plan) -> ExecutionSummary {
    var summary = ExecutionSummary()
    summary.failures = failures.sorted { $0.step.id < $1.step.id }
    summary.skipped = skipped.sorted { $0.id < $1.id }
    summary.notStarted = notStarted
    let adopted = Set(plan.changes.filter { $0.action == .adopt }.map(\.address))
    for step in plan.steps where outcomes[step.id] != nil {
      switch step.operation {
      case .create: summary.added += 1
      case .update: if adopted.contains(step.address) { summary.adopted += 1 } else { summary.changed += 1 }
      case .delete: summary.destroyed += 1
      }
    }
    return summary
  }
}
