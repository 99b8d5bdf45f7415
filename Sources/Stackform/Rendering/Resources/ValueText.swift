import Planner

/// Values as text: quoted, cut where they are long, and safe for a terminal.
struct ValueText: Sendable {
  static let pending = "(known after apply)"
  static let secret = "(sensitive value)"

  /// Longest text that is shown whole; nil shows all.
  let limit: Int?

  /// A value that fits in one line; nil for maps and lists that have members and for texts of several lines.
  func scalar(_ value: Value) -> String? {
    switch value {
    case .null: "null"
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let number): Self.number(number)
    case .string(Self.secret): Self.secret
    case .string(let text): isMultiline(text) || Self.embeddedJSON(text) != nil ? nil : quoted(text)
    case .list(let items): items.isEmpty ? "[]" : nil
    case .map(let entries): entries.isEmpty ? "{}" : nil
    case .pending: Self.pending
    }
  }

  /// The text in quotes, cut to the limit with a count of what there is.
  func quoted(_ text: String) -> String {
    guard let limit, text.utf8.count > limit + 20, text.count > limit + 20 else { return Self.quoted(text) }
    return Self.quoted(String(text.prefix(limit)) + "…") + " (\(text.count) characters)"
  }

  /// Two long texts that begin alike: both from a little before where they part.
  func quotedPair(_ before: String, _ after: String) -> (String, String) {
    let parts = limit.flatMap { Self.shortened(before, after, limit: $0) }
    return (quoted(parts?.0 ?? before), quoted(parts?.1 ?? after))
  }

  /// Two long texts from a little before the place where they part; nil where they are short, or part at once.
  static func shortened(_ one: String, _ other: String, limit: Int) -> (String, String)? {
    let common = one.commonPrefix(with: other)
    guard max(one.count, other.count) > limit + 20, common > 24 else { return nil }
    func tail(_ text: String) -> String { "…" + String(text.dropFirst(common - 16)) }
    return (tail(one), tail(other))
  }

  /// A text in double quotes, escaped so that it stays on its line.
  static func quoted(_ text: String) -> String {
    // Nearly every text: nothing in it to escape.
    if text.utf8.allSatisfy({
      (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }) {
      return "\"\(text)\""
    }
    return text.doubleQuoted { scalar in
      scalar.isControl ? "\\u{\(String(scalar.value, radix: 16))}" : nil
    }
  }

  /// Whole numbers without a fraction, as JSON has them.
  static func number(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return String(whole) }
    return String(number)
  }

  /// The key of a map: bare where it is a plain word.
  static func key(_ key: String) -> String {
    !key.isEmpty && key.utf8.allSatisfy(isPlain) ? key : quoted(key)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default: false
    }
  }

  /// The object or list that a text spells in JSON; nil for any other text.
  static func embeddedJSON(_ text: String) -> Value? {
    guard text.hasPrefix("{") || text.hasPrefix("["), let value = Value(json: text) else { return nil }
    switch value {
    case .map(let entries): return entries.isEmpty ? nil : value
    case .list(let items): return items.isEmpty ? nil : value
    case .null, .boolean, .integer, .number, .string, .pending: return nil
    }
  }

  /// Whether a text is shown in several lines.
  func isMultiline(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "\n")) && text.dropLast().contains("\n")
  }
}

extension String {
  /// How many characters both begin with.
  func commonPrefix(with other: String) -> Int {
    zip(self, other).prefix { $0 == $1 }.count
  }
}
