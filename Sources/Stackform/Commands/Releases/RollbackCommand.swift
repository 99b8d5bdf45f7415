import Planner
import Providers

/// `stackform rollback [--to N] [STACK]`: applies an earlier release again, from its own files and with its
/// own values, and holds automatic promotion.
enum RollbackCommand {
  /// Plans the earlier release, shows the plan, asks, and applies it under the lock.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let stack = try await OpenedStack.open(command, context)
    guard let ledger = try await stack.ledger() else { throw Diagnostic.neverApplied }
    let goal = try goal(of: command, in: ledger)
    let bundle = try await stack.bundle(of: goal)
    let variables = ReleasedVariables(
      release: goal, command: command, profile: stack.place.variables, environment: context.environment)
    var session = try stack.session(goal, bundle, variables: variables.values, context)
    session.release?.origin = .rollback(to: goal.number)
    session.release?.isKept = true
    session.release?.hold = hold(of: command, ledger, at: stack.client.timeText())
    announce(goal, session, changedSecrets: variables, ledger, context)
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) { [session] interrupt in
      let run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
      return try await run.underLock { isHeld async throws(Diagnostics) in
        let planned = try await session.planned(PlanOptions(), on: context.terminal)
        guard planned.ledger.currentRelease == ledger.currentRelease else {
          throw Diagnostics([.releasedMeanwhile(planned.ledger.currentRelease)])
        }
        if goal.number == ledger.currentRelease, planned.plan.isNothing {
          context.terminal.writeLine(
            "Release #\(goal.number) is live as it is: there is nothing to go back from.")
          return .success
        }
        return try await run.carryOut(planned, isApproved: false, isLockHeld: isHeld)
      }
    }
  }

  /// The named release, or the last complete one: the current one if a run after it failed, otherwise the one
  /// before it.
  private static func goal(of command: ParsedCommand, in ledger: Ledger) throws(Diagnostic) -> Release {
    if let number = command.value(.to).flatMap({ Int($0) }) { return try ledger.release(named: number) }
    guard let current = ledger.current else {
      throw Diagnostic(
        "Nothing to go back to", "No release is live here.",
        fix: ledger.releases.isEmpty
          ? "stackform apply makes the first one."
          : "`stackform history` lists those of before; --to N names one.")
    }
    if let goal = ledger.releaseToReturnTo { return goal }
    throw Diagnostic(
      "Nothing to go back to",
      "There is no release before #\(ledger.root(of: current).number), which is live.",
      fix: "`stackform history` lists what there is; --to N names one.")
  }

  private static func hold(of command: ParsedCommand, _ ledger: Ledger, at time: String) -> Hold {
    Hold(
      author: Session.author, time: time, reason: command.value(.reason),
      rolledBackFrom: ledger.currentRelease)
  }

  private static func announce(
    _ goal: Release, _ session: Session, changedSecrets variables: ReleasedVariables, _ ledger: Ledger,
    _ context: CommandContext
  ) {
    let fingerprint = session.pipeline.fingerprinter(ledger.salt)
    var notes =
      session.release.map { variables.changedSecrets(in: $0, fingerprint) }?.map { name in
        "variables.\(name) is not what it was in release #\(goal.number)."
      } ?? []
    notes += goal.changedArtifacts(in: session.stack).map { address in
      "\(address) is packed differently than for release #\(goal.number): its files are the same, its digest is not."
    }
    for note in notes { context.terminal.writeError("Note: \(note)\n") }
    guard !session.command.isJSON else { return }
    let made = "\(ReleaseText.minute(goal.time)) UTC by \(goal.author), \(ReleaseText.origin(goal))"
    context.terminal.writeLine(
      context.terminal.style("Going back to release #\(goal.number)", .bold) + " (\(made)).\n")
  }
}

extension Diagnostic {
  /// Another release was made between the choice and the lock.
  static func releasedMeanwhile(_ number: Int?) -> Diagnostic {
    Diagnostic(
      "Another release was made meanwhile",
      "Release #\(number ?? 0) became the current one while this command was waiting.",
      fix: "`stackform history` shows it. Run the same command again if you still want to.")
  }
}
