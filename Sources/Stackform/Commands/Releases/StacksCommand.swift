import Planner
import Providers

/// `stackform stacks`: what an account and region of a profile hold, from the ledgers.
enum StacksCommand {
  /// Lists the stacks, and names other regions that have some.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let place = try RunPlace(command, stackPath: StackFile.defaultName, environment: context.environment)
    place.showNotes(command, context)
    let client = try place.client(context)
    let target = try await place.target(client)
    let ledgers = LedgerPlace(sender: client, in: target, isRunning: Platform.isRunning)
    let stacks = try await ActivityLine(terminal: context.terminal, text: "Reading the ledgers")
      .showing { () async throws(ProviderError) in try await ledgers.stacks() }
    let regions = await otherRegions(ledgers, command, context)
    if command.isJSON {
      context.terminal.write(StacksRenderer.json(stacks, otherRegions: regions, target: target).prettyJSON)
    } else {
      let banner = Banner(style: context.terminal.style, isVerbose: command.isVerbose).render(target)
      let renderer = StacksRenderer(style: context.terminal.style)
      context.terminal.write(banner + "\n\n" + renderer.render(stacks, otherRegions: regions ?? []))
    }
    return .success
  }

  /// nil where they can't be found out. Who may not list buckets is told of this region alone, without a word.
  private static func otherRegions(
    _ ledgers: LedgerPlace, _ command: ParsedCommand, _ context: CommandContext
  ) async -> [String]? {
    do throws(ProviderError) {
      return try await ledgers.otherRegions()
    } catch {
      if error.kind != .denied {
        let note = "Whether other regions of the account have stacks is not known."
        let warning = Diagnostic(error, .warning, title: "Buckets can't be listed", notes: [note])
        Diagnostics([warning]).warnInText(command, on: context.terminal)
      }
      return nil
    }
  }
}
