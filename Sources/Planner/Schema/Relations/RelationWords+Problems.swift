extension RelationWords {
  /// What is wrong: a title that many relations share, the relation as a sentence with the service's reason, and what to do.
  func problem(_ breach: RelationBreach) -> PropertyProblem {
    PropertyProblem(breach.path, title(breach.fact), because(detail(breach.fact)), fix: fix(breach.fact))
  }

  private func title(_ fact: RelationBreach.Fact) -> String {
    switch (fact, relation.rule) {
    case (.noneOf, _): "Missing property"
    case (.without(_, let missing), .needs) where missing.allSatisfy(\.isSetting): "Missing property"
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
    case (.without(let subject, let missing), .goesWith): sentence(of: .goesWith([subject], missing[0]))
    case (.without(let subject, let missing), _): sentence(of: .needs(subject, missing))
    case (.both(let subject, let other), _): sentence(of: .excludes([subject], other))
    case (.noneOf, _), (.severalOf, _): sentence(of: relation.rule)
    case (.count(let count), _): "\(sentence(of: relation.rule)) There are \(count)."
    case (.twice(let value), _):
      sentence(of: relation.rule) + (isSecret ? "" : " \"\(text(value))\" is there twice.")
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
    case (.without(let subject, let missing), .goesWith): advice(setting(missing[0]), removing(subject))
    case (.without(let subject, let missing), _): advice(setting(.all(missing)) ?? removing(subject))
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
}

extension Condition {
  /// It only asks for something to be set.
  fileprivate var isSetting: Bool { if case .holds(_, .isSet) = self { true } else { false } }
}
