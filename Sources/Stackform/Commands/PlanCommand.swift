import Planner
import Providers

/// `stackform plan`: reads, compares, tells. Its client has no call that writes.
enum PlanCommand {
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let session = try await Session.open(command, context)
    let planned = try await session.planned(session.planOptions, on: context.terminal)
    let plan = planned.plan
    if command.isJSON {
      context.terminal.write(JSONEvents().version() + JSONEvents().plan(plan))
    } else {
      context.terminal.write(session.renderer(context.terminal).render(plan))
    }
    if let file = command.planFile {
      try PlanFile(planned, options: session.planOptions).save(to: file)
      if !command.isJSON { context.terminal.write(saved(file, context.terminal.style)) }
    }
    guard command.wantsDetailedExitCode else { return .success }
    return plan.isNothing ? .success : .changes
  }

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

extension Session {
  func renderer(_ terminal: Terminal) -> PlanRenderer {
    PlanRenderer(
      style: terminal.style, isVerbose: command.isVerbose,
      allowsDataLoss: command.allowsDataLoss || target.isDisposable)
  }
}
