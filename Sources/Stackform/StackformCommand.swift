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
    let code = await run(
      Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
    Platform.exitAtOnce(code.rawValue)
  }

  /// Parses, runs, and tells what went wrong.
  private static func run(_ arguments: [String], environment: [String: String]) async -> ExitCode {
    var terminal = Terminal.standard(environment: environment, isColourRefused: false)
    var isCompact = false
    var isJSON = false
    do {
      let command = try CommandLineParser.parse(arguments)
      terminal = .standard(environment: environment, isColourRefused: command.flag(.noColor))
      isCompact = command.flag(.compactWarnings)
      isJSON = command.isJSON
      try enter(command.value(.chdir))
      if !isJSON, !command.notes.isEmpty {
        report(Diagnostics(command.notes), terminal, isCompact: isCompact)
      }
      let context = CommandContext(
        terminal: terminal, environment: environment, trace: command.isVerbose ? trace(to: terminal) : nil)
      return try await CommandRunner(context: context, registry: AWSKinds.registry).run(command)
    } catch {
      let diagnostics = Diagnostics(error)
      if isJSON {
        for diagnostic in diagnostics.items { terminal.write(JSONEvents().diagnostic(diagnostic)) }
      } else {
        report(diagnostics, terminal, isCompact: isCompact)
      }
      return .failure
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
    throw Diagnostic(
      .error, "No such folder", "--chdir \(folder): there is no folder of that name to work in.")
  }

  private static func report(_ diagnostics: Diagnostics, _ terminal: Terminal, isCompact: Bool) {
    let renderer = DiagnosticRenderer(
      style: terminal.errorStyle, width: terminal.textWidth, isCompact: isCompact)
    terminal.writeError(renderer.render(diagnostics))
  }
}

extension Diagnostics {
  /// Whatever was thrown, as diagnostics.
  init(_ error: any Error) {
    switch error {
    case let diagnostics as Diagnostics: self = diagnostics
    case let diagnostic as Diagnostic: self.init([diagnostic])
    case let error as ProviderError:
      let source = [error.operation, error.code].filter { !$0.isEmpty }.joined(separator: " ")
      self.init([
        Diagnostic(
          .error, "The endpoint refused", source.isEmpty ? error.message : "\(source): \(error.message)",
          mend: error.kind.mend)
      ])
    default: self.init([Diagnostic(.error, "Unexpected error", "\(error)")])
    }
  }
}
