import Planner
import Providers

/// `stackform unlock`: takes the lock away from a run that is dead, after saying whose it is.
enum UnlockCommand {
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let session = try await Session.open(command, context)
    do {
      return try await unlock(session, command, context)
    } catch let error as LedgerError { throw Diagnostics([error.diagnostic]) }
  }

  private static func unlock(
    _ session: Session, _ command: ParsedCommand, _ context: CommandContext
  ) async throws -> ExitCode {
    let store = session.pipeline.store
    guard let holder = try await store.lockHolder() else {
      context.terminal.writeLine("Nobody holds the lock of \"\(session.stack.name)\".")
      return .success
    }
    if !command.isApproved {
      let sentence =
        "\(holder.user)@\(holder.host) holds it since \(holder.since): process \(holder.process), \(holder.command)."
      let answer = try Prompt(terminal: context.terminal)
        .ask(.unlock(sentence), refusal: command.inputRefusal) { false }
      guard answer == .approved else {
        context.terminal.writeLine(Prompt.cancellation(of: .unlock(sentence)))
        return .failure
      }
    }
    _ = try await store.breakLock()
    context.terminal.writeLine(
      "Took the lock away from \(holder.user)@\(holder.host) (process \(holder.process)).")
    return .success
  }
}
