import Planner
import Providers

/// The output of a promotion, in the form that the command line asks for.
extension PromotionRun {
  /// Writes the outcome of all gates.
  func showGates(_ reports: [GateReport]) {
    if command.isJSON {
      terminal.write(reports.map { JSONEvents().gate($0, target: step.to.name) }.joined())
    } else {
      terminal.write(
        GateRenderer(style: terminal.style, width: terminal.textWidth).render(reports, target: step.to.name))
    }
  }

  /// The closed gates, as a sentence.
  func closedWords(_ reports: [GateReport]) -> String {
    let closed = reports.filter { $0.outcome != .open }
    let names = closed.map(\.gate.title).joined(separator: ", ")
    return "Nothing was promoted: \(closed.count) of \(reports.count) gates of \(step.to.name) "
      + "\(closed.count == 1 ? "is" : "are") closed (\(names))."
  }

  /// Writes the last line: `outcome` is for programs, `words` for people.
  func showEnd(_ outcome: String, _ words: String, release: Int? = nil) {
    let text = TerminalText.printable(words)
    terminal.write(
      command.isJSON ? JSONEvents().promotionEnd(outcome, text, release: release) : "\n\(text)\n")
  }

  /// Writes that the target runs the release already.
  func showAlreadyThere(_ promotion: Promotion) {
    let words = "\(step.to.name) runs release #\(promotion.release.number) of \(step.from.name) already"
    guard !command.wantsMarkdown else {
      terminal.write("**\(MarkdownText.words(words)).** Nothing to promote.\n")
      return
    }
    let own = promotion.targetNumber.map { " (as its own #\($0))" } ?? ""
    showEnd("already_there", words + own + ". Nothing to promote.", release: promotion.targetNumber)
  }

  /// Writes that the release was promoted, with its number in the target.
  func showPromoted(_ promotion: Promotion) async throws {
    let number = try await promotion.to.ledger()?.currentRelease
    let own = number.map { " as #\($0)" } ?? ""
    showEnd(
      "promoted", "Promoted #\(promotion.release.number) of \(step.from.name) to \(step.to.name)\(own).",
      release: number)
  }

  /// Writes warnings to standard error, or as events.
  func warn(_ warnings: [Diagnostic]) { Diagnostics(warnings).warn(command, on: terminal) }

  /// Writes the plan of a dry run, with gates and drift.
  func showOnly(
    _ plan: Plan, _ promotion: Promotion, _ text: PromotionText, _ reports: [GateReport],
    _ drift: ReleaseDrift
  ) async throws {
    let live = await promotion.sourceLive()
    guard command.wantsMarkdown else {
      terminal.write(text.plan(plan, live: live))
      return
    }
    let notes =
      drift.isEmpty
      ? [] : [command.flag(.allowDrift) ? text.driftWarning(drift) : text.driftRefusal(drift).items[0]]
    terminal.write(
      try text.markdown(plan, live: live, reports, notes: notes + promotion.parity)
        .text(limit: command.sizeLimit))
  }
}
