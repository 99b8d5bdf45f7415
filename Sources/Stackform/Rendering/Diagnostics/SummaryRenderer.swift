import Planner

/// How an apply ended, in words: the counts, every failure with the service's own message, what was left undone, and the outputs.
struct SummaryRenderer: Sendable {
  let style: TerminalStyle
  let width: Int

  /// What goes to standard output.
  func render(_ summary: ExecutionSummary, isDestroy: Bool) -> String {
    var parts = [sentence(summary, isDestroy: isDestroy) + "\n"]
    if let release = summary.release { parts.append("Recorded as release #\(release.number).\n") }
    if !summary.notStarted.isEmpty { parts.append(notStarted(summary.notStarted)) }
    if !summary.unsettled.isEmpty { parts.append(unsettled(summary.unsettled)) }
    if !isDestroy, !summary.outputs.isEmpty {
      parts.append(OutputsRenderer(style: style).block(summary.outputs))
    }
    return "\n" + parts.joined()
  }

  /// `Apply complete! Resources: 1 added, 2 changed, 0 destroyed.`
  func sentence(_ summary: ExecutionSummary, isDestroy: Bool) -> String {
    let verb = isDestroy ? "Destroy" : "Apply"
    let counts = Self.counts(summary, isDestroy: isDestroy)
    if summary.isSuccess { return style("\(verb) complete! Resources: \(counts).", .bold, .green) }
    let undone = [
      (summary.failures.count, "failed"), (summary.skipped.count, "skipped"),
      (summary.notStarted.count, "not started"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let end = summary.wasInterrupted ? "interrupted" : "incomplete"
    return style("\(verb) \(end): \(undone).", .bold, .red) + " Resources: \(counts).\n"
      + "Run the same command again to carry on: what is done stays done."
  }

  /// `1 added, 2 changed, 0 destroyed`; a destroy tells only what went.
  static func counts(_ summary: ExecutionSummary, isDestroy: Bool) -> String {
    if isDestroy { return "\(summary.destroyed) destroyed" }
    let adopted = summary.adopted > 0 ? "\(summary.adopted) adopted, " : ""
    return "\(adopted)\(summary.added) added, \(summary.changed) changed, \(summary.destroyed) destroyed"
  }

  /// Every failure as a diagnostic, with the steps that it kept from running.
  static func diagnostics(of summary: ExecutionSummary, skipped: [ProgressState.Skipped]) -> Diagnostics {
    var diagnostics = Diagnostics()
    let causes = Dictionary(skipped.map { ($0.address, $0.cause) }, uniquingKeysWith: { first, _ in first })
    for (step, error) in summary.failures {
      let waiting = skipped.map(\.address).filter { root(of: $0, causes) == step.address }
      diagnostics.add(diagnostic(of: step, error, waiting: waiting))
    }
    return diagnostics
  }

  /// The failure at the end of a chain of skipped steps.
  private static func root(of address: Address, _ causes: [Address: Address]) -> Address {
    var current = address
    for _ in 0...causes.count {
      guard let cause = causes[current], cause != current else { return current }
      current = cause
    }
    return current
  }

  private static func diagnostic(of step: Step, _ error: ProviderError, waiting: [Address]) -> Diagnostic {
    let verb =
      switch step.operation {
      case .create: "created"
      case .update: "changed"
      case .delete: "destroyed"
      }
    var source = error.operation.isEmpty ? "" : error.operation
    if error.status != 0 { source += " answered \(error.status)" }
    if !error.code.isEmpty { source += source.isEmpty ? error.code : " \(error.code)" }
    var detail = source.isEmpty ? error.message : "\(source): \(error.message)"
    if !waiting.isEmpty {
      let names = Set(waiting).sorted().map(\.description).joined(separator: ", ")
      detail += "\nNot carried out, for they need it: \(names)."
    }
    return Diagnostic(
      "\(step.address) could not be \(verb)", detail, address: nil, fix: error.fix)
  }

  private func notStarted(_ steps: [Step]) -> String {
    let names =
      steps.prefix(10).map(\.address.description) + (steps.count > 10 ? ["and \(steps.count - 10) more"] : [])
    return TerminalText.wrapped("Not started: \(names.joined(separator: ", ")).", to: width).map { $0 + "\n" }
      .joined()
  }

  private func unsettled(_ changes: [ResourceChange]) -> String {
    let lines = changes.map { change -> String in
      let paths = change.properties.map { $0.path.joined(separator: ".") }
      return "  \(change.address)" + (paths.isEmpty ? "" : ": \(paths.joined(separator: ", "))") + "\n"
    }
    return "\n" + style("warning:", .bold, .yellow) + " "
      + style("A second look still finds differences", .bold) + "\n"
      + TerminalText.wrapped(
        "The endpoint took these without an error and gives them back otherwise. That is a defect of the endpoint or of Stackform:",
        to: width - 2
      ).map { "  \($0)\n" }.joined() + lines.joined()
  }
}
