/// Says what a relation asks for, and what is wrong where one is broken: the one place for these sentences.
package struct RelationWords {
  let schema: Schema
  let relation: Relation
  /// What names and values are set in, as a backtick in Markdown.
  let mark: String

  package init(schema: Schema, relation: Relation, mark: String = "") {
    self.schema = schema
    self.relation = relation
    self.mark = mark
  }

  /// Where the relation holds, as `routes`; empty for the resource itself.
  package var place: String { relation.place.filter { $0 != "*" }.joined(separator: ".") }

  /// The relation as a sentence, with the service's reason: `fifoThroughputLimit goes only with fifoQueue: true.`
  package var sentence: String { because(sentence(of: relation.rule)) }

  func because(_ sentence: String) -> String {
    relation.because.map { "\(sentence) \($0)" } ?? sentence
  }

  func sentence(of rule: Relation.Rule) -> String {
    switch rule {
    case .goesWith(let subjects, let condition):
      "\(list(subjects.map(phrase), "and").capitalised) \(subjects.count > 1 ? "go" : "goes") only with \(phrase(condition))."
    case .needs(.not(.holds(let path, .isSet)), let needed):
      "Without \(name(path)), \(list(needed.map(phrase), "and")) \(needed.count > 1 ? "are" : "is") needed."
    case .needs(let subject, let needed):
      "\(phrase(subject).capitalised) needs \(list(needed.map(phrase), "and"))."
    case .excludes(let subject, let others):
      "\(phrase(subject).capitalised) does not go with \(list(others.map(phrase), "or"))."
    case .choice(let conditions, let range, let when):
      "\(quantity(range)) of \(list(conditions.map(phrase), "and")) is needed\(with(when))."
    case .count(let path, let range, let what):
      path.last == what
        ? "\(amount(range).capitalised) \(what)." : "\(name(path)) takes \(amount(range)) \(what)."
    case .distinct(let path): "No two entries of \(name(path.parent)) have the same \(quoted(path.last))."
    case .compared(let path, let order, let other):
      "\(name(path)) must be \(order.rawValue) \(name(other))."
    case .entry(let path, let map, let besides):
      "\(name(path)) is a name of \(name(map))"
        + (besides.isEmpty ? "" : ", or \(list(besides.map(quoted), "or"))") + "."
    }
  }

  private func quantity(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == 0 ? "At most one" : range.upperBound == 1 ? "Exactly one" : "At least one"
  }

  /// `at most 5`, `1 to 10`, `exactly 1`.
  func amount(_ range: ClosedRange<Int>) -> String {
    if range.lowerBound == range.upperBound { return "exactly \(range.lowerBound)" }
    if range.upperBound == .max { return "at least \(range.lowerBound)" }
    return range.lowerBound == 0
      ? "at most \(range.upperBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  /// ` with metricName`, as the end of a sentence.
  private func with(_ when: Condition?) -> String {
    switch when {
    case nil: ""
    case .not(.holds(let path, .isSet)): " without \(name(path))"
    case .some(let condition): " with \(phrase(condition))"
    }
  }

  // MARK: Conditions

  /// A condition as a noun: `fifoQueue: true`, `a queue as source`.
  func phrase(_ condition: Condition) -> String {
    switch condition {
    case .holds(let path, .isSet): name(path)
    case .holds(let path, .isOneOf(let values)):
      quoted("\(path): \(values.first.map(text) ?? "")")
        + values.dropFirst().map { " or \(quoted(text($0)))" }.joined()
    case .holds(let path, .isWithin(let range)): "\(name(path)) \(range.words)"
    case .holds(let path, .endsWith(let suffix)): "a \(name(path)) that ends in \(suffix)"
    case .holds(let path, .isARN(let owners)): "\(list(owners.map(\.says), "or")) as \(name(path))"
    case .not(.holds(let path, .isSet)): "no \(name(path))"
    case .not(.holds(let path, .isOneOf(let values))):
      "\(name(path)) other than \(list(values.map { quoted(text($0)) }, "or"))"
    case .not(let condition): "anything but \(phrase(condition))"
    case .all(let conditions): list(conditions.map(phrase), "with", between: " with ")
    case .any(let conditions): list(conditions.map(phrase), "or")
    }
  }

  func name(_ path: PropertyPath) -> String { quoted(path.description) }
  private func quoted(_ text: String) -> String { mark + text + mark }
  func text(_ value: Value) -> String { value.string ?? value.json }

  /// `a, b and c`.
  func list(_ words: [String], _ conjunction: String, between comma: String = ", ") -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: comma) + " \(conjunction) \(last)"
  }
}

extension PropertyPath {
  /// The list or map that the values are in: `metrics` of `metrics.*.id`.
  fileprivate var parent: PropertyPath { PropertyPath(steps.dropLast().joined(separator: ".")) }
}

extension String {
  /// The sentence with a capital, unless a name begins it, which keeps its spelling.
  fileprivate var capitalised: String {
    let articles = ["a ", "an ", "at ", "exactly ", "no ", "anything "]
    return articles.contains { hasPrefix($0) } ? prefix(1).uppercased() + dropFirst() : self
  }
}
