import Planner
import Testing

@testable import Providers

struct `A bucket's problems` {
  static let cases: [(String, String, [String: Value], [[String]])] = [
    ("none", "builds", ["notifications": [entry("s3:ObjectCreated:*", ["queue": "arn:q"])]], []),
    ("two dots", "my..builds", [:], [["name"]]),
    ("an address", "192.168.0.1", [:], [["name"]]),
    ("a name of AWS's own", "xn--builds", [:], [["name"]]),
    (
      "no receiver", "builds", ["notifications": [entry("s3:ObjectCreated:*", [:])]],
      [["notifications", "0"]]
    ),
    (
      "two receivers", "builds",
      ["notifications": [entry("s3:ObjectCreated:*", ["queue": "arn:q", "lambda": "arn:l"])]],
      [["notifications", "0"]]
    ),
    (
      "a FIFO queue", "builds", ["notifications": [entry("s3:ObjectCreated:*", ["queue": "arn:q.fifo"])]],
      [["notifications", "0", "queue"]]
    ),
    (
      "notifications that overlap", "builds",
      [
        "notifications": [
          entry("s3:ObjectCreated:*", ["queue": "arn:q", "prefix": "a/"]),
          entry("s3:ObjectCreated:Put", ["lambda": "arn:l", "prefix": "a/b", "suffix": ".zip"]),
        ]
      ], [["notifications", "1"]]
    ),
    (
      "notifications told apart by suffix", "builds",
      [
        "notifications": [
          entry("s3:ObjectCreated:*", ["queue": "arn:q", "suffix": ".txt"]),
          entry("s3:ObjectCreated:*", ["queue": "arn:r", "suffix": ".zip"]),
        ]
      ], []
    ),
    ("a rule without action", "builds", ["lifecycleRules": [["id": "a"]]], [["lifecycleRules", "0"]]),
    (
      "two rules of one name", "builds",
      ["lifecycleRules": [["id": "a", "expirationInDays": 1], ["id": "a", "expirationInDays": 2]]],
      [["lifecycleRules", "1", "id"]]
    ),
    (
      "date and days", "builds",
      ["lifecycleRules": [["expirationInDays": 1, "expirationDate": "2040-01-01"]]],
      [["lifecycleRules", "0"]]
    ),
    (
      "a move in days, an end on a date", "builds",
      [
        "lifecycleRules": [
          [
            "expirationDate": "2040-01-01",
            "transitions": [["storageClass": "GLACIER", "transitionInDays": 3]],
          ]
        ]
      ], [["lifecycleRules", "0"]]
    ),
    (
      "an end before the move", "builds",
      [
        "lifecycleRules": [
          ["expirationInDays": 30, "transitions": [["storageClass": "GLACIER", "transitionInDays": 30]]]
        ]
      ], [["lifecycleRules", "0", "expirationInDays"]]
    ),
    (
      "a move that is too early", "builds",
      ["lifecycleRules": [["transitions": [["storageClass": "STANDARD_IA", "transitionInDays": 29]]]]],
      [["lifecycleRules", "0", "transitions", "0", "transitionInDays"]]
    ),
    (
      "uploads by tag", "builds",
      ["lifecycleRules": [["abortIncompleteMultipartUpload": 1, "tagFilters": ["a": "b"]]]],
      [["lifecycleRules", "0", "abortIncompleteMultipartUpload"]]
    ),
    (
      "delete marks by size", "builds",
      ["lifecycleRules": [["expiredObjectDeleteMarker": true, "objectSizeLessThan": 5]]],
      [["lifecycleRules", "0", "expiredObjectDeleteMarker"]]
    ),
    (
      "sizes that no object has", "builds",
      [
        "lifecycleRules": [
          ["expirationInDays": 1, "objectSizeGreaterThan": 5, "objectSizeLessThan": 5]
        ]
      ], [["lifecycleRules", "0", "objectSizeLessThan"]]
    ),
    ("locks without versions", "builds", ["objectLockEnabled": true], [["objectLockEnabled"]]),
    (
      "a lock that nothing turned on", "builds", ["objectLock": ["mode": "GOVERNANCE", "days": 1]],
      [["objectLock"]]
    ),
    (
      "a lock for days and years", "builds",
      [
        "versioning": true, "objectLockEnabled": true,
        "objectLock": ["mode": "GOVERNANCE", "days": 1, "years": 1],
      ], [["objectLock"]]
    ),
    (
      "a lock for no time", "builds",
      ["versioning": true, "objectLockEnabled": true, "objectLock": ["mode": "GOVERNANCE"]], [["objectLock"]]
    ),
    (
      "copies without versions", "builds", ["replication": ["role": "r", "rules": [["destination": [:]]]]],
      [["replication"]]
    ),
    (
      "two rules of one priority", "builds",
      [
        "versioning": true,
        "replication": ["role": "r", "rules": [["destination": [:]], ["destination": [:], "priority": 0]]],
      ], [["replication", "rules", "1", "priority"]]
    ),
    (
      "a promise without metrics", "builds",
      [
        "versioning": true,
        "replication": ["role": "r", "rules": [["destination": ["replicationTime": ["minutes": 15]]]]],
      ], [["replication", "rules", "0", "destination", "replicationTime"]]
    ),
    ("speed with a dot", "my.builds", ["accelerate": true], [["accelerate"]]),
    (
      "two reports of one name", "builds", ["metricsConfigurations": [["id": "a"], ["id": "a"]]],
      [["metricsConfigurations", "1", "id"]]
    ),
    (
      "a redirection to nowhere", "builds",
      ["website": ["indexDocument": "i", "routingRules": [["keyPrefixEquals": "a"]]]],
      [["website", "routingRules", "0"]]
    ),
    (
      "a transition at no time", "builds",
      ["lifecycleRules": [["transitions": [["storageClass": "GLACIER"]]]]],
      [["lifecycleRules", "0", "transitions", "0"]]
    ),
    ("a website without pages", "builds", ["website": ["errorDocument": "e.html"]], [["website"]]),
    (
      "a website elsewhere with pages", "builds",
      ["website": ["redirectAllRequestsTo": ["hostName": "x"], "indexDocument": "i.html"]],
      [["website", "indexDocument"]]
    ),
    (
      "a key for S3's own keys", "builds", ["encryption": ["sseAlgorithm": "AES256", "kmsMasterKeyId": "k"]],
      [["encryption", "kmsMasterKeyId"]]
    ),
  ]

  private static func entry(_ event: String, _ members: [String: Value]) -> Value {
    .map(members.merging(["events": [.string(event)]]) { $1 })
  }

  @Test(arguments: cases)
  func `are told by their path`(
    _ case: String, _ name: String, _ properties: [String: Value], _ paths: [[String]]
  ) {
    let bucket = Resource(Address("buckets", "builds"), name: name, properties: properties)
    #expect(BucketKind().problems(of: bucket).map(\.path) == paths)
  }
}

struct `A bucket's verbs` {
  private let kind = BucketKind()
  private let owner = Owner(stack: "shop", address: Address("buckets", "builds"))

  private func bucket(_ properties: [String: Value] = [:]) -> Resource {
    Resource(Address("buckets", "builds"), name: "builds", properties: properties)
  }

  @Test func `tell what is there by its tags`() async throws {
    for (code, isThere) in [("NoSuchTagSet", true), ("NoSuchBucket", false)] {
      let failure = ProviderError(.notFound, code: code, message: "not there", status: 404)
      let sender = AnsweringSender(["GetBucketTagging": [.failure(failure)]])
      let query = LiveQuery(bucket(), properties: [], owner: owner)
      let live = try await kind.read(query, sender.reading)
      #expect((live != nil) == isThere)
      #expect(await sender.operations == ["GetBucketTagging"])
    }
  }

  @Test func `read only what is asked for, and take no block of public access for none`() async throws {
    let failure = ProviderError(
      .notFound, code: "NoSuchPublicAccessBlockConfiguration", message: "not there", status: 404)
    let sender = AnsweringSender([
      "GetBucketTagging": [.success(["TagSet": ["Tag": ["Key": "team", "Value": "blue"]]])],
      "GetPublicAccessBlock": [.failure(failure)],
      "GetBucketVersioning": [.success(["Status": "Enabled"])],
    ])
    let query = LiveQuery(bucket(), properties: ["versioning", "publicAccessBlock"], owner: owner)
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(
      live.properties == [
        "tags": ["team": "blue"], "versioning": true,
        "publicAccessBlock": [
          "blockPublicAcls": false, "blockPublicPolicy": false, "ignorePublicAcls": false,
          "restrictPublicBuckets": false,
        ],
      ])
    #expect(await sender.operations.count == 3)
  }

  @Test func `put tags into the creating call on AWS`() async throws {
    let sender = AnsweringSender(["CreateBucket": [:], "PutBucketVersioning": [:]])
    let writing = WritingClient(
      target: Target(account: "111111111111", region: "eu-west-1"), sender: sender)
    _ = try await kind.create(Creation(resource: bucket(["versioning": true]), owner: owner), writing)
    #expect(await sender.operations == ["CreateBucket", "PutBucketVersioning"])
    let document = try #require(await body(of: "CreateBucket", sender))
    #expect(document.contains("<LocationConstraint>eu-west-1</LocationConstraint>"))
    #expect(document.contains("<Key>stackform:stack</Key>"))
  }

  static let habits: [(String, AnsweringSender.Answer, AnsweringSender.Answer, [String])] = [
    (
      "keeps", .success([:]), .success(["TagSet": ["Tag": kept]]),
      ["CreateBucket", "GetBucketTagging", "CreateBucket"]
    ),
    (
      "drops", .success([:]), .success([:]),
      ["CreateBucket", "GetBucketTagging", "PutBucketTagging", "CreateBucket", "PutBucketTagging"]
    ),
    (
      "refuses", .failure(ProviderError(.invalid, code: "MalformedXML", message: "no", status: 400)),
      .success([:]),
      ["CreateBucket", "CreateBucket", "PutBucketTagging", "CreateBucket", "PutBucketTagging"]
    ),
  ]

  private static let kept: Value = [
    ["Key": "stackform:stack", "Value": "shop"], ["Key": "stackform:address", "Value": "buckets.builds"],
  ]

  @Test(arguments: habits)
  func `learn from the first one whether an endpoint keeps, drops or refuses tags in the creating call`(
    _ habit: String, _ first: AnsweringSender.Answer, _ tags: AnsweringSender.Answer, _ operations: [String]
  ) async throws {
    let sender = AnsweringSender([
      "CreateBucket": [first, .success([:])], "PutBucketTagging": [.success([:])], "GetBucketTagging": [tags],
    ])
    let writing = sender.writing
    for _ in 0..<2 { _ = try await kind.create(Creation(resource: bucket(), owner: owner), writing) }
    #expect(await sender.operations == operations)
  }

  @Test func `try again whether an endpoint keeps tags when the trial failed`() async throws {
    let failure = ProviderError(.alreadyExists, message: "taken", status: 409)
    let sender = AnsweringSender([
      "CreateBucket": [.failure(failure), .success([:])],
      "GetBucketTagging": [.success(["TagSet": ["Tag": Self.kept]])],
    ])
    let writing = sender.writing
    let creation = Creation(resource: bucket(), owner: owner)
    await #expect(throws: ProviderError.self) { try await kind.create(creation, writing) }
    _ = try await kind.create(creation, writing)
    #expect(await sender.operations == ["CreateBucket", "CreateBucket", "GetBucketTagging"])
  }

  @Test func `keep the members of a document that are not declared`() async throws {
    let sender = AnsweringSender(["PutPublicAccessBlock": [:]])
    let live = LiveResource(
      id: "builds", properties: ["publicAccessBlock": ["blockPublicAcls": true, "ignorePublicAcls": true]],
      attributes: [:], owner: owner)
    let wanted = bucket(["publicAccessBlock": ["blockPublicAcls": false]])
    let update = Update(live: live, resource: wanted, owner: owner, changed: ["publicAccessBlock"])
    _ = try await kind.update(update, sender.writing)
    let document = try #require(await body(of: "PutPublicAccessBlock", sender))
    #expect(document.contains("<BlockPublicAcls>false</BlockPublicAcls>"))
    #expect(document.contains("<IgnorePublicAcls>true</IgnorePublicAcls>"))
  }

  @Test func `stop when an endpoint says that it deleted what it still lists`() async throws {
    let sender = AnsweringSender([
      "ListObjectVersions": ["Version": ["Key": "a", "VersionId": "null"]], "DeleteObjects": [:],
    ])
    let error = await #expect(throws: ProviderError.self) {
      try await BucketContents(bucket: "builds", aws: sender.writing).delete()
    }
    #expect(error?.operation == "s3:DeleteObjects")
    #expect(await sender.operations == ["ListObjectVersions", "DeleteObjects", "ListObjectVersions"])
  }

  @Test func `tell the object that can't be deleted`() async throws {
    let sender = AnsweringSender([
      "ListObjectVersions": ["DeleteMarker": ["Key": "a", "VersionId": "1"]],
      "DeleteObjects": ["Error": ["Key": "a", "Code": "AccessDenied", "Message": "locked"]],
    ])
    let error = await #expect(throws: ProviderError.self) {
      try await BucketContents(bucket: "builds", aws: sender.writing).delete()
    }
    #expect(error?.kind == .denied && error?.message == "a: locked")
  }

  private func body(of operation: String, _ sender: AnsweringSender) async -> String? {
    guard case .bytes(let bytes, _) = await sender.requests.last(where: { $0.operation == operation })?.body
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

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
