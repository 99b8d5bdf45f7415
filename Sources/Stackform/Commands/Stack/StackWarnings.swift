import Planner

extension Diagnostics {
  /// Writes warnings: for people to standard error, for machines as events. Nothing where there are none.
  func warn(_ command: ParsedCommand, on terminal: Terminal) {
    guard !isEmpty else { return }
    if command.isJSON {
      for warning in inFileOrder.items { terminal.write(JSONEvents().diagnostic(warning)) }
    } else {
      warnInText(command, on: terminal)
    }
  }

  /// Writes warnings to standard error, for people, beside a document for machines, too.
  func warnInText(_ command: ParsedCommand, on terminal: Terminal) {
    let renderer = DiagnosticRenderer(
      style: terminal.errorStyle, width: terminal.textWidth, isCompact: command.flag(.compactWarnings))
    terminal.writeError("\n" + renderer.render(self))
  }
}
