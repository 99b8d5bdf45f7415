import Planner
import Providers

/// `stackform output [NAME]`: the outputs, worked out of what is live now.
enum OutputCommand {
  /// Writes all outputs, or one.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let (name, path) = arguments(command)
    var reading = command
    reading.arguments = [path]
    reading.name = .plan
    let session = try await Session.open(reading, context)
    let outputs = try await session.pipeline.outputs(of: session.stack)
    guard let name else {
      let renderer = OutputsRenderer(style: context.terminal.style)
      context.terminal.write(
        command.isJSON ? OutputsRenderer.json(outputs).prettyJSON : renderer.list(outputs))
      return .success
    }
    guard let output = outputs.first(where: { $0.name == name }) else {
      throw Diagnostic(
        "No such output", "the stack \"\(session.stack.name)\" has no output \"\(name)\".",
        fix: suggestion(for: name, among: outputs.map(\.name)).map { "Did you mean \"\($0)\"?" })
    }
    guard !output.value.isPending else {
      throw Diagnostic(
        "Not known yet", "the output \"\(name)\" is known only once the stack is applied.",
        fix: "stackform apply \(path)")
    }
    // Who asks for one output by name wants its value, a secret one too: past the guard that masks secrets.
    Platform.write(try text(of: output, command), to: .output)
    return .success
  }

  /// A single argument is the output's name or the stack: an existing file or folder is the stack.
  private static func arguments(_ command: ParsedCommand) -> (name: String?, path: String) {
    guard let first = command.arguments.first else { return (nil, ".") }
    if let second = command.arguments.dropFirst().first {
      return FileReader.disk.entry(first) == nil || FileReader.disk.entry(second) != nil
        ? (first, second) : (second, first)
    }
    return FileReader.disk.entry(first) == nil ? (first, ".") : (nil, first)
  }

  private static func text(of output: Output, _ command: ParsedCommand) throws(Diagnostic) -> String {
    if command.isJSON { return output.value.prettyJSON }
    guard command.flag(.raw) else {
      let value = output.value
      return ValueText(limit: nil).scalar(value).map { $0 + "\n" } ?? value.prettyJSON
    }
    guard let raw = OutputsRenderer.raw(output.value) else {
      throw Diagnostic(
        "No raw form", "the output \"\(output.name)\" is a list or a map.",
        fix: "Use --json instead of --raw.")
    }
    return raw
  }
}
