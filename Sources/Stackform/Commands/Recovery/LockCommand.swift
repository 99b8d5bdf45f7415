import Planner
import Providers

/// `stackform lock list`: who is at work where, in all stacks of the profile's account and region.
enum LockCommand {
  /// Lists the locks of all stacks in the profile's account and region.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    guard command.subject == "list", command.arguments.count == 1 else {
      throw Diagnostic(
        "Unknown action", "`stackform lock` has the action \"list\" alone.",
        fix: "stackform lock list. To take a lock away: stackform unlock STACK.")
    }
    let place = try RunPlace(command, stackPath: StackFile.defaultName, environment: context.environment)
    place.showNotes(command, context)
    let client = try place.client(context)
    let target = try await place.target(client)
    let locks = try await LedgerPlace(sender: client, in: target, isRunning: Platform.isRunning).locks()
    let renderer = LocksRenderer(style: context.terminal.style)
    if command.isJSON {
      context.terminal.write(LocksRenderer.json(locks, target: target).prettyJSON)
    } else {
      let banner = Banner(style: context.terminal.style, isVerbose: command.isVerbose).render(target)
      context.terminal.write(banner + "\n\n" + renderer.render(locks))
    }
    return .success
  }
}
