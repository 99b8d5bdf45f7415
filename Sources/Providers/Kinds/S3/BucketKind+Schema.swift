import Planner

extension BucketKind {
  static let declaration = Schema(
    section: "buckets", kind: "bucket", title: "Amazon S3 bucket",
    summary: "A bucket holds objects: files of any size, by key.",
    naming: Naming(
      TextRule(
        length: 3...63, pattern: "[a-z0-9][a-z0-9.-]*[a-z0-9]",
        says: "lower-case letters, digits, hyphens and dots, with a letter or digit at both ends")),
    holdsData: true,
    properties: [
      Property(
        "accelerate", .boolean, default: false, "Objects travel by way of the nearest edge of AWS's network."),
      Property("cors", .list(.object(corsRule)), "Which web pages of other origins may use the bucket."),
      Property(
        "encryption", .object(encryption), default: ["sseAlgorithm": "AES256"],
        "How objects are encrypted by default."),
      Property("eventBridge", .boolean, default: false, "All events go to EventBridge."),
      Property(
        "lifecycleRules", .set(.object(lifecycleRule)), "When objects move to cheaper storage or expire."),
      Property("logging", .object(logging), "Where accesses are logged."),
      Property("notifications", .set(.object(notification)), "What is notified of changes of objects."),
      Property(
        "ownership", .choice(["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"]),
        default: "BucketOwnerEnforced",
        "Who owns objects that others upload; enforced means that there are no ACLs."),
      Property("policy", .policy, need: .value, "Who may do what with the bucket and its objects."),
      Property(
        "replication", .object(BucketReplication.members), "Which objects are copied to other buckets."),
      Property(
        "requestPayer", .choice(["BucketOwner", "Requester"]), default: "BucketOwner",
        "Who pays for requests and downloads."),
      Property(
        "publicAccessBlock", .object(publicAccessBlock),
        default: [
          "blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true,
          "restrictPublicBuckets": true,
        ], "What keeps the bucket from becoming public."),
      Property(
        "transitionDefaultMinimumObjectSize",
        .choice(["all_storage_classes_128K", "varies_by_storage_class"]), default: "all_storage_classes_128K",
        "Which small objects are moved by lifecycle rules without a size."),
      Property(
        "versioning", .boolean, default: false, "Overwritten and deleted objects are kept as versions."),
      Property("website", .object(website), "The bucket is served as a website."),
    ] + BucketObjectLock.properties + BucketConfigurations.all.map(\.declaration),
    attributes: [
      Attribute("arn", early: true, "The bucket's ARN."),
      Attribute("domainName", early: true, "Its host name on AWS, without the region."),
      Attribute("name", early: true, "The bucket's name."),
      Attribute("regionalDomainName", early: true, "Its host name on AWS, with the region."),
      Attribute("url", early: true, "The URL of the bucket at the endpoint."),
    ], relations: relations,
    example: """
      buckets:
        builds:
          versioning: true
          lifecycleRules:
            - { id: old, prefix: tmp/, expirationInDays: 7 }
      """)

  private static let corsRule = [
    Property("allowedHeaders", .set(.text), "Headers that a request may have."),
    Property(
      "allowedMethods", .set(.choice(["GET", "PUT", "HEAD", "POST", "DELETE"])), required: true, "Methods."),
    Property("allowedOrigins", .set(.text), required: true, "Origins, as https://example.com or *."),
    Property("exposedHeaders", .set(.text), "Headers of the answer that the page may see."),
    Property("id", .string(TextRule(length: 0...255)), "The rule's name."),
    Property("maxAge", .integer(0...2_147_483_647), "Seconds that a browser may remember the answer."),
  ]

  private static let encryption = [
    Property(
      "blockedEncryptionTypes", .set(.choice(["NONE", "SSE-C"])),
      "Which ways of encrypting a single object are refused."),
    Property(
      "bucketKeyEnabled", .boolean, default: false, "KMS is asked less often, by a key for the bucket."),
    Property("kmsMasterKeyId", .text, "The id, alias or ARN of the KMS key; the account's own without it."),
    Property(
      "sseAlgorithm", .choice(["AES256", "aws:kms", "aws:kms:dsse"]), required: true, "Which keys are used."),
  ]

  private static let storageClass = Property(
    "storageClass",
    .choice(["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"]),
    required: true, "Where they move.")

  private static let date = Shape.string(
    TextRule(pattern: "\\d{4}-\\d{2}-\\d{2}", says: "a date as 2030-01-31"))
  private static let days = Shape.integer(0...2_147_483_647)
  private static let fromOne = Shape.integer(1...2_147_483_647)

  private static let lifecycleRule = [
    Property("abortIncompleteMultipartUpload", fromOne, "Days after which unfinished uploads go."),
    Property("expirationDate", date, "The day on which objects expire."),
    Property("expirationInDays", fromOne, "Days after which objects expire."),
    Property(
      "expiredObjectDeleteMarker", .boolean, default: false, "Delete marks without older versions go."),
    Property("id", .string(TextRule(length: 1...255)), "The rule's name."),
    Property(
      "noncurrentVersionExpiration",
      .object([
        Property("newerNoncurrentVersions", .integer(1...100), "How many older versions stay."),
        Property("noncurrentDays", fromOne, required: true, "Days after which an older version expires."),
      ]), "When older versions expire."),
    Property(
      "noncurrentVersionTransitions",
      .set(
        .object([
          Property("newerNoncurrentVersions", .integer(1...100), "How many older versions stay."),
          storageClass,
          Property("transitionInDays", days, required: true, "Days after which an older version moves."),
        ])), "When older versions move to cheaper storage."),
    Property(
      "objectSizeGreaterThan", .integer(1...5_497_558_138_880), "Only objects larger than this many bytes."),
    Property(
      "objectSizeLessThan", .integer(1...5_497_558_138_880), "Only objects smaller than this many bytes."),
    Property("prefix", .string(TextRule(length: 0...1024)), "Only keys that begin so."),
    Property("status", .choice(["Enabled", "Disabled"]), default: "Enabled", "Whether the rule is on."),
    Property("tagFilters", .map(.text), "Only objects with these tags."),
    Property(
      "transitions",
      .set(
        .object([
          storageClass, Property("transitionDate", date, "The day on which they move."),
          Property("transitionInDays", days, "Days after which they move."),
        ])), "When objects move to cheaper storage."),
  ]

  private static let logging = [
    Property("destinationBucket", .text, required: true, "The bucket that the logs go to."),
    Property("logFilePrefix", .text, default: "", "What their keys begin with."),
    Property(
      "partitionDateSource", .choice(["DeliveryTime", "EventTime"]),
      "The keys are parted by account, region, bucket and this date; they are plain without it."),
  ]

  private static let notification = [
    Property("events", .set(.choice(events)), required: true, "The events to notify of."),
    Property("lambda", .arn, "The ARN of the lambda that is called."),
    Property("prefix", .string(TextRule(length: 0...1024)), "Only keys that begin so."),
    Property("queue", .arn, "The ARN of the queue that is sent to."),
    Property("suffix", .string(TextRule(length: 0...1024)), "Only keys that end so."),
    Property("topic", .arn, "The ARN of the topic that is sent to."),
  ]

  private static let events = [
    "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload", "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated", "s3:ObjectRestore:*", "s3:ObjectRestore:Post",
    "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete", "s3:ObjectTagging:*", "s3:ObjectTagging:Put",
    "s3:ObjectTagging:Delete", "s3:ObjectAcl:Put", "s3:ReducedRedundancyLostObject", "s3:Replication:*",
    "s3:Replication:OperationFailedReplication", "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationReplicatedAfterThreshold", "s3:Replication:OperationNotTracked",
    "s3:LifecycleExpiration:*", "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:LifecycleTransition", "s3:IntelligentTiering",
  ]

  private static let publicAccessBlock = [
    Property("blockPublicAcls", .boolean, default: true, "Public ACLs are refused."),
    Property("blockPublicPolicy", .boolean, default: true, "Public bucket policies are refused."),
    Property("ignorePublicAcls", .boolean, default: true, "Public ACLs have no effect."),
    Property("restrictPublicBuckets", .boolean, default: true, "A public policy lets only the account in."),
  ]

  private static let website = [
    Property("errorDocument", .string(TextRule(length: 1...1024)), "The key of the page for errors."),
    Property("indexDocument", .text, "The page of a folder, as index.html."),
    Property(
      "redirectAllRequestsTo",
      .object([
        Property("hostName", .text, required: true, "Where to."),
        Property("protocol", .choice(["http", "https"]), "The request's own without it."),
      ]), "All requests go elsewhere."),
    Property("routingRules", .list(.object(routingRule)), "Which requests go elsewhere."),
  ]

  private static let routingRule = [
    Property("hostName", .text, "The host to go to."),
    Property("httpErrorCodeReturnedEquals", .text, "Only when this would be the answer's status."),
    Property("httpRedirectCode", .text, "The status of the answer, as 301."),
    Property("keyPrefixEquals", .text, "Only keys that begin so."),
    Property("protocol", .choice(["http", "https"]), "The protocol to go to."),
    Property("replaceKeyPrefixWith", .text, "What takes the place of the prefix."),
    Property("replaceKeyWith", .text, "What takes the place of the whole key."),
  ]
}
