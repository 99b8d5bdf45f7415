extension RelationWords {
  /// What is wrong: a title that many relations share, the relation as a sentence with the service's reason, and what to do.
  func problem(_ breach: RelationBreach) -> PropertyProblem {
    PropertyProblem(breach.path, title(breach.fact), because(detail(breach.fact)), fix: fix(breach.fact))
  }

  private func title(_ fact: RelationBreach.Fact) -> String {
    switch (fact, relation.rule) {
    case (.noneOf, _), (.without(_, .holds(_, .isSet)), .needs): "Missing property"
    case (.without, _), (.both, _), (.severalOf, _): "Options that don't go together"
    case (.count(let count), .count(_, let range, let what)):
      "Too \(count > range.upperBound ? "many" : "few") \(what)"
    case (.count, _): "Wrong number"
    case (.twice, _): "Duplicate \(relation.paths.first?.last ?? "")"
    case (.compared, _): "Out of range"
    case (.unknown, _): "Unknown name"
    }
  }

  private func detail(_ fact: RelationBreach.Fact) -> String {
    switch (fact, relation.rule) {
    case (.without(let subject, let needed), .goesWith): sentence(of: .goesWith([subject], needed))
    case (.without(let subject, let needed), _): sentence(of: .needs(subject, [needed]))
    case (.both(let subject, let other), _): sentence(of: .excludes([subject], other))
    case (.noneOf, _), (.severalOf, _): sentence(of: relation.rule)
    case (.count(let count), _): "\(sentence(of: relation.rule)) There are \(count)."
    case (.twice(let value), _): sentence(of: relation.rule) + (isSecret ? "" : " Two are \(text(value)).")
    case (.compared(let number, let bound), _):
      "\(sentence(of: relation.rule)) They are \(number) and \(bound)."
    case (.unknown(let name, _), _): "\(sentence(of: relation.rule)) \"\(name)\" is not."
    }
  }

  private var isSecret: Bool {
    relation.paths.contains { schema.property(at: $0, in: relation.place)?.isSecret == true }
  }

  private func fix(_ fact: RelationBreach.Fact) -> String? {
    switch (fact, relation.rule) {
    case (.without(let subject, let needed), .goesWith): advice(setting(needed), removing(subject))
    case (.without(let subject, let needed), _): advice(setting(needed) ?? removing(subject))
    case (.both(let subject, let other), _): advice(removing(subject), removing(other))
    case (.noneOf(let conditions), _): "Set \(list(conditions.map(phrase), "or"))."
    case (.severalOf(let conditions), _): "Keep one of \(list(conditions.map(phrase), "and"))."
    case (.twice, _): "Give each another one."
    case (.count, _), (.compared, _): nil
    case (.unknown(let name, let known), .entry(_, let map, _)):
      suggestion(for: name, among: known).map { "Did you mean \"\($0)\"?" }
        ?? (known.isEmpty
          ? "Add it to \(self.name(map))." : "There are: \(known.joined(separator: ", ")).")
    case (.unknown, _): nil
    }
  }

  /// `Set a, or take b out.`
  private func advice(_ steps: String?...) -> String? {
    let steps = steps.compactMap(\.self)
    guard let first = steps.first else { return nil }
    let all = ([first.prefix(1).uppercased() + first.dropFirst()] + steps.dropFirst())
    return all.joined(separator: ", or ") + "."
  }

  /// How to make a condition true; nil when no change of this resource's settings does.
  private func setting(_ condition: Condition) -> String? {
    switch condition {
    case .holds(let path, .isSet): "set \(name(path))" + choices(of: path)
    case .holds(let path, .isOneOf(let values)):
      values.count == 1
        ? "set \(phrase(condition))" : "set \(name(path)) to \(list(values.map(text), "or"))"
    case .holds(let path, .isWithin(let range)):
      "set \(name(path)) to "
        + (range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.upperBound) or less")
    case .holds(_, .endsWith), .holds(_, .isARN): nil
    case .not(let condition): removing(condition)
    case .all(let conditions): conditions.lazy.compactMap(setting).first
    case .any(let conditions):
      conditions.contains { setting($0) == nil } ? nil : "set \(list(conditions.map(phrase), "or"))"
    }
  }

  /// How to make a condition false.
  private func removing(_ condition: Condition) -> String? {
    switch condition {
    case .holds(_, .endsWith), .holds(_, .isARN): nil
    case .holds(let path, _):
      schema.property(at: path, in: relation.place)?.isRequired == true
        ? "set another \(name(path))" : "take \(name(path)) out"
    case .not(let condition): setting(condition)
    case .all(let conditions), .any(let conditions): conditions.lazy.compactMap(removing).first
    }
  }

  /// The words that a property takes, where there are few.
  private func choices(of path: PropertyPath) -> String {
    guard case .choice(let words) = schema.property(at: path, in: relation.place)?.shape, words.count < 5
    else {
      return ""
    }
    return ": \(list(words, "or"))"
  }
}
