import Planner

extension BucketConfigurations {
  static let all = [analytics, intelligentTiering, inventory, metrics]

  private static let id = Property(
    "id", .string(TextRule(length: 1...64, pattern: "[A-Za-z0-9_.-]+", says: "letters, digits and _.-")),
    required: true, "Its name.")

  /// Where a report goes.
  private static let report = [
    Property(
      "bucketAccountId", .string(TextRule(pattern: "\\d{12}", says: "an account's twelve digits")),
      "The account of the bucket that it goes to."),
    Property("bucketArn", .arn, required: true, "The bucket that it goes to."),
    Property("format", .choice(["CSV", "ORC", "Parquet"]), required: true, "What it is written as."),
    Property("prefix", .text, "What its keys begin with."),
  ]

  private static func reportForm(account: String) -> XMLForm {
    .wrapped(
      "S3BucketDestination",
      .object([
        .member("bucketAccountId", account, .text), .member("bucketArn", "Bucket", .text),
        .member("format", "Format", .text), .member("prefix", "Prefix", .text),
      ]))
  }

  private static let metrics = BucketConfigurations(
    "metricsConfigurations", "metrics", root: "MetricsConfiguration",
    [.member("id", "Id", .text), BucketFilter.member(always: false)],
    entry: [
      Property("accessPointArn", .arn, "Only requests through this access point."), id, BucketFilter.prefix,
      BucketFilter.tagFilters,
    ], "For which objects CloudWatch gets metrics of requests.")

  private static let analytics = BucketConfigurations(
    "analyticsConfigurations", "analytics", root: "AnalyticsConfiguration",
    [
      .member("id", "Id", .text), BucketFilter.member(always: false),
      .custom(
        write: { entry in
          let export = entry["dataExport"].map { dataExport.elements($0, named: "DataExport") } ?? []
          return [XMLElement("StorageClassAnalysis", export)]
        },
        read: { document in
          let export = dataExport.value(document["StorageClassAnalysis"]?["DataExport"])
          return export.map { ["dataExport": $0] } ?? [:]
        }),
    ],
    entry: [
      Property("dataExport", .object(report), "Where the daily report is written; there is none without it."),
      id,
      BucketFilter.prefix, BucketFilter.tagFilters,
    ], "For which objects S3 watches how often they are read.")

  /// S3 knows one version of the report's columns.
  private static let dataExport = XMLForm.object([
    .custom(write: { _ in [XMLElement("OutputSchemaVersion", "V_1")] }, read: { _ in [:] }),
    .custom(
      write: { reportForm(account: "BucketAccountId").elements(.map($0), named: "Destination") },
      read: { reportForm(account: "BucketAccountId").value($0["Destination"])?.map ?? [:] }),
  ])

  private static let intelligentTiering = BucketConfigurations(
    "intelligentTieringConfigurations", "intelligent-tiering", root: "IntelligentTieringConfiguration",
    [
      .member("id", "Id", .text), BucketFilter.member(always: false),
      .custom(
        write: { [XMLElement("Status", $0["status"]?.string ?? "Enabled")] },
        read: { $0["Status"].map { ["status": $0] } ?? [:] }),
      .member(
        "tierings", "Tiering",
        .items(.object([.member("accessTier", "AccessTier", .text), .member("days", "Days", .integer)]))),
    ],
    entry: [
      id, BucketFilter.prefix,
      Property("status", .choice(["Enabled", "Disabled"]), default: "Enabled", "Whether it is on."),
      BucketFilter.tagFilters,
      Property(
        "tierings",
        .set(
          .object([
            Property(
              "accessTier", .choice(["ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"]), required: true,
              "Where they move."),
            Property(
              "days", .integer(90...730), required: true, "Days without a read after which they move."),
          ])), required: true, "When objects move to the archive tiers."),
    ], "When objects of the class INTELLIGENT_TIERING move to its archive tiers.")

  private static let inventory = BucketConfigurations(
    "inventoryConfigurations", "inventory", root: "InventoryConfiguration",
    [
      .member("destination", "Destination", reportForm(account: "AccountId")),
      .member("enabled", "IsEnabled", .boolean), BucketFilter.member(always: false),
      .member("id", "Id", .text), .member("includedObjectVersions", "IncludedObjectVersions", .text),
      .member("optionalFields", "OptionalFields", .wrapped("Field", .items(.text))),
      .member("scheduleFrequency", "Schedule", .wrapped("Frequency", .text)),
    ],
    entry: [
      Property("destination", .object(report), required: true, "Where the lists go."),
      Property("enabled", .boolean, required: true, "Whether it is on."), id,
      Property(
        "includedObjectVersions", .choice(["All", "Current"]), required: true, "Which versions are listed."),
      Property("optionalFields", .set(.choice(fields)), "What is listed of each object besides its key."),
      BucketFilter.prefix,
      Property("scheduleFrequency", .choice(["Daily", "Weekly"]), required: true, "How often."),
    ], "Lists of the bucket's objects, made regularly.")

  private static let fields = [
    "Size", "LastModifiedDate", "StorageClass", "ETag", "IsMultipartUploaded", "ReplicationStatus",
    "EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus",
    "IntelligentTieringAccessTier", "BucketKeyStatus", "ChecksumAlgorithm", "ObjectAccessControlList",
    "ObjectOwner", "LifecycleExpirationDate",
  ]
}
