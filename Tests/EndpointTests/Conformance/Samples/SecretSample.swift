extension KindSample {
  static let secret = KindSample(
    section: "secrets",
    properties: [
      "description": "a password", "kmsKeyId": "alias/mine", "secretString": "first",
      "tags": "{ team: blue }",
      "recoveryWindowInDays": "0", "resourcePolicy": policy("GetSecretValue"), "blockPublicPolicy": "true",
    ],
    mutations: [
      "description": "another password", "kmsKeyId": "alias/other", "secretString": "second",
      "tags": "{ owner: red }", "recoveryWindowInDays": "7", "resourcePolicy": policy("DescribeSecret"),
      "blockPublicPolicy": "false",
    ],
    replacements: ["name": "team/renamed"], companions: ["resourcePolicy": ["blockPublicPolicy"]],
    outsideChanges: [
      "description": set("Description='theirs'"), "kmsKeyId": set("KmsKeyId='alias/theirs'"),
      "tags": """
      client("secretsmanager").tag_resource(SecretId=name, Tags=[{"Key": "team", "Value": "theirs"}])
      """,
      "resourcePolicy": "client('secretsmanager').delete_resource_policy(SecretId=name)",
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

  /// Its text is made by the service.
  static let generatedSecret = KindSample(
    section: "secrets",
    properties: [
      "generateSecretString":
        "{ secretStringTemplate: '{\"user\": \"me\"}', generateStringKey: password, passwordLength: 20, "
        + "excludeCharacters: ab, excludeLowercase: false, excludeNumbers: false, excludePunctuation: true, "
        + "excludeUppercase: false, includeSpace: false, requireEachIncludedType: true, generation: 1 }",
      "recoveryWindowInDays": "0",
    ],
    mutations: ["generateSecretString": "{ passwordLength: 40, includeSpace: true }"])

  private static let cannotEnd = Defect(
    endpoint: .ministack, property: "replicaRegions",
    evidence: "RemoveRegionsFromReplication: 400 InvalidRequestException Unknown action")

  /// It has copies in other regions.
  static let copiedSecret = KindSample(
    section: "secrets",
    properties: [
      "secretString": "first", "recoveryWindowInDays": "0",
      "replicaRegions": "[{ region: eu-west-1 }, { region: eu-west-2 }]",
    ],
    mutations: ["replicaRegions": "[{ region: eu-west-1 }, { region: eu-central-1 }]"],
    outsideChanges: [
      "replicaRegions": """
      client("secretsmanager").replicate_secret_to_regions(SecretId=name, AddReplicaRegions=[{"Region": "us-west-2"}])
      """
    ], defects: [cannotEnd])

  /// A copy has a key of its own.
  static let lockedCopySecret = KindSample(
    section: "secrets",
    properties: [
      "secretString": "first", "recoveryWindowInDays": "0",
      "replicaRegions": "[{ region: eu-west-1, kmsKeyId: alias/theirs }]",
    ],
    mutations: ["replicaRegions": "[{ region: eu-west-1, kmsKeyId: alias/other }]"],
    defects: [
      cannotEnd,
      Defect(
        endpoint: .localstack, property: "replicaRegions",
        evidence:
          "ReplicateSecretToRegions with KmsKeyId alias/theirs: 200, DescribeSecret tells alias/aws/secretsmanager"
      ),
    ])

  private static func policy(_ action: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { AWS: 'arn:aws:iam::{account}:root' }, "
      + "Action: 'secretsmanager:\(action)', Resource: '*' }] }"
  }

  private static func set(_ change: String) -> String {
    "client('secretsmanager').update_secret(SecretId=name, \(change))"
  }
}
