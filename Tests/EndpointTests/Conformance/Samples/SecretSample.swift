extension KindSample {
  static let secret = KindSample(
    section: "secrets",
    properties: [
      "description": "a password", "kmsKeyId": "alias/mine", "secretString": "first",
      "tags": "{ team: blue }",
      "recoveryWindowInDays": "0",
    ],
    mutations: [
      "description": "another password", "kmsKeyId": "alias/other", "secretString": "second",
      "tags": "{ owner: red }", "recoveryWindowInDays": "7",
    ],
    replacements: ["name": "team/renamed"],
    outsideChanges: [
      "description": set("Description='theirs'"), "kmsKeyId": set("KmsKeyId='alias/theirs'"),
      "tags": """
      client("secretsmanager").tag_resource(SecretId=name, Tags=[{"Key": "team", "Value": "theirs"}])
      """,
    ])

  private static func set(_ change: String) -> String {
    "client('secretsmanager').update_secret(SecretId=name, \(change))"
  }
}
