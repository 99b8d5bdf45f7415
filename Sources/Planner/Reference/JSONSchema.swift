/// The JSON Schema of stack files, for editors: completion, hover texts and squiggles while typing.
///
/// Draft 2020-12. Every scalar may also be an expression. It is made of the kinds' schemas alone, so it can't fall behind them.
package enum JSONSchema {
  package static func document(for registry: KindRegistry) -> Value {
    var properties: [String: Value] = [
      "stack": [
        "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]{0,62}$", "description": "The stack's name.",
      ],
      "description": ["type": "string", "description": "What the stack is for."],
      "include": [
        "description": "Files whose sections belong to the stack, relative to this file.",
        "anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]],
      ],
      "variables": variables, "outputs": outputs,
      "tags": [
        "type": "object", "additionalProperties": scalar,
        "description": "Tags of every resource that takes some.",
      ],
    ]
    for kind in registry.kinds { properties[kind.schema.section] = section(kind.schema) }
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Stackform stack", "type": "object",
      "required": ["stack"], "additionalProperties": false, "properties": .map(properties),
      "$defs": ["expression": ["type": "string", "pattern": "\\$\\{"]],
    ]
  }

  /// The values that a property may have.
  package static func values(of property: Property) -> Value { of(property.shape) }

  private static func section(_ schema: Schema) -> Value {
    var members: [String: Value] = [:]
    for key in UniversalKey.allCases where key != .name || schema.naming != nil {
      members[key.rawValue] = described(universal(key), key.summary)
    }
    return [
      "type": ["object", "null"], "description": .string(schema.summary),
      "propertyNames": ["pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$"],
      "additionalProperties": object(schema.properties, beside: members, orNull: true),
    ]
  }

  private static func universal(_ key: UniversalKey) -> Value {
    switch key {
    case .name: ["type": "string"]
    case .dependsOn, .ignoreChanges:
      ["anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]]]
    case .protect, .adopt: orExpression(["type": "boolean"])
    }
  }

  private static func object(
    _ properties: [Property], beside others: [String: Value] = [:], orNull: Bool = false
  ) -> Value {
    var members = others
    let settable = properties.filter { !$0.isDerived }
    for property in settable {
      var member = described(of(property.shape), property.summary)
      if let standard = property.defaultValue, case .map(var entries) = member {
        entries["default"] = standard
        member = .map(entries)
      }
      members[property.name] = member
    }
    var schema: [String: Value] = [
      "type": orNull ? ["object", "null"] : "object", "additionalProperties": false,
      "properties": .map(members),
    ]
    let required = settable.filter(\.isRequired).map { Value.string($0.name) }
    if !required.isEmpty { schema["required"] = .list(required) }
    return .map(schema)
  }

  private static func of(_ shape: Shape) -> Value {
    switch shape {
    case .boolean: orExpression(["type": "boolean"])
    case .integer(let range): orExpression(integer(range))
    case .integerChoice(let numbers): orExpression(["enum": .list(numbers.map(Value.integer))])
    case .number: orExpression(["type": "number"])
    case .string(let rule): text(rule)
    case .choice(let words): orExpression(["enum": .list(words.map(Value.string))])
    case .list(let item): ["type": "array", "items": of(item)]
    case .set(let item): ["type": "array", "items": of(item), "uniqueItems": true]
    case .map(let member): ["type": "object", "additionalProperties": of(member)]
    case .object(let members): object(members)
    case .path: ["type": "string"]
    case .document: ["type": ["object", "array", "string", "number", "boolean", "null"]]
    case .policy: ["type": ["object", "string"]]
    case .either(let shapes): ["anyOf": .list(shapes.map(of))]
    }
  }

  private static func integer(_ range: ClosedRange<Int>?) -> Value {
    var schema: [String: Value] = ["type": "integer"]
    if let range, range.lowerBound != .min { schema["minimum"] = .integer(range.lowerBound) }
    if let range, range.upperBound != .max { schema["maximum"] = .integer(range.upperBound) }
    return .map(schema)
  }

  /// Plain numbers and booleans are texts too where a text is wanted.
  private static func text(_ rule: TextRule) -> Value {
    var schema: [String: Value] = ["type": ["string", "number", "boolean"]]
    if let length = rule.length {
      schema["minLength"] = .integer(length.lowerBound)
      schema["maxLength"] = .integer(length.upperBound)
    }
    if let pattern = rule.pattern { schema["pattern"] = .string("^(?:\(pattern))$") }
    return rule == .any ? .map(schema) : orExpression(.map(schema))
  }

  private static func orExpression(_ schema: Value) -> Value {
    ["anyOf": [schema, ["$ref": "#/$defs/expression"]]]
  }

  private static func described(_ schema: Value, _ summary: String) -> Value {
    guard case .map(var members) = schema else { return schema }
    members["description"] = .string(summary)
    return .map(members)
  }

  private static let scalar: Value = ["type": ["string", "number", "boolean"]]

  private static let variables: Value = [
    "type": "object", "description": "Values that a profile or the command line may set.",
    "additionalProperties": [
      "anyOf": [
        ["type": ["string", "number", "boolean", "array", "null"]],
        [
          "type": "object", "additionalProperties": false,
          "properties": [
            "type": ["enum": .list(VariableDeclaration.Kind.allCases.map { .string($0.rawValue) })],
            "default": [:], "minimum": ["type": "number"], "maximum": ["type": "number"],
            "pattern": ["type": "string"], "allowed": ["type": "array"], "description": ["type": "string"],
            "secret": ["type": "boolean"],
          ],
        ],
      ]
    ],
  ]

  private static let outputs: Value = [
    "type": "object", "description": "What the stack tells others and its users.",
    "additionalProperties": [
      "anyOf": [
        ["type": ["string", "number", "boolean", "array"]],
        [
          "type": "object", "required": ["value"], "additionalProperties": false,
          "properties": [
            "value": [:], "description": ["type": "string"], "secret": ["type": "boolean"],
          ],
        ],
      ]
    ],
  ]
}
