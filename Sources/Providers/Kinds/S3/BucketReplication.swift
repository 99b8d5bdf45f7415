import Planner

/// How a bucket's objects are copied to other buckets. Facts: ReplicationConfiguration in the S3 API
/// reference and in CloudFormation.
enum BucketReplication {
  static let members = [
    Property("role", .arn, required: true, "The role that S3 copies as."),
    Property("rules", .set(.object(rule)), required: true, "What is copied, and where to."),
  ]

  private static let rule = [
    Property("deleteMarkerReplication", .boolean, default: false, "Delete marks are copied."),
    Property("destination", .object(destination), required: true, "Where to."),
    Property("id", .string(TextRule(length: 1...255)), "The rule's name; S3 gives one without it."),
    BucketFilter.prefix,
    Property(
      "priority", .integer(0...2_147_483_647), default: 0,
      "Which rule counts when several are for one object: the highest."),
    Property(
      "replicaModifications", .boolean, default: false, "Changes of a copy's metadata are copied back."),
    Property(
      "sseKmsEncryptedObjects", .boolean, default: false,
      "Objects that are encrypted with KMS keys are copied, too."),
    Property("status", .choice(["Enabled", "Disabled"]), default: "Enabled", "Whether the rule is on."),
    BucketFilter.tagFilters,
  ]

  private static let destination = [
    Property(
      "account", .string(TextRule(pattern: "\\d{12}", says: "an account's twelve digits")),
      "The account of the other bucket."),
    Property("bucket", .arn, required: true, "The other bucket's ARN."),
    Property(
      "metrics", .object(timed("Minutes after which a copy counts as late.")),
      "How far the copying is, as metrics."),
    Property(
      "owner", .choice(["Destination"]), "Copies belong to the other bucket's account, which needs `account`."
    ),
    Property("replicaKmsKeyID", .text, "The id or ARN of the KMS key that encrypts the copies."),
    Property(
      "replicationTime", .object(timed("Minutes within which S3 promises to copy: 15.")),
      "S3 promises how fast it copies."),
    Property(
      "storageClass",
      .choice([
        "DEEP_ARCHIVE", "GLACIER", "GLACIER_IR", "INTELLIGENT_TIERING", "ONEZONE_IA", "REDUCED_REDUNDANCY",
        "STANDARD", "STANDARD_IA",
      ]), "The copies' storage class; the object's own without it."),
  ]

  private static func timed(_ summary: String) -> [Property] {
    [
      Property("minutes", .integerChoice([15]), summary),
      Property("status", .choice(["Enabled", "Disabled"]), default: "Enabled", "Whether it is on."),
    ]
  }

  // MARK: The wire

  static let setting = BucketSetting(
    "replication", "replication", "BucketReplication", root: "ReplicationConfiguration",
    .object([
      .member("role", "Role", .text), .member("rules", "Rule", .items(.object(ruleMembers))),
    ]), deletion: "DeleteBucketReplication")

  private static let onOff = XMLForm.wrapped("Status", .words(true: "Enabled", false: "Disabled"))

  private static let ruleMembers: [XMLForm.Member] = [
    .member("id", "ID", .text),
    .custom(
      // A rule with a filter must say both.
      write: { [XMLElement("Priority", ($0["priority"] ?? 0).json)] },
      read: { $0["Priority"]?.string.flatMap(Int.init).map { ["priority": .integer($0)] } ?? [:] }),
    BucketFilter.member(always: true),
    .custom(
      write: { [XMLElement("Status", $0["status"]?.string ?? "Enabled")] },
      read: { $0["Status"].map { ["status": $0] } ?? [:] }),
    .group(
      "SourceSelectionCriteria",
      [
        .member("sseKmsEncryptedObjects", "SseKmsEncryptedObjects", onOff),
        .member("replicaModifications", "ReplicaModifications", onOff),
      ]),
    .member(
      "destination", "Destination",
      .object([
        .member("bucket", "Bucket", .text), .member("account", "Account", .text),
        .member("storageClass", "StorageClass", .text),
        .member("owner", "AccessControlTranslation", .wrapped("Owner", .text)),
        .member("replicaKmsKeyID", "EncryptionConfiguration", .wrapped("ReplicaKmsKeyID", .text)),
        .member("replicationTime", "ReplicationTime", timedForm("Time")),
        .member("metrics", "Metrics", timedForm("EventThreshold")),
      ])),
    .custom(
      write: {
        let status = $0["deleteMarkerReplication"] == true ? "Enabled" : "Disabled"
        return [XMLElement("DeleteMarkerReplication", [XMLElement("Status", status)])]
      },
      read: {
        let status = $0["DeleteMarkerReplication"]?["Status"]
        return status.map { ["deleteMarkerReplication": .boolean($0 == "Enabled")] } ?? [:]
      }),
  ]

  private static func timedForm(_ element: String) -> XMLForm {
    .object([
      .custom(
        write: { [XMLElement("Status", $0["status"]?.string ?? "Enabled")] },
        read: { $0["Status"].map { ["status": $0] } ?? [:] }),
      .member("minutes", element, .wrapped("Minutes", .integer)),
    ])
  }
}
