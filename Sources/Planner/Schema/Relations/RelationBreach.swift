/// One way in which a resource breaks a relation, before ``RelationWords`` says it.
struct RelationBreach {
  enum Fact {
    /// Something is there without what it goes with, or needs.
    case without(Condition, Condition)
    /// Two are there that exclude each other.
    case both(Condition, Condition)
    case noneOf([Condition])
    case severalOf([Condition])
    /// So many items or entries.
    case count(Int)
    case twice(Value)
    /// A number, and the one that it is compared to.
    case compared(Int, Int)
    /// A name that no entry has, and those that there are.
    case unknown(String, known: [String])
  }

  /// From the resource down, as ``PropertyProblem/path``.
  let path: [String]
  let fact: Fact
}

extension RelationCheck {
  /// Everything that is wrong, in the order of the relations.
  func problems() -> [PropertyProblem] {
    schema.relations.flatMap { relation -> [PropertyProblem] in
      let words = RelationWords(schema: schema, relation: relation)
      return entries(at: relation.place).flatMap { breaches(of: relation.rule, in: $0) }.map(words.problem)
    }
  }

  private func breaches(of rule: Relation.Rule, in entry: Entry) -> [RelationBreach] {
    switch rule {
    case .goesWith(let subjects, let condition):
      return subjects.flatMap { without($0, [condition], entry) }
    case .needs(let subject, let needed): return without(subject, needed, entry)
    case .excludes(let subject, let others):
      let first = truth(subject, in: entry)
      guard first.holds == true else { return [] }
      return others.filter { truth($0, in: entry).holds == true }.map {
        RelationBreach(path: first.path ?? entry.path, fact: .both(subject, $0))
      }
    case .choice(let conditions, let range, let when): return choice(conditions, range, when, entry)
    case .count(let path, let range, _):
      return findings(path, in: entry).compactMap { found in
        guard let count = found.value?.list?.count ?? found.value?.map?.count, !range.contains(count) else {
          return nil
        }
        return RelationBreach(path: found.path, fact: .count(count))
      }
    case .distinct(let path): return duplicates(path, entry)
    case .compared(let path, let order, let other): return compared(path, order, other, entry)
    case .entry(let path, let map, let besides): return unknown(path, map, besides, entry)
    }
  }

  private func without(_ subject: Condition, _ needed: [Condition], _ entry: Entry) -> [RelationBreach] {
    let first = truth(subject, in: entry)
    guard first.holds == true else { return [] }
    return needed.filter { truth($0, in: entry, byDefault: true).holds == false }.map {
      RelationBreach(path: first.path ?? entry.path, fact: .without(subject, $0))
    }
  }

  private func choice(
    _ conditions: [Condition], _ range: ClosedRange<Int>, _ when: Condition?, _ entry: Entry
  ) -> [RelationBreach] {
    if let when, truth(when, in: entry).holds != true { return [] }
    let truths = conditions.map { ($0, truth($0, in: entry)) }
    let certain = truths.filter { $0.1.holds == true }
    if certain.count > range.upperBound {
      let path = certain[range.upperBound].1.path
      return [RelationBreach(path: path ?? entry.path, fact: .severalOf(certain.map(\.0)))]
    }
    guard truths.count(where: { $0.1.holds != false }) < range.lowerBound else { return [] }
    return [RelationBreach(path: entry.path, fact: .noneOf(conditions))]
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
