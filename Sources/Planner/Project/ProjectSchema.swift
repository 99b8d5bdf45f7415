/// The JSON Schema of `stackform.yaml`, for editors. Draft 2020-12, as ``JSONSchema`` is of stack files.
package enum ProjectSchema {
  package static var document: Value {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Stackform project",
      "type": "object",
      "additionalProperties": false,
      "properties": [
        "project": text("The project's name."),
        "keepReleases": [
          "type": "integer", "minimum": .integer(Retention.leastCount),
          "description": "How many releases of a stack are kept in each place.",
        ],
        "profiles": [
          "type": "object", "description": "The places that stacks go to. `local` is there without an entry.",
          "additionalProperties": [
            "type": ["object", "null"], "additionalProperties": false, "properties": .map(profile),
          ],
        ],
      ],
    ]
  }

  private static var profile: [String: Value] {
    [
      "endpoint": text("The endpoint's URL; AWS itself without it.", pattern: "^https?://[^ ]+$"),
      "region": text("The region; else that of the AWS configuration."),
      "account": text(
        "The account, twelve digits in quotes; credentials of another are refused.", pattern: "^[0-9]{12}$"),
      "awsProfile": text("The profile of AWS's shared files that gives the credentials."),
      "assumeRole": text(
        "The ARN of a role that is assumed here.", pattern: "^arn:[^:]+:iam::[0-9]{12}:role/.+$"),
      "namePrefix": text("Stands before every default physical name."),
      "disposable": flag("Data may be deleted here without --allow-data-loss."),
      "protect": flag("A run that changes something here needs the profile's name as a confirmation."),
      "variables": ["type": "object", "description": "Values of the stacks' variables here."],
      "variableFiles": [
        "description":
          "YAML or JSON files of such values, seen from this file's folder; each goes over the one before.",
        "anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]],
      ],
      "promoteFrom": text("The profile that releases are promoted from."),
      "gates": [
        "type": "array", "description": "What must hold before a release is promoted to here.",
        "items": ["anyOf": .list(GateSchema.forms)],
      ],
    ]
  }

  private static func text(_ description: String, pattern: String? = nil) -> Value {
    var members: [String: Value] = ["type": "string", "description": .string(description)]
    if let pattern { members["pattern"] = .string(pattern) }
    return .map(members)
  }

  private static func flag(_ description: String) -> Value {
    ["type": "boolean", "description": .string(description)]
  }
}
