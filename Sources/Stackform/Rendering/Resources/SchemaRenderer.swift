import Planner

/// A kind's schema as text, for `explain`.
struct SchemaRenderer: Sendable {
  let style: TerminalStyle
  let width: Int
  let showsExample: Bool

  /// Every kind in a line.
  func overview(_ schemas: [Schema]) -> String {
    let column = schemas.map(\.section.count).max() ?? 0
    return schemas.map { schema in
      style(TerminalText.padded(schema.section, to: column), .cyan) + "  \(schema.title)\n"
    }.joined() + "\n`stackform explain KIND` tells more about one.\n"
  }

  /// One kind, whole.
  func page(_ schema: Schema) -> String {
    var lines = [
      style(schema.section, .bold) + " \(style.symbols.dash) \(schema.title)", "",
    ]
    lines += TerminalText.wrapped(schema.summary, to: width)
    if schema.holdsData { lines.append("It holds data: deleting or replacing one needs --allow-data-loss.") }
    lines += ["", style("Properties:", .bold)]
    lines += schema.properties.filter { !$0.isDerived }.flatMap { block($0, indent: 2) }
    if !schema.attributes.isEmpty {
      lines += ["", style("Attributes, for ${\(schema.section).name.attribute}:", .bold)]
      lines += schema.attributes.flatMap { attribute in
        [
          "  " + style(attribute.name, .cyan)
            + (attribute.isKnownEarly ? "" : style("  known after apply", .dim))
        ]
          + TerminalText.wrapped(attribute.summary, to: width - 6).map { "      " + $0 }
      }
    }
    if showsExample, !schema.example.isEmpty {
      lines += ["", style("Example:", .bold)]
      lines += schema.example.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    }
    return lines.joined(separator: "\n").trimmingEnd + "\n"
  }

  /// One property and its members.
  func property(_ property: Property, path: String) -> String {
    var lines = [style(path, .bold), ""]
    lines += block(property, indent: 0).dropFirst()
    let members = property.shape.members
    if !members.isEmpty {
      lines += ["", style("Members:", .bold)]
      lines += members.flatMap { block($0, indent: 2) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func block(_ property: Property, indent: Int) -> [String] {
    var facts = [property.shape.words]
    if property.isRequired { facts.append("required") }
    if let value = property.defaultValue, !value.isNull { facts.append("default \(value.json)") }
    if property.change == .replaces { facts.append("a change replaces") }
    if property.staysOn { facts.append("turning it off replaces") }
    if property.isSecret { facts.append("secret") }
    let spaces = String(repeating: " ", count: indent)
    let name = spaces + style(property.name, .cyan)
    let lines = TerminalText.wrapped(facts.joined(separator: "; "), to: width - indent - 4).map {
      style($0, .dim)
    }
    return [name]
      + (lines + TerminalText.wrapped(property.summary, to: width - indent - 4)).map { "\(spaces)    \($0)" }
  }
}

/// A kind's schema as JSON, for `explain --json`.
enum SchemaJSON {
  static func summary(_ schema: Schema) -> Value {
    [
      "section": .string(schema.section), "kind": .string(schema.kind), "title": .string(schema.title),
      "summary": .string(schema.summary),
    ]
  }

  static func page(_ schema: Schema) -> Value {
    var members = summary(schema).map ?? [:]
    members["holds_data"] = .boolean(schema.holdsData)
    members["properties"] = .list(schema.properties.filter { !$0.isDerived }.map(property))
    members["attributes"] = .list(
      schema.attributes.map {
        [
          "name": .string($0.name), "summary": .string($0.summary), "known_early": .boolean($0.isKnownEarly),
        ]
      })
    members["example"] = .string(schema.example)
    return .map(members)
  }

  static func property(_ property: Property) -> Value {
    var members: [String: Value] = [
      "name": .string(property.name), "shape": .string(property.shape.words),
      "summary": .string(property.summary), "required": .boolean(property.isRequired),
      "replaces": .boolean(property.change == .replaces), "secret": .boolean(property.isSecret),
      "schema": JSONSchema.values(of: property),
    ]
    if let value = property.defaultValue { members["default"] = value }
    if !property.shape.members.isEmpty {
      members["members"] = .list(property.shape.members.map(self.property))
    }
    return .map(members)
  }
}

extension String {
  /// Without blanks and ends of lines behind it.
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
