import Planner
import Providers

/// One apply or destroy from the lock to the last line.
struct ApplyRun: Sendable {
  let session: Session
  let context: CommandContext
  let interrupt: Interrupt
  /// Asked between steps; a signal sets it.
  let stop: StopRequest
  /// How the plan is written; nil for the way of `plan`.
  var shows: (@Sendable (Plan) -> String)?
  /// What is asked; nil for what `apply` and `destroy` ask.
  var asks: Prompt.Question?
  /// Where notes go while a display is up: a line of somebody else's in the middle of it would smear it.
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
          if case .waiting(let holder) = event { waiting.tell(holder) } else { tell(event) }
        }
      ) { isHeld async throws(Diagnostics) in
        waiting.end()
        return try await work(isHeld)
      }
    } catch {
      waiting.end()
      // Whatever went wrong, the user has ended it: a failed wait for the lock, or an answer that no longer came.
      guard interrupt.isRequested else { throw error }
      tellFailures(error)
      return .interrupted
    }
  }

  /// Shows the plan, asks, and carries it out.
  func carryOut(
    _ planned: Pipeline.Planned, isApproved: Bool, isLockHeld: @escaping LockCheck
  ) async throws(Diagnostics) -> ExitCode {
    let plan = planned.plan
    show(plan)
    try refuseDataLoss(plan)
    if !plan.steps.isEmpty || !plan.isNothing {
      switch try ask(plan, isApproved: isApproved) {
      case .approved: break
      case .declined:
        terminal.writeLine(question.cancellation)
        return .failure
      case .interrupted: return .interrupted
      }
    }
    let summary = try await execute(planned, isLockHeld: isLockHeld)
    return finish(summary, plan: plan)
  }

  private func show(_ plan: Plan) {
    if let shows {
      terminal.write(shows(plan))
    } else if command.isJSON {
      terminal.write(JSONEvents().version() + JSONEvents().plan(plan))
    } else {
      terminal.write(command.renderer(of: plan, terminal).render(plan))
    }
  }

  private var question: Prompt.Question { asks ?? (command.isDestroy ? .destroy : .apply) }

  private func ask(_ plan: Plan, isApproved: Bool) throws(Diagnostics) -> Prompt.Answer {
    do throws(Diagnostic) {
      return try Approval(target: session.target, question: question, isGiven: isApproved)
        .ask(command, on: terminal) { interrupt.isRequested }
    } catch { throw Diagnostics([error]) }
  }

  /// Data goes only when somebody said so, or where the profile is there to be thrown away.
  private func refuseDataLoss(_ plan: Plan) throws(Diagnostics) {
    let losses = plan.changes.filter(\.losesData)
    guard !losses.isEmpty, !command.allowsDataLoss, !plan.target.isDisposable else { return }
    throw Diagnostics(
      losses.map { change in
        let verb = if case .delete = change.action { "deleted" } else { "replaced" }
        return Diagnostic(
          "Data would be lost", "\(change.address) would be \(verb), with everything that it holds.",
          at: session.stack.places[change.address.declared]?.span, address: change.address,
          fix: "Add --allow-data-loss if that is meant.")
      })
  }

  private func execute(
    _ planned: Pipeline.Planned, isLockHeld: @escaping LockCheck
  ) async throws(Diagnostics) -> ExecutionSummary {
    let (events, continuation) = AsyncStream.makeStream(of: ExecutionEvent.self)
    let driver = ProgressDriver(clock: ContinuousClock(), write: terminal.write)
    let printer = printer(total: planned.plan.steps.count)
    let painting = Task { await driver.run(events, with: printer) }
    display.withLock { $0 = continuation }
    let hearing = Task {
      await stop.requested()
      if !Task.isCancelled { continuation.yield(.note(Self.interruption)) }
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
    let state = await painting.value
    if case .success(let summary) = result { report(summary, skipped: state.skipped) }
    return try result.get()
  }

  private static let interruption =
    "Interrupted: what is under way is finished, and nothing new is started. Another ^C ends it at once."

  private func printer(total: Int) -> any ProgressPrinter {
    if command.isJSON { return JSONProgress(total: total, events: JSONEvents()) }
    if terminal.canRepaint, total > 0 {
      return LiveProgress(total: total, style: terminal.style, size: terminal.size)
    }
    return LineProgress(total: total, style: terminal.style)
  }

  /// Every failure with the service's own message.
  private func report(_ summary: ExecutionSummary, skipped: [ProgressState.Skipped]) {
    tellFailures(SummaryRenderer.diagnostics(of: summary, skipped: skipped))
  }

  private func tellFailures(_ diagnostics: Diagnostics) {
    guard !diagnostics.isEmpty else { return }
    if command.isJSON {
      for diagnostic in diagnostics.items { terminal.write(JSONEvents().diagnostic(diagnostic)) }
    } else {
      let renderer = DiagnosticRenderer(style: terminal.errorStyle, width: terminal.textWidth)
      terminal.writeError("\n" + renderer.render(diagnostics))
    }
  }

  private func finish(_ summary: ExecutionSummary, plan: Plan) -> ExitCode {
    if command.isJSON {
      terminal.write(JSONEvents().summary(summary, isDestroy: plan.isDestroy))
    } else {
      terminal.write(
        SummaryRenderer(style: terminal.style, width: terminal.textWidth)
          .render(summary, isDestroy: plan.isDestroy))
    }
    if summary.wasInterrupted, !summary.notStarted.isEmpty { return .interrupted }
    return summary.isSuccess ? .success : .failure
  }

  /// Notes from the lock, outside of any display.
  private var tell: @Sendable (ExecutionEvent) -> Void {
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
