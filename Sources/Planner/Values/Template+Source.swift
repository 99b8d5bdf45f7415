extension Template {
  /// A template out of parts, with the source text that is read back as these parts.
  package init(_ parts: [Part]) {
    var joined: [Part] = []
    for part in parts {
      if case .text(let text) = part, case .text(let before)? = joined.last {
        joined[joined.count - 1] = .text(before + text)
      } else {
        joined.append(part)
      }
    }
    var source = ""
    for (index, part) in joined.enumerated() {
      switch part {
      case .text(let text):
        let escaped = text.replacing("${", with: "$${")
        // "$" before an expression would read as the escape "$${".
        let isBeforeExpression = index + 1 < joined.count && escaped.hasSuffix("$")
        source += isBeforeExpression ? escaped.dropLast() + "${\"$\"}" : escaped
      case .expression(let expression): source += "${\(expression.source)}"
      }
    }
    self.init(parts: joined, source: source)
  }

  /// One reference, as the whole of a value.
  package static func reference(to address: Address, _ attribute: String) -> Template {
    Template([.expression(.reference(address.path + [attribute]))])
  }
}

extension Template.Expression {
  /// A value as an expression that can be written: what has no literal of its own is read from JSON.
  static func spelling(_ value: Value) -> Template.Expression {
    switch value {
    case .null, .boolean, .string: .literal(value)
    case .integer(let number) where number != .min: .literal(value)
    case .integer, .number, .list, .map, .pending: .call("parseJson", [.literal(.string(value.json))])
    }
  }

  /// The text between `${` and `}`.
  var source: String {
    switch self {
    case .reference(let path): path.joined(separator: ".")
    case .call(let name, let arguments): "\(name)(\(arguments.map(\.source).joined(separator: ", ")))"
    case .literal(let value):
      switch value {
      case .string(let text): Self.quoted(text)
      case .null: "null"
      case .boolean(let flag): flag ? "true" : "false"
      case .integer(let number) where number != .min: String(number)
      case .integer, .number, .list, .map, .pending: Self.spelling(value).source
      }
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}

extension Address {
  /// The pieces of the address, as a reference spells them.
  var path: [String] { [section, name] + (part.map { [$0] } ?? []) }
}
