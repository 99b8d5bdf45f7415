import Planner

/// `stackform explain [KIND[.PROPERTY…]]`: reads the kinds' schemas.
enum ExplainCommand {
  /// Lists the kinds, or explains one kind or one property.
  static func run(
    _ command: ParsedCommand, _ terminal: Terminal, registry: KindRegistry
  ) throws(Diagnostic) -> ExitCode {
    let renderer = SchemaRenderer(
      style: terminal.style, width: terminal.textWidth, showsExample: !command.flag(.noExample))
    guard let subject = command.subject else {
      terminal.write(
        command.isJSON
          ? Value.list(registry.kinds.map { SchemaJSON.summary($0.schema) }).prettyJSON
          : renderer.overview(registry.kinds.map(\.schema)))
      return .success
    }
    let path = subject.split(separator: ".").map(String.init)
    let schema = try schema(path.first ?? subject, registry)
    guard path.count > 1 else {
      terminal.write(command.isJSON ? SchemaJSON.page(schema).prettyJSON : renderer.page(schema))
      return .success
    }
    let place = Array(path.dropFirst())
    let property = try property(place, in: schema)
    terminal.write(
      command.isJSON
        ? SchemaJSON.property(property, at: place, of: schema).prettyJSON
        : renderer.property(property, at: place, of: schema))
    return .success
  }

  /// By section or by the word for one of it: `queues` and `queue`.
  private static func schema(_ word: String, _ registry: KindRegistry) throws(Diagnostic) -> Schema {
    let schemas = registry.kinds.map(\.schema)
    if let schema = schemas.first(where: { $0.section == word || $0.kind == word }) { return schema }
    throw Diagnostic(
      "Unknown kind", "There is no kind \"\(TerminalText.printable(word))\".",
      fix: suggestion(for: word, among: schemas.map(\.section)).map { "Did you mean \"\($0)\"?" }
        ?? "`stackform explain` lists the kinds.")
  }

  private static func property(_ path: [String], in schema: Schema) throws(Diagnostic) -> Property {
    var members = schema.properties + UniversalKey.allCases.compactMap { $0.property(of: schema) }
    var found: Property?
    var place = schema.section
    for name in path {
      guard let property = members.first(where: { $0.name == name }) else {
        throw Diagnostic(
          "Unknown property", "\(place) has no property \"\(TerminalText.printable(name))\".",
          fix: suggestion(for: name, among: members.map(\.name)).map { "Did you mean \"\($0)\"?" }
            ?? "`stackform explain \(schema.section)` lists the properties.")
      }
      found = property
      members = property.shape.members
      place += ".\(name)"
    }
    guard let found else { throw Diagnostic("Missing property", "\(place). names no property.") }
    return found
  }
}

extension UniversalKey {
  /// The key as a property, for a page; nil where the kind has a property of that name, or no physical name.
  fileprivate func property(of schema: Schema) -> Property? {
    let shape: Shape
    switch self {
    case .name:
      guard let naming = schema.naming else { return nil }
      shape = .string(naming.rule)
    case .dependsOn, .ignoreChanges: shape = .list(.text)
    case .protect, .adopt: shape = .boolean
    }
    return schema.property(rawValue) == nil ? Property(rawValue, shape, summary) : nil
  }
}
