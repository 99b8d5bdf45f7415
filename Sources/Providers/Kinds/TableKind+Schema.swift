import Planner

extension TableKind {
  static let declaration = Schema(
    section: "tables", kind: "table", title: "Amazon DynamoDB table",
    summary: "A table holds items, which are found by their key.",
    naming: Naming(
      TextRule(
        length: 3...255, pattern: "[a-zA-Z0-9_.-]+",
        says: "3 to 255 letters, digits, underscores, dots and hyphens")),
    holdsData: true,
    properties: [
      Property(
        "billingMode", .choice(["PAY_PER_REQUEST", "PROVISIONED"]), default: "PAY_PER_REQUEST",
        "Pays for each request, or for a capacity. PROVISIONED when a capacity is set."),
      Property(
        "deletionProtection", .boolean, default: false, "The service refuses to delete the table."),
      Property(
        "encryption", .object(encryption),
        "Encrypts with a KMS key of yours, not with one that DynamoDB owns."),
      Property(
        "globalSecondaryIndexes", .map(.object(globalIndex)),
        "Other keys to find items by, by index name. Added and removed one at a time."),
      Property(
        "localSecondaryIndexes", .map(.object(localIndex)), change: .replaces,
        "Other sort keys beside the table's partition key, by index name."),
      Property("partitionKey", key, required: true, change: .replaces, partitionKeySummary),
      Property(
        "pointInTimeRecovery", .boolean, default: false,
        "Keeps backups from which any second of the last 35 days can be restored."),
      Property("readCapacity", capacity, "Read units a second, with billingMode PROVISIONED."),
      Property(
        "sortKey", key, change: .replaces, "The attribute that orders the items of a partition, and its type."
      ),
      Property("stream", .choice(streamViews), "Publishes changes of items; says what of an item is told."),
      Property(
        "tableClass", .choice(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]), default: "STANDARD",
        "Whether storage or requests are the cheaper part."),
      Property(
        "timeToLive", .string(attributeName),
        "The attribute that holds when an item expires, in seconds since 1970."),
      Property("writeCapacity", capacity, "Write units a second, with billingMode PROVISIONED."),
    ],
    attributes: [
      Attribute("arn", early: true, "The table's ARN."),
      Attribute("name", early: true, "The table's name."),
      Attribute(
        "streamArn", early: false, changesWith: ["stream"],
        "The ARN of the table's stream; there is none without `stream`."),
    ],
    example: """
      tables:
        orders:
          partitionKey: { customer: S }
          sortKey: { placedAt: N }
          stream: NEW_AND_OLD_IMAGES
          globalSecondaryIndexes:
            by-status: { partitionKey: { status: S }, projection: KEYS_ONLY }
      """)

  private static let attributeName = TextRule(length: 1...255)
  private static let streamViews = ["KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE"]
  private static let partitionKeySummary =
    "The attribute that spreads items, and its type: S for text, N for numbers, B for bytes."
  /// One attribute to its type.
  private static let key = Shape.map(.choice(["B", "N", "S"]))
  /// AWS sets no upper bound: it is the account's quota.
  private static let capacity = Shape.integer(1...Int(Int32.max))

  private static let encryption = [
    Property(
      "kmsKey",
      .string(TextRule(pattern: "arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+", says: "the ARN of a KMS key")),
      required: true, "The ARN of the KMS key (of the key itself, for an alias is not told back).")
  ]

  private static let projection = [
    Property(
      "nonKeyAttributes", .set(.string(attributeName)),
      "With projection INCLUDE: what the index holds beside the keys."),
    Property(
      "projection", .choice(["ALL", "INCLUDE", "KEYS_ONLY"]), default: "ALL",
      "What the index holds of an item."),
  ]

  private static let globalIndex =
    projection + [
      Property("partitionKey", key, required: true, "The attribute that spreads items, and its type."),
      Property("readCapacity", capacity, "Read units a second; the table's own when left out."),
      Property("sortKey", key, "The attribute that orders the items of a partition, and its type."),
      Property("writeCapacity", capacity, "Write units a second; the table's own when left out."),
    ]

  private static let localIndex =
    projection + [
      Property(
        "sortKey", key, required: true, "The attribute that orders the items of a partition, and its type.")
    ]
}
