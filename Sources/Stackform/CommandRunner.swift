import Planner
import Providers

/// From a command to what carries it out.
struct CommandRunner: Sendable {
  let terminal: Terminal
  let registry: KindRegistry

  func run(_ command: ParsedCommand) async throws -> ExitCode {
    if command.wantsHelp { return try HelpCommand.run(command, terminal) }
    switch command.name {
    case .help: return try HelpCommand.run(command, terminal)
    case .version: return VersionCommand.run(command, terminal)
    case .completions: return try CompletionsCommand.run(command, terminal)
    case .explain: return try ExplainCommand.run(command, terminal, registry: registry)
    case .schema, .validate, .plan, .apply, .destroy, .output, .show, .graph, .unlock:
      throw Diagnostic(
        "Not wired", "stackform \(command.name.rawValue) is not connected to the engine.")
    }
  }
}
