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
    }.joined() + "\n`stackform explain KIND` shows more about one.\n"
  }

  /// One kind, whole.
  func page(_ schema: Schema) -> String {
    var lines = [
      style(schema.section, .bold) + " \(style.symbols.dash) \(schema.title)", "",
    ]
    lines += TerminalText.wrapped(schema.summary, to: width)
    if schema.isRevised { lines += TerminalText.wrapped(schema.revisionSentence, to: width) }
    if schema.holdsData { lines.append("It holds data: deleting or replacing one needs --allow-data-loss.") }
    lines += ["", style("Properties:", .bold)]
    lines += schema.properties.filter { !$0.isDerived }.flatMap {
      block($0, indent: 2, isRevised: schema.isRevised)
    }
    lines += rules(schema.relations, of: schema)
    if !schema.attributes.isEmpty {
      lines += ["", style("Attributes, for ${\(schema.section).name.attribute}:", .bold)]
      lines += schema.attributes.flatMap { attribute in
        [
          "  " + style(attribute.name, .cyan)
            + (attribute.isKnownEarly ? "" : style("  known after apply", .dim))
            + (attribute.isSecret ? style("; secret", .dim) : "")
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

  /// One property of the kind, its members, and what it has to do with other properties.
  func property(_ property: Property, at path: [String], of schema: Schema) -> String {
    var lines = [style(([schema.section] + path).joined(separator: "."), .bold), ""]
    lines += block(property, indent: 0, isRevised: schema.isRevised).dropFirst()
    let members = property.shape.members
    if !members.isEmpty {
      lines += ["", style("Members:", .bold)]
      lines += members.flatMap { block($0, indent: 2) }
    }
    lines += rules(schema.relations.filter { $0.concerns(path) }, of: schema)
    return lines.joined(separator: "\n") + "\n"
  }

  private func rules(_ relations: [Relation], of schema: Schema) -> [String] {
    if relations.isEmpty { return [] }
    return ["", style("Rules:", .bold)]
      + relations.flatMap { relation in
        let words = RelationWords(schema: schema, relation: relation)
        let sentence = words.place.isEmpty ? words.sentence : "In \(words.place): \(words.sentence)"
        let lines = TerminalText.wrapped(sentence, to: width - 4)
        return lines.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
      }
  }

  private func block(_ property: Property, indent: Int, isRevised: Bool = false) -> [String] {
    var facts = [property.shape.words]
    if property.isRequired { facts.append("required") }
    if let value = property.defaultValue, !value.isNull { facts.append("default \(value.json)") }
    if property.change == .replaces {
      facts.append(isRevised ? "a change makes a new revision" : "a change replaces")
    }
    if property.rebuilds { facts.append("a change deletes what it is in and makes it anew") }
    if property.staysOn {
      facts.append(property.wayBack == "off" ? "turning it off replaces" : "\(property.wayBack) replaces")
    }
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

extension String {
  /// Without blanks and ends of lines behind it.
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
