import Planner
import Providers

/// `stackform compare A B [STACK]`: what is live in two profiles, held against each other. Reads alone.
enum CompareCommand {
  /// Compares the two profiles, shows the report, and returns 2 when a difference is not by design.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let names = (command.arguments[0], command.arguments[1])
    guard names.0 != names.1 else {
      throw Diagnostic(
        "Twice the same profile", "\"\(names.0)\" is always what it is.",
        fix: "Name two profiles: stackform compare local staging")
    }
    async let opening = ComparisonSide.open(side(command, names.0), context)
    let second = try await ComparisonSide.open(side(command, names.1), context)
    let first = try await opening
    let crossed = first.crossed(to: second, context)
    let (here, there) = try await ActivityLine(terminal: context.terminal, text: "Reading the live resources")
      .showing { () async throws(Diagnostics) in
        async let reading = Result.of { () async throws(Diagnostics) in try await first.compared() }
        let there = try await second.compared()
        return (try await reading.get(), there)
      }
    let comparison = PlaceComparison(here, there, crossed: crossed, registry: AWSKinds.registry)
    let parity = Parity.warnings(
      for: crossed ?? second.session.stack, from: first.session.target, to: second.session.target)
    let report = ComparisonReport(
      comparison: comparison, first: first, second: second, parity: parity, isVerbose: command.isVerbose)
    context.terminal.write(try text(of: report, command, context.terminal))
    return comparison.isSame ? .success : .changes
  }

  /// The command as if it were for one of the two profiles.
  private static func side(_ command: ParsedCommand, _ profile: String) -> ParsedCommand {
    var own = command
    own.values[.profile] = [profile]
    own.arguments = [command.stackPath]
    own.name = .plan
    return own
  }

  private static func text(
    of report: ComparisonReport, _ command: ParsedCommand, _ terminal: Terminal
  ) throws(Diagnostic) -> String {
    if command.isJSON { return report.json.prettyJSON }
    if command.wantsMarkdown { return try report.markdown.text(limit: command.sizeLimit) }
    return report.text(terminal)
  }
}

extension Result {
  /// The end of work that throws one type of error.
  static func of(_ work: () async throws(Failure) -> Success) async -> Result {
    do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
  }
}
