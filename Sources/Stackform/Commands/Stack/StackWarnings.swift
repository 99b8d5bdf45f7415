import Planner

extension Diagnostics {
  /// Writes warnings: for people to standard error, for machines as events. Nothing where there are none.
  func warn(_ command: ParsedCommand, on terminal: Terminal) {
    guard !isEmpty else { return }
    if command.isJSON {
      for warning in inFileOrder.items { terminal.write(JSONEvents().diagnostic(warning)) }
    } else {
      let renderer = DiagnosticRenderer(
        style: terminal.errorStyle, width: terminal.textWidth,
        isCompact: command.flag(.compactWarnings))
      terminal.writeError("\n" + renderer.render(self))
    }
  }
}
