import Planner
import Providers

/// `stackform hold [--reason TEXT] [--lift] [STACK]`: keeps releases from being promoted to a place by themselves.
enum HoldCommand {
  /// Shows, sets or lifts the hold.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    guard !command.flag(.lift) || command.value(.reason) == nil else {
      throw Diagnostic(
        "Options that don't go together", "--lift takes a hold away, and --reason is for setting one.",
        fix: "Leave out one of the two.")
    }
    let stack = try await OpenedStack.open(command, context)
    guard let ledger = try await stack.ledger() else { throw Diagnostic.neverApplied }
    let renderer = HistoryRenderer(style: context.terminal.style, width: context.terminal.textWidth)
    let terminal = context.terminal
    if command.flag(.lift) {
      guard let hold = ledger.hold else {
        terminal.writeLine("\(stack.name) is not on hold in \(stack.target.profile).")
        return .success
      }
      try await revise(stack, context) { $0.hold = nil }
      terminal.writeLine("Lifted the hold of \(hold.author) on \(stack.name) in \(stack.target.profile).")
      return .success
    }
    if let hold = ledger.hold, command.value(.reason) == nil {
      terminal.write(String(renderer.hold(hold).drop { $0 == "\n" }))
      return .success
    }
    let hold = Hold(
      author: Session.author, time: stack.client.timeText(), reason: command.value(.reason),
      rolledBackFrom: ledger.hold?.rolledBackFrom)
    try await revise(stack, context) { $0.hold = hold }
    terminal.write(String(renderer.hold(hold).drop { $0 == "\n" }))
    return .success
  }

  /// Under the lock: a run that is under way has read the ledger, and would find it changed at its end.
  private static func revise(
    _ stack: OpenedStack, _ context: CommandContext, _ change: @escaping @Sendable (inout Ledger) -> Void
  ) async throws {
    try await stack.revising(context) { ledger throws(Diagnostic) in change(&ledger) }
  }
}
