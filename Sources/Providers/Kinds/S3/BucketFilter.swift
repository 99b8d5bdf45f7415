import Planner

/// Which objects a rule or configuration of a bucket is for: one condition, or several in an `And`. In the
/// schema its members are in the rule itself.
enum BucketFilter {
  static let prefix = Property("prefix", .string(TextRule(length: 0...1024)), "Only keys that begin so.")
  static let tagFilters = Property("tagFilters", .map(.text), "Only objects with these tags.")

  /// The filter among the members of a rule. S3 wants one in every lifecycle and replication rule, where an
  /// empty prefix is everything.
  static func member(always: Bool) -> XMLForm.Member {
    .custom(write: { element($0, always: always) }, read: conditions)
  }

  private static let others = [
    ("objectSizeGreaterThan", "ObjectSizeGreaterThan"), ("objectSizeLessThan", "ObjectSizeLessThan"),
    ("accessPointArn", "AccessPointArn"),
  ]

  /// S3 refuses an `And` of fewer than two conditions.
  private static func element(_ rule: [String: Value], always: Bool) -> [XMLElement] {
    var conditions: [XMLElement] = []
    if let prefix = rule["prefix"]?.string, !prefix.isEmpty {
      conditions.append(XMLElement("Prefix", prefix))
    }
    for tag in (rule["tagFilters"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      conditions.append(
        XMLElement("Tag", [XMLElement("Key", tag.key), XMLElement("Value", tag.value.string ?? "")]))
    }
    for (property, element) in others {
      guard let value = rule[property], !value.isEmpty else { continue }
      conditions.append(XMLElement(element, value.string ?? value.json))
    }
    switch conditions.count {
    case 0: return always ? [XMLElement("Filter", [XMLElement("Prefix", "")])] : []
    case 1: return [XMLElement("Filter", conditions)]
    default: return [XMLElement("Filter", [XMLElement("And", conditions)])]
    }
  }

  @Sendable private static func conditions(_ rule: Value) -> [String: Value] {
    let filter = rule["Filter"]?["And"] ?? rule["Filter"] ?? [:]
    var conditions: [String: Value] = [:]
    // Rules of old have their prefix outside of any filter.
    if let prefix = filter["Prefix"] ?? rule["Prefix"], !prefix.isEmpty { conditions["prefix"] = prefix }
    let tags = filter.items("Tag").compactMap { tag in
      tag["Key"]?.string.map { ($0, tag["Value"] ?? "") }
    }
    if !tags.isEmpty { conditions["tagFilters"] = .map(Dictionary(tags) { $1 }) }
    for (property, element) in others {
      guard let text = filter[element]?.string, !text.isEmpty else { continue }
      // MiniStack adds a size greater than 0 to every And.
      if text != "0" { conditions[property] = Int(text).map(Value.integer) ?? .string(text) }
    }
    return conditions
  }
}
