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

  /// The sentence, followed by the service's reason if there is one.
  func because(_ sentence: String) -> String {
    relation.because.map { "\(sentence) \($0)" } ?? sentence
  }

  /// What the rule requires, as a sentence.
  func sentence(of rule: Relation.Rule) -> String {
    switch rule {
    case .goesWith(let subjects, let condition):
      "\(names(subjects)) \(subjects.count > 1 ? "go" : "goes") only with \(phrase(condition))."
    case .needs(.not(.holds(let path, .isSet)), let needed):
      "Without \(name(path)), \(list(needed.map(phrase), "and")) \(needed.count > 1 ? "are" : "is") needed."
    case .needs(let subject, let needed): "\(names([subject])) needs \(list(needed.map(phrase), "and"))."
    case .excludes(let subjects, let other):
      "\(names(subjects)) \(subjects.count > 1 ? "do" : "does") not go with \(phrase(other))."
    case .choice(let conditions, let range, let when):
      "\(quantity(range, of: conditions)) \(range.lowerBound == 0 ? "can be set" : "is needed")\(with(when))."
    case .count(let path, let range, let what):
      path.last == what
        ? "\(amount(range, what).capitalised) \(range.upperBound == .max ? "must" : "can") be here."
        : "\(name(path)) takes \(amount(range, what))."
    case .distinct(let path):
      path.steps.last == "*"
        ? "No two of \(name(path)) are the same."
        : "No two entries of \(name(path.parent)) have the same \(quoted(path.last))."
    case .compared(let path, let order, let other): "\(name(path)) must be \(order.rawValue) \(name(other))."
    case .entry(let path, let map, let besides):
      "\(name(path)) is a name in \(name(map))"
        + (besides.isEmpty ? "" : ", or \(list(besides.map(quoted), "or"))") + "."
    }
  }

  private func article(of name: String) -> String {
    name.first.map("aeiou".contains) == true ? "an" : "a"
  }

  /// What a sentence begins with. A name keeps its spelling there.
  private func names(_ conditions: [Condition]) -> String {
    let words = list(conditions.map(phrase), "and")
    return switch conditions.first {
    case .holds(_, .endsWith), .holds(_, .isARN): words.capitalised
    default: words
    }
  }

  private func quantity(_ range: ClosedRange<Int>, of conditions: [Condition]) -> String {
    let words = list(conditions.map(phrase), "and")
    if conditions.count == 1 { return words }
    return (range.lowerBound == 0 ? "At most" : range.upperBound == 1 ? "Exactly" : "At least")
      + " one of \(words)"
  }

  /// `at most 5 layers`, `1 to 10 rules`, `exactly 1 attribute`.
  private func amount(_ range: ClosedRange<Int>, _ what: String) -> String {
    let last = range.upperBound == .max ? range.lowerBound : range.upperBound
    let noun = last == 1 && what.hasSuffix("s") ? String(what.dropLast()) : what
    if range.lowerBound == range.upperBound { return "exactly \(last) \(noun)" }
    if range.upperBound == .max { return "at least \(last) \(noun)" }
    return range.lowerBound == 0 ? "at most \(last) \(noun)" : "\(range.lowerBound) to \(last) \(noun)"
  }

  /// ` with metricName`, as a sentence goes on.
  private func with(_ when: Condition?) -> String {
    switch when {
    case nil: ""
    case .not(.holds(_, .isOneOf)), .not(.holds(_, .endsWith)): " with \(when.map(phrase) ?? "")"
    case .not(let condition): " without \(phrase(condition))"
    case .some(let condition): " with \(phrase(condition))"
    }
  }

  // MARK: Conditions

  /// A condition as a noun: `fifoQueue: true`, `a queue as source`.
  func phrase(_ condition: Condition) -> String {
    switch condition {
    case .holds(let path, .isSet): name(path)
    case .holds(let path, .isOneOf(let values)):
      owner(path)
        + list(
          [quoted("\(path): \(values.first.map(text) ?? "")")] + values.dropFirst().map { quoted(text($0)) },
          "or")
    case .holds(let path, .isWithin(let range)): "\(name(path)) \(range.words)"
    case .holds(let path, .endsWith(let suffix)):
      "\(article(of: path.last)) \(name(path)) that ends in \(suffix)"
    case .holds(let path, .isARN(let owners)): "\(list(owners.map(\.says), "or")) as \(name(path))"
    case .not(.holds(let path, .isSet)): "no \(name(path))"
    case .not(.holds(let path, .endsWith(let suffix))): "a \(name(path)) that does not end in \(suffix)"
    case .not(.holds(let path, .isOneOf(let values))):
      "\(name(path)) other than \(list(values.map { quoted(text($0)) }, "or"))"
    case .not(let condition): "anything but \(phrase(condition))"
    case .all(let conditions):
      (conditions.first.map(phrase) ?? "") + conditions.dropFirst().map { with($0) }.joined()
    case .any(let conditions): list(conditions.map(phrase), "or")
    }
  }

  /// A property's path, as a sentence has it.
  func name(_ path: PropertyPath) -> String { owner(path) + quoted(path.description) }

  /// `the table's ` before a property that is not in the place of the relation.
  private func owner(_ path: PropertyPath) -> String {
    path.startsAtResource && !relation.place.isEmpty ? "the \(schema.kind)'s " : ""
  }

  private func quoted(_ text: String) -> String { mark + text + mark }
  /// A value, as a sentence has it.
  func text(_ value: Value) -> String { value.string ?? value.json }

  /// `a, b and c`.
  func list(_ words: [String], _ conjunction: String) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }
}

extension PropertyPath {
  /// The list or map that the values are in: `metrics` of `metrics.*.id`.
  fileprivate var parent: PropertyPath { PropertyPath(steps.dropLast().joined(separator: ".")) }
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
