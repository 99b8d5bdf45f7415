import Planner
import Providers

/// `stackform unlock`: takes the lock away from a run that is dead, after saying whose it is.
enum UnlockCommand {
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let session = try await Session.open(command, context)
    let store = session.pipeline.store
    do throws(LedgerError) {
      guard let holder = try await store.lockHolder() else {
        context.terminal.writeLine("Nobody holds the lock of \"\(session.stack.name)\".")
        return .success
      }
      if !command.isApproved {
        let sentence =
          "\(holder.user)@\(holder.host) holds it since \(holder.since): process \(holder.process), \(holder.command)."
        let answer = try Self.answer(sentence, command, context)
        guard answer == .approved else {
          context.terminal.writeLine(Prompt.cancellation(of: .unlock(sentence)))
          return .failure
        }
      }
      _ = try await store.breakLock()
      context.terminal.writeLine(
        "Took the lock away from \(holder.user)@\(holder.host) (process \(holder.process)).")
      return .success
    } catch { throw Diagnostics([error.diagnostic]) }
  }

  private static func answer(
    _ sentence: String, _ command: ParsedCommand, _ context: CommandContext
  ) throws(LedgerError) -> Prompt.Answer {
    do throws(Diagnostic) {
      return try Prompt(terminal: context.terminal)
        .ask(.unlock(sentence), refusal: command.inputRefusal) { false }
    } catch { throw .unreadable(error.detail) }
  }
}
