import Planner
import Providers

/// One apply or destroy from the lock to the last line.
struct ApplyRun: Sendable {
  let session: Session
  let context: CommandContext
  let interrupt: Interrupt
  /// Asked between steps; a signal sets it.
  let stop: StopRequest
  /// Writes the plan; nil for the way of `plan`.
  var shows: (@Sendable (Plan) -> String)?
  /// The question; nil for the one of `apply` and `destroy`.
  var asks: Prompt.Question?
  /// Where notes go while a display is up: any other line in the middle of it would smear it.
  private let display = Locked<AsyncStream<ExecutionEvent>.Continuation?>(nil)

  init(session: Session, context: CommandContext, interrupt: Interrupt, stop: StopRequest) {
    self.session = session
    self.context = context
    self.interrupt = interrupt
    self.stop = stop
  }

  private var command: ParsedCommand { session.command }
  private var terminal: Terminal { context.terminal }

  /// Runs `work` with the lock held.
  func underLock(
    _ work: @Sendable (_ isHeld: @escaping LockCheck) async throws(Diagnostics) -> ExitCode
  ) async throws(Diagnostics) -> ExitCode {
    guard command.usesLock else { return try await work { true } }
    let waiting = LockWaiting(terminal: terminal, isJSON: command.isJSON, isTraced: command.isVerbose)
    do throws(Diagnostics) {
      return try await session.pipeline.store.locked(
        by: session.lockHolder, patience: command.lockTimeout, stop: stop,
        report: { event in
          if case .waiting(let holder) = event { waiting.show(holder) } else { showNote(event) }
        }
      ) { isHeld async throws(Diagnostics) in
        waiting.end()
        return try await work(isHeld)
      }
    } catch {
      waiting.end()
      // After ^C the run counts as interrupted, whatever failed then: a wait for the lock, or an answer that
      // did not come.
      guard interrupt.isRequested else { throw error }
      write(error)
      return .interrupted
    }
  }

  /// Shows the plan, asks, and carries it out.
  func carryOut(
    _ planned: Pipeline.Planned, isApproved: Bool, isLockHeld: @escaping LockCheck
  ) async throws(Diagnostics) -> ExitCode {
    let plan = planned.plan
    var planned = planned
    show(planned)
    try refuseDataLoss(plan)
    if !plan.steps.isEmpty || !plan.isNothing {
      let approval = Approval(target: session.target, question: question, isGiven: isApproved)
      switch try ask(approval) {
      case .approved:
        if !approval.isAnswered(by: command) { planned = try await plannedAgain(planned) }
      case .declined:
        terminal.writeLine(question.cancellation)
        return .failure
      case .interrupted: return .interrupted
      }
    }
    let summary = try await execute(planned, isLockHeld: isLockHeld)
    write(ApplyReport(summary).failures)
    write(summary, of: plan)
    if let unrecorded = ApplyReport(summary).unrecorded, !summary.hasLostLock {
      throw Diagnostics([unrecorded])
    }
    if summary.hasLostLock { throw Diagnostics([LedgerError.lockLost.diagnostic]) }
    if summary.wasInterrupted, !summary.notStarted.isEmpty { return .interrupted }
    return summary.isSuccess ? .success : .failure
  }

  private func show(_ planned: Pipeline.Planned) {
    let plan = planned.plan
    if let shows {
      terminal.write(shows(plan))
    } else if command.isJSON {
      terminal.write(JSONEvents().version() + JSONEvents().plan(plan))
    } else {
      writeProgress(command.renderer(of: plan, terminal).render(plan))
    }
    if shows == nil { planned.stack.warnings.warn(command, on: terminal) }
  }

  /// What a person reads while the apply runs. Markdown has standard output for itself.
  private var writeProgress: @Sendable (String) -> Void {
    command.wantsMarkdown ? terminal.writeError : terminal.write
  }

  private var question: Prompt.Question { asks ?? (command.isDestroy ? .destroy : .apply) }

  private func ask(_ approval: Approval) throws(Diagnostics) -> Prompt.Answer {
    do throws(Diagnostic) {
      return try approval.ask(command, on: terminal) { interrupt.isRequested }
    } catch { throw Diagnostics([error]) }
  }

  /// The same plan, made anew: a question may stand for hours, and what was approved is what was shown.
  private func plannedAgain(_ planned: Pipeline.Planned) async throws(Diagnostics) -> Pipeline.Planned {
    let again = try await session.planned(planned.options, on: terminal)
    let moved = again.plan.moves(since: planned.plan)
    guard moved.isEmpty else {
      throw Diagnostics(
        moved.map { address in
          Diagnostic(
            "Changed since the plan was shown",
            address.map { "\($0) is not as it was when the question was asked." }
              ?? "The live resources are not as they were when the question was asked.",
            at: address.flatMap { session.stack.place(of: $0) }, address: address,
            fix: "Nothing was changed. Run the same command again, and look at its plan.")
        })
    }
    return again
  }

  /// Data is destroyed only with --allow-data-loss, or in a disposable profile.
  private func refuseDataLoss(_ plan: Plan) throws(Diagnostics) {
    let losses = plan.changes.filter(\.losesData)
    guard !losses.isEmpty, !command.allowsDataLoss, !plan.target.isDisposable else { return }
    throw Diagnostics(
      losses.map { change in
        let verb = if case .delete = change.action { "deleted" } else { "replaced" }
        return Diagnostic(
          "Data would be lost", "\(change.address) would be \(verb), with everything that it holds.",
          at: session.stack.place(of: change.address), address: change.address,
          fix: "Add --allow-data-loss if that is meant.")
      })
  }

  private func execute(
    _ planned: Pipeline.Planned, isLockHeld: @escaping LockCheck
  ) async throws(Diagnostics) -> ExecutionSummary {
    let (events, continuation) = AsyncStream.makeStream(of: ExecutionEvent.self)
    let driver = ProgressDriver(clock: ContinuousClock(), write: writeProgress)
    let printer = printer(total: planned.plan.steps.count)
    let painting = Task { await driver.run(events, with: printer) }
    display.withLock { $0 = continuation }
    let hearing = Task {
      await stop.requested()
      if !Task.isCancelled, await stop.reason == .user { continuation.yield(.note(Self.interruption)) }
    }
    let result: Result<ExecutionSummary, Diagnostics>
    do throws(Diagnostics) {
      result = .success(
        try await session.pipeline.apply(
          planned, release: session.release, run: session.run, writer: session.writer,
          width: command.parallelism, stop: stop,
          isLockHeld: isLockHeld
        ) { continuation.yield($0) })
    } catch { result = .failure(error) }
    hearing.cancel()
    display.withLock { $0 = nil }
    continuation.finish()
    await painting.value
    return try result.get()
  }

  private static let interruption =
    "Interrupted: running steps are finished, and no others are started. Another ^C ends the run at once."

  private func printer(total: Int) -> any ProgressPrinter {
    if command.isJSON { return JSONProgress(total: total, events: JSONEvents()) }
    if terminal.canRepaint, total > 0, !command.wantsMarkdown {
      return LiveProgress(total: total, style: terminal.style, size: terminal.size)
    }
    return LineProgress(total: total, style: terminal.style)
  }

  private func write(_ diagnostics: Diagnostics) {
    guard !diagnostics.isEmpty else { return }
    if command.isJSON {
      for diagnostic in diagnostics.items { terminal.write(JSONEvents().diagnostic(diagnostic)) }
    } else {
      let renderer = DiagnosticRenderer(style: terminal.errorStyle, width: terminal.textWidth)
      terminal.writeError("\n" + renderer.render(diagnostics))
    }
  }

  private func write(_ summary: ExecutionSummary, of plan: Plan) {
    if command.isJSON {
      terminal.write(JSONEvents().summary(summary, isDestroy: plan.isDestroy))
    } else if command.wantsMarkdown {
      terminal.write(MarkdownApply(summary: summary, plan: plan).text(limit: command.sizeLimit))
    } else {
      let renderer = SummaryRenderer(
        style: terminal.style, width: terminal.textWidth, isCompact: command.flag(.compactWarnings))
      let left = plan.changes.count { $0.isLeftOut && $0.id != nil }
      terminal.write(renderer.render(summary, isDestroy: plan.isDestroy, left: left))
      if plan.isDestroy { write(remainsOf: plan) }
    }
  }

  /// What services made on their own account for what was destroyed: it is nobody's, and in the way of a later entry.
  private func write(remainsOf plan: Plan) {
    let remains = plan.changes.filter { $0.action == .delete }.compactMap { change in
      session.stack[change.address].flatMap {
        AWSKinds.registry[change.section]?.remains(of: $0, in: session.stack)
      }
    }
    guard !remains.isEmpty else { return }
    let named =
      remains.prefix(3).joined(separator: ", ") + (remains.count > 3 ? " and \(remains.count - 3) more" : "")
    let note = "Not the stack's, so that it is still there if the service made it: \(named)."
    terminal.write("\n" + TerminalText.wrapped(note, to: terminal.textWidth).joined(separator: "\n") + "\n")
  }

  /// Notes from the lock, outside of any display.
  private var showNote: @Sendable (ExecutionEvent) -> Void {
    { [terminal, display, isJSON = command.isJSON] event in
      guard case .note(let text) = event else { return }
      if let shown = display.withLock({ $0 }) {
        shown.yield(event)
        return
      }
      if isJSON { terminal.write(JSONEvents().log(text)) } else { terminal.writeError(text + "\n") }
    }
  }
}
