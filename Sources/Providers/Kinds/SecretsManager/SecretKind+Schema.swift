package import Planner

extension SecretKind {
  static let managedKey = "alias/aws/secretsmanager"

  static let properties = [
    Property(
      "blockPublicPolicy", .boolean, writeOnly: true,
      "The service refuses a resource policy that lets everybody in. It is sent with the policy, and never read back."
    ),
    Property("description", .string(TextRule(length: 0...2048)), "What the secret is for."),
    Property(
      "generateSecretString", .object(GeneratedSecret.members), writeOnly: true,
      "The service makes a random text, which no file and no ledger holds, and Stackform never shows. It is made once, and anew "
        + "when something in here changes."),
    Property(
      "kmsKeyId", .string(TextRule(length: 1...2048)), default: .string(managedKey),
      "The id, alias or ARN of the KMS key that encrypts the secret."),
    Property(
      "recoveryWindowInDays", .integer(0...30), default: 30, onDeletion: true,
      "How long a deleted secret can be restored: 7 to 30 days, or 0 to delete it at once."),
    Property(
      "replicaRegions",
      .set(
        .object([
          Property(
            "kmsKeyId", .string(TextRule(length: 1...2048)), default: .string(managedKey),
            "The key of that region that encrypts the replica."),
          Property(
            "region", .string(TextRule(pattern: "([a-z]+-)+[0-9]+", says: "a region, as eu-west-1")),
            required: true, "The region."),
        ])), "Other regions that have a copy of the secret."),
    Property("resourcePolicy", .policy, "Who may use the secret besides those that their own policies let."),
    Property(
      "secretString", .string(TextRule(length: 1...65_536)), need: .value, secret: true, writeOnly: true,
      "The text itself. It is sent when it changes in the file, and never read back. Taken out, it stays as it is."
    ),
  ]

  static let relations =
    [
      Relation.atMostOne(of: "secretString", "generateSecretString"),
      .goesWith(["blockPublicPolicy"], "resourcePolicy"),
      .distinct("replicaRegions.*.region"),
    ]
    + Relation.inside(
      "generateSecretString", .needs("generateStringKey", "secretStringTemplate"),
      .needs("secretStringTemplate", "generateStringKey"))

  package func problems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if let days = resource["recoveryWindowInDays"]?.integer, (1...6).contains(days) {
      problems.append(
        PropertyProblem(
          ["recoveryWindowInDays"], "Recovery window too short",
          "A deleted secret can be restored for 7 to 30 days, not for \(days).",
          fix: "Set 7 or more, or 0 to delete the secret at once."))
    }
    return problems + GeneratedSecret.problems(of: resource["generateSecretString"] ?? .null)
  }
}
