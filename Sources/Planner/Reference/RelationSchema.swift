/// Writes a kind's relations as JSON Schema, so that editors report broken ones while the user types.
///
/// JSON Schema can't compare two values of a file. So `distinct`, `compared` and `entry` are left to
/// `stackform validate`, and so is the number of set values of a path with a `*`.
struct RelationSchema {
  let schema: Schema

  /// What an object at the place must fit besides its shape.
  func constraints(at place: [String]) -> [Value] {
    let writer = ConditionSchema(schema: schema, place: place)
    let own = schema.relations.filter { $0.place == place && outer($0).isEmpty }
      .flatMap { constraints($0.rule, writer) }
    return place.isEmpty ? own + outerConstraints() : own
  }

  /// The bounds of the list or map at the path, as keywords.
  func bounds(at path: [String]) -> [String: Value] {
    var keywords: [String: Value] = [:]
    for relation in schema.relations {
      guard case .count(let counted, let range, _) = relation.rule, !counted.steps.contains("*"),
        relation.place + counted.steps == path
      else { continue }
      for (key, isList) in [("Items", true), ("Properties", false)]
      where schema.property(at: counted, in: relation.place)?.shape.isList == isList {
        if range.lowerBound > 0 { keywords["min" + key] = .integer(range.lowerBound) }
        if range.upperBound < .max { keywords["max" + key] = .integer(range.upperBound) }
      }
    }
    return keywords
  }

  private func constraints(_ rule: Relation.Rule, _ writer: ConditionSchema) -> [Value] {
    switch rule {
    case .goesWith(let subjects, let condition):
      implication(
        writer.objects(where: condition, is: false, .surely, byDefault: true),
        .allOf(subjects.map { writer.objects(where: $0, is: false, .maybe) }))
    case .needs(let subject, let needed):
      implication(
        writer.objects(where: subject, .surely),
        .allOf(needed.map { writer.objects(where: $0, .maybe, byDefault: true) }))
    case .excludes(let subjects, let other):
      implication(
        writer.objects(where: other, .surely),
        .allOf(subjects.map { writer.objects(where: $0, is: false, .maybe) }))
    case .choice(let conditions, let range, let when):
      implication(
        when.map { writer.objects(where: $0, .surely) } ?? true, .allOf(choice(conditions, range, writer)))
    case .count, .distinct, .compared, .entry: []
    }
  }

  private func implication(_ condition: Value, _ consequence: Value) -> [Value] {
    if consequence == true || condition == false { return [] }
    return [condition == true ? consequence : ["if": condition, "then": consequence]]
  }

  private func choice(
    _ conditions: [Condition], _ range: ClosedRange<Int>, _ writer: ConditionSchema
  ) -> [Value] {
    var schemas: [Value] = []
    if range.lowerBound > 0 {
      // An object without members counts as absent, unless it is an item or entry.
      let nothing: [Value] = writer.place.isEmpty || writer.place.last == "*" ? [] : [["maxProperties": 0]]
      schemas.append(.anyOf(conditions.map { writer.objects(where: $0, .maybe) } + nothing))
    }
    guard range.upperBound == 1 else { return schemas }
    for (position, condition) in conditions.enumerated().dropLast() {
      schemas += implication(
        writer.objects(where: condition, .surely),
        .allOf(conditions[(position + 1)...].map { writer.objects(where: $0, is: false, .maybe) }))
    }
    return schemas
  }

  // MARK: Properties outside of the place

  /// The conditions of a relation on properties of the resource, and whether a default counts for each.
  private func outer(_ relation: Relation) -> [(condition: Condition, byDefault: Bool)] {
    guard !relation.place.isEmpty else { return [] }
    return switch relation.rule {
    case .goesWith(let subjects, let condition):
      subjects.flatMap(\.outer).map { ($0, false) } + condition.outer.map { ($0, true) }
    case .excludes(let subjects, let other): (subjects + [other]).flatMap(\.outer).map { ($0, false) }
    case .needs(let subject, let needed):
      subject.outer.map { ($0, false) } + needed.flatMap(\.outer).map { ($0, true) }
    case .choice(let conditions, _, let when):
      (conditions + (when.map { [$0] } ?? [])).flatMap(\.outer).map { ($0, false) }
    case .count, .distinct, .compared, .entry: []
    }
  }

  /// A schema of the resource for each way in which the outer conditions can be: If the condition holds, the
  /// value at the place must fit.
  private func outerConstraints() -> [Value] {
    var cases: [Value] = []
    var consequences: [Value: [Value]] = [:]
    for relation in schema.relations {
      let outer = outer(relation)
      for truths in Self.truths(outer.count) where !outer.isEmpty {
        var writer = ConditionSchema(schema: schema, place: relation.place)
        for (part, truth) in zip(outer, truths) { writer.known[part.condition] = truth }
        let inner = constraints(relation.rule, writer)
        guard !inner.isEmpty else { continue }
        let root = ConditionSchema(schema: schema, place: [])
        let condition = Value.allOf(
          zip(outer, truths).map {
            root.objects(where: $0.condition, is: $1, .surely, byDefault: $0.byDefault)
          })
        if consequences[condition] == nil { cases.append(condition) }
        consequences[condition, default: []].append(writer.everywhere(.allOf(inner)))
      }
    }
    return cases.flatMap { implication($0, .allOf(consequences[$0] ?? [])) }
  }

  private static func truths(_ count: Int) -> [[Bool]] {
    count == 0 ? [[]] : truths(count - 1).flatMap { [$0 + [true], $0 + [false]] }
  }
}

extension Condition {
  /// The conditions on properties of the resource itself that it is made of.
  fileprivate var outer: [Condition] {
    switch self {
    case .holds(let path, _): path.startsAtResource ? [self] : []
    case .not(let condition): condition.outer
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.outer)
    }
  }
}

extension Shape {
  /// nil for what is neither a list nor a map.
  fileprivate var isList: Bool? {
    switch self {
    case .list, .set: true
    case .map: false
    default: nil
    }
  }
}
