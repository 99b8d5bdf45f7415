import Planner
import Providers

/// `stackform show [ADDRESS|PLANFILE]`: what is live now, or what a saved plan would do.
enum ShowCommand {
  /// Shows the live resources, a saved plan, or a release.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    if let number = command.value(.release).flatMap({ Int($0) }) {
      return try await ShowReleaseCommand.run(command, number, context)
    }
    if let subject = command.subject, let file = try PlanFile.load(ifPlan: subject) {
      let renderer = PlanRenderer(style: context.terminal.style, isVerbose: command.isVerbose)
      context.terminal.write(
        command.isJSON ? JSONPlan(file.plan).value.json + "\n" : renderer.render(file.plan))
      return .success
    }
    let (address, path) = arguments(command)
    var reading = command
    reading.arguments = [path]
    reading.name = .plan
    let session = try await Session.open(reading, context)
    let live = try await session.pipeline.live(session.stack)
    let shown = try chosen(address, of: live, session: session)
    let renderer = LiveRenderer(style: context.terminal.style, registry: session.pipeline.registry)
    context.terminal.write(
      command.isJSON ? renderer.json(shown).prettyJSON : renderer.render(shown, target: session.target))
    return .success
  }

  private static func arguments(_ command: ParsedCommand) -> (address: String?, path: String) {
    let paths = command.arguments.filter { FileReader.disk.entry($0) != nil }
    return (command.wordsThatAreNoFiles.first, paths.first ?? ".")
  }

  private static func chosen(
    _ address: String?, of live: [(resource: Resource, live: LiveResource?)], session: Session
  ) throws(Diagnostic) -> [(resource: Resource, live: LiveResource?)] {
    guard let address else { return live }
    let chosen = live.filter { PlanOptions.matches($0.resource.address, [address]) }
    guard chosen.isEmpty else { return chosen }
    let names = live.map(\.resource.address.description)
    throw Diagnostic(
      "Unknown address", "the stack \"\(session.stack.name)\" has no resource \"\(address)\".",
      fix: suggestion(for: address, among: names).map { "Did you mean \"\($0)\"?" })
  }
}
