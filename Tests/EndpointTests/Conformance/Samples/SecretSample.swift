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
    ],
    part: StackPart(
      entries: """
          login:
            description: Login {changed}
            secretString: sesame
            recoveryWindowInDays: 0
            tags: {tags}
        """,
      listing: #"""
        [s["Name"] + (" until its deletion" if s.get("DeletedDate") else "")
         for s in c("secretsmanager").list_secrets(IncludePlannedDeletion=True)["SecretList"]]
        """#))

  private static func set(_ change: String) -> String {
    "client('secretsmanager').update_secret(SecretId=name, \(change))"
  }
}
