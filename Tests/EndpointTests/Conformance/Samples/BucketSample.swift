extension KindSample {
  /// Names of buckets are everybody's, so this one has the account in it.
  static let bucket = KindSample(
    section: "buckets",
    surroundings: [
      "buckets": "  logs: { name: 'logs-{account}' }",
      "queues": "  removals: {}", "topics": "  restores: {}",
      "lambdas": "  worker:\n    code: function\n    runtime: python3.12\n    handler: app.handler",
    ],
    properties: [
      "name": "subject-{account}", "versioning": "true", "eventBridge": "true", "ownership": "ObjectWriter",
      "tags": "{ team: blue }", "policy": policy("s3:GetObject"),
      "encryption": "{ sseAlgorithm: 'aws:kms', kmsMasterKeyId: alias/mine, bucketKeyEnabled: true }",
      "publicAccessBlock": "{ blockPublicAcls: false, blockPublicPolicy: true, ignorePublicAcls: false, "
        + "restrictPublicBuckets: true }",
      "logging": "{ destinationBucket: '${buckets.logs.name}', logFilePrefix: logs/, "
        + "partitionDateSource: EventTime }",
      "cors": "[{ id: one, allowedMethods: [PUT, GET], allowedOrigins: ['https://example.com'], "
        + "allowedHeaders: ['*'], exposedHeaders: [etag, x-mine], maxAge: 300 }]",
      "lifecycleRules": "[{ id: several, prefix: tmp/, tagFilters: { kind: old }, expirationInDays: 30, "
        + "transitions: [{ transitionInDays: 10, storageClass: GLACIER }] }, "
        + "{ id: uploads, abortIncompleteMultipartUpload: 7, status: Disabled }, "
        + "{ id: versions, objectSizeGreaterThan: 100, objectSizeLessThan: 100000, noncurrentVersionExpiration: "
        + "{ noncurrentDays: 90, newerNoncurrentVersions: 3 }, noncurrentVersionTransitions: "
        + "[{ transitionInDays: 40, storageClass: STANDARD_IA, newerNoncurrentVersions: 2 }] }, "
        + "{ id: dated, prefix: old/, transitions: [{ transitionDate: '2040-01-31', storageClass: GLACIER }] }, "
        + "{ id: one, tagFilters: { a: b }, expirationDate: '2040-01-31' }]",
      "website": "{ indexDocument: index.html, errorDocument: error.html, "
        + "routingRules: [{ keyPrefixEquals: old/, replaceKeyPrefixWith: new/ }, "
        + "{ httpErrorCodeReturnedEquals: '404', hostName: example.com, protocol: https, "
        + "httpRedirectCode: '302', replaceKeyWith: gone.html }] }",
      "notifications": "[{ events: ['s3:ObjectCreated:Put', 's3:ObjectCreated:Copy'], "
        + "lambda: '${lambdas.worker.arn}', suffix: .zip, prefix: builds/ }, "
        + "{ events: ['s3:ObjectRemoved:*'], queue: '${queues.removals.arn}' }, "
        + "{ events: ['s3:ObjectRestore:*'], topic: '${topics.restores.arn}' }]",
    ],
    mutations: [
      "versioning": "false", "eventBridge": "false", "ownership": "BucketOwnerPreferred",
      "tags": "{ owner: red }", "policy": policy("s3:PutObject"), "encryption": "{ sseAlgorithm: AES256 }",
      "publicAccessBlock": "{ blockPublicAcls: true, blockPublicPolicy: false }",
      "logging": "{ destinationBucket: '${buckets.logs.name}', logFilePrefix: others/ }",
      "cors": "[{ allowedMethods: [POST], allowedOrigins: ['*'] }]",
      "lifecycleRules": "[{ id: all, expiredObjectDeleteMarker: true }]",
      "website": "{ redirectAllRequestsTo: { hostName: example.com, protocol: https } }",
      "notifications": "[{ events: ['s3:ObjectCreated:*'], lambda: '${lambdas.worker.arn}' }, "
        + "{ events: ['s3:ObjectRemoved:Delete'], queue: '${queues.removals.arn}' }, "
        + "{ events: ['s3:ObjectRestore:Post'], topic: '${topics.restores.arn}' }]",
    ],
    replacements: ["name": "another-{account}"],
    indispensable: ["name"],
    outsideChanges: BucketOutside.changes)

  private static func policy(_ action: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Action: '\(action)', "
      + "Principal: { AWS: 'arn:aws:iam::{account}:root' }, Resource: 'arn:aws:s3:::subject-{account}/*' }] }"
  }
}
