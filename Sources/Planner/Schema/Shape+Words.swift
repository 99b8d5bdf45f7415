extension Shape {
  /// The shape in words, as it follows "is": `a whole number from 0 to 43200`.
  package var words: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range): "a whole number" + (range.map { " \($0.words)" } ?? "")
    case .integerChoice(let numbers): "one of " + numbers.map(String.init).joined(separator: ", ")
    case .number: "a number"
    case .string(let rule): rule.words
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .list(let item): "a list of " + item.pluralWords
    case .set(let item): "a list without order of " + item.pluralWords
    case .map(let member): "a mapping of names to " + member.pluralWords
    case .object: "a mapping"
    case .path: "the path of a file or folder"
    case .document: "a JSON document (as YAML or text)"
    case .policy: "an IAM policy document"
    case .either(let shapes): shapes.map(\.words).joined(separator: ", or ")
    }
  }

  /// Several of them: `whole numbers`.
  fileprivate var pluralWords: String {
    switch self {
    case .boolean: "booleans"
    case .integer(let range): "whole numbers" + (range.map { " \($0.words)" } ?? "")
    case .number: "numbers"
    case .string(let rule): rule == .any ? "texts" : "texts, each \(rule.words)"
    case .object: "mappings"
    case .path: "paths"
    case .document: "JSON documents"
    case .policy: "IAM policy documents"
    case .integerChoice, .choice, .list, .set, .map, .either: "items, each \(words)"
    }
  }

  /// Whether a value of this shape may be known only after apply.
  var acceptsPending: Bool {
    switch self {
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .document, .policy: true
    case .path, .list, .set, .map, .object: false
    case .either(let shapes): shapes.contains(where: \.acceptsPending)
    }
  }

  /// Whether a node looks like an attempt at this shape.
  func isLike(_ node: YAMLNode) -> Bool {
    switch (self, node.content) {
    case (.list, .sequence), (.set, .sequence), (.map, .mapping), (.object, .mapping): true
    case (.boolean, .scalar), (.integer, .scalar), (.integerChoice, .scalar), (.number, .scalar),
      (.string, .scalar), (.choice, .scalar):
      false
    // For a text, "the path does not exist" helps more than "this is not a mapping".
    case (.path, .scalar): true
    case (.document, _), (.policy, .mapping), (.policy, .sequence): true
    case (.either(let shapes), _): shapes.contains { $0.isLike(node) }
    default: false
    }
  }
}

extension TextRule {
  /// The rule in words: `a text of 1 to 80 characters: letters, digits, - and _`.
  package var words: String {
    var words = "a text"
    if let says, says.hasPrefix("a ") || says.hasPrefix("an ") { return says }
    if let length {
      words +=
        length.lowerBound == 0
        ? " of at most \(length.upperBound) characters"
        : length.lowerBound == length.upperBound
          ? " of \(length.lowerBound) characters"
          : " of \(length.lowerBound) to \(length.upperBound) characters"
    }
    if let says { words += length == nil ? " of \(says)" : ": \(says)" }
    return words
  }
}

extension ClosedRange<Int> {
  /// `from 0 to 900`, `of at least 1`.
  var words: String {
    if upperBound == .max { return "of at least \(lowerBound)" }
    if lowerBound == .min { return "of at most \(upperBound)" }
    return "from \(lowerBound) to \(upperBound)"
  }
}
