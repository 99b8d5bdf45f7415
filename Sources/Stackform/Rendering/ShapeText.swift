import Planner

extension Shape {
  /// The shape in a few words: `integer, 0 to 900`, `list of text`.
  var words: String {
    switch self {
    case .boolean: return "boolean"
    case .integer(nil): return "integer"
    case .integer(let range?):
      if range.upperBound == .max { return "integer, \(range.lowerBound) or more" }
      return "integer, \(range.lowerBound) to \(range.upperBound)"
    case .integerChoice(let numbers): return "integer: \(numbers.map(String.init).joined(separator: ", "))"
    case .number: return "number"
    case .string(let rule): return rule.words
    case .choice(let words): return "one of \(words.joined(separator: ", "))"
    case .list(let shape): return "list of \(shape.words)"
    case .set(let shape): return "list of \(shape.words), in any order"
    case .map(let shape): return "map of \(shape.words)"
    case .object: return "object"
    case .path: return "path of a file or folder"
    case .document: return "document: any YAML or JSON"
    case .policy: return "policy document"
    case .either(let shapes): return shapes.map(\.words).joined(separator: ", or ")
    }
  }

  /// The members of the object that the shape is, or that its items are.
  var members: [Property] {
    switch self {
    case .object(let members): members
    case .list(let shape), .set(let shape), .map(let shape): shape.members
    case .either(let shapes): shapes.flatMap(\.members)
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .document, .policy: []
    }
  }
}

extension TextRule {
  fileprivate var words: String {
    var parts = ["text"]
    if let length { parts.append("\(length.lowerBound) to \(length.upperBound) characters") }
    if let says { parts.append(says) }
    return parts.joined(separator: ", ")
  }
}
