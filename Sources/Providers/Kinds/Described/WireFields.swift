import Planner

/// How properties are spelt on the wire: names by rule, values by shape, and the exceptions.
struct WireFields: Sendable {
  enum Spelling: Sendable { case lowerCamel, upperCamel }

  var spelling = Spelling.upperCamel
  /// How answers spell names, where they do it otherwise: EC2 takes GroupId and answers with groupId.
  var answers: Spelling?
  /// The field of a property whose name the rule does not give, by its path: `kmsKeyId`,
  /// `target.ecsParameters.taskCount`. For a property itself the field may be a path: `tracingConfiguration.enabled`.
  /// `*` stands for an item.
  var renamed: [String: String] = [:]
  /// Properties that the plain calls do not take: facets and hooks take care of them.
  var apart: Set<String> = []
  /// What a property that is taken out is set to, where leaving it out does not do.
  var resets: [String: Value] = [:]
  /// Lists that travel as `{ Quantity, Items: { Item: […] } }`, as CloudFront's, by the path of the property: the
  /// element that each item is, and behind a dot the one member that it wraps, as
  /// `KeyValueStoreAssociation.KeyValueStoreARN`.
  var counted: [String: String] = [:]
  /// Maps, by their paths, that travel as lists of `Name` and `Value`.
  var pairs: Set<String> = []

  /// The fields of a call that sets these properties.
  func fields(of resource: Resource, _ names: some Sequence<String>, in schema: Schema) -> [String: Value] {
    var body: [String: Value] = [:]
    for name in names.sorted() {
      guard let property = schema.property(name), name != "tags", !property.isLocal else { continue }
      let wanted = resource[name] ?? .null
      let value = wanted.isNull ? resets[name] ?? .null : spelt(wanted, property.shape, at: name)
      guard !value.isNull else { continue }
      Self.put(value, at: path(name), in: &body)
    }
    return body
  }

  /// The same over what is live: an object that is declared takes the place of its declared members alone, and null takes one
  /// out.
  func fields(
    of resource: Resource, _ names: Set<String>, over live: [String: Value], in schema: Schema
  ) -> [String: Value] {
    var body = live
    for name in names.sorted() {
      guard let property = schema.property(name), name != "tags", !property.isLocal else { continue }
      let wanted = resource[name] ?? .null
      let before = path(name).reduce(Value.map(body) as Value?) { $0?[$1] }
      let value =
        wanted.isNull ? resets[name] ?? .null : over(before, wanted, property.shape, at: name)
      Self.put(value, at: path(name), in: &body)
    }
    return body.filter { !$0.value.isNull }.mapValues(\.withoutNulls)
  }

  private func over(_ live: Value?, _ wanted: Value, _ shape: Shape, at place: String) -> Value {
    guard case .object(let members) = shape, let entries = wanted.map else {
      return spelt(wanted, shape, at: place)
    }
    var merged = live?.map ?? [:]
    for property in members {
      guard let entry = entries[property.name] else { continue }
      let (field, inner) = (member(property.name, at: place), "\(place).\(property.name)")
      merged[field] = entry.isNull ? nil : over(merged[field], entry, property.shape, at: inner)
    }
    return .map(merged)
  }

  /// A value of the wire at the place of a property.
  func placed(_ value: Value, for property: String) -> Value {
    var body: [String: Value] = [:]
    Self.put(value, at: path(property), in: &body)
    return .map(body)
  }

  /// The properties that an answer holds. Empty ones are absent.
  func properties(in answer: Value, _ schema: Schema, among names: Set<String>? = nil) -> [String: Value] {
    var properties: [String: Value] = [:]
    for property in schema.properties
    where property.name != "tags" && !property.isLocal
      && (names?.contains(property.name) ?? !apart.contains(property.name))
    {
      let found = path(property.name).reduce(answer as Value?) { $0?[answered($1)] }
      guard let found, !found.isEmpty else { continue }
      let value = read(found, property.shape, at: property.name)
      if !value.isEmpty { properties[property.name] = value }
    }
    return properties
  }

  // MARK: Names

  private func path(_ property: String) -> [String] {
    (renamed[property] ?? spell(property)).split(separator: ".").map(String.init)
  }

  private func member(_ name: String, at place: String) -> String {
    renamed["\(place).\(name)"] ?? spell(name)
  }

  private func spell(_ name: String) -> String {
    spelling == .upperCamel ? name.prefix(1).uppercased() + name.dropFirst() : name
  }

  /// A field's name as answers have it.
  private func answered(_ field: String) -> String {
    answers == .lowerCamel ? field.prefix(1).lowercased() + field.dropFirst() : field
  }

  private static func put(_ value: Value, at path: [String], in body: inout [String: Value]) {
    guard let first = path.first else { return }
    guard path.count > 1 else {
      body[first] = value
      return
    }
    var inner = body[first]?.map ?? [:]
    put(value, at: Array(path.dropFirst()), in: &inner)
    body[first] = .map(inner)
  }

  // MARK: Counted lists

  private static func counted(_ items: [Value], as path: String) -> Value {
    let steps = path.split(separator: ".").map(String.init)
    let elements = items.map { item -> Value in steps.count > 1 ? [steps[1]: item] : item }
    let quantity = Value.integer(items.count)
    return items.isEmpty ? ["Quantity": 0] : ["Quantity": quantity, "Items": [steps[0]: .list(elements)]]
  }

  private static func items(of list: Value, as path: String) -> [Value] {
    let steps = path.split(separator: ".").map(String.init)
    let elements = list["Items"]?.items(steps[0]) ?? []
    return steps.count > 1 ? elements.compactMap { $0[steps[1]] } : elements
  }

  // MARK: Values

  /// A value of a shape as calls take it; `place` is its property's path.
  func spelt(_ value: Value, _ shape: Shape, at place: String) -> Value {
    switch shape {
    case .document, .policy: return value.string != nil ? value : .string(value.json)
    case .object(let members):
      guard let entries = value.map else { return value }
      var spelt: [String: Value] = [:]
      for (name, entry) in entries where !entry.isNull {
        guard let property = members.first(where: { $0.name == name }) else { continue }
        spelt[member(name, at: place)] = self.spelt(entry, property.shape, at: "\(place).\(name)")
      }
      return .map(spelt)
    case .list(let item), .set(let item):
      let items = (value.list ?? []).map { spelt($0, item, at: "\(place).*") }
      return counted[place].map { Self.counted(items, as: $0) } ?? .list(items)
    case .map(let item):
      let entries = (value.map ?? [:]).mapValues { spelt($0, item, at: "\(place).*") }
      guard pairs.contains(place) else { return .map(entries) }
      return .list(entries.sorted { $0.key < $1.key }.map { ["Name": .string($0.key), "Value": $0.value] })
    case .either(let shapes):
      return shapes.first { $0.fits(value) }.map { spelt(value, $0, at: place) } ?? value
    default: return value
    }
  }

  /// XML has texts only, and a list of one is what its item is: the shape decides.
  func read(_ value: Value, _ shape: Shape, at place: String) -> Value {
    switch shape {
    case .boolean: return value.string.map { $0 == "true" ? true : $0 == "false" ? false : value } ?? value
    case .integer, .integerChoice: return value.string.flatMap { Int($0) }.map(Value.integer) ?? value
    case .number: return value.string.flatMap { Double($0) }.map(Value.number) ?? value
    case .document, .policy: return value.string.flatMap { Value(json: $0) } ?? value
    case .object(let members):
      guard let entries = value.map else { return value }
      var read: [String: Value] = [:]
      for property in members {
        guard let entry = entries[answered(member(property.name, at: place))], !entry.isEmpty else {
          continue
        }
        read[property.name] = self.read(entry, property.shape, at: "\(place).\(property.name)")
      }
      return .map(read)
    case .list(let item), .set(let item):
      let items = counted[place].map { Self.items(of: value, as: $0) } ?? value.list ?? [value]
      return .list(items.map { self.read($0, item, at: "\(place).*") })
    case .map(let item):
      let items = pairs.contains(place) ? value.list ?? [value] : []
      let entries = items.compactMap { entry in entry["Name"]?.string.map { ($0, entry["Value"] ?? "") } }
      let map = pairs.contains(place) ? Dictionary(entries) { $1 } : value.map ?? [:]
      return .map(map.mapValues { self.read($0, item, at: "\(place).*") })
    case .either(let shapes):
      return shapes.first { $0.fits(value) }.map { self.read(value, $0, at: place) } ?? value
    case .string, .choice, .path: return value
    }
  }
}
