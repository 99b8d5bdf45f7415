import Planner
import Providers

/// `stackform promote FROM TO`: the release that runs in one profile, brought to another.
enum PromoteCommand {
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    try check(command)
    let (profiles, route) = try PromotionRoute.words(of: command)
    let steps = command.flag(.chain) ? try route.chain(to: profiles) : [try route.step(profiles)]
    if let last = steps.last?.to.name, !steps.contains(where: { $0.to.name == command.confirmation }) {
      try command.checkConfirmation(of: last)
    }
    let stop = StopRequest()
    if command.isJSON { context.terminal.write(JSONEvents().version()) }
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) { interrupt in
      var changed = false
      for (index, step) in steps.enumerated() {
        let run = PromotionRun(
          route: route, step: step, command: command, context: context, interrupt: interrupt, stop: stop)
        let (code, hasChanged) = try await run.carriedOut()
        changed = changed || hasChanged
        if interrupt.isRequested, code != .success { return .interrupted }
        guard code == .success else {
          if steps.count > 1 { tellStanding(steps, at: index, command, context) }
          return code
        }
      }
      return changed && command.wantsDetailedExitCode ? .changes : .success
    }
  }

  private static func check(_ command: ParsedCommand) throws(Diagnostic) {
    guard command.wantsMarkdown, !command.isDryRun else { return }
    throw Diagnostic(
      "Options that don't go together", "--format markdown writes what would be done, and this would do it.",
      mend: "Add --dry-run, or leave out --format.")
  }

  /// Where a chain stands when it goes no further.
  private static func tellStanding(
    _ steps: [PromotionRoute.Step], at index: Int, _ command: ParsedCommand, _ context: CommandContext
  ) {
    let step = steps[index]
    let left = steps[index...].map(\.to.name).joined(separator: ", ")
    let text = "The chain stands at \"\(step.from.name)\". Not reached: \(left)."
    context.terminal.write(command.isJSON ? JSONEvents().log(text) : "\n\(text)\n")
  }
}

/// One step of a promotion, from the first look to the last line.
struct PromotionRun: Sendable {
  let route: PromotionRoute
  let step: PromotionRoute.Step
  let command: ParsedCommand
  let context: CommandContext
  let interrupt: Interrupt
  let stop: StopRequest

  private var terminal: Terminal { context.terminal }

  /// How it ended, and whether it changed something, or would.
  func carriedOut() async throws -> (ExitCode, hasChanged: Bool) {
    let opened = try await DeployedStack.open(step.from, of: route, command, isTarget: false, context)
    let target = try await DeployedStack.open(step.to, of: route, command, isTarget: true, context)
    let deployed = try await DeployedRelease.load(opened)
    let promotion = try await Promotion(route, from: deployed, to: target, context)
    let text = PromotionText(promotion: promotion, command: command, terminal: terminal)
    if command.isJSON {
      terminal.write(JSONEvents().promotion(promotion))
    } else if !command.wantsMarkdown {
      terminal.write(text.banner)
    }
    if promotion.isThere(promotion.targetLedger), try await promotion.targetPlan().isNothing {
      tellAlreadyThere(promotion)
      return (.success, false)
    }
    guard try askAboutHold(promotion.hold) else { return (.failure, false) }
    let gates = GateRun(promotion: promotion, context: context) { [interrupt] in interrupt.isRequested }
    let drift = try await ActivityLine(terminal: terminal, text: "Looking at both ends").showing {
      () async throws in
      try checkCommands(promotion, try await promotion.commandOutputs())
      return try await promotion.sourceDrift()
    }
    let reports = await ActivityLine(terminal: terminal, text: "Asking the gates").showing {
      await gates.reports()
    }
    return try await decided(promotion, text, reports, drift)
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
    if !command.wantsMarkdown { tellGates(reports) }
    if isDrifted, command.flag(.allowDrift) { warn(text.driftWarning(drift)) }
    if interrupt.isRequested { return (.interrupted, false) }
    if command.isDryRun {
      let plan = try await promotion.targetPlan()
      try await showOnly(plan, promotion, text, reports, drift)
      if isClosed { return (.gateClosed, false) }
      if isDrifted, !command.flag(.allowDrift) { throw refusal(promotion, text, drift) }
      return (.success, !plan.isNothing)
    }
    if isClosed {
      tellEnd("gate_closed", closedWords(reports))
      return (.gateClosed, false)
    }
    if isDrifted, !command.flag(.allowDrift) { throw refusal(promotion, text, drift) }
    return try await applied(promotion, text)
  }

  private func refusal(_ promotion: Promotion, _ text: PromotionText, _ drift: ReleaseDrift) -> Diagnostics {
    guard promotion.release.isPartial else { return text.driftRefusal(drift) }
    return Diagnostics([
      Diagnostic(
        "Only a part was deployed",
        "Release #\(promotion.release.number) of \"\(step.from.name)\" was applied with --target or --exclude.",
        mend: "Apply all of it there first; or promote its files anyway, with --allow-drift.")
    ])
  }

  // MARK: Applying

  private func applied(
    _ promotion: Promotion, _ text: PromotionText
  ) async throws -> (ExitCode, hasChanged: Bool) {
    let session = promotion.targetSession
    let live = try await promotion.sourceLive()
    var run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
    run.shows = { text.plan($0, live: live) }
    run.asks = .promote(promotion)
    let hasChanged = Locked(false)
    let code = try await run.underLock { [run] isHeld async throws(Diagnostics) in
      let planned = try await session.planned(PlanOptions(), on: terminal)
      try checkHold(planned.ledger.hold, known: promotion.hold)
      if planned.plan.isNothing, promotion.isThere(planned.ledger) {
        tellAlreadyThere(promotion)
        return .success
      }
      hasChanged.withLock { $0 = !planned.plan.isNothing }
      return try await run.carryOut(planned, isApproved: false, isLockHeld: isHeld)
    }
    if code == .success { try await tellPromoted(promotion) }
    return (code, hasChanged.withLock { $0 })
  }

  // MARK: Hold

  /// Whether it may go on although the target is held: somebody says so by hand, or with `--ignore-hold`.
  private func askAboutHold(_ hold: Hold?) throws(Diagnostic) -> Bool {
    guard let hold, !command.flag(.ignoreHold), !command.isDryRun else { return true }
    let why = hold.reason.map { ": \($0)" } ?? ""
    let words = "\"\(step.to.name)\" is held by \(hold.author) since \(hold.time)\(why)."
    guard terminal.canAsk, command.inputRefusal == nil, !command.isApproved else {
      throw Diagnostic(
        "The target is held", words,
        mend:
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

  /// A hold that came while gates were asked counts as much as one from before.
  private func checkHold(_ now: Hold?, known: Hold?) throws(Diagnostics) {
    guard let now, now != known, !command.flag(.ignoreHold) else { return }
    throw Diagnostics([
      Diagnostic(
        "The target is held", "\(now.author) has put a hold on \"\(step.to.name)\" meanwhile.",
        mend: "Ask why, and promote again when it is lifted.")
    ])
  }

  // MARK: Telling

  private func tellGates(_ reports: [GateReport]) {
    if command.isJSON {
      terminal.write(reports.map { JSONEvents().gate($0, target: step.to.name) }.joined())
    } else {
      terminal.write(
        GateRenderer(style: terminal.style, width: terminal.textWidth).render(reports, target: step.to.name))
    }
  }

  private func closedWords(_ reports: [GateReport]) -> String {
    let closed = reports.filter { $0.outcome != .open }
    let names = closed.map(\.gate.title).joined(separator: ", ")
    return "Nothing was promoted: \(closed.count) of \(reports.count) gates of \(step.to.name) "
      + "\(closed.count == 1 ? "is" : "are") closed (\(names))."
  }

  private func tellEnd(_ outcome: String, _ words: String, release: Int? = nil) {
    let text = TerminalText.printable(words)
    terminal.write(
      command.isJSON ? JSONEvents().promotionEnd(outcome, text, release: release) : "\n\(text)\n")
  }

  private func tellAlreadyThere(_ promotion: Promotion) {
    let words = "\(step.to.name) runs release #\(promotion.release.number) of \(step.from.name) already"
    guard !command.wantsMarkdown else {
      terminal.write("**\(MarkdownText.words(words)).** Nothing to promote.\n")
      return
    }
    let own = promotion.targetNumber.map { " (as its own #\($0))" } ?? ""
    tellEnd("already_there", words + own + ". Nothing to promote.", release: promotion.targetNumber)
  }

  private func tellPromoted(_ promotion: Promotion) async throws {
    let number = try await promotion.to.ledger()?.currentRelease
    let own = number.map { " as #\($0)" } ?? ""
    tellEnd(
      "promoted", "Promoted #\(promotion.release.number) of \(step.from.name) to \(step.to.name)\(own).",
      release: number)
  }

  private func warn(_ warning: Diagnostic) {
    if command.isJSON {
      terminal.write(JSONEvents().diagnostic(warning))
    } else {
      let renderer = DiagnosticRenderer(style: terminal.errorStyle, width: terminal.textWidth)
      terminal.writeError(renderer.render(Diagnostics([warning])))
    }
  }

  private func showOnly(
    _ plan: Plan, _ promotion: Promotion, _ text: PromotionText, _ reports: [GateReport],
    _ drift: ReleaseDrift
  ) async throws {
    let live = try await promotion.sourceLive()
    guard command.wantsMarkdown else {
      terminal.write(text.plan(plan, live: live))
      return
    }
    let notes =
      drift.isEmpty
      ? [] : [command.flag(.allowDrift) ? text.driftWarning(drift) : text.driftRefusal(drift).items[0]]
    terminal.write(
      try text.markdown(plan, live: live, reports, notes: notes).text(limit: command.sizeLimit))
  }
}

extension Promotion {
  /// The outputs that gates' commands may refer to; none are read where no gate has a command.
  func commandOutputs() async throws -> [Output] {
    let hasCommand = to.profile.gates.contains { if case .run = $0 { true } else { false } }
    return hasCommand ? try await sourceOutputs() : []
  }
}

extension ParsedCommand {
  /// `--dry-run` or `--plan`: nothing is changed.
  var isDryRun: Bool { flag(.dryRun) || flag(.plan) }
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
