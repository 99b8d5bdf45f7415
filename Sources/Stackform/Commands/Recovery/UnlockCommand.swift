import Planner
import Providers

/// `stackform unlock`: breaks the lock of a dead run, after it has shown the holder.
enum UnlockCommand {
  /// Shows the holder, asks, and breaks the lock.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let stack = try await OpenedStack.open(command, context)
    let store = stack.store
    let holder: LockHolder?
    do throws(LedgerError) { holder = try await store.lockHolder() } catch {
      guard case .damagedLock(let reason) = error else { throw error.diagnostic }
      return try await freeDamaged(reason, stack, context)
    }
    guard let holder else {
      context.terminal.writeLine("No one holds the lock of \"\(stack.name)\".")
      return .success
    }
    context.terminal.writeLine(
      Banner(style: context.terminal.style, isVerbose: command.isVerbose)
        .render(stack.target, stack: stack.name))
    let name = "\(holder.user)@\(holder.host)"
    let sentence = "\(name) holds it since \(holder.since): process \(holder.process), \(holder.command)."
    guard try isApproved(sentence, command, context) else { return .failure }
    _ = try await Self.ledger { () async throws(LedgerError) in try await store.breakLock() }
    context.terminal.writeLine("Took the lock away from \(name) (process \(holder.process)).")
    return .success
  }

  private static func isApproved(
    _ sentence: String, _ command: ParsedCommand, _ context: CommandContext
  ) throws -> Bool {
    if command.isApproved { return true }
    let question = Prompt.Question.unlock(sentence)
    let answer = try Prompt(terminal: context.terminal)
      .ask(question, refusal: command.inputRefusal) { false }
    if answer != .approved { context.terminal.writeLine(question.cancellation) }
    return answer == .approved
  }

  /// The holder is not known.
  private static func freeDamaged(
    _ reason: String, _ stack: OpenedStack, _ context: CommandContext
  ) async throws -> ExitCode {
    guard try isApproved("\(reason).", stack.command, context) else { return .failure }
    _ = try await Self.ledger { () async throws(LedgerError) in try await stack.store.breakLock() }
    context.terminal.writeLine("Freed the damaged lock of \"\(stack.name)\".")
    return .success
  }

  private static func ledger<Result>(
    _ work: () async throws(LedgerError) -> Result
  ) async throws(Diagnostics) -> Result {
    do throws(LedgerError) { return try await work() } catch { throw Diagnostics([error.diagnostic]) }
  }
}
