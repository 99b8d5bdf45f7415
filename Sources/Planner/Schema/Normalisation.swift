extension Shape {
  /// The one form of a value that all its spellings share: two values are the same when these are equal.
  ///
  /// Endpoints answer numbers and booleans as text, sets in any order, JSON as a string, nothing as `""`, `[]`, `{}` or null.
  package func normalised(_ value: Value) -> Value {
    if value.isEmpty { return .null }
    if case .pending = value { return value }
    switch self {
    case .boolean: return value.asBoolean ?? value
    case .integer, .integerChoice, .number: return value.asNumber ?? value
    case .string(let rule):
      return value.scalarText.map { .string(rule.core?.part(of: $0) ?? $0) } ?? value
    case .path: return value.scalarText.map(Value.string) ?? value
    case .choice(let words): return value.asChoice(among: words)
    case .list(let item): return value.mapItems(item.normalised)
    case .set(let item):
      guard let items = value.list else {
        return value.string.map { .list([item.normalised(.string($0))]) } ?? value
      }
      return .list(items.map(item.normalised).sortedAndUnique)
    case .map(let member): return value.mapMembers { _, value in member.normalised(value) }
    case .object(let members):
      let shapes = Dictionary(members.map { ($0.name, $0.shape) }) { first, _ in first }
      return value.mapMembers { name, value in shapes[name]?.normalised(value) ?? value }.nullIfUnset
    case .document: return value.parsedIfJSON.canonicalJSON
    case .policy: return value.parsedIfJSON.canonicalPolicy
    case .either(let shapes):
      return (shapes.first { $0.fits(value) } ?? shapes.first)?.normalised(value) ?? value
    }
  }

  /// Whether a value could be one of this shape. Ranges and text rules are not checked: the service accepted
  /// a live value once.
  package func fits(_ value: Value) -> Bool {
    if case .pending = value { return acceptsPending }
    switch self {
    case .boolean: return value.asBoolean != nil
    case .integer, .integerChoice: return value.asNumber?.integer != nil
    case .number: return value.asNumber != nil
    case .string, .path: return value.scalarText != nil
    case .choice(let words):
      return value.string.map { text in words.contains { $0.lowercased() == text.lowercased() } } ?? false
    case .list(let item), .set(let item): return value.list?.allSatisfy(item.fits) ?? false
    case .map(let member): return value.map?.values.allSatisfy(member.fits) ?? false
    case .object(let members):
      return value.map.map { $0.keys.allSatisfy { key in members.contains { $0.name == key } } } ?? false
    case .document: return true
    case .policy: return value.parsedIfJSON["Statement"] != nil
    case .either(let shapes): return shapes.contains { $0.fits(value) }
    }
  }
}

extension Value {
  fileprivate var asBoolean: Value? {
    switch self {
    case .boolean: self
    case .string(let text):
      switch text.lowercased() {
      case "true": true
      case "false": false
      default: nil
      }
    case .null, .integer, .number, .list, .map, .pending: nil
    }
  }

  /// A number without a fraction is an integer, however it was spelt.
  fileprivate var asNumber: Value? {
    switch self {
    case .integer: return self
    case .number(let number): return Int(exactly: number).map(Value.integer) ?? self
    case .string(let text):
      if let whole = Int(text) { return .integer(whole) }
      return Double(text).flatMap { $0.isFinite ? Value.number($0).asNumber : nil }
    case .null, .boolean, .list, .map, .pending: return nil
    }
  }

  /// The word in AWS's own spelling.
  fileprivate func asChoice(among words: [String]) -> Value {
    guard let text = scalarText else { return self }
    let lowered = text.lowercased()
    return .string(words.contains(text) ? text : words.first { $0.lowercased() == lowered } ?? text)
  }

  fileprivate func mapItems(_ transform: (Value) -> Value) -> Value {
    list.map { .list($0.map(transform)) } ?? self
  }

  fileprivate func mapMembers(_ transform: (String, Value) -> Value) -> Value {
    guard let map else { return self }
    var members: [String: Value] = [:]
    for (name, value) in map { members[name] = transform(name, value) }
    return .map(members)
  }

  /// An object whose members are all unset is itself unset.
  fileprivate var nullIfUnset: Value {
    guard let map else { return self }
    let members = map.filter { !$0.value.isNull }
    return members.isEmpty ? .null : .map(members)
  }

  /// What a text of JSON spells; every other value as it is.
  var parsedIfJSON: Value {
    guard let text = string, let first = text.utf8.first(where: { $0 > 0x20 }), "{[".utf8.contains(first)
    else {
      return self
    }
    return Value(json: text) ?? self
  }

  /// JSON by meaning: 1.0 is 1.
  fileprivate var canonicalJSON: Value {
    switch self {
    case .number: asNumber ?? self
    case .list: mapItems(\.canonicalJSON)
    case .map: mapMembers { $1.canonicalJSON }
    case .null, .boolean, .integer, .string, .pending: self
    }
  }
}

extension [Value] {
  /// In an order of their own, each once.
  var sortedAndUnique: [Value] {
    var seen: Set<Value> = []
    let unique = filter { seen.insert($0).inserted }
    if unique.allSatisfy({ $0.string != nil }) {
      return unique.sorted { ($0.string ?? "").utf8.lexicographicallyPrecedes(($1.string ?? "").utf8) }
    }
    return unique.map { (key: $0.json, value: $0) }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
  }
}
