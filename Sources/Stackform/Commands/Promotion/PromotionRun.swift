import Planner
import Providers

/// One step of a promotion, from the first read to the last line.
struct PromotionRun: Sendable {
  let route: PromotionRoute
  let step: PromotionRoute.Step
  let command: ParsedCommand
  let context: CommandContext
  let interrupt: Interrupt
  let stop: StopRequest

  var terminal: Terminal { context.terminal }

  /// How it ended, and whether it changed something, or would.
  func carriedOut() async throws -> (ExitCode, hasChanged: Bool) {
    let opened = try await OpenedStack.open(step.from, of: route, command, isTarget: false, context)
    let target = try await OpenedStack.open(step.to, of: route, command, isTarget: true, context)
    try checkPlaces(opened.target, target.target)
    let deployed = try await LoadedRelease.load(opened)
    let promotion = try await Promotion(route, from: deployed, to: target, context)
    let text = PromotionText(promotion: promotion, command: command, terminal: terminal)
    if command.isJSON {
      terminal.write(JSONEvents().promotion(promotion))
    } else if !command.wantsMarkdown {
      terminal.write(text.banner)
    }
    if promotion.isThere(promotion.targetLedger), try await promotion.targetPlan().isNothing {
      showAlreadyThere(promotion)
      return (.success, false)
    }
    guard try askAboutHold(promotion.hold) else { return (.failure, false) }
    let gates = GateRun(promotion: promotion, context: context) { [interrupt] in interrupt.isRequested }
    let drift = try await ActivityLine(terminal: terminal, text: "Looking at both ends").showing {
      () async throws in
      try checkCommands(promotion, try await promotion.commandOutputs())
      return try await sourceDrift(promotion)
    }
    let reports = await ActivityLine(terminal: terminal, text: "Asking the gates").showing {
      await gates.reports()
    }
    return try await decided(promotion, text, reports, drift)
  }

  /// Two names of one place share one ledger: there is nothing to bring from one to the other.
  private func checkPlaces(_ source: Target, _ target: Target) throws(Diagnostic) {
    guard source.account == target.account, source.region == target.region, source.endpoint == target.endpoint
    else {
      return
    }
    throw Diagnostic(
      "Nowhere to go", "\"\(step.from.name)\" and \"\(step.to.name)\" are one place: \(target.place).",
      fix: "Give one of them another account, region or endpoint in stackform.yaml.")
  }

  /// With --allow-drift a source that can't be compared is one that may differ.
  private func sourceDrift(_ promotion: Promotion) async throws -> ReleaseDrift {
    do {
      return try await promotion.sourceDrift()
    } catch {
      guard command.flag(.allowDrift) else { throw error }
      warn(
        Diagnostics(error).items.map { item in
          var warning = item
          warning.severity = .warning
          return warning
        })
      return ReleaseDrift()
    }
  }

  /// A command that refers to what there is not is a mistake, and no closed gate.
  private func checkCommands(_ promotion: Promotion, _ outputs: [Output]) throws(Diagnostics) {
    var problems = Diagnostics()
    for case .run(let gate) in promotion.to.profile.gates {
      problems.add(contentsOf: CommandEnvironment.problems(gate.template, outputs: outputs))
    }
    try problems.throwIfErrors()
  }

  private func decided(
    _ promotion: Promotion, _ text: PromotionText, _ reports: [GateReport], _ drift: ReleaseDrift
  ) async throws -> (ExitCode, hasChanged: Bool) {
    let isClosed = reports.contains { $0.outcome != .open }
    let isDrifted = !drift.isEmpty || promotion.release.isPartial
    if !command.wantsMarkdown {
      showGates(reports)
      warn(promotion.parity)
    }
    if isDrifted, command.flag(.allowDrift) { warn([text.driftWarning(drift)]) }
    if interrupt.isRequested { return (.interrupted, false) }
    if command.isDryRun {
      let plan = try await promotion.targetPlan()
      try await showOnly(plan, promotion, text, reports, drift)
      if isClosed { return (.gateClosed, false) }
      if isDrifted, !command.flag(.allowDrift) { throw refusal(promotion, text, drift) }
      return (.success, !plan.isNothing)
    }
    if isClosed {
      showEnd("gate_closed", closedWords(reports))
      return (.gateClosed, false)
    }
    if isDrifted, !command.flag(.allowDrift) { throw refusal(promotion, text, drift) }
    return try await applied(promotion, text, reports)
  }

  private func refusal(_ promotion: Promotion, _ text: PromotionText, _ drift: ReleaseDrift) -> Diagnostics {
    guard promotion.release.isPartial else { return text.driftRefusal(drift) }
    return Diagnostics([
      Diagnostic(
        "Only a part was deployed",
        "Release #\(promotion.release.number) of \"\(step.from.name)\" was applied with --target or --exclude.",
        fix: "Apply all of it there first; or promote its files anyway, with --allow-drift.")
    ])
  }

  // MARK: Applying

  private func applied(
    _ promotion: Promotion, _ text: PromotionText, _ reports: [GateReport]
  ) async throws -> (ExitCode, hasChanged: Bool) {
    var session = promotion.targetSession
    session.release?.gates = reports.map(GateRecord.init)
    let live = await promotion.sourceLive()
    var run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
    run.shows = { text.plan($0, live: live) }
    run.asks = .promote(promotion)
    let (hasChanged, isThere) = (Locked(false), Locked(false))
    let code = try await run.underLock { [run, session] isHeld async throws(Diagnostics) in
      let planned = try await session.planned(PlanOptions(), on: terminal)
      try checkHold(planned.ledger.hold, known: promotion.hold)
      try await checkSource(promotion)
      if planned.plan.isNothing, promotion.isThere(planned.ledger) {
        showAlreadyThere(promotion)
        isThere.withLock { $0 = true }
        return .success
      }
      hasChanged.withLock { $0 = !planned.plan.isNothing }
      return try await run.carryOut(planned, isApproved: false, isLockHeld: isHeld)
    }
    if code == .success, !isThere.withLock({ $0 }) { try await showPromoted(promotion) }
    return (code, hasChanged.withLock { $0 })
  }

  // MARK: Hold

  /// Whether it may go on although the target is held: a person answers yes, or `--ignore-hold` is given.
  private func askAboutHold(_ hold: Hold?) throws(Diagnostic) -> Bool {
    guard let hold, !command.flag(.ignoreHold), !command.isDryRun else { return true }
    let why = hold.reason.map { ": \($0)" } ?? ""
    let words = "\"\(step.to.name)\" is held by \(hold.author) since \(hold.time)\(why)."
    guard terminal.canAsk, command.inputRefusal == nil, !command.isApproved else {
      throw Diagnostic(
        "The target is held", words,
        fix:
          "Lift the hold (stackform hold --lift --profile \(step.to.name)), or promote anyway with --ignore-hold."
      )
    }
    let question = Prompt.Question(
      title: "Promote although the target is held?", lines: [words], caution: nil, option: "--ignore-hold",
      cancellation: "Promotion cancelled.")
    let answer = try Prompt(terminal: terminal).ask(question) { interrupt.isRequested }
    if answer != .approved { terminal.writeLine(question.cancellation) }
    return answer == .approved
  }

  /// A hold that was set while gates were asked counts like an earlier one.
  private func checkHold(_ now: Hold?, known: Hold?) throws(Diagnostics) {
    guard let now, now != known, !command.flag(.ignoreHold) else { return }
    throw Diagnostics([
      Diagnostic(
        "The target is held", "\(now.author) has put a hold on \"\(step.to.name)\" meanwhile.",
        fix: "Ask why, and promote again when it is lifted.")
    ])
  }

  /// Gates and question were about one release. Another one that was made meanwhile was not checked.
  private func checkSource(_ promotion: Promotion) async throws(Diagnostics) {
    let current = try await promotion.from.opened.ledger()?.currentRelease
    guard current != promotion.release.number else { return }
    throw Diagnostics([
      Diagnostic(
        "Another release meanwhile",
        "\"\(step.from.name)\" ran #\(promotion.release.number) when this began, and runs \(current.map { "#\($0)" } ?? "none") now.",
        fix: "Promote again: gates and plan are then about that one.")
    ])
  }
}

extension Promotion {
  /// The outputs that gates' commands may refer to; none are read where no gate has a command.
  func commandOutputs() async throws -> [Output] {
    let hasCommand = to.profile.gates.contains { if case .run = $0 { true } else { false } }
    return hasCommand ? try await sourceOutputs() : []
  }
}

extension Prompt.Question {
  fileprivate static func promote(_ promotion: Promotion) -> Prompt.Question {
    Prompt.Question(
      title: "Do you want to promote this to \(promotion.to.profile.name)?",
      lines: [
        "Stackform will bring release #\(promotion.release.number) of \(promotion.from.opened.profile.name) there, by the actions described above."
      ], verb: "approve", cancellation: "Promotion cancelled.")
  }
}
