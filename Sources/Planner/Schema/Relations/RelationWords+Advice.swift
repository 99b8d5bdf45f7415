extension RelationWords {
  /// What to do with one property or several.
  enum Step {
    /// `set key`, `set kind: fifo`.
    case set(String)
    case takeOut(String)
  }

  /// One step or the other as a sentence: `Set a, or take b out.`; nil when there is none.
  func advice(_ steps: Step?...) -> String? {
    let steps = steps.compactMap(\.self)
    if case .takeOut(let one) = steps.first, case .takeOut(let other) = steps.last, steps.count == 2 {
      return "Take \(one) or \(other) out."
    }
    let words = steps.map { step in
      switch step {
      case .set(let setting): "set \(setting)"
      case .takeOut(let name): "take \(name) out"
      }
    }.joined(separator: ", or ")
    return words.isEmpty ? nil : words.prefix(1).uppercased() + words.dropFirst() + "."
  }

  /// How to make a condition true; nil when no setting of this resource does.
  func setting(_ condition: Condition) -> Step? {
    switch condition {
    case .holds(let path, .isSet): .set(name(path) + choices(of: path))
    case .holds(let path, .isOneOf(let values)):
      .set(values.count == 1 ? phrase(condition) : "\(name(path)) to \(list(values.map(text), "or"))")
    case .holds(let path, .isWithin(let range)): .set("\(name(path)) to \(limit(range))")
    case .holds(_, .endsWith), .holds(_, .isARN): nil
    case .not(let condition): removing(condition)
    case .all(let conditions): joined(conditions.compactMap(setting))
    case .any(let conditions):
      conditions.allSatisfy { setting($0) != nil } ? .set(list(conditions.map(phrase), "or")) : nil
    }
  }

  /// How to make a condition false.
  func removing(_ condition: Condition) -> Step? {
    switch condition {
    case .holds(_, .endsWith), .holds(_, .isARN): nil
    case .holds(let path, .isWithin(let range)):
      .set(
        "\(name(path)) to "
          + limit(range.upperBound == .max ? .min...range.lowerBound - 1 : range.upperBound + 1 ... .max))
    case .holds(let path, .isSet), .holds(let path, .isOneOf):
      schema.property(at: path, in: relation.place)?.isRequired == true
        ? .set("another \(name(path))") : .takeOut(name(path))
    case .not(let condition): setting(condition)
    case .all(let conditions), .any(let conditions): conditions.lazy.compactMap(removing).first
    }
  }

  /// All of the steps in one where they are alike, else the first.
  private func joined(_ steps: [Step]) -> Step? {
    let settings = steps.compactMap { if case .set(let setting) = $0 { setting } else { nil } }
    return settings.count == steps.count && !steps.isEmpty ? .set(list(settings, "and")) : steps.first
  }

  /// `6 or more`, `5 or less`.
  private func limit(_ range: ClosedRange<Int>) -> String {
    range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.upperBound) or less"
  }

  /// The words that a property takes, where there are few.
  private func choices(of path: PropertyPath) -> String {
    guard case .choice(let words) = schema.property(at: path, in: relation.place)?.shape, words.count < 5
    else { return "" }
    return ": \(list(words, "or"))"
  }
}
