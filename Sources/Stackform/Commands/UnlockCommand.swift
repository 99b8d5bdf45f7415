import Planner
import Providers

/// `stackform unlock`: takes the lock away from a run that is dead, after saying whose it is.
enum UnlockCommand {
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let session = try await Session.open(command, context)
    let store = session.pipeline.store
    let holder = try await Self.ledger { () async throws(LedgerError) in try await store.lockHolder() }
    guard let holder else {
      context.terminal.writeLine("Nobody holds the lock of \"\(session.stack.name)\".")
      return .success
    }
    context.terminal.writeLine(
      Banner(style: context.terminal.style, isVerbose: command.isVerbose)
        .render(session.target, stack: session.stack.name))
    let name = "\(holder.user)@\(holder.host)"
    if !command.isApproved {
      let question = Prompt.Question.unlock(
        "\(name) holds it since \(holder.since): process \(holder.process), \(holder.command).")
      let answer = try Prompt(terminal: context.terminal)
        .ask(question, refusal: command.inputRefusal) { false }
      guard answer == .approved else {
        context.terminal.writeLine(question.cancellation)
        return .failure
      }
    }
    _ = try await Self.ledger { () async throws(LedgerError) in try await store.breakLock() }
    context.terminal.writeLine("Took the lock away from \(name) (process \(holder.process)).")
    return .success
  }

  private static func ledger<Result>(
    _ work: () async throws(LedgerError) -> Result
  ) async throws(Diagnostics) -> Result {
    do throws(LedgerError) { return try await work() } catch { throw Diagnostics([error.diagnostic]) }
  }
}
