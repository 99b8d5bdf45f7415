import Planner

/// `stackform schema`: the JSON Schema of stack files, or with --project of `stackform.yaml`, for editors.
enum SchemaCommand {
  /// Writes the JSON Schema.
  static func run(_ command: ParsedCommand, _ terminal: Terminal, registry: KindRegistry) -> ExitCode {
    let document = command.flag(.project) ? ProjectSchema.document : JSONSchema.document(for: registry)
    terminal.write(document.prettyJSON)
    return .success
  }
}
