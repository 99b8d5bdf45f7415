extension RelationCheck {
  /// Everything that is wrong, in the order of the relations.
  ///
  /// A property that should not be there at all needs nothing else: its needs are left out.
  func problems() -> [PropertyProblem] {
    let found = schema.relations.map { relation in
      (relation, entries(at: relation.place).flatMap { breaches(of: relation.rule, in: $0) })
    }
    let misplaced = Set(found.filter { $0.0.rule.forbids }.flatMap { $0.1.map(\.path) })
    return found.filter { !$0.1.isEmpty }.flatMap { relation, breaches in
      let words = RelationWords(schema: schema, relation: relation)
      return breaches.filter { relation.rule.forbids || !misplaced.contains($0.subject) }.map(words.problem)
    }
  }

  private func breaches(of rule: Relation.Rule, in entry: Entry) -> [RelationBreach] {
    switch rule {
    case .goesWith(let subjects, let condition): subjects.flatMap { without($0, [condition], entry) }
    case .needs(let subject, let needed): without(subject, needed, entry)
    case .excludes(let subjects, let other): both(subjects, other, entry)
    case .choice(let conditions, let range, let when): choice(conditions, range, when, entry)
    case .count(let path, let range, _): counts(path, range, entry)
    case .distinct(let path): duplicates(path, entry)
    case .compared(let path, let order, let other): compared(path, order, other, entry)
    case .entry(let path, let map, let besides): unknown(path, map, besides, entry)
    }
  }

  private func both(_ subjects: [Condition], _ other: Condition, _ entry: Entry) -> [RelationBreach] {
    guard truth(other, in: entry).holds == true else { return [] }
    return subjects.compactMap { subject in
      let first = truth(subject, in: entry)
      guard first.holds == true else { return nil }
      let fact = RelationBreach.Fact.both(evidence(of: subject, in: entry), evidence(of: other, in: entry))
      return RelationBreach(path: first.path ?? entry.path, fact: fact)
    }
  }

  private func counts(
    _ path: PropertyPath, _ range: ClosedRange<Int>, _ entry: Entry
  ) -> [RelationBreach] {
    if let star = path.steps.firstIndex(of: "*") {
      let count = findings(path, in: entry).count { $0.value?.isEmpty == false }
      let place = (path.startsAtResource ? [] : entry.path) + path.steps[..<star]
      return range.contains(count) ? [] : [RelationBreach(path: place, fact: .count(count))]
    }
    return findings(path, in: entry).compactMap { found in
      let count = found.value?.list?.count ?? found.value?.map?.count
      guard let count, !range.contains(count) else { return nil }
      return RelationBreach(path: found.path, fact: .count(count))
    }
  }

  private func without(_ subject: Condition, _ needed: [Condition], _ entry: Entry) -> [RelationBreach] {
    let first = truth(subject, in: entry)
    guard first.holds == true else { return [] }
    let missing = needed.filter { truth($0, in: entry, byDefault: true).holds == false }
    if missing.isEmpty { return [] }
    return [
      RelationBreach(
        path: first.path ?? entry.path, fact: .without(evidence(of: subject, in: entry), missing))
    ]
  }

  private func choice(
    _ conditions: [Condition], _ range: ClosedRange<Int>, _ when: Condition?, _ entry: Entry
  ) -> [RelationBreach] {
    let cause = when.map { truth($0, in: entry) }
    if let cause, cause.holds != true { return [] }
    let truths = conditions.map { ($0, truth($0, in: entry)) }
    let certain = truths.filter { $0.1.holds == true }
    if certain.count > range.upperBound {
      let path = certain[range.upperBound].1.path
      return [
        RelationBreach(path: path ?? entry.path, fact: .severalOf(certain.map(\.0)), cause: cause?.path)
      ]
    }
    guard truths.count(where: { $0.1.holds != false }) < range.lowerBound else { return [] }
    return [RelationBreach(path: entry.path, fact: .noneOf(conditions), cause: cause?.path)]
  }

  private func duplicates(_ path: PropertyPath, _ entry: Entry) -> [RelationBreach] {
    var seen: Set<Value> = []
    let standard = schema.property(at: path, in: entry.place)?.defaultValue
    return findings(path, in: entry).compactMap { found in
      let value = found.isLeftOpen ? standard : found.value
      guard let value, !value.isPending, !seen.insert(value).inserted else { return nil }
      return RelationBreach(path: found.path, fact: .twice(value))
    }
  }

  private func compared(
    _ path: PropertyPath, _ order: Relation.Order, _ other: PropertyPath, _ entry: Entry
  ) -> [RelationBreach] {
    let standard = schema.property(at: other, in: entry.place)?.defaultValue
    let bounds = findings(other, in: entry).compactMap { ($0.isLeftOpen ? standard : $0.value)?.integer }
    return findings(path, in: entry).compactMap { found in
      guard let number = found.value?.integer else { return nil }
      let broken = bounds.filter { bound in
        switch order {
        case .atMost: number > bound
        case .atLeast: number < bound
        case .moreThan: number <= bound
        }
      }
      let worst = order == .atMost ? broken.min() : broken.max()
      return worst.map { RelationBreach(path: found.path, fact: .compared(number, $0)) }
    }
  }

  private func unknown(
    _ path: PropertyPath, _ map: PropertyPath, _ besides: [String], _ entry: Entry
  ) -> [RelationBreach] {
    let maps = findings(map, in: entry).compactMap(\.value)
    guard maps.allSatisfy({ $0.map != nil || $0.isNull }) else { return [] }
    let known = maps.flatMap { ($0.map ?? [:]).keys }.sorted() + besides
    return findings(path, in: entry).compactMap { found in
      guard let name = found.value?.string, !known.contains(name) else { return nil }
      return RelationBreach(path: found.path, fact: .unknown(name, known: known))
    }
  }
}
