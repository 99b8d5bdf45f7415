/// Writes shapes as JSON Schema, with the relations of the objects in them.
struct ShapeSchema {
  /// nil leaves the relations out, and the nulls: what is said of a kind, and not of a file.
  var relations: RelationSchema?

  /// The schema of an entry of a section.
  func entry(_ properties: [Property], beside others: [String: Value]) -> Value {
    object(properties, at: [], beside: others, orNull: true)
  }

  /// The JSON Schema of all values that the shape takes in a file.
  func values(of shape: Shape) -> Value { of(shape, at: []) }

  private func object(
    _ properties: [Property], at path: [String], beside others: [String: Value] = [:], orNull: Bool = false
  ) -> Value {
    var members = others
    let settable = properties.filter { !$0.isDerived }
    for property in settable {
      let path = path + [property.name]
      var member = JSONSchema.described(of(property.shape, at: path), property.summary)
      for (keyword, bound) in relations?.bounds(at: path) ?? [:] { member = member.setting(keyword, bound) }
      if relations != nil, !property.isRequired { member = Self.orNull(member) }
      if let standard = property.defaultValue { member = member.setting("default", standard) }
      members[property.name] = member
    }
    var schema: [String: Value] = ["type": orNull ? ["object", "null"] : "object"]
    if let twin = members["on"] {
      // A YAML 1.1 reader takes the key `on` for true, which JSON has as the text "true".
      schema["propertyNames"] = [
        "enum": .list(members.keys.sorted().map(Value.string) + ["true", true])
      ]
      members["true"] = twin
    } else {
      schema["additionalProperties"] = false
    }
    schema["properties"] = .map(members)
    let required = settable.filter(\.isRequired).map { Value.string($0.name) }
    if !required.isEmpty { schema["required"] = .list(required) }
    let constraints = relations?.constraints(at: path) ?? []
    if !constraints.isEmpty { schema["allOf"] = .list(constraints) }
    return .map(schema)
  }

  private func of(_ shape: Shape, at path: [String]) -> Value {
    switch shape {
    case .boolean: Self.orExpression(["type": "boolean"])
    case .integer(let range): Self.orExpression((range?.schema ?? [:]).setting("type", "integer"))
    case .integerChoice(let numbers): Self.orExpression(["enum": .list(numbers.map(Value.integer))])
    case .number: Self.orExpression(["type": "number"])
    case .string(let rule): text(rule)
    case .choice(let words): Self.orExpression(["enum": .list(words.map(Value.string))])
    case .list(let item): ["type": "array", "items": of(item, at: path + ["*"])]
    case .set(let item): ["type": "array", "items": of(item, at: path + ["*"]), "uniqueItems": true]
    case .map(let member): ["type": "object", "additionalProperties": of(member, at: path + ["*"])]
    case .object(let members): object(members, at: path)
    case .path: ["type": "string"]
    case .document: ["type": ["object", "array", "string", "number", "boolean", "null"]]
    case .policy: ["type": ["object", "string"]]
    case .either(let shapes): ["anyOf": .list(shapes.map { of($0, at: path) })]
    }
  }

  /// Plain numbers and booleans are texts too where a text is wanted.
  private func text(_ rule: TextRule) -> Value {
    var schema: [String: Value] = ["type": ["string", "number", "boolean"]]
    if let length = rule.length {
      schema["minLength"] = .integer(length.lowerBound)
      schema["maxLength"] = .integer(length.upperBound)
    }
    if let pattern = rule.pattern { schema["pattern"] = .string("^(?:\(pattern))$") }
    return rule == .any ? .map(schema) : Self.orExpression(.map(schema))
  }

  /// A schema that also takes null, which is as if the key were not there.
  static func orNull(_ schema: Value) -> Value {
    if let choices = schema["anyOf"]?.list {
      return schema.setting("anyOf", .list(choices + [["type": "null"]]))
    }
    guard let type = schema["type"] else { return schema }
    let types = type.list ?? [type]
    return types.contains("null") ? schema : schema.setting("type", .list(types + ["null"]))
  }

  /// A schema that also takes a text with an expression.
  static func orExpression(_ schema: Value) -> Value {
    ["anyOf": [schema, ["$ref": "#/$defs/expression"]]]
  }
}
