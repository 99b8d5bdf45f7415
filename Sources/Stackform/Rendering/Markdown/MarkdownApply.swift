import Planner

/// How an apply ended, as Markdown for a job's summary or a comment. The counts are first, then a table of
/// what was not done or not checked; diagnostics and outputs are on a click.
struct MarkdownApply: Sendable {
  let summary: ExecutionSummary
  let plan: Plan

  var report: MarkdownReport {
    let outcome = SummaryRenderer.outcome(of: summary, isDestroy: plan.isDestroy)
    let counts = SummaryRenderer.counts(summary, isDestroy: plan.isDestroy)
    var head = [MarkdownPlan.title(plan), "**\(MarkdownText.words(outcome))** Resources: \(counts)."]
    if let advice = SummaryRenderer.advice(after: summary) { head.append(advice) }
    if let release = summary.release { head.append("Recorded as release #\(release.number).") }
    return MarkdownReport(
      head: head, titles: ["", "Resource", "Where", "Why"],
      rows: failed + skipped + notStarted + notReread, graveTitle: "Failed",
      details: diagnostics + outputs)
  }

  /// The report, or its head alone where not even the failures have room: after an apply it is too late to refuse.
  func text(limit: Int) -> String {
    do throws(Diagnostic) { return try report.text(limit: limit) } catch {
      return report.head.joined(separator: "\n\n") + "\n"
    }
  }

  private var failed: [MarkdownReport.Row] {
    summary.failures.map { failure in
      let effort = failure.error.effort.map { " (tried \($0))" } ?? ""
      return row("failed", failure.step.address, failure.place, failure.error.account + effort, isGrave: true)
    }
  }

  private var skipped: [MarkdownReport.Row] {
    summary.skipped.map { skipped in
      let (cause, root) = (skipped.cause.address, skipped.root.address)
      let why = cause == root ? "It needs \(root)." : "It needs \(cause). \(root) failed."
      return row("skipped", skipped.step.address, skipped.place, why)
    }
  }

  private var notStarted: [MarkdownReport.Row] {
    summary.notStarted.map { row("not started", $0.address, nil, "The run was stopped.") }
  }

  private var notReread: [MarkdownReport.Row] {
    summary.notReread.map { row("not checked", $0.address, nil, $0.error.account) }
  }

  private func row(
    _ word: String, _ address: Address, _ place: SourceSpan?, _ why: String, isGrave: Bool = false
  ) -> MarkdownReport.Row {
    let line = place.map { MarkdownText.code("\($0.source.name):\($0.line)") } ?? ""
    return MarkdownReport.Row(
      cells: [word, MarkdownText.code(address.description), line, MarkdownText.words(why)], isGrave: isGrave,
      name: "\(word) \(address)")
  }

  /// Each with its excerpt of the file and its fix.
  private var diagnostics: [MarkdownReport.Detail] {
    let report = ApplyReport(summary)
    let all = report.failures.inFileOrder.items + [report.unrecorded].compactMap(\.self) + report.warnings
    let renderer = DiagnosticRenderer(style: .plain, width: 100)
    return all.map { diagnostic in
      let address = diagnostic.address.map { " (\($0))" } ?? ""
      return MarkdownReport.Detail(
        summary: "\(diagnostic.severity.rawValue): \(diagnostic.summary)\(address)",
        body: MarkdownText.block(renderer.render(diagnostic)), isGrave: diagnostic.severity == .error)
    }
  }

  private var outputs: [MarkdownReport.Detail] {
    guard !plan.isDestroy, !summary.outputs.isEmpty else { return [] }
    let count = summary.outputs.count
    return [
      MarkdownReport.Detail(
        summary: "\(count) \(count == 1 ? "output" : "outputs")",
        body: MarkdownText.block(OutputsRenderer(style: .plain).list(summary.outputs)), isGrave: false)
    ]
  }
}
