/// Values as YAML text: in the style of what they take the place of, where that can hold them.
struct YAMLWriter {
  /// How many blanks a level is indented.
  var step = 2
  /// The width that a list or mapping of scalars may take on its line.
  static let lineWidth = 80

  /// A value on one line. Collections are written between brackets.
  func inline(_ value: Value, quote: UnicodeScalar? = nil, keepsPlain: Bool = false, isFlow: Bool) -> String {
    switch value {
    case .null: return "null"
    case .boolean(let flag): return flag ? "true" : "false"
    case .integer, .number: return value.json
    case .string(let text):
      let text = Self.escaped(text)
      if quote == "'", Self.fitsSingleQuotes(text) { return "'\(text.replacing("'", with: "''"))'" }
      let isPlain = keepsPlain ? Self.isPlain(text, isFlow: isFlow) : Self.isPlainForAll(text, isFlow: isFlow)
      return quote == nil && isPlain ? text : Self.doubleQuoted(text)
    case .list(let items):
      return "[" + items.map { inline($0, isFlow: true) }.joined(separator: ", ") + "]"
    case .map(let members):
      if members.isEmpty { return "{}" }
      return "{ "
        + members.sorted { $0.key < $1.key }.map { name, value in
          "\(key(name, isFlow: true)): \(inline(value, isFlow: true))"
        }.joined(separator: ", ") + " }"
    case .pending(let template): return Self.doubleQuoted(template.source)
    }
  }

  /// A member in block style: its lines, the first without indentation, the others indented from the member's own column on.
  func block(_ name: String, _ value: Value) -> [String] {
    let head = key(name, isFlow: false) + ":"
    if let lines = literal(value) { return [head + " " + lines[0]] + indented(Array(lines.dropFirst())) }
    if isShort(value) { return [head + " " + inline(value, isFlow: false)] }
    return [head] + indented(lines(value))
  }

  /// A text of several lines as a literal block: its header and its lines; nil for a text of one line, or one
  /// that would be read back differently.
  func literal(_ value: Value) -> [String]? {
    guard let text = value.string.map(Self.escaped), text.dropLast().contains("\n"), !text.hasPrefix(" "),
      !text.hasPrefix("\n"),
      !text.hasSuffix("\n\n"), text.unicodeScalars.allSatisfy({ $0 == "\n" || Self.isPrintable($0) })
    else { return nil }
    let endsLine = text.hasSuffix("\n")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard !lines.contains(where: { $0.hasSuffix(" ") || $0.hasPrefix("\t") }) else { return nil }
    return [endsLine ? "|" : "|-"] + (endsLine ? Array(lines.dropLast()) : lines)
  }

  /// The lines of a collection in block style.
  private func lines(_ value: Value) -> [String] {
    switch value {
    case .map(let members):
      return members.sorted { $0.key < $1.key }.flatMap { block($0, $1) }
    case .list(let items):
      return items.flatMap { item -> [String] in
        if isShort(item) || item.map == nil { return ["- " + inline(item, isFlow: false)] }
        let lines = lines(item)
        return ["- " + lines[0]] + lines.dropFirst().map { $0.isEmpty ? "" : "  " + $0 }
      }
    case .null, .boolean, .integer, .number, .string, .pending: return [inline(value, isFlow: false)]
    }
  }

  private func indented(_ lines: [String]) -> [String] {
    lines.map { $0.isEmpty ? "" : String(repeating: " ", count: step) + $0 }
  }

  /// Whether it fits on one line: a scalar, or a collection of few of them.
  private func isShort(_ value: Value) -> Bool {
    switch value {
    case .list(let items): items.isEmpty || isShortLine(value)
    case .map(let members): members.isEmpty || isShortLine(value)
    case .null, .boolean, .integer, .number, .string, .pending: true
    }
  }

  private func isShortLine(_ value: Value) -> Bool { inline(value, isFlow: true).count <= Self.lineWidth }

  /// A member's name as a key, in quotes where it needs them.
  func key(_ name: String, isFlow: Bool) -> String {
    Self.isPlainForAll(name, isFlow: isFlow) && !name.contains(":") ? name : Self.doubleQuoted(name)
  }

  // MARK: Scalars

  /// A live text is not an expression, whatever it looks like.
  static func escaped(_ text: String) -> String { text.replacing("${", with: "$${") }

  /// Whether the text needs no quotes, as this project reads YAML.
  static func isPlain(_ text: String, isFlow: Bool) -> Bool {
    guard YAMLScalar.value(text, isPlain: true) == .string(text), text != "<<", text != "=" else {
      return false
    }
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, scalars.allSatisfy(isPrintable) else {
      return false
    }
    if first == " " || last == " " || last == ":" || "-?:,[]{}#&*!|>'\"%@`".unicodeScalars.contains(first) {
      return false
    }
    if text.contains(": ") || text.contains(" #") || text.hasPrefix("...") { return false }
    return !isFlow || !text.unicodeScalars.contains { ",[]{}?".unicodeScalars.contains($0) }
  }

  /// The same where other readers of YAML take it for a number, a date or a truth: `yes`, `0123`, `2024-01-31`, `12:30`.
  static func isPlainForAll(_ text: String, isFlow: Bool) -> Bool {
    guard isPlain(text, isFlow: isFlow), let first = text.unicodeScalars.first else { return false }
    if "0123456789+.".unicodeScalars.contains(first) { return false }
    return !["y", "n", "yes", "no", "on", "off"].contains(text.lowercased())
  }

  private static func fitsSingleQuotes(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy(isPrintable)
  }

  static func doubleQuoted(_ text: String) -> String {
    text.doubleQuoted { scalar in
      if isPrintable(scalar) { return nil }
      if scalar.value <= 0xFF { return "\\x" + hex(scalar.value, 2) }
      return scalar.value <= 0xFFFF ? "\\u" + hex(scalar.value, 4) : "\\U" + hex(scalar.value, 8)
    }
  }

  private static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// What YAML takes as it is, on one line.
  private static func isPrintable(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    default: false
    }
  }
}
