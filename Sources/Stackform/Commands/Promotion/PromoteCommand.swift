import Planner
import Providers

/// `stackform promote FROM TO`: the release that runs in one profile, brought to another.
enum PromoteCommand {
  /// Promotes along the route, and returns 3 at the first closed gate.
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
          if steps.count > 1 { showStanding(steps, at: index, command, context) }
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
      fix: "Add --dry-run, or leave out --format.")
  }

  /// The position of a chain that goes no further.
  private static func showStanding(
    _ steps: [PromotionRoute.Step], at index: Int, _ command: ParsedCommand, _ context: CommandContext
  ) {
    let step = steps[index]
    let left = steps[index...].map(\.to.name).joined(separator: ", ")
    let text = "The chain stands at \"\(step.from.name)\". Not reached: \(left)."
    context.terminal.write(command.isJSON ? JSONEvents().log(text) : "\n\(text)\n")
  }
}

extension ParsedCommand {
  /// `--dry-run` or `--plan`: nothing is changed.
  var isDryRun: Bool { flag(.dryRun) || flag(.plan) }
}
