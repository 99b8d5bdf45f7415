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
        "contributorInsightsSpecification", .object(insights),
        "CloudWatch shows which keys are accessed or throttled most."),
      Property(
        "deletionProtection", .boolean, default: false,
        "The service refuses to delete the table, and a plan that would is refused, too."),
      Property(
        "encryption", .object(encryption), readAsWanted: true,
        "Encrypts with a KMS key of yours or of AWS, not with one that DynamoDB owns."),
      Property(
        "globalSecondaryIndexes", .map(.object(globalIndex)), readAsWanted: true,
        "Other keys to find items by, by index name. Added and removed one at a time."),
      Property(
        "kinesisStreamSpecification", .object(kinesis), "Sends changes of items to a Kinesis stream."),
      Property(
        "localSecondaryIndexes", .map(.object(localIndex)), change: .replaces,
        "Other sort keys with the table's partition key, by index name."),
      Property(
        "onDemandThroughput", .object(onDemand),
        "With billingMode PAY_PER_REQUEST: how much may be asked at most."),
      Property("partitionKey", key, required: true, change: .replaces, partitionKeySummary),
      Property(
        "pointInTimeRecovery", .boolean, default: false,
        "Keeps backups from which any second of the last days can be restored."),
      Property("readCapacity", capacity, "Read units a second, with billingMode PROVISIONED."),
      Property(
        "recoveryPeriodInDays", .integer(1...35), default: 35,
        "How many days pointInTimeRecovery reaches back."),
      Property(
        "resourcePolicy", .policy, need: .value, "Who else may use the table, and for what; at most 20 KB."),
      Property(
        "sortKey", key, change: .replaces, "The attribute that orders the items of a partition, and its type."
      ),
      Property(
        "stream", .choice(streamViews), "Publishes changes of items; says what a record holds of an item."),
      Property(
        "tableClass", .choice(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]), default: "STANDARD",
        "Whether storage or requests are the cheaper part."),
      Property(
        "timeToLive", .string(attributeName),
        "The attribute that holds when an item expires, in seconds since 1970. Another attribute means off, then on: AWS takes one "
          + "change an hour, so that it may need a second apply an hour later."),
      Property(
        "warmThroughput", .object(warm), readAsWanted: true,
        "Units a second that the table must be ready for at least; DynamoDB raises it, and never takes it back."
      ),
      Property("writeCapacity", capacity, "Write units a second, with billingMode PROVISIONED."),
    ],
    attributes: [
      Attribute("arn", early: true, "The table's ARN."),
      Attribute("name", early: true, "The table's name."),
      Attribute(
        "streamArn", early: false, changesWith: ["stream"],
        "The ARN of the table's stream; there is none without `stream`."),
    ], relations: relations,
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
      .string(
        TextRule(
          pattern: "arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+|alias/aws/dynamodb",
          says: "the ARN of a KMS key, or alias/aws/dynamodb")),
      required: true,
      "The ARN of the KMS key (of the key itself, for an alias is not returned), or alias/aws/dynamodb for AWS's."
    )
  ]

  private static let insights = [
    Property("enabled", .boolean, required: true, "Whether it does."),
    Property(
      "mode", .choice(["ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"]),
      default: "ACCESSED_AND_THROTTLED_KEYS", "Which keys are shown."),
  ]

  private static let kinesis = [
    Property(
      "approximateCreationDateTimePrecision", .choice(["MILLISECOND", "MICROSECOND"]), default: "MILLISECOND",
      "The precision of the time of a change."),
    Property("streamArn", .arn, required: true, "The ARN of the stream."),
  ]

  private static let onDemand = [
    Property("maxReadRequestUnits", capacity, "Read units a second at most; no limit without it."),
    Property("maxWriteRequestUnits", capacity, "Write units a second at most; no limit without it."),
  ]

  private static let warm = [
    Property("readUnitsPerSecond", capacity, "Read units a second."),
    Property("writeUnitsPerSecond", capacity, "Write units a second."),
  ]

  private static func projection(rebuilds: Bool) -> [Property] {
    [
      Property(
        "nonKeyAttributes", .set(.string(attributeName)), rebuilds: rebuilds,
        "With projection INCLUDE: what the index holds besides the keys."),
      Property(
        "projection", .choice(["ALL", "INCLUDE", "KEYS_ONLY"]), default: "ALL", rebuilds: rebuilds,
        "What the index holds of an item."),
    ]
  }

  private static let globalIndex =
    projection(rebuilds: true) + [
      Property(
        "onDemandThroughput", .object(onDemand),
        "With billingMode PAY_PER_REQUEST: how much may be asked of the index at most."),
      Property(
        "partitionKey", key, required: true, rebuilds: true,
        "The attribute that spreads items, and its type."),
      Property("readCapacity", capacity, "Read units a second; the table's own when left out."),
      Property(
        "sortKey", key, rebuilds: true, "The attribute that orders the items of a partition, and its type."),
      Property(
        "warmThroughput", .object(warm), "Units a second that the index must be ready for at least."),
      Property("writeCapacity", capacity, "Write units a second; the table's own when left out."),
    ]

  private static let localIndex =
    projection(rebuilds: false) + [
      Property(
        "sortKey", key, required: true, "The attribute that orders the items of a partition, and its type.")
    ]
}
