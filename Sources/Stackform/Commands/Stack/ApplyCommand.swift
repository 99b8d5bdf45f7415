import Planner
import Providers

/// `stackform apply` and `stackform destroy`: plan, ask, carry out, record; all under the stack's lock.
enum ApplyCommand {
  /// Plans, or reads a saved plan; shows it, asks, and carries it out under the lock.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    if command.name == .apply, let file = try PlanFile.load(ifPlan: command.stackPath) {
      return try await apply(file, command, context)
    }
    let session = try await session(command, context)
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) { interrupt in
      let run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
      return try await run.underLock { isHeld async throws(Diagnostics) in
        let planned = try await session.plannedWithHints(session.planOptions, on: context.terminal)
        return try await run.carryOut(planned, isApproved: false, isLockHeld: isHeld)
      }
    }
  }

  /// A stack that `--stack` names is destroyed by what its ledger knows: identities, edges, protection, and what the file
  /// said last of deletions.
  private static func session(
    _ command: ParsedCommand, _ context: CommandContext
  ) async throws -> Session {
    guard command.value(.stack) != nil else { return try await Session.open(command, context) }
    let stack = try await OpenedStack.open(command, context)
    _ = try await stack.existingLedger()
    return stack.bareSession
  }

  /// Carries out a saved plan, if what is live is still the same as when it was made.
  private static func apply(
    _ file: PlanFile, _ command: ParsedCommand, _ context: CommandContext
  ) async throws -> ExitCode {
    let place = try RunPlace(command, stackPath: command.stackPath, environment: context.environment)
    place.showNotes(command, context)
    let client = try place.client(context)
    let target = try await place.target(client)
    try file.check(target)
    let session = try session(of: file, at: place, target, client, command, context)
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) { interrupt in
      let run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
      return try await run.underLock { isHeld async throws(Diagnostics) in
        let planned = try await session.planned(file.options, on: context.terminal)
        try file.check(planned)
        return try await run.carryOut(planned, isApproved: true, isLockHeld: isHeld)
      }
    }
  }

  /// The saved stack; where it holds secrets, the saved files resolved with the secrets of now.
  private static func session(
    of file: PlanFile, at place: RunPlace, _ target: Target, _ client: AWSClient, _ command: ParsedCommand,
    _ context: CommandContext
  ) throws -> Session {
    if file.salt != nil, let release = file.release {
      let source = try release.source()
      let variables = try release.values(
        for: source.declaration, command, profile: place.variables, environment: context.environment)
      try release.checkSecrets(
        source.declaration.draftVariables(variables), Fingerprinter(salt: file.salt ?? ""))
      var session = try Session(
        source, variables: variables, target: file.plan.target.as(target), client: client, command: command,
        retention: place.retention, context)
      session.release?.isPartial = release.isPartial
      return session
    }
    var session = Session(file.stack, target: file.plan.target.as(target), client: client, command: command)
    session.release = try file.draft(place.retention, usesLock: command.usesLock, now: client.timeText)
    return session
  }
}
