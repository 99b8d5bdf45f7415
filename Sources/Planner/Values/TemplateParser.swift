/// What is wrong with a template, and where in its text.
package struct TemplateError: Error, Sendable, Hashable {
  package let message: String
  /// The offset in characters from the start of the text.
  package let offset: Int
}

extension Template {
  /// Whether a text has anything to resolve or unescape.
  package static func isTemplate(_ text: String) -> Bool {
    // Called several times for every scalar of a stack. It searches bytes: a search by characters was
    // measured to take a tenth of a plan's time.
    var followsDollar = false
    for byte in text.utf8 {
      if followsDollar, byte == UInt8(ascii: "{") { return true }
      followsDollar = byte == UInt8(ascii: "$")
    }
    return false
  }

  /// Reads the text of a YAML scalar.
  ///
  /// An expression is a reference (`queues.build-jobs.arn`), a text in quotes, a number, `true`, `false`,
  /// `null`, or a function called with expressions. Quotes are double or single; a backslash takes the next
  /// character as it is.
  package init(parsing source: String) throws(TemplateError) {
    var parser = TemplateParser(characters: Array(source))
    self.init(parts: try parser.parts(), source: source)
  }
}

/// Recursive descent over the characters of one template.
private struct TemplateParser {
  /// Calls may be nested this deep.
  static let depthLimit = 50

  let characters: [Character]
  var position = 0
  var depth = 0

  mutating func parts() throws(TemplateError) -> [Template.Part] {
    var parts: [Template.Part] = []
    var text = ""
    while position < characters.count {
      if starts(with: "$${") {
        text += "${"
        position += 3
      } else if starts(with: "${") {
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
        position += 2
        parts.append(.expression(try expression()))
        skipBlanks()
        try expect("}")
      } else {
        text.append(characters[position])
        position += 1
      }
    }
    if !text.isEmpty { parts.append(.text(text)) }
    return parts
  }

  mutating func expression() throws(TemplateError) -> Template.Expression {
    skipBlanks()
    guard let first = current else { throw error("the expression is not closed by a }") }
    if first == "\"" || first == "'" { return .literal(.string(try quoted(first))) }
    if first.isNumber || first == "-" { return .literal(try number()) }
    let word = path()
    guard !word.isEmpty else { throw error("a reference or a function is expected here") }
    skipBlanks()
    if current == "(" {
      guard depth < Self.depthLimit else { throw error("calls are nested deeper than \(Self.depthLimit)") }
      position += 1
      depth += 1
      defer { depth -= 1 }
      return .call(word, try arguments())
    }
    if word == "true" || word == "false" { return .literal(.boolean(word == "true")) }
    if word == "null" { return .literal(.null) }
    let pieces = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard pieces.allSatisfy({ !$0.isEmpty }) else { throw error("\"\(word)\" has an empty part") }
    return .reference(pieces)
  }

  mutating func arguments() throws(TemplateError) -> [Template.Expression] {
    var arguments: [Template.Expression] = []
    skipBlanks()
    if current == ")" {
      position += 1
      return []
    }
    while true {
      arguments.append(try expression())
      skipBlanks()
      guard current == "," else {
        try expect(")")
        return arguments
      }
      position += 1
    }
  }

  mutating func quoted(_ quote: Character) throws(TemplateError) -> String {
    let start = position
    position += 1
    var text = ""
    while let next = current, next != quote {
      if next == "\\", position + 1 < characters.count { position += 1 }
      text.append(characters[position])
      position += 1
    }
    guard current == quote else {
      throw TemplateError(message: "the text is not closed by a \(quote)", offset: start)
    }
    position += 1
    return text
  }

  mutating func number() throws(TemplateError) -> Value {
    let start = position
    while let next = current, next.isNumber || next == "-" || next == "." { position += 1 }
    let text = String(characters[start..<position])
    if let whole = Int(text) { return .integer(whole) }
    if let number = Double(text) { return .number(number) }
    throw TemplateError(message: "\"\(text)\" is not a number", offset: start)
  }

  mutating func path() -> String {
    let start = position
    while let next = current, next.isPartOfWord { position += 1 }
    return String(characters[start..<position])
  }

  var current: Character? { position < characters.count ? characters[position] : nil }

  func starts(with text: String) -> Bool { current == "$" && characters[position...].starts(with: text) }

  mutating func skipBlanks() { while let next = current, next.isWhitespace { position += 1 } }

  mutating func expect(_ character: Character) throws(TemplateError) {
    guard current == character else {
      let found = current.map { "\"\($0)\"" } ?? "the end of the text"
      throw error("\"\(character)\" is expected here, not \(found)")
    }
    position += 1
  }

  func error(_ message: String) -> TemplateError { TemplateError(message: message, offset: position) }
}

extension Character {
  /// A letter or number of any script, or one of the signs in paths. ASCII characters are decided without
  /// Unicode's tables.
  fileprivate var isPartOfWord: Bool {
    guard let ascii = utf8.count == 1 ? asciiValue : nil else { return isLetter || isNumber }
    switch ascii {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      return true
    default: return false
    }
  }
}
