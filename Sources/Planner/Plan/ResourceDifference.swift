/// How one live resource differs from the wanted one, property by property, with the cause of each difference.
struct ResourceDifference {
  private(set) var properties: [PropertyChange] = []
  /// Set properties that stay as they are.
  private(set) var unchangedCount = 0
  /// The wanted resource, in which properties that are no longer declared have their default, or null.
  private(set) var wanted: Resource

  private let schema: Schema
  private let record: Ledger.Record?
  private let fingerprint: Fingerprinter

  init(
    live: LiveResource, wanted: Resource, schema: Schema, record: Ledger.Record?, fingerprint: Fingerprinter
  ) {
    self.wanted = wanted
    self.schema = schema
    self.record = record
    self.fingerprint = fingerprint
    for property in schema.properties where !property.isLocal {
      compare(property, live: live.properties[property.name], isUntold: live.untold.contains(property.name))
    }
    dropContradictingResets()
    compareName(live)
  }

  /// A property that is no longer declared goes back to its default, unless that would contradict what is declared: then
  /// the service decides.
  private mutating func dropContradictingResets() {
    for name in Set(properties.filter { $0.cause == .reset }.compactMap(\.path.first)).sorted() {
      guard wanted.properties[name]?.isNull == false else { continue }
      var without = wanted
      without.properties[name] = nil
      let problems = [without, wanted].map { RelationCheck(resource: $0, schema: schema).problems().count }
      guard problems[0] < problems[1] else { continue }
      wanted = without
      properties.removeAll { $0.path.first == name }
    }
  }

  /// A name that is not the identity can change in place.
  private mutating func compareName(_ live: LiveResource) {
    guard schema.naming?.isIdentity == false, let name = wanted.name, let current = live.attributes["name"],
      current != .string(name)
    else { return }
    properties.append(
      PropertyChange(
        path: ["name"], before: current, after: .string(name),
        forcesReplacement: schema.naming?.change == .replaces, cause: .unknown))
  }

  /// The top-level properties that differ.
  var changed: Set<String> { Set(properties.compactMap(\.path.first)) }
  var mustReplace: Bool { properties.contains(where: \.forcesReplacement) }

  private mutating func compare(_ property: Property, live: Value?, isUntold: Bool) {
    if let value = wanted.properties[property.name] {
      let changes =
        isUntold || property.isWriteOnly
        ? unseenDifference(property, wanted: value, isUntold: isUntold)
        : differences(property, live: live, wanted: value)
      if changes.isEmpty { unchangedCount += 1 }
      properties += changes
    } else if record?.declared.contains(property.name) == true, !isIgnored([property.name]) {
      let value = property.defaultValue ?? .null
      wanted.properties[property.name] = value
      let differences =
        isUntold && record?.unreported?.contains(property.name) == true
        ? unseenReset(property, to: value) : property.differences(live: live, wanted: value)
      properties += differences.map { change(property, $0, cause: .reset) }
    }
  }

  /// What is not returned is reset unless what was applied last is the default already.
  private func unseenReset(_ property: Property, to value: Value) -> [ValueDifference] {
    let isReset = record?.applied[property.name]?.wanted == fingerprint(property.shape.normalised(value))
    return isReset ? [] : [ValueDifference(path: [], before: nil, after: value.isNull ? nil : value)]
  }

  private func differences(_ property: Property, live: Value?, wanted value: Value) -> [PropertyChange] {
    let cause = cause(property, live: live, wanted: value)
    return property.differences(live: live, wanted: value).compactMap { difference in
      isIgnored([property.name] + difference.path) ? nil : change(property, difference, cause: cause)
    }
  }

  /// What the service never returns is compared with what was applied last. If nothing is known of that, a
  /// write-only property is sent once more, and an unreported one is taken to be right.
  private func unseenDifference(_ property: Property, wanted value: Value, isUntold: Bool) -> [PropertyChange]
  {
    let applied = record?.applied[property.name]?.wanted
    if applied == fingerprint(property.shape.normalised(value)) || isIgnored([property.name]) { return [] }
    if applied == nil, isUntold, !isNew(property) { return [] }
    let difference = ValueDifference(path: [], before: nil, after: value)
    return [change(property, difference, cause: applied == nil && !isNew(property) ? .unknown : .file)]
  }

  /// The last apply is known, and it did not have the property.
  private func isNew(_ property: Property) -> Bool {
    guard let record, record.intent == nil, !record.applied.isEmpty else { return false }
    return !record.declared.contains(property.name) && record.unfinished?.isEmpty != false
  }

  private func change(
    _ property: Property, _ difference: ValueDifference, cause: PropertyChange.Cause
  ) -> PropertyChange {
    let path = [property.name] + difference.path
    return PropertyChange(
      path: path, before: difference.before?.withoutNulls, after: difference.after?.withoutNulls,
      forcesReplacement: property.change == .replaces || property.shape.replaces(at: difference.path[...])
        || property.leavesNoWayBack(from: difference.before, to: difference.after),
      rebuilds: property.shape.rebuilt(by: difference.path).map {
        ([property.name] + $0).joined(separator: ".")
      },
      isSecret: property.isSecret || property.shape.isSecret(at: difference.path[...])
        || wanted.isSecret(path) || record?.heldSecret(at: path) == true,
      cause: cause, derivedBecause: wanted.derivations[property.name])
  }

  /// Three-way: last applied, live, wanted.
  private func cause(_ property: Property, live: Value?, wanted value: Value) -> PropertyChange.Cause {
    guard let applied = record?.applied[property.name], let appliedWanted = applied.wanted else {
      return .unknown
    }
    let fileMoved = value.isPending || appliedWanted != fingerprint(property.shape.normalised(value))
    // Where the live value was not read after the last apply, a difference that is not the file's is the cloud's.
    // A run of ours that was making or deleting it may have left it like this.
    let isOursToo = record?.intent != nil || record?.unfinished?.contains(property.name) == true
    let cloudMoved =
      !isOursToo && !(fileMoved && property.isReadAsWanted)
      && (applied.live.map { $0 != fingerprint(property.shape.normalised(live ?? .null)) } ?? !fileMoved)
    switch (fileMoved, cloudMoved) {
    case (true, true): return .both
    case (false, true): return .cloud
    case (true, false): return .file
    case (false, false): return .unknown
    }
  }

  private func isIgnored(_ path: [String]) -> Bool {
    let text = path.joined(separator: ".")
    return wanted.ignoredChanges.contains { text == $0 || text.hasPrefix($0 + ".") }
  }
}

extension Ledger.Record {
  /// Whether there was a secret at the path, above it or below it, when the resource was last applied: it may be live.
  fileprivate func heldSecret(at path: [String]) -> Bool {
    // Of what was declared before such things were noted, everything is taken for one.
    guard let secretPaths else { return path.first.map((secrets ?? declared).contains) ?? false }
    let text = path.joined(separator: ".")
    return secretPaths.contains { $0 == text || text.hasPrefix($0 + ".") || $0.hasPrefix(text + ".") }
  }
}

extension Resource {
  /// Whether there is a secret at the path, above it or below it.
  package func isSecret(_ path: [String]) -> Bool {
    let text = path.joined(separator: ".")
    return secretPaths.contains { $0 == text || text.hasPrefix($0 + ".") || $0.hasPrefix(text + ".") }
  }

  /// Every set property as the change that a creation makes of it.
  func creationChanges(schema: Schema) -> [PropertyChange] {
    var changes: [PropertyChange] = []
    if let name, schema.naming != nil {
      changes.append(PropertyChange(path: ["name"], before: nil, after: .string(name)))
    }
    for property in schema.properties where !property.isLocal {
      guard let value = properties[property.name], !value.isNull else { continue }
      changes += creationChanges(property, value.withoutNulls)
    }
    return changes
  }

  /// One change, or one a member of a map in which only some members are secret.
  private func creationChanges(_ property: Property, _ value: Value) -> [PropertyChange] {
    func change(_ path: [String], _ value: Value, isSecret: Bool) -> PropertyChange {
      PropertyChange(
        path: path, before: nil, after: value, isSecret: isSecret, derivedBecause: derivations[property.name])
    }
    let isWhollySecret = property.isSecret || property.shape.containsSecret
    guard !isWhollySecret, isSecret([property.name]), case .map(let members) = value else {
      return [change([property.name], value, isSecret: isWhollySecret || isSecret([property.name]))]
    }
    return members.sorted { $0.key < $1.key }.map { name, member in
      change([property.name, name], member, isSecret: isSecret([property.name, name]))
    }
  }
}

extension Shape {
  /// Whether a member on the path forces a replacement by itself.
  fileprivate func replaces(at path: ArraySlice<String>) -> Bool {
    members(on: path).contains { $0.change == .replaces }
  }

  /// The path of the object that must be made anew for a change at this path; nil where none must.
  fileprivate func rebuilt(by path: [String]) -> ArraySlice<String>? {
    path.indices.map { path[...$0] }.first { members(on: $0).last?.rebuilds == true }?.dropLast()
  }

  /// Whether a member on the path is a secret.
  func isSecret(at path: ArraySlice<String>) -> Bool {
    members(on: path).contains(where: \.isSecret)
  }

  /// Whether any member, however deep, is a secret.
  var containsSecret: Bool {
    switch self {
    case .object(let members): members.contains { $0.isSecret || $0.shape.containsSecret }
    case .list(let item), .set(let item), .map(let item): item.containsSecret
    case .either(let shapes): shapes.contains(where: \.containsSecret)
    default: false
    }
  }

  /// The object members on a path.
  private func members(on path: ArraySlice<String>) -> [Property] {
    guard let first = path.first else { return [] }
    let rest = path.dropFirst()
    switch self {
    case .object(let members):
      guard let member = members.first(where: { $0.name == first }) else { return [] }
      return [member] + member.shape.members(on: rest)
    case .list(let item), .set(let item), .map(let item): return item.members(on: rest)
    case .either(let shapes): return shapes.flatMap { $0.members(on: path) }
    default: return []
    }
  }
}
