/// The JSON Schema of stack files, for editors: completion, hover texts and squiggles while typing.
///
/// Draft 2020-12. Every scalar may also be an expression. It is made of the kinds' schemas alone, so it can't fall behind them.
package enum JSONSchema {
  /// The schema of a stack file with these kinds, in JSON Schema 2020-12.
  package static func document(for registry: KindRegistry) -> Value {
    var properties: [String: Value] = [
      "stack": [
        "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]{0,62}$", "description": "The stack's name.",
      ],
      "description": ["type": ["string", "null"], "description": "What the stack is for."],
      "include": [
        "description": "Files whose sections belong to the stack, relative to this file.",
        "anyOf": [["type": ["string", "null"]], ["type": "array", "items": ["type": "string"]]],
      ],
      "variables": variables, "outputs": outputs,
      "tags": [
        "type": ["object", "null"], "additionalProperties": scalar,
        "description": "Tags of every resource that takes some.",
      ],
    ]
    for kind in registry.kinds { properties[kind.schema.section] = section(kind.schema) }
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Stackform stack", "type": "object",
      "required": ["stack"], "additionalProperties": false, "properties": .map(properties),
      "$defs": .map(
        TestSchema.definitions.merging(["expression": ["type": "string", "pattern": "\\$\\{"]]) { $1 }),
    ]
  }

  /// The values that a property may have, whatever other properties say.
  package static func values(of property: Property) -> Value { ShapeSchema().values(of: property.shape) }

  private static func section(_ schema: Schema) -> Value {
    var members: [String: Value] = [:]
    for key in UniversalKey.allCases where key != .name || schema.naming != nil {
      members[key.rawValue] = described(ShapeSchema.orNull(universal(key)), key.summary)
    }
    return [
      "type": ["object", "null"], "description": .string(schema.summary),
      "propertyNames": ["pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$"],
      "additionalProperties": ShapeSchema(relations: RelationSchema(schema: schema))
        .entry(schema.properties, beside: members),
    ]
  }

  private static func universal(_ key: UniversalKey) -> Value {
    switch key {
    case .name: ["type": "string"]
    case .dependsOn, .ignoreChanges:
      ["anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]]]
    case .protect, .adopt: ShapeSchema.orExpression(["type": "boolean"])
    }
  }

  /// A schema with a description, which editors show.
  static func described(_ schema: Value, _ summary: String) -> Value {
    guard case .map(var members) = schema else { return schema }
    members["description"] = .string(summary)
    return .map(members)
  }

  private static let scalar: Value = ["type": ["string", "number", "boolean"]]

  private static let variables: Value = [
    "type": ["object", "null"], "description": "Values that a profile or the command line may set.",
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
    "type": ["object", "null"], "description": "What the stack gives other stacks and its users.",
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
