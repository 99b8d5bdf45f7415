import Planner
import Providers

/// `stackform plan`: reads, compares, shows. Its client has no call that writes.
enum PlanCommand {
  /// Plans, shows the plan, and saves it with `--out`. With `--detailed-exitcode` it returns 2 for changes.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let (planned, release) = try await planned(command, context)
    let plan = planned.plan
    let terminal = context.terminal
    if command.isJSON {
      terminal.write(JSONEvents().version() + JSONEvents().plan(plan))
    } else if command.wantsMarkdown {
      terminal.write(
        try MarkdownPlan(plan, isVerbose: command.isVerbose).report.text(limit: command.sizeLimit))
    } else {
      terminal.write(command.renderer(of: plan, terminal).render(plan))
      if command.flag(.offline) {
        terminal.write(
          "\n" + TerminalText.wrapped(offlineNote, to: terminal.textWidth).joined(separator: "\n") + "\n")
      }
    }
    planned.stack.warnings.warn(command, on: terminal)
    try ParityCheck.warn(planned, command, context)
    if let file = command.planFile {
      try PlanFile(planned, options: command.planOptions, release: release).save(to: file)
      if !command.isJSON, !command.wantsMarkdown { terminal.write(saved(file, terminal.style)) }
    }
    guard command.wantsDetailedExitCode else { return .success }
    return plan.isNothing ? .success : .changes
  }

  private static func planned(
    _ command: ParsedCommand, _ context: CommandContext
  ) async throws -> (Pipeline.Planned, ReleaseDraft?) {
    guard command.flag(.offline) else {
      let session = try await Session.open(command, context)
      return (
        try await session.plannedWithHints(command.planOptions, on: context.terminal), session.release
      )
    }
    guard !command.isDestroy else {
      throw Diagnostic(
        "Options that don't go together",
        "--offline plans for an empty account, and --destroy has nothing to do there.",
        fix: "Leave out one of the two.")
    }
    guard command.planFile == nil else {
      throw Diagnostic(
        "Options that don't go together",
        "--out saves a plan for the live resources, and --offline does not read them.",
        fix: "Leave out one of the two.")
    }
    let stack = try GraphCommand.offlineStack(command, context)
    context.redaction.add(stack.secretTexts)
    let planned = try Pipeline.planOffline(
      stack, registry: AWSKinds.registry, fingerprint: Fingerprinter(salt: ""), options: command.planOptions)
    return (planned, nil)
  }

  private static let offlineNote =
    "No request was made: this is what an apply would create in an empty account. Existing resources change the plan."

  private static func saved(_ file: String, _ style: TerminalStyle) -> String {
    """

    Saved the plan to: \(file)

    To perform exactly these actions, run the following command to apply:
        stackform apply \(file)

    """
  }
}

extension Plan {
  /// Neither a resource nor an output would change.
  var isNothing: Bool {
    changes.allSatisfy { $0.action == .keep } && !outputs.contains(where: \.isChange)
  }
}

extension ParsedCommand {
  /// What shows a plan of this command.
  func renderer(of plan: Plan, _ terminal: Terminal) -> PlanRenderer {
    PlanRenderer(
      style: terminal.style, isVerbose: isVerbose, allowsDataLoss: allowsDataLoss || plan.target.isDisposable)
  }
}
