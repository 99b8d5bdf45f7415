extension KindSample {
  /// One whose versions are locked from its creation on.
  static let lockedBucket = KindSample(
    section: "buckets",
    properties: [
      "name": "locked-{account}", "versioning": "true", "objectLockEnabled": "true",
      "objectLock": "{ mode: GOVERNANCE, days: 3 }",
      "encryption": "{ sseAlgorithm: AES256, blockedEncryptionTypes: [SSE-C] }",
    ],
    mutations: [
      "objectLock": "{ mode: COMPLIANCE, years: 1 }",
      "encryption": "{ sseAlgorithm: AES256, blockedEncryptionTypes: [NONE] }",
    ],
    replacements: ["name": "relocked-{account}"],
    companions: ["objectLockEnabled": ["objectLock"], "versioning": ["objectLock", "objectLockEnabled"]],
    indispensable: ["name", "versioning", "objectLockEnabled"],
    outsideChanges: [
      "objectLock": """
      client("s3").put_object_lock_configuration(Bucket=name, ObjectLockConfiguration={
          "ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 9}}})
      """
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "encryption",
        evidence:
          "PutBucketEncryption with BlockedEncryptionTypes answers 200, GetBucketEncryption tells none")
    ])

  /// One that gets its lock later, in place.
  static let lockableBucket = KindSample(
    section: "buckets",
    properties: ["name": "lockable-{account}", "versioning": "true", "objectLockEnabled": "false"],
    mutations: ["objectLockEnabled": "true"],
    indispensable: ["name", "versioning"],
    unseen: [
      "objectLockEnabled":
        "it shows, but nothing puts it right in place: S3 never turns it off again, so that the bucket is replaced"
    ])

  static let agingBucket = KindSample(
    section: "buckets",
    properties: [
      "name": "aging-{account}", "transitionDefaultMinimumObjectSize": "varies_by_storage_class",
      "lifecycleRules": "[{ id: all, transitions: [{ transitionInDays: 10, storageClass: GLACIER }] }]",
    ],
    mutations: ["transitionDefaultMinimumObjectSize": "all_storage_classes_128K"],
    indispensable: ["name", "lifecycleRules"],
    outsideChanges: [
      "transitionDefaultMinimumObjectSize": """
      rules = client("s3").get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
      client("s3").put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules},
          TransitionDefaultMinimumObjectSize="all_storage_classes_128K")
      """
    ])

  static let copiedBucket = KindSample(
    section: "buckets",
    surroundings: [
      "buckets": "  copies: { name: 'copies-{account}', versioning: true }\n"
        + "  others: { name: 'others-{account}', versioning: true }",
      "roles": "  copier: { assumedBy: [s3.amazonaws.com] }",
    ],
    properties: [
      "name": "copied-{account}", "versioning": "true", "accelerate": "true", "requestPayer": "Requester",
      "replication": replication(
        "{ id: one, priority: 1, prefix: builds/, tagFilters: { kind: build }, status: Enabled, "
          + "sseKmsEncryptedObjects: true, replicaModifications: true, destination: { "
          + "bucket: '${buckets.copies.arn}', account: '{account}', owner: Destination, storageClass: GLACIER, "
          + "replicaKmsKeyID: 'arn:aws:kms:us-east-1:{account}:key/copies', "
          + "replicationTime: { status: Enabled, minutes: 15 }, metrics: { minutes: 15 } } }"),
    ],
    mutations: [
      "accelerate": "false", "requestPayer": "BucketOwner",
      "replication": replication(
        "{ id: two, deleteMarkerReplication: true, destination: { bucket: '${buckets.others.arn}' } }"),
    ],
    companions: ["versioning": ["replication"]],
    indispensable: ["name", "versioning"],
    outsideChanges: [
      "accelerate": """
      client("s3").put_bucket_accelerate_configuration(
          Bucket=name, AccelerateConfiguration={"Status": "Suspended"})
      """,
      "replication": """
      client("s3").put_bucket_replication(Bucket=name, ReplicationConfiguration={
          "Role": f"arn:aws:iam::{account}:role/outside", "Rules": [{
              "ID": "outside", "Status": "Enabled", "Priority": 5, "Filter": {"Prefix": ""},
              "DeleteMarkerReplication": {"Status": "Disabled"},
              "Destination": {"Bucket": f"arn:aws:s3:::others-{account}"}}]})
      """,
      "requestPayer": """
      client("s3").put_bucket_request_payment(Bucket=name, RequestPaymentConfiguration={"Payer": "BucketOwner"})
      """,
    ])

  /// One that is watched. MiniStack knows none of these.
  static let watchedBucket = KindSample(
    section: "buckets",
    surroundings: ["buckets": "  reports: { name: 'reports-{account}' }"],
    properties: [
      "name": "watched-{account}",
      "analyticsConfigurations": "[{ id: one, prefix: a/, dataExport: \(report("CSV")) }, { id: two }]",
      "intelligentTieringConfigurations":
        "[{ id: one, status: Enabled, prefix: a/, tagFilters: { b: c, d: e }, "
        + "tierings: [{ accessTier: ARCHIVE_ACCESS, days: 90 }, { accessTier: DEEP_ARCHIVE_ACCESS, days: 180 }] }]",
      "inventoryConfigurations": "[{ id: one, enabled: true, includedObjectVersions: All, prefix: a/, "
        + "scheduleFrequency: Daily, optionalFields: [Size, ETag], destination: \(report("Parquet")) }]",
      "metricsConfigurations": "[{ id: all }, { id: some, prefix: a/, tagFilters: { b: c }, "
        + "accessPointArn: 'arn:aws:s3:us-east-1:{account}:accesspoint/mine' }]",
    ],
    mutations: [
      "analyticsConfigurations": "[{ id: two, tagFilters: { a: b } }]",
      "intelligentTieringConfigurations":
        "[{ id: one, status: Disabled, tierings: [{ accessTier: ARCHIVE_ACCESS, days: 100 }] }]",
      "inventoryConfigurations": "[{ id: two, enabled: false, includedObjectVersions: Current, "
        + "scheduleFrequency: Weekly, destination: \(report("CSV")) }]",
      "metricsConfigurations": "[{ id: all, prefix: b/ }]",
    ],
    indispensable: ["name"],
    outsideChanges: [
      "analyticsConfigurations":
        "client('s3').delete_bucket_analytics_configuration(Bucket=name, Id='one')",
      "intelligentTieringConfigurations":
        "client('s3').delete_bucket_intelligent_tiering_configuration(Bucket=name, Id='one')",
      "inventoryConfigurations": "client('s3').delete_bucket_inventory_configuration(Bucket=name, Id='one')",
      "metricsConfigurations": "client('s3').delete_bucket_metrics_configuration(Bucket=name, Id='all')",
    ])

  private static func replication(_ rules: String) -> String {
    "{ role: 'arn:aws:iam::{account}:role/copier', rules: [\(rules)] }"
  }

  private static func report(_ format: String) -> String {
    "{ bucketArn: 'arn:aws:s3:::reports-{account}', bucketAccountId: '{account}', format: \(format), prefix: lists/ }"
  }
}
