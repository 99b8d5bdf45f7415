import Planner
import Providers

/// From a command to what carries it out.
struct CommandRunner: Sendable {
  let context: CommandContext
  let registry: KindRegistry

  private var terminal: Terminal { context.terminal }

  /// Runs the command.
  ///
  /// - Throws: diagnostics for everything that went wrong; the caller reports them and exits with 1.
  func run(_ command: ParsedCommand) async throws -> ExitCode {
    if command.wantsHelp { return try HelpCommand.run(command, terminal) }
    switch command.name {
    case .help: return try HelpCommand.run(command, terminal)
    case .version: return VersionCommand.run(command, terminal)
    case .completions: return try CompletionsCommand.run(command, terminal)
    case .explain: return try ExplainCommand.run(command, terminal, registry: registry)
    case .schema: return SchemaCommand.run(command, terminal, registry: registry)
    case .validate: return try ValidateCommand.run(command, context)
    case .plan: return try await PlanCommand.run(command, context)
    case .apply, .destroy: return try await ApplyCommand.run(command, context)
    case .output: return try await OutputCommand.run(command, context)
    case .show: return try await ShowCommand.run(command, context)
    case .stacks: return try await StacksCommand.run(command, context)
    case .forget: return try await ForgetCommand.run(command, context)
    case .move: return try await MoveCommand.run(command, context)
    case .renameStack: return try await RenameStackCommand.run(command, context)
    case .history: return try await HistoryCommand.run(command, context)
    case .rollback: return try await RollbackCommand.run(command, context)
    case .hold: return try await HoldCommand.run(command, context)
    case .undo: return try await UndoCommand.run(command, context)
    case .graph: return try await GraphCommand.run(command, context)
    case .promote: return try await PromoteCommand.run(command, context)
    case .approve: return try await ApproveCommand.run(command, context)
    case .verify: return try await VerifyCommand.run(command, context)
    case .compare: return try await CompareCommand.run(command, context)
    case .drift: return try await DriftCommand.run(command, context)
    case .lock: return try await LockCommand.run(command, context)
    case .ledger: return try await LedgerCommand.run(command, context)
    case .unlock: return try await UnlockCommand.run(command, context)
    }
  }
}
