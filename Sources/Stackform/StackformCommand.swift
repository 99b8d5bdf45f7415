import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The program: arguments in, exit code out.
@main
struct StackformCommand {
  static func main() async {
    Platform.ignoreBrokenPipes()
    var code = await run(
      Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
    if Platform.hasLostOutput {
      Platform.write("error: Standard output could not be written: it is not whole.\n", to: .errors)
      code = .failure
    }
    Platform.exitAtOnce(code.rawValue)
  }

  /// Parses, runs, and reports what went wrong.
  private static func run(_ arguments: [String], environment: [String: String]) async -> ExitCode {
    let redaction = Redaction()
    var terminal = Terminal.standard(environment: environment, isColourRefused: false, redaction: redaction)
    var command: ParsedCommand?
    do {
      let parsed = try CommandLineParser.parse(arguments)
      command = parsed
      terminal = .standard(
        environment: environment, isColourRefused: parsed.flag(.noColor), redaction: redaction)
      try enter(parsed.value(.chdir))
      if !parsed.notes.isEmpty { report(Diagnostics(parsed.notes), of: parsed, terminal) }
      let context = CommandContext(
        terminal: terminal, redaction: redaction, environment: environment,
        trace: parsed.isVerbose ? trace(to: terminal) : nil)
      return try await CommandRunner(context: context, registry: AWSKinds.registry).run(parsed)
    } catch {
      report(Diagnostics(error), of: command, terminal)
      return .failure
    }
  }

  /// To standard error for people; where the command's output is JSON for tools, in its shape.
  private static func report(_ diagnostics: Diagnostics, of command: ParsedCommand?, _ terminal: Terminal) {
    switch (command?.isJSON, command?.name) {
    case (true, .plan), (true, .apply), (true, .destroy), (true, .rollback), (true, .undo),
      (true, .promote):
      for diagnostic in diagnostics.items { terminal.write(JSONEvents().diagnostic(diagnostic)) }
    case (true, .validate) where diagnostics.hasErrors:
      terminal.write(diagnostics.validationJSON.prettyJSON)
    default:
      let renderer = DiagnosticRenderer(
        style: terminal.errorStyle, width: terminal.textWidth,
        isCompact: command?.flag(.compactWarnings) ?? false)
      terminal.writeError(renderer.render(diagnostics))
    }
  }

  /// A line a request on standard error.
  private static func trace(to terminal: Terminal) -> @Sendable (RequestTrace) -> Void {
    { trace in
      let milliseconds = Int(trace.duration / .milliseconds(1))
      let failure = trace.failure.map { " \($0.rawValue)" } ?? ""
      terminal.writeError(
        "\(trace.operation) \(trace.method) \(trace.path) \(trace.status)\(failure) \(milliseconds) ms\n")
    }
  }

  private static func enter(_ folder: String?) throws(Diagnostic) {
    guard let folder, !Platform.changeDirectory(to: folder) else { return }
    throw Diagnostic("No such folder", "--chdir \(folder): there is no folder of that name to work in.")
  }
}

extension Diagnostics {
  /// Whatever was thrown, as diagnostics.
  init(_ error: any Error) {
    switch error {
    case let diagnostics as Diagnostics: self = diagnostics
    case let diagnostic as Diagnostic: self.init([diagnostic])
    case let error as ProviderError: self.init([Diagnostic(error)])
    default: self.init([Diagnostic("Unexpected error", "\(error)")])
    }
  }
}
