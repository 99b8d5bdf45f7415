package import Planner

/// AWS Secrets Manager secrets.
///
/// Reads: one a secret (tags are in it); on emulators a listing tells first which of many are there, and on AWS it may
/// lack what changed in the last five minutes (ListSecrets in the API reference). Writes: one to create one, one for
/// all that changes, one to remove tags and one to add them. A deleted secret keeps its name during its recovery
/// window; a creation restores it (RestoreSecret). Facts: the Secrets Manager API reference, and
/// `AWS::SecretsManager::Secret` in CloudFormation.
package struct SecretKind: DescribedKind {
  package let schema = Schema(
    section: "secrets", kind: "secret", title: "AWS Secrets Manager secret",
    summary: "A secret is a text that only permitted callers can read, such as a password.",
    naming: Naming(
      TextRule(
        length: 1...512, pattern: "[A-Za-z0-9/_+=.@-]+", says: "letters, digits and the signs / _ + = . @ -")),
    holdsData: true, waitsForDeletion: true,
    properties: [
      Property("description", .string(TextRule(length: 0...2048)), "What the secret is for."),
      Property(
        "kmsKeyId", .string(TextRule(length: 1...2048)), default: "alias/aws/secretsmanager",
        "The id, alias or ARN of the KMS key that encrypts the secret."),
      Property(
        "recoveryWindowInDays", .integer(0...30), default: 30, onDeletion: true,
        "How long a deleted secret can be restored: 7 to 30 days, or 0 to delete it at once."),
      Property(
        "secretString", .string(TextRule(length: 1...65_536)), need: .value, secret: true, writeOnly: true,
        "The text itself. It is sent when it changes in the file, and never read back. Taken out, it stays as it is."
      ),
    ],
    attributes: [
      Attribute("arn", early: false, "The secret's ARN. It ends with six characters of the service's own."),
      Attribute("name", early: true, "The secret's name."),
    ],
    example: """
      secrets:
        database:
          description: The password of the orders database
          secretString: "${var.databasePassword}"
      """)

  let calls = KindCalls(
    identity: Identity(creation: ["Name": .name], reference: ["SecretId": .name]),
    create: SecretsManager.createSecret, read: SecretsManager.describeSecret,
    change: .partial(SecretsManager.updateSecret),
    ending: Ending(delete: SecretsManager.deleteSecret, revive: SecretsManager.restoreSecret),
    listing: Listing(
      operation: SecretsManager.listSecrets, name: "Name", isLate: true,
      input: ["IncludePlannedDeletion": true, "MaxResults": 100]),
    tags: SecretsManager.tags, fields: WireFields(resets: ["description": ""]), attributes: ["arn": "ARN"],
    token: "ClientRequestToken")

  package func problems(of resource: Resource) -> [PropertyProblem] {
    guard let days = resource["recoveryWindowInDays"]?.integer, (1...6).contains(days) else { return [] }
    return [
      PropertyProblem(
        ["recoveryWindowInDays"], "Recovery window too short",
        "A deleted secret can be restored for 7 to 30 days, not for \(days).",
        fix: "Set 7 or more, or 0 to delete the secret at once.")
    ]
  }

  func shape(_ input: inout [String: Value], for deletion: Deletion) {
    let days = deletion.instructions["recoveryWindowInDays"] ?? 30
    if days == 0 { input["ForceDeleteWithoutRecovery"] = true } else { input["RecoveryWindowInDays"] = days }
  }

  /// DescribeSecret still returns a secret in its recovery window, although its text can't be read.
  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    live.isDeleting = answer.value["DeletedDate"]?.isEmpty == false
  }
}
