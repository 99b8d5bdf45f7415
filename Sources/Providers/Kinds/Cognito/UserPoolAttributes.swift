import Planner

/// The attributes of a pool's users, between the schema's words and the wire's.
///
/// Every pool has the same standard ones. They count where the file names them, and where they are not as every pool has
/// them. The service puts `custom:` before the names of all others, and `dev:` before those that only developers change.
enum UserPoolAttributes {
  /// How many one AddCustomAttributes takes.
  static let most = 25

  static let standard: Set<String> = [
    "address", "birthdate", "email", "email_verified", "family_name", "gender", "given_name", "identities",
    "locale", "middle_name", "name", "nickname", "phone_number", "phone_number_verified", "picture",
    "preferred_username", "profile", "sub", "updated_at", "website", "zoneinfo",
  ]

  private static let constraints = [
    ("numberAttributeConstraints", "NumberAttributeConstraints", ["MaxValue", "MinValue"]),
    ("stringAttributeConstraints", "StringAttributeConstraints", ["MaxLength", "MinLength"]),
  ]

  // MARK: Reading

  static func live(_ items: [Value], wanted: Value?) -> Value {
    var entries: [String: Value] = [:]
    for item in items {
      guard let full = item["Name"]?.string else { continue }
      let name = full.split(separator: ":").last.map(String.init) ?? full
      let isWanted = wanted?[name] != nil
      if standard.contains(full), !isWanted, !isChanged(item, full) { continue }
      entries[name] = entry(item, isStandard: standard.contains(full), wanted: wanted?[name])
    }
    return .map(entries)
  }

  /// Whether a standard attribute is not as every pool has it.
  private static func isChanged(_ item: Value, _ name: String) -> Bool {
    let isGiven = ["sub", "identities"].contains(name)
    return !isGiven && (item["Required"] == true || item["Mutable"] == false)
  }

  private static func entry(_ item: Value, isStandard: Bool, wanted: Value?) -> Value {
    var entry: [String: Value] = [:]
    for (member, field) in members { entry[member] = item[field] }
    for (member, field, bounds) in constraints {
      // Standard ones have bounds that nobody gave them.
      if isStandard, wanted?[member]?.isNull ?? true { continue }
      let found = bounds.compactMap { bound in
        item[field]?[bound]?.string.flatMap { Int($0) }.map { (lowered(bound), Value.integer($0)) }
      }
      if !found.isEmpty { entry[member] = .map(Dictionary(found) { $1 }) }
    }
    return .map(entry)
  }

  private static let members = [
    ("attributeDataType", "AttributeDataType"), ("developerOnlyAttribute", "DeveloperOnlyAttribute"),
    ("mutable", "Mutable"), ("required", "Required"),
  ]

  private static func lowered(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }

  // MARK: Writing

  /// The entries that the pool does not have.
  static func new(_ wanted: Value?, beside live: Value?) -> [Value] {
    wire((wanted?.map ?? [:]).filter { live?[$0.key] == nil })
  }

  /// Everything is said: what the service takes for what is left out differs between its calls.
  static func wire(_ entries: [String: Value]) -> [Value] {
    entries.sorted { $0.key < $1.key }.map { name, entry in
      func value(_ member: String, _ standard: Value) -> Value {
        entry[member].flatMap { $0.isNull ? nil : $0 } ?? standard
      }
      var item: [String: Value] = [
        "Name": .string(name), "AttributeDataType": value("attributeDataType", "String"),
        "DeveloperOnlyAttribute": value("developerOnlyAttribute", false), "Mutable": value("mutable", true),
        "Required": value("required", false),
      ]
      for (member, field, bounds) in constraints {
        let given = bounds.compactMap { bound in
          entry[member]?[lowered(bound)]?.integer.map { (bound, Value.string(String($0))) }
        }
        if !given.isEmpty { item[field] = .map(Dictionary(given) { $1 }) }
      }
      return .map(item)
    }
  }
}
