/// The value of a plain scalar, by YAML 1.2's core schema without the spellings that readers disagree about.
///
/// - `true`, `false` (and with capitals) are booleans; `yes`, `no`, `on`, `off` are texts.
/// - Nothing, `~` and `null` are null.
/// - `12`, `-3`, `0x1F`, `0o17` are whole numbers, `1.5` and `1e3` numbers.
/// - `0123` is a text: YAML 1.1 reads it as octal, 1.2 as decimal, and mostly it is an account or a code.
/// - `12:30`, `1_000`, `2024-01-31`, `.inf`, `.nan` are texts.
///
/// Where a property needs a text, the scalar's characters are used as they are.
enum YAMLScalar {
  /// The value of a scalar. One that is not plain is always a text.
  static func value(_ text: String, isPlain: Bool) -> Value {
    guard isPlain else { return .string(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default: return number(text) ?? .string(text)
    }
  }

  /// The number that a text spells; nil when it spells none.
  static func number(_ text: String) -> Value? {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard let first = digits.first, isDigit(first) || first == UInt8(ascii: ".") else { return nil }
    if first == UInt8(ascii: "0"), digits.count > 1, let second = digits.dropFirst().first {
      if second == UInt8(ascii: "x") || second == UInt8(ascii: "o"), digits.count == text.utf8.count {
        let radix = second == UInt8(ascii: "x") ? 16 : 8
        return Int(text.dropFirst(2), radix: radix).map(Value.integer)
      }
      if isDigit(second) { return nil }
    }
    if digits.allSatisfy(isDigit), let whole = Int(text) { return .integer(whole) }
    let isDecimal = digits.allSatisfy { isDigit($0) || ".eE+-".utf8.contains($0) }
    guard isDecimal, digits.contains(where: isDigit), let number = Double(text), number.isFinite else {
      return nil
    }
    return .number(number)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

extension YAMLNode {
  /// Nothing, `~` or `null`.
  package var isNull: Bool {
    guard case .scalar(let text, let isPlain) = content else { return false }
    return YAMLScalar.value(text, isPlain: isPlain).isNull
  }

  /// What the node is, for a message: `a list`.
  var describedShape: String {
    switch content {
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .scalar(let text, let isPlain):
      switch YAMLScalar.value(text, isPlain: isPlain) {
      case .null: return "nothing"
      case .boolean: return text
      case .integer, .number: return "the number \(text)"
      case .string, .list, .map, .pending: return "the text \"\(text.shortened)\""
      }
    }
  }
}

extension YAMLNode {
  /// The nearest node that there is on a path of members and indexes.
  package func nearest(to path: [String]) -> YAMLNode {
    var node = self
    for step in path {
      let next =
        node[step]
        ?? Int(step).flatMap { index in
          node.items.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
      guard let next else { break }
      node = next
    }
    return node
  }
}
