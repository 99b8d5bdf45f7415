/// The forms of a gate as JSON Schema, for editors; what ``GateDecoder`` reads.
enum GateSchema {
  static var forms: [Value] {
    [
      ["enum": ["inSync", "alarmsOk", "verified"]],
      form(["run": command, "timeout": time("How long it may take; 10m without it.")], required: "run"),
      form(["soak": time("How long the release must have been current in the source.")], required: "soak"),
      form(
        ["verified": ["type": "string", "description": "The test whose newest run must have passed."]],
        required: "verified"),
      form(["approval": approval], required: "approval"),
    ]
  }

  private static var command: Value {
    [
      "description": "A command of the shell that must succeed; ${outputs.x} and ${release.number} are read.",
      "anyOf": [
        ["type": "string", "minLength": 1],
        ["type": "array", "items": ["type": "string"], "minItems": 1],
      ],
    ]
  }

  private static var approval: Value {
    let names: Value = [
      "type": "array", "items": ["type": "string", "minLength": 1], "minItems": 1, "uniqueItems": true,
    ]
    let rule: Value = [
      "type": "object", "additionalProperties": false,
      "properties": [
        "from": [
          "anyOf": [["type": "string"], names], "description": "Who may approve; anyone without it.",
        ],
        "count": ["type": "integer", "minimum": 1, "description": "How many of them; one without it."],
      ],
    ]
    return [
      "description": "Who has to approve the release for this profile.",
      "anyOf": [["enum": ["required"]], names, rule],
    ]
  }

  private static func time(_ description: String) -> Value {
    [
      "type": ["string", "integer"], "pattern": "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$|^[0-9]+$",
      "description": .string(description),
    ]
  }

  private static func form(_ members: [String: Value], required: Value) -> Value {
    ["type": "object", "additionalProperties": false, "required": [required], "properties": .map(members)]
  }
}
