import Planner
import Providers

/// `stackform history [STACK]`: what was released to a place, and what runs there.
enum HistoryCommand {
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let stack = try await DeployedStack.open(command, context)
    let ledger = try await stack.ledger()
    let renderer = HistoryRenderer(style: context.terminal.style, width: context.terminal.textWidth)
    context.terminal.write(
      command.isJSON
        ? ReleaseJSON.history(ledger, target: stack.target, stack: stack.name).prettyJSON
        : renderer.render(ledger, target: stack.target, stack: stack.name))
    return .success
  }
}
