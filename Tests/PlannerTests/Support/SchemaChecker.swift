import Planner

/// Checks values by JSON Schema, as an editor does: the keywords that ``JSONSchema`` writes, and no others.
struct SchemaChecker {
  let definitions: [String: Value]

  /// The checker of a document, whose `$defs` its references name.
  init(document: Value) { definitions = document["$defs"]?.map ?? [:] }

  func accepts(_ value: Value, by schema: Value) -> Bool {
    guard let keywords = schema.map else { return schema == true }
    return keywords.allSatisfy { accepts(value, $0, $1, keywords) }
  }

  private func accepts(_ value: Value, _ keyword: String, _ rule: Value, _ all: [String: Value]) -> Bool {
    switch keyword {
    case "$schema", "$defs", "title", "description", "default", "then": true
    case "$ref":
      accepts(value, by: definitions[rule.string?.split(separator: "/").last.map(String.init) ?? ""] ?? false)
    case "anyOf": (rule.list ?? []).contains { accepts(value, by: $0) }
    case "allOf": (rule.list ?? []).allSatisfy { accepts(value, by: $0) }
    case "not": !accepts(value, by: rule)
    case "if": !accepts(value, by: rule) || accepts(value, by: all["then"] ?? true)
    case "enum": rule.list?.contains(value) == true
    case "type": (rule.list ?? [rule]).compactMap(\.string).contains { value.isOf(type: $0) }
    default: acceptsParts(of: value, keyword, rule, all)
    }
  }

  private func acceptsParts(
    of value: Value, _ keyword: String, _ rule: Value, _ all: [String: Value]
  ) -> Bool {
    switch (keyword, value) {
    case ("required", .map(let members)): rule.list?.allSatisfy { members[$0.string ?? ""] != nil } == true
    case ("properties", .map(let members)):
      members.allSatisfy { name, member in rule[name].map { accepts(member, by: $0) } ?? true }
    case ("additionalProperties", .map(let members)):
      members.filter { all["properties"]?[$0.key] == nil }.allSatisfy { accepts($0.value, by: rule) }
    case ("propertyNames", .map(let members)): members.keys.allSatisfy { accepts(.string($0), by: rule) }
    case ("minProperties", .map(let members)): members.count >= rule.integer ?? 0
    case ("maxProperties", .map(let members)): members.count <= rule.integer ?? 0
    case ("items", .list(let items)): items.allSatisfy { accepts($0, by: rule) }
    case ("contains", .list(let items)): items.contains { accepts($0, by: rule) }
    case ("uniqueItems", .list(let items)): Set(items).count == items.count
    case ("minItems", .list(let items)): items.count >= rule.integer ?? 0
    case ("maxItems", .list(let items)): items.count <= rule.integer ?? 0
    case ("minLength", .string(let text)): text.count >= rule.integer ?? 0
    case ("maxLength", .string(let text)): text.count <= rule.integer ?? 0
    case ("pattern", .string(let text)):
      (try? Regex(rule.string ?? "")).map { text.firstMatch(of: $0) != nil } ?? false
    case ("minimum", _): (value.number ?? .infinity) >= rule.number ?? 0
    case ("maximum", _): (value.number ?? -.infinity) <= rule.number ?? 0
    case ("required", _), ("properties", _), ("additionalProperties", _), ("propertyNames", _), ("items", _),
      ("contains", _), ("uniqueItems", _), ("minItems", _), ("maxItems", _), ("minProperties", _),
      ("maxProperties", _), ("minLength", _), ("maxLength", _), ("pattern", _):
      true
    default: false
    }
  }
}

extension Value {
  fileprivate func isOf(type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .boolean: type == "boolean"
    case .integer: type == "integer" || type == "number"
    case .number: type == "number"
    case .string: type == "string"
    case .list: type == "array"
    case .map: type == "object"
    case .pending: false
    }
  }
}
