import Planner
import Testing

@testable import Providers

struct `A bucket's notifications` {
  @Test func `are read in any case and order, and their ids don't count`() {
    let notifications = BucketNotifications([
      "QueueConfiguration": [
        "Id": "random", "Queue": "arn:q", "Event": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
        "Filter": [
          "S3Key": ["FilterRule": [["Name": "Suffix", "Value": ".zip"], ["Name": "prefix", "Value": "a/"]]]
        ],
      ],
      "EventBridgeConfiguration": "",
    ])
    #expect(notifications.eventBridge)
    #expect(
      notifications.declared == [
        [
          "queue": "arn:q", "events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], "suffix": ".zip",
          "prefix": "a/",
        ]
      ])
  }

  @Test func `derive the permission of each lambda and the policy of each queue and topic`() {
    let lambda = Address("lambdas", "sync")
    let resource = Resource(
      Address("buckets", "builds"), name: "builds",
      properties: [
        "notifications": [
          ["lambda": "arn:l", "prefix": "a"], ["lambda": "arn:l", "prefix": "b"], ["topic": "arn:t"],
        ]
      ],
      references: [
        Reference(lambda, attribute: "arn", property: "notifications", path: "notifications.0.lambda"),
        Reference(lambda, attribute: "arn", property: "notifications", path: "notifications.1.lambda"),
        Reference(
          Address("topics", "news"), attribute: "arn", property: "notifications",
          path: "notifications.2.topic"),
      ])
    let stack = Stack(name: "shop", target: Target(account: "111111111111", region: "eu-west-1"), outputs: [])
    let derived = BucketKind().derived(from: resource, in: stack)
    guard derived.count == 3, case .resource(let permission) = derived[0],
      case .dependency(let of, let on, _) = derived[1],
      case .statement(let topic, _, let statement, _) = derived[2]
    else {
      Issue.record("\(derived)")
      return
    }
    #expect(
      permission.properties == [
        "function": "arn:l", "principal": "s3.amazonaws.com", "sourceArn": "arn:aws:s3:::builds",
        "sourceAccount": "111111111111",
      ])
    #expect(permission.references.map(\.address) == [lambda])
    #expect(of == resource.address && on == Address("buckets", "builds", part: "permission-sync"))
    #expect(topic == Address("topics", "news") && statement["Action"] == "sns:Publish")
  }

  @Test func `are not its logs, which another bucket must take`() {
    let logs = Resource(Address("buckets", "logs"), name: "my-logs")
    let resource = Resource(
      Address("buckets", "builds"), name: "builds",
      properties: ["logging": ["destinationBucket": "my-logs"]],
      references: [
        Reference(
          logs.address, attribute: "name", property: "logging", path: "logging.destinationBucket")
      ])
    let target = Target(account: "111111111111", region: "eu-west-1")
    let stack = Stack(name: "shop", target: target, resources: [logs, resource], outputs: [])
    guard
      case .statement(let address, "policy", let statement, _) = BucketKind().derived(
        from: resource, in: stack
      ).first
    else {
      Issue.record("nothing is derived")
      return
    }
    #expect(address == logs.address && statement["Resource"] == "arn:aws:s3:::my-logs/*")
    #expect(statement["Condition"]?["ArnLike"]?["aws:SourceArn"] == "arn:aws:s3:::builds")
  }
}

struct `A bucket's settings` {
  static let values: [(String, Value)] = [
    ("versioning", true), ("ownership", "ObjectWriter"),
    ("encryption", ["sseAlgorithm": "aws:kms", "kmsMasterKeyId": "k", "bucketKeyEnabled": true]),
    ("logging", ["destinationBucket": "logs", "logFilePrefix": "a/"]),
    ("cors", [["allowedMethods": ["GET"], "allowedOrigins": ["*"], "maxAge": 3]]),
    (
      "website",
      [
        "indexDocument": "i.html",
        "routingRules": [["keyPrefixEquals": "a/", "replaceKeyPrefixWith": "b/"]],
      ]
    ),
    (
      "lifecycleRules",
      [
        ["id": "one", "prefix": "a", "status": "Enabled", "expirationDate": "2040-01-31"],
        [
          "id": "two", "prefix": "a&b", "tagFilters": ["k": "v", "l": ""], "status": "Disabled",
          "transitions": [["transitionInDays": 0, "storageClass": "GLACIER"]],
        ],
        ["id": "all", "status": "Enabled", "abortIncompleteMultipartUpload": 7],
      ]
    ),
  ]

  @Test(arguments: values)
  func `read back what they write`(_ property: String, _ value: Value) throws {
    let settings = BucketSetting.all + [BucketLifecycle.setting]
    let setting = try #require(settings.first { $0.property == property })
    let root = try #require(setting.root)
    let element = try #require(setting.form.elements(value, named: root).first)
    #expect(setting.form.value(try XMLReader.read(element.document).content) == value)
  }

  static let configurations: [(String, Value)] = [
    (
      "analyticsConfigurations",
      [
        "id": "a", "prefix": "p/",
        "dataExport": [
          "bucketArn": "arn:aws:s3:::r", "bucketAccountId": "1", "format": "CSV", "prefix": "x",
        ],
      ]
    ),
    (
      "intelligentTieringConfigurations",
      [
        "id": "a", "status": "Disabled", "tagFilters": ["b": "c"],
        "tierings": [["accessTier": "ARCHIVE_ACCESS", "days": 90]],
      ]
    ),
    (
      "inventoryConfigurations",
      [
        "id": "a", "enabled": true, "includedObjectVersions": "All", "scheduleFrequency": "Daily",
        "optionalFields": ["Size", "ETag"],
        "destination": ["bucketArn": "arn:aws:s3:::r", "bucketAccountId": "1", "format": "ORC"],
      ]
    ),
    (
      "metricsConfigurations",
      ["id": "a", "prefix": "p/", "tagFilters": ["b": "c"], "accessPointArn": "arn:aws:s3:::accesspoint/m"]
    ),
  ]

  @Test(arguments: configurations)
  func `read back what they write of each configuration`(_ property: String, _ entry: Value) throws {
    let kind = try #require(BucketConfigurations.all.first { $0.property == property })
    let form = XMLForm.object(kind.members)
    let element = try #require(form.elements(entry, named: kind.root).first)
    #expect(form.value(try XMLReader.read(element.document).content) == entry)
  }

  @Test func `put only the configurations that differ, and delete those that are gone`() async throws {
    let metrics = try #require(BucketConfigurations.all.first { $0.subresource == "metrics" })
    let sender = AnsweringSender([
      "PutBucketMetricsConfiguration": [:], "DeleteBucketMetricsConfiguration": [:],
    ])
    try await metrics.write(
      [["id": "same"], ["id": "other", "prefix": "b/"]],
      over: [["id": "same"], ["id": "other", "prefix": "a/"], ["id": "gone"]], to: "builds", sender.writing)
    let requests = await sender.requests.map { "\($0.operation) \($0.query.first?.value ?? "")" }
    #expect(requests == ["PutBucketMetricsConfiguration other", "DeleteBucketMetricsConfiguration gone"])
  }

  @Test func `are all in the schema`() {
    for setting in BucketSetting.all { #expect(BucketKind().schema.property(setting.property) != nil) }
  }
}
