/// Writes a test of one value as JSON Schema.
struct TestSchema {
  let test: Condition.Test
  /// Null says as much as leaving the property out, and that is as it should be.
  let isOptional: Bool

  static let expression: Value = ["$ref": "#/$defs/expression"]

  /// Schemas that many relations share.
  static let definitions: [String: Value] = [
    "empty": ["enum": nothing], "given": ["not": ["enum": nothing]],
    "unset": ["anyOf": [["enum": nothing], expression]],
    "set": ["not": ["anyOf": [["enum": nothing], expression]]],
  ]
  private static let nothing: Value = [.null, "", [], [:]]

  /// The schema of the values for which the test is true, or false, with this certainty.
  func schema(is wanted: Bool, _ certainty: ConditionSchema.Certainty) -> Value {
    switch (wanted, certainty) {
    case (true, .surely): surely
    case (true, .maybe): maybe
    case (false, .surely): surelyNot
    case (false, .maybe): maybeNot
    }
  }

  private var surely: Value {
    switch test {
    case .isSet: ["$ref": "#/$defs/set"]
    case .isOneOf(let values): ["enum": .list(values + (isOptional ? [.null] : []))]
    case .isWithin(let range): range.schema.setting("type", "number")
    case .endsWith, .isARN: ["type": "string", "pattern": .string(pattern)]
    }
  }

  private var maybe: Value {
    switch test {
    case .isSet: ["$ref": "#/$defs/given"]
    case .isOneOf, .endsWith, .isARN: ["anyOf": [surely, Self.expression]]
    case .isWithin(let range): range.schema
    }
  }

  private var surelyNot: Value {
    switch test {
    case .isSet: ["$ref": "#/$defs/empty"]
    case .isOneOf(let values): ["not": ["anyOf": [["enum": excluded(values)], Self.expression]]]
    case .isWithin(let range): ["type": "number", "not": range.schema]
    case .endsWith, .isARN:
      ["type": "string", "not": ["anyOf": [["pattern": .string(pattern)], Self.expression]]]
    }
  }

  private var maybeNot: Value {
    switch test {
    case .isSet: ["$ref": "#/$defs/unset"]
    case .isOneOf(let values): ["not": ["enum": excluded(values)]]
    case .isWithin, .endsWith, .isARN: ["not": surely]
    }
  }

  private func excluded(_ values: [Value]) -> Value { .list(values + (isOptional ? [] : [.null])) }

  /// What a text must match. A reference to the right section will be an ARN of the right service.
  private var pattern: String {
    switch test {
    case .endsWith(let suffix): suffix.replacing(".", with: "\\.") + "$"
    case .isARN(let owners):
      owners.map { owner in
        "^arn:[^:$]*:\(owner.service):" + (owner.section.map { "|^\\$\\{ *\($0)\\.[^}]*\\}$" } ?? "")
      }.joined(separator: "|")
    case .isSet, .isOneOf, .isWithin: ""
    }
  }
}

extension Condition.Test {
  /// Whether a default meets it.
  func isMet(by standard: Value?) -> Bool {
    guard let standard else { return false }
    return switch self {
    case .isSet: false
    case .isOneOf(let values): values.contains(standard)
    case .isWithin(let range): standard.integer.map(range.contains) ?? false
    case .endsWith(let suffix): standard.string?.hasSuffix(suffix) ?? false
    case .isARN: false
    }
  }
}

extension ClosedRange<Int> {
  /// The bounds as JSON Schema; missing bounds are left out.
  var schema: Value {
    var schema: [String: Value] = [:]
    if lowerBound != .min { schema["minimum"] = .integer(lowerBound) }
    if upperBound != .max { schema["maximum"] = .integer(upperBound) }
    return .map(schema)
  }
}
