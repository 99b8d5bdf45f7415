/// Finds the relations of a kind that a resource breaks.
struct RelationCheck {
  let resource: Resource
  let schema: Schema

  /// An object that a relation is about: the resource itself, or one inside of it.
  struct Entry {
    let path: [String]
    /// The path with stars: the place of the relation.
    let place: [String]
    let value: Value
  }

  /// A value on a path of a relation.
  struct Finding {
    let path: [String]
    /// nil when there is none; the pending value when it, or what surrounds it, is known only after apply.
    let value: Value?
    /// It is inside of something that is known only after apply, so that there may be none.
    var isInsidePending = false

    var isLeftOpen: Bool { value?.isNull ?? true }
  }

  /// Whether a condition is true; nil when that is known only after apply.
  struct Truth {
    var holds: Bool?
    /// The place of the value that makes it true; nil for an absence, or a default.
    var path: [String]?
  }

  private var root: Entry { Entry(path: [], place: [], value: .map(resource.properties)) }

  /// The objects at the place of a relation. Null, pending and empty values are not set; an empty entry of a
  /// list or map is.
  func entries(at place: [String]) -> [Entry] {
    if place.isEmpty { return [root] }
    return Self.find(place[...], in: root.value, at: []).compactMap { found in
      guard let value = found.value, value.map != nil, place.last == "*" || !value.isEmpty else { return nil }
      return Entry(path: found.path, place: place, value: value)
    }
  }

  /// The values at the path, seen from one entry of the relation's place.
  func findings(_ path: PropertyPath, in entry: Entry) -> [Finding] {
    let start = path.startsAtResource ? root : entry
    return Self.find(path.steps[...], in: start.value, at: start.path)
  }

  private static func find(_ steps: ArraySlice<String>, in value: Value?, at path: [String]) -> [Finding] {
    guard let step = steps.first else { return [Finding(path: path, value: value)] }
    if case .pending = value { return [Finding(path: path, value: value, isInsidePending: true)] }
    let rest = steps.dropFirst()
    guard step == "*" else { return find(rest, in: value?[step], at: path + [step]) }
    switch value {
    case .list(let items):
      return items.enumerated().flatMap { find(rest, in: $1, at: path + [String($0)]) }
    case .map(let members):
      return members.sorted { $0.key < $1.key }.flatMap { find(rest, in: $1, at: path + [$0]) }
    default: return []
    }
  }

  // MARK: Conditions

  /// Whether the condition is true of an entry.
  ///
  /// With `byDefault` a property that is not set counts as its default. This holds for what a relation
  /// requires; what it forbids is wrong only if the file says it.
  func truth(_ condition: Condition, in entry: Entry, byDefault: Bool = false) -> Truth {
    switch condition {
    case .holds(let path, let test):
      let truths = findings(path, in: entry).map { found in
        let value = byDefault && found.isLeftOpen ? standard(path, entry) : found.value
        return Truth(holds: holds(test, value, found), path: found.value == nil ? nil : found.path)
      }
      return any(truths)
    case .not(let condition):
      return Truth(holds: truth(condition, in: entry, byDefault: byDefault).holds.map(!))
    case .any(let conditions): return any(conditions.map { truth($0, in: entry, byDefault: byDefault) })
    case .all(let conditions):
      let truths = conditions.map { truth($0, in: entry, byDefault: byDefault) }
      if truths.contains(where: { $0.holds == false }) { return Truth(holds: false) }
      let path = truths.lazy.compactMap(\.path).first
      return Truth(holds: truths.contains { $0.holds == nil } ? nil : true, path: path)
    }
  }

  /// The part of a condition that makes it true: the one value, of several, that is set.
  func evidence(of condition: Condition, in entry: Entry) -> Condition {
    switch condition {
    case .holds(let path, let test):
      let values = findings(path, in: entry).compactMap(\.value)
      switch test {
      case .isOneOf(let choices): return .holds(path, .isOneOf(choices.filter(values.contains)))
      case .isARN(let owners):
        let own = owners.filter { owner in
          values.contains { holds(.isARN([owner]), $0, Finding(path: [], value: $0)) == true }
        }
        return .holds(path, .isARN(own))
      case .isSet, .isWithin, .endsWith: return condition
      }
    case .any(let conditions):
      let part = conditions.first { truth($0, in: entry).holds == true }
      return part.map { evidence(of: $0, in: entry) } ?? condition
    case .all(let conditions): return .all(conditions.map { evidence(of: $0, in: entry) })
    case .not: return condition
    }
  }

  private func any(_ truths: [Truth]) -> Truth {
    truths.first { $0.holds == true } ?? truths.first { $0.holds == nil } ?? Truth(holds: false)
  }

  private func standard(_ path: PropertyPath, _ entry: Entry) -> Value? {
    schema.property(at: path, in: entry.place)?.defaultValue
  }
}
