import Planner
import Providers

/// `stackform history [STACK]`: what was released to a place, and what runs there.
enum HistoryCommand {
  /// Lists the releases, or with `--runs` the runs.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let stack = try await OpenedStack.open(command, context)
    let ledger = try await stack.ledger()
    let (target, name) = (stack.target, stack.name)
    context.terminal.write(
      command.isJSON
        ? json(ledger, target: target, stack: name, wantsRuns: command.flag(.runs)).prettyJSON
        : text(ledger, target: target, stack: name, wantsRuns: command.flag(.runs), context.terminal))
    return .success
  }

  private static func text(
    _ ledger: Ledger?, target: Target, stack: String, wantsRuns: Bool, _ terminal: Terminal
  ) -> String {
    wantsRuns
      ? RunRenderer(style: terminal.style).render(ledger, target: target, stack: stack)
      : HistoryRenderer(style: terminal.style, width: terminal.size().columns, mustFit: terminal.canRepaint)
        .render(ledger, target: target, stack: stack)
  }

  private static func json(_ ledger: Ledger?, target: Target, stack: String, wantsRuns: Bool) -> Value {
    wantsRuns
      ? RunRenderer.json(ledger, target: target, stack: stack)
      : ReleaseJSON.history(ledger, target: target, stack: stack)
  }
}
