/// What drifted of one live resource.
struct ResourceDrift {
  /// A resource of the same making that was read again in this one's place.
  struct Example {
    var record: Ledger.Record
    var name: String?
  }

  let resource: Resource
  let live: LiveResource
  let schema: Schema
  let record: Ledger.Record
  let example: Example?
  let input: DriftFinder.Input
  private(set) var moves: [PropertyMove] = []
  /// Of some undeclared property it is not known whether it drifted.
  private(set) var isHalf = false

  init(
    resource: Resource, live: LiveResource, schema: Schema, record: Ledger.Record, example: Example?,
    input: DriftFinder.Input
  ) {
    self.resource = resource
    self.live = live
    self.schema = schema
    self.record = record
    self.example = example
    self.input = input
    isHalf = input.halfRead.contains(resource.address)
    for property in schema.properties
    where !property.isLocal && !property.isWriteOnly && !live.untold.contains(property.name) {
      judge(property)
    }
    judgeName()
    judgeOwner()
    moves.sort { $0.path.lexicographicallyPrecedes($1.path) }
  }

  private mutating func judge(_ property: Property) {
    // What a failed run of ours was changing was not moved by others.
    guard !isIgnored([property.name]), record.unfinished?.contains(property.name) != true else { return }
    let now = live.properties[property.name]
    let wanted = resource.properties[property.name]
    guard record.canCompare(property, wanted: wanted, input.fingerprint) else { return }
    if let wanted, !wanted.isPending {
      judgeDeclared(property, wanted: wanted, now: now)
    } else if record.applied[property.name]?.wanted == nil || record.applied[property.name]?.live != nil {
      // What the last apply took out of the file has what was read after that.
      judgeUndeclared(property, now: now)
    }
  }

  private mutating func judgeDeclared(_ property: Property, wanted: Value, now: Value?) {
    let applied = record.applied[property.name]
    if let before = applied?.live, before == fingerprint(property, now) { return }
    // A value that the file has now and that was never applied says nothing of the former value.
    let isApplied = applied == nil || applied?.wanted == fingerprint(property, wanted)
    guard isApplied else {
      if applied?.live != nil { add(property, former(property), now, isDeclared: true) }
      return
    }
    let differences = property.differences(live: now, wanted: wanted)
      .filter { !isIgnored([property.name] + $0.path) }
    for difference in differences {
      moves.append(
        PropertyMove(
          path: [property.name] + difference.path, was: difference.after.map { .value($0) } ?? .nothing,
          now: difference.before, isDeclared: true,
          isSecret: isSecret(property, difference.path)))
    }
    // Members beyond those that the file declares.
    if differences.isEmpty, applied?.live != nil, !isTheSameAbsence(property, now) {
      add(property, .notKept, now, isDeclared: false)
    }
  }

  private mutating func judgeUndeclared(_ property: Property, now: Value?) {
    if let before = record.applied[property.name]?.live {
      guard before != fingerprint(property, now), !isTheSameAbsence(property, now) else { return }
      return add(property, former(property), now, isDeclared: false)
    }
    let isNothing = property.differences(live: now, wanted: .null).isEmpty
    if record.isReadWhole == true {
      if !isNothing { add(property, .nothing, now, isDeclared: false) }
    } else if let example {
      judge(property, now, isNothing: isNothing, by: example)
    } else {
      isHalf = true
    }
  }

  /// Resources that were made alike had the same values, except for names in them. If only texts differ, it
  /// is not known.
  private mutating func judge(_ property: Property, _ now: Value?, isNothing: Bool, by example: Example) {
    guard let before = example.record.applied[property.name]?.live else {
      if !isNothing { add(property, .nothing, now, isDeclared: false) }
      return
    }
    let renamed = now.map { value in
      example.name.map { value.replacingTexts(resource.name ?? live.id, with: $0) } ?? value
    }
    if before == fingerprint(property, now) || before == fingerprint(property, renamed) { return }
    if isNothing, isAbsence(property, before) { return }
    if let former = recovered(property, from: before) {
      add(property, former, now, isDeclared: false)
    } else if now?.holdsText != true {
      add(property, .notKept, now, isDeclared: false)
    } else {
      isHalf = true
    }
  }

  private mutating func add(
    _ property: Property, _ was: PropertyMove.Former, _ now: Value?, isDeclared: Bool
  ) {
    moves.append(
      PropertyMove(
        path: [property.name], was: was, now: now.flatMap { $0.isEmpty ? nil : $0.withoutNulls },
        isDeclared: isDeclared, isSecret: isSecret(property, [])))
  }

  /// A name that is not the identity can be changed from outside.
  private mutating func judgeName() {
    guard schema.naming?.isIdentity == false, let name = resource.name, !isIgnored(["name"]),
      let now = live.attributes["name"], now != .string(name)
    else { return }
    moves.append(PropertyMove(path: ["name"], was: .value(.string(name)), now: now, isDeclared: true))
  }

  /// The owner tags.
  private mutating func judgeOwner() {
    let owner = Owner(stack: input.stack.name, address: resource.address)
    guard schema.isTaggable, live.owner != owner, !live.untold.contains(Property.tags.name) else { return }
    for (tag, value) in owner.tags.sorted(by: { $0.key < $1.key }) where live.owner?.tags[tag] != value {
      moves.append(
        PropertyMove(
          path: ["tags", tag], was: .value(.string(value)), now: live.owner?.tags[tag].map(Value.string),
          isDeclared: true))
    }
  }

  // MARK: What there was

  private func fingerprint(_ property: Property, _ value: Value?) -> String {
    input.fingerprint(property.shape.normalised(value ?? .null))
  }

  private func former(_ property: Property) -> PropertyMove.Former {
    record.applied[property.name]?.live.flatMap { recovered(property, from: $0) } ?? .notKept
  }

  /// If a property can have only a few values, the fingerprint shows which one it had.
  private func recovered(_ property: Property, from before: String) -> PropertyMove.Former? {
    guard !isSecret(property, []) else { return nil }
    if before == fingerprint(property, .null) { return .nothing }
    return property.candidates.first { before == fingerprint(property, $0) }.map { .value($0) }
  }

  /// Absence, the default, and `false` are the same: a service may return any of them.
  private func isTheSameAbsence(_ property: Property, _ now: Value?) -> Bool {
    guard let before = record.applied[property.name]?.live else { return false }
    return property.differences(live: now, wanted: .null).isEmpty && isAbsence(property, before)
  }

  private func isAbsence(_ property: Property, _ before: String) -> Bool {
    ([.null, .boolean(false)] + [property.defaultValue].compactMap(\.self)).contains {
      before == fingerprint(property, $0)
    }
  }

  private func isSecret(_ property: Property, _ path: [String]) -> Bool {
    property.isSecret || property.shape.isSecret(at: path[...]) || resource.isSecret([property.name] + path)
  }

  private func isIgnored(_ path: [String]) -> Bool {
    let text = path.joined(separator: ".")
    return resource.ignoredChanges.contains { text == $0 || text.hasPrefix($0 + ".") }
  }
}

extension Property {
  /// Everything that the property can be, where that is not much.
  fileprivate var candidates: [Value] {
    let few: [Value] =
      switch shape {
      case .boolean: [true, false]
      case .choice(let words): words.map(Value.string)
      case .integerChoice(let numbers): numbers.map(Value.integer)
      case .integer(let range?) where range.count <= 50_000: range.map(Value.integer)
      default: []
      }
    return [defaultValue].compactMap(\.self) + few
  }
}

extension Value {
  /// The same tree with one text in place of another.
  fileprivate func replacingTexts(_ text: String, with other: String) -> Value {
    guard !text.isEmpty else { return self }
    return switch self {
    case .string(let whole): .string(whole.replacing(text, with: other))
    case .list(let items): .list(items.map { $0.replacingTexts(text, with: other) })
    case .map(let members): .map(members.mapValues { $0.replacingTexts(text, with: other) })
    case .null, .boolean, .integer, .number, .pending: self
    }
  }

  fileprivate var holdsText: Bool {
    switch self {
    case .string(let text): !text.isEmpty
    case .list(let items): items.contains(where: \.holdsText)
    case .map(let members): members.values.contains(where: \.holdsText)
    case .null, .boolean, .integer, .number, .pending: false
    }
  }
}
