import Planner
import Providers

/// `stackform undo [RUN] [STACK]`: plans back to what was live before a run, from the run's journal.
enum UndoCommand {
  /// Plans back to what was live before a run, shows the plan, asks, and applies it under the lock.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let (words, path) = arguments(command)
    var placed = command
    placed.arguments = [words ?? "", path]
    let stack = try await OpenedStack.open(placed, context)
    guard let ledger = try await stack.ledger() else { throw Diagnostic.neverApplied }
    if words == nil, let finished = ledger.finishedUndo {
      // Whoever types it again may not have seen that it came to its end: that must not bring back what was undone.
      report(finished, context, command)
      return .success
    }
    if words == nil, let release = ledger.releaseWithoutRun { throw Diagnostic.changedNothing(release) }
    let note = try ledger.run(named: words)
    if let custody = note.custody { throw Diagnostic.notUndone(note, custody) }
    let journal = try await stack.journal(of: note)
    var session = try await session(before: journal, note, ledger, stack, context)
    let undoing = Undoing(
      journal, base: session.stack, registry: session.pipeline.registry,
      fingerprint: session.pipeline.fingerprinter(ledger.salt))
    session.stack = undoing.stack
    session.run.undoes = undoing.aftermath
    session.release?.isPartial = note.id != ledger.runToUndo?.id
    announce(note, undoing, session, context)
    var options = PlanOptions()
    options.only = undoing.scope
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) {
      [session, options] interrupt in
      let run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
      return try await run.underLock { isHeld async throws(Diagnostics) in
        let planned = try await session.planned(options, on: context.terminal)
        guard planned.ledger.runs.last?.id == ledger.runs.last?.id else {
          throw Diagnostics([.ranMeanwhile(planned.ledger.runs.last)])
        }
        guard planned.ledger.currentRelease == ledger.currentRelease else {
          throw Diagnostics([.releasedMeanwhile(planned.ledger.currentRelease)])
        }
        let code = try await run.carryOut(planned, isApproved: false, isLockHeld: isHeld)
        if code == .success, let undone = session.run.undoes {
          try await session.pipeline.giveBack(
            undone, of: session.stack, writer: session.writer, isLockHeld: isHeld)
        }
        return code
      }
    }
  }

  private static func report(_ undo: RunNote, _ context: CommandContext, _ command: ParsedCommand) {
    let text =
      "Nothing to undo: run \(undo.number), the last one, was itself an undo, and came to its end. "
      + "To undo that one, name it: stackform undo \(undo.number)."
    context.terminal.write(command.isJSON ? JSONEvents().log(text) : text + "\n")
  }

  /// A single argument is the run or the stack: an existing file or folder is the stack.
  private static func arguments(_ command: ParsedCommand) -> (run: String?, path: String) {
    guard let first = command.arguments.first else { return (nil, ".") }
    if let second = command.arguments.dropFirst().first { return (first, second) }
    return FileReader.disk.entry(first) == nil ? (first, ".") : (nil, first)
  }

  /// A session for the release that was live before the run; for an empty stack where there was none.
  private static func session(
    before journal: RunJournal, _ note: RunNote, _ ledger: Ledger, _ stack: OpenedStack,
    _ context: CommandContext
  ) async throws -> Session {
    guard let number = journal.base else { return stack.bareSession }
    guard let base = ledger.release(number) else {
      throw Diagnostic(
        "The release before the run is not kept any more",
        "Run \(note.number) changed what release #\(number) had left, and that one was dropped.",
        fix: "`stackform history` lists what is kept; `stackform rollback --to N` applies one.")
    }
    let variables = ReleasedVariables(
      release: base, command: stack.command, profile: stack.place.variables, environment: context.environment)
    var session = try stack.session(
      base, try await stack.bundle(of: base), variables: variables.values, context)
    session.release?.origin = .undo(run: note.id, to: number)
    session.release?.isKept = true
    return session
  }

  private static func announce(
    _ note: RunNote, _ undoing: Undoing, _ session: Session, _ context: CommandContext
  ) {
    for sentence in undoing.notes {
      context.terminal.writeError("Note: \(TerminalText.printable(sentence))\n")
    }
    guard !session.command.isJSON else { return }
    let made =
      "\(ReleaseText.minute(note.time)) UTC by \(note.author), \(TerminalText.printable(note.command))"
    context.terminal.writeLine(
      context.terminal.style("Undoing run \(note.number)", .bold) + " (\(made)).\n")
  }
}

extension Ledger {
  /// The run that words name, or the last one.
  fileprivate func run(named words: String?) throws(Diagnostic) -> RunNote {
    guard let words else {
      if let run = runToUndo { return run }
      throw Diagnostic(
        "Nothing to undo", "No run has changed anything here yet, as far as the ledger knows.",
        fix: "`stackform history --runs` lists runs.")
    }
    if let run = run(words) { return run }
    throw Diagnostic(
      "No such run", "The stack \"\(stack)\" has no run \"\(TerminalText.printable(words))\" here.",
      fix: "`stackform history --runs` lists the last \(RunNote.keptCount).")
  }
}

extension OpenedStack {
  fileprivate func journal(of note: RunNote) async throws(Diagnostics) -> RunJournal {
    do throws(LedgerError) { return try await store.journal(note.id) } catch {
      throw Diagnostics([error.diagnostic])
    }
  }
}

extension Diagnostic {
  /// A run that changed no resource, but whose they are.
  fileprivate static func notUndone(_ run: RunNote, _ custody: RunNote.Custody) -> Diagnostic {
    let fix =
      switch custody {
      case .forgotten: "To have it back: declare it, and `stackform apply --adopt ADDRESS`."
      case .handedOver, .takenOver: "To have it back: `stackform move` it the other way."
      case .renamed: "To have the old name back: `stackform rename-stack` again."
      }
    return Diagnostic(
      "Nothing to undo",
      "Run \(run.number) (\(TerminalText.printable(run.command))) changed no resource, but whose resources are.",
      fix: fix + " `stackform undo N` undoes an earlier run.")
  }

  /// The last apply recorded a release, and changed no resource.
  fileprivate static func changedNothing(_ release: Release) -> Diagnostic {
    Diagnostic(
      "Nothing to undo",
      "The last apply changed no resource: it recorded release #\(release.number), which differs in its files alone.",
      fix: "`stackform undo N` undoes an earlier run, which `stackform history --runs` lists; "
        + "`stackform rollback` goes back to the release before.")
  }

  fileprivate static func ranMeanwhile(_ run: RunNote?) -> Diagnostic {
    Diagnostic(
      "Another run was made meanwhile",
      "\(run.map { "Run \($0.number) of \($0.author)" } ?? "Somebody") changed something while this command was waiting.",
      fix: "`stackform history --runs` shows it. Run the same command again if you still want to."
    )
  }
}
