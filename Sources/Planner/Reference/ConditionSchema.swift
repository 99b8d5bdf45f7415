/// Writes conditions on the properties of one object as JSON Schema.
///
/// An expression may become anything, so that there are two schemas of each condition: of what is certainly
/// so, and of what may be.
struct ConditionSchema {
  let schema: Schema
  /// The object that the schemas are for.
  let place: [String]
  /// Assumptions about properties outside of the place: a schema of that place can't see them.
  var known: [Condition: Bool] = [:]

  /// Whether a condition must be true for certain, or may be: a value that is known only after apply may be
  /// anything.
  enum Certainty { case surely, maybe }

  /// The schema of objects for which the condition is (or, with `is: false`, is not) true. With `byDefault` a
  /// property that is left out counts as its default.
  func objects(
    where condition: Condition, is wanted: Bool = true, _ certainty: Certainty, byDefault: Bool = false
  ) -> Value {
    if let known = known[condition] { return .boolean(known == wanted) }
    switch condition {
    case .not(let inner): return objects(where: inner, is: !wanted, certainty, byDefault: byDefault)
    case .all(let parts), .any(let parts):
      let isAll = if case .all = condition { true } else { false }
      let schemas = parts.map { objects(where: $0, is: wanted, certainty, byDefault: byDefault) }
      return isAll == wanted ? .allOf(schemas) : .anyOf(schemas)
    case .holds(let path, let test):
      let standard = byDefault ? schema.property(at: path, in: place)?.defaultValue : nil
      // Whether the condition has the asked-for value when the property is left out.
      let isOptional = test.isMet(by: standard) == wanted
      let value = TestSchema(test: test, isOptional: isOptional)
      return nested(
        path.steps[...], in: members(at: path.startsAtResource ? [] : place),
        value.schema(is: wanted, certainty), isOptional: isOptional, some: wanted)
    }
  }

  /// The schema of a resource in which every object at the place fits another schema.
  func everywhere(_ inner: Value) -> Value {
    nested(place[...], in: schema.properties, inner, isOptional: true, some: false)
  }

  private func members(at place: [String]) -> [Property] {
    place.isEmpty
      ? schema.properties
      : schema.property(at: PropertyPath(place.joined(separator: ".")))?.shape.members ?? []
  }

  /// A schema of the value at the end of the path, as one of the object that the path starts in. Of the items
  /// and entries on the way, one must fit with `some`; else all must.
  private func nested(
    _ steps: ArraySlice<String>, in members: [Property], _ value: Value, isOptional: Bool, some: Bool
  ) -> Value {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    let shape = members.first { $0.name == step }?.shape ?? .document
    let isNeeded = rest.contains("*") ? some : !isOptional
    var inner: Value
    if rest.first == "*" {
      let item = nested(
        rest.dropFirst(), in: shape.members, value, isOptional: isOptional, some: some)
      inner = shape.repeated(item, some: some)
    } else {
      inner = nested(rest, in: shape.members, value, isOptional: isOptional, some: some)
      if isNeeded, !rest.isEmpty { inner = inner.setting("type", "object") }
    }
    let object: Value = ["properties": [step: inner]]
    return isNeeded ? object.setting("required", [.string(step)]) : object
  }
}

extension Shape {
  /// The schema of a list or map with one fitting item, or with only fitting items.
  fileprivate func repeated(_ item: Value, some: Bool) -> Value {
    switch self {
    case .map:
      some
        ? ["type": "object", "not": ["additionalProperties": ["not": item]]] : ["additionalProperties": item]
    default: some ? ["type": "array", "contains": item] : ["items": item]
    }
  }
}

extension Value {
  /// The object with one member more, or another one.
  func setting(_ key: String, _ value: Value) -> Value {
    .map((map ?? [:]).merging([key: value]) { $1 })
  }

  /// The schema of what fits all of them: `true` fits everything. Schemas about different properties are
  /// merged into one.
  static func allOf(_ schemas: [Value]) -> Value {
    if schemas.contains(false) { return false }
    var merged: [Value] = []
    for schema in schemas where schema != true {
      if let position = merged.firstIndex(where: { $0.joined(schema) != nil }),
        let joined = merged[position].joined(schema)
      {
        merged[position] = joined
      } else {
        merged.append(schema)
      }
    }
    return merged.isEmpty ? true : merged.count == 1 ? merged[0] : ["allOf": .list(merged)]
  }

  /// The schema of what fits one of them.
  static func anyOf(_ schemas: [Value]) -> Value {
    if schemas.contains(true) { return true }
    let possible = schemas.filter { $0 != false }
    return possible.isEmpty ? false : possible.count == 1 ? possible[0] : ["anyOf": .list(possible)]
  }

  /// Two schemas that say nothing but of different properties, as one; nil for others.
  private func joined(_ other: Value) -> Value? {
    guard let mine = map, let others = other.map,
      Set(mine.keys).union(others.keys).isSubset(of: ["properties", "required"]),
      let left = mine["properties"]?.map, let right = others["properties"]?.map,
      Set(left.keys).isDisjoint(with: right.keys)
    else { return nil }
    var joined: [String: Value] = ["properties": .map(left.merging(right) { first, _ in first })]
    let required = (mine["required"]?.list ?? []) + (others["required"]?.list ?? [])
    if !required.isEmpty { joined["required"] = .list(required) }
    return .map(joined)
  }
}
