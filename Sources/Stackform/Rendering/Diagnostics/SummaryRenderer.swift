import Planner

/// How an apply ended, as text: the counts, the release, warnings, what was not started, and the outputs.
struct SummaryRenderer: Sendable {
  let style: TerminalStyle
  let width: Int
  /// Each warning in one line.
  let isCompact: Bool

  init(style: TerminalStyle, width: Int, isCompact: Bool = false) {
    self.style = style
    self.width = width
    self.isCompact = isCompact
  }

  /// What goes to standard output. `left` says how many resources a partial destroy left out.
  func render(_ summary: ExecutionSummary, isDestroy: Bool, left: Int = 0) -> String {
    var parts = [sentence(summary, isDestroy: isDestroy) + "\n"]
    if isDestroy, left > 0 {
      let (were, stay) = left == 1 ? ("resource was", "stays") : ("resources were", "stay")
      parts.append("A part was destroyed: \(left) \(were) left out and \(stay).\n")
    }
    if let advice = Self.advice(after: summary) { parts.append(advice + "\n") }
    if let release = summary.release { parts.append("Recorded as release #\(release.number).\n") }
    if !summary.notStarted.isEmpty { parts.append(notStarted(summary.notStarted)) }
    let diagnostics = DiagnosticRenderer(style: style, width: width, isCompact: isCompact)
    for warning in ApplyReport(summary).warnings { parts.append("\n" + diagnostics.render(warning)) }
    if !isDestroy, !summary.outputs.isEmpty {
      parts.append(OutputsRenderer(style: style).block(summary.outputs))
    }
    return "\n" + parts.joined()
  }

  /// `Apply complete! Resources: 1 added, 2 changed, 0 destroyed.`
  func sentence(_ summary: ExecutionSummary, isDestroy: Bool) -> String {
    let outcome = Self.outcome(of: summary, isDestroy: isDestroy)
    let resources = " Resources: \(Self.counts(summary, isDestroy: isDestroy))."
    return summary.isSuccess
      ? style(outcome + resources, .bold, .green) : style(outcome, .bold, .red) + resources
  }

  /// `Apply complete!`, or `Apply incomplete: 1 failed, 2 skipped.`
  static func outcome(of summary: ExecutionSummary, isDestroy: Bool) -> String {
    let verb = isDestroy ? "Destroy" : "Apply"
    if summary.isSuccess { return "\(verb) complete!" }
    var undone = [
      (summary.failures.count, "failed"), (summary.skipped.count, "skipped"),
      (summary.notStarted.count, "not started"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if summary.unrecorded != nil { undone.append("not recorded") }
    let end = summary.wasInterrupted ? "interrupted" : "incomplete"
    return "\(verb) \(end): \(undone.joined(separator: ", "))."
  }

  /// `1 added, 2 changed, 0 destroyed`; after a destroy only the last.
  static func counts(_ summary: ExecutionSummary, isDestroy: Bool) -> String {
    if isDestroy { return "\(summary.destroyed) destroyed" }
    let adopted = summary.adopted > 0 ? "\(summary.adopted) adopted, " : ""
    return "\(adopted)\(summary.added) added, \(summary.changed) changed, \(summary.destroyed) destroyed"
  }

  /// How to continue after an incomplete apply. The same command again helps only where nothing but time is needed.
  static func advice(after summary: ExecutionSummary) -> String? {
    if summary.isSuccess { return nil }
    return summary.failures.allSatisfy { $0.error.isTransient }
      ? "What is done stays done. Run the same command again to continue."
      : "What is done stays done. The next apply continues from there."
  }

  private func notStarted(_ steps: [Step]) -> String {
    let names =
      steps.prefix(10).map(\.address.description) + (steps.count > 10 ? ["and \(steps.count - 10) more"] : [])
    return TerminalText.wrapped("Not started: \(names.joined(separator: ", ")).", to: width).map { $0 + "\n" }
      .joined()
  }
}
