import Planner
import Providers

/// `stackform show --release N [--file PATH] [STACK]`: all that was recorded of a release, or one of its files.
enum ShowReleaseCommand {
  /// Writes a release's details, or one of its files.
  static func run(_ command: ParsedCommand, _ number: Int, _ context: CommandContext) async throws -> ExitCode
  {
    var reading = command
    // Without an address before it, the one argument is the stack.
    reading.name = .history
    let stack = try await OpenedStack.open(reading, context)
    guard let ledger = try await stack.ledger() else { throw Diagnostic.neverApplied }
    let release = try ledger.release(named: number)
    if let path = command.value(.file) {
      Platform.write(try file(path, of: release, try await stack.bundle(of: release)), to: .output)
      return .success
    }
    let bundle: ReleaseBundle?
    let failure: Diagnostics?
    do throws(Diagnostics) {
      bundle = try await stack.bundle(of: release)
      failure = nil
    } catch {
      bundle = nil
      failure = error
    }
    context.terminal.write(
      command.isJSON
        ? ReleaseJSON.page(release, in: ledger, target: stack.target, bundle: bundle).prettyJSON
        : ReleaseRenderer(style: context.terminal.style)
          .render(release, in: ledger, target: stack.target, bundle: bundle))
    if let failure { throw failure }
    return .success
  }

  /// Byte for byte, past what masks secrets: these are the author's own files.
  private static func file(
    _ path: String, of release: Release, _ bundle: ReleaseBundle
  ) throws(Diagnostic) -> [UInt8] {
    do throws(FileReader.Failure) { return try bundle.reader.read(path) } catch {
      throw Diagnostic(
        "No such file", "Release #\(release.number) holds no file \"\(TerminalText.printable(path))\".",
        fix: suggestion(for: path, among: bundle.files.keys.sorted()).map { "Did you mean \"\($0)\"?" }
          ?? "`stackform show --release \(release.number)` lists them.")
    }
  }
}
