import Planner

/// `stackform schema`: the JSON Schema of stack files, for editors.
enum SchemaCommand {
  static func run(_ terminal: Terminal, registry: KindRegistry) -> ExitCode {
    terminal.write(JSONSchema.document(for: registry).prettyJSON)
    return .success
  }
}
