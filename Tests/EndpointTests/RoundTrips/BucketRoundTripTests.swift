import Foundation
import Testing

@testable import Planner
@testable import Providers

@Suite(.enabled(if: !LiveEndpoint.all.isEmpty))
struct `A bucket on a real endpoint` {
  private let owner = Owner(stack: "round-trip", address: Address("buckets", "subject"))

  @Test(arguments: LiveEndpoint.all)
  func `goes through all its verbs`(_ endpoint: LiveEndpoint) async throws {
    try await makeReceivers(on: endpoint)
    let name = "subject-\(endpoint.target.account ?? "")"
    let subject = Resource(Address("buckets", "subject"), name: name, properties: properties(name, endpoint))
    try await KindRoundTrip(
      BucketKind(), on: endpoint, subject: subject, mutations: mutations(name, endpoint)
    ).run()
  }

  private func properties(_ name: String, _ endpoint: LiveEndpoint) -> [String: Value] {
    [
      "versioning": true, "eventBridge": true, "ownership": "ObjectWriter", "tags": ["team": "blue + red"],
      "policy": policy("s3:GetObject", name, endpoint),
      "encryption": ["sseAlgorithm": "aws:kms", "kmsMasterKeyId": "alias/mine", "bucketKeyEnabled": true],
      "publicAccessBlock": [
        "blockPublicAcls": false, "blockPublicPolicy": true, "ignorePublicAcls": false,
        "restrictPublicBuckets": true,
      ],
      "cors": [
        [
          "id": "one", "allowedMethods": ["GET", "PUT"], "allowedOrigins": ["https://example.com"],
          "allowedHeaders": ["*"], "exposedHeaders": ["etag", "x-mine"], "maxAge": 300,
        ],
        ["allowedMethods": ["HEAD"], "allowedOrigins": ["*"]],
      ],
      "lifecycleRules": [
        [
          "id": "several", "prefix": "tmp/", "tagFilters": ["kind": "old"], "objectSizeGreaterThan": 1000,
          "expirationInDays": 30, "transitions": [["transitionInDays": 10, "storageClass": "GLACIER"]],
          "noncurrentVersionExpiration": ["noncurrentDays": 5, "newerNoncurrentVersions": 2],
          "noncurrentVersionTransitions": [["transitionInDays": 3, "storageClass": "GLACIER_IR"]],
        ],
        ["id": "uploads", "abortIncompleteMultipartUpload": 7, "status": "Disabled"],
        ["id": "one", "tagFilters": ["a": "b"], "expirationDate": "2040-01-31"],
      ],
      "website": [
        "indexDocument": "index.html", "errorDocument": "error.html",
        "routingRules": [["keyPrefixEquals": "old/", "replaceKeyPrefixWith": "new/"]],
      ],
      "notifications": [
        [
          "events": ["s3:ObjectCreated:Put", "s3:ObjectCreated:Copy"], "queue": arn("sqs", endpoint),
          "suffix": ".zip", "prefix": "builds/",
        ],
        ["events": ["s3:ObjectRemoved:*"], "topic": arn("sns", endpoint)],
      ],
    ]
  }

  private func mutations(_ name: String, _ endpoint: LiveEndpoint) -> [String: Value] {
    [
      "versioning": false, "eventBridge": false, "ownership": "BucketOwnerPreferred",
      "tags": ["owner": "red"],
      "policy": policy("s3:PutObject", name, endpoint), "encryption": ["sseAlgorithm": "AES256"],
      "publicAccessBlock": ["blockPublicAcls": true],
      "cors": [["allowedMethods": ["POST"], "allowedOrigins": ["*"]]],
      "lifecycleRules": [["id": "all", "expiredObjectDeleteMarker": true]],
      "website": ["redirectAllRequestsTo": ["hostName": "example.com", "protocol": "https"]],
      "notifications": [["events": ["s3:ObjectCreated:*"], "queue": arn("sqs", endpoint)]],
    ]
  }

  @Test(arguments: LiveEndpoint.all)
  func `is deleted with all that is in it`(_ endpoint: LiveEndpoint) async throws {
    let name = "full-\(endpoint.target.account ?? "")"
    let resource = Resource(Address("buckets", "subject"), name: name, properties: ["versioning": true])
    let kind = BucketKind()
    _ = try await kind.create(Creation(resource: resource, owner: owner), endpoint.writing)
    // More than one page of a thousand, with older versions, deleted objects and an awkward key.
    try await sideBySide(Array(0..<1010)) { number in
      try await put("objects/\(number)", in: name, endpoint)
    }
    for _ in 1...2 { try await put("a & b/<ü> +%20.txt", in: name, endpoint) }
    try await endpoint.writing.write(
      S3.deleteObject, ["Bucket": .string(name), "Key": ["objects", "1"]])
    let query = LiveQuery(
      address: resource.address, section: "buckets", name: name, id: nil, wanted: resource, depth: .existence,
      owner: owner)
    let live = try #require(try await kind.read(query, endpoint.reading))
    try await kind.delete(
      Deletion(address: resource.address, section: "buckets", live: live), endpoint.writing)
    #expect(try await kind.read(query, endpoint.reading) == nil)
  }

  @Test(arguments: LiveEndpoint.all)
  func `keeps notifications that others made when only EventBridge changes`(_ endpoint: LiveEndpoint)
    async throws
  {
    try await makeReceivers(on: endpoint)
    let name = "shared-\(endpoint.target.account ?? "")"
    let kind = BucketKind()
    var resource = Resource(
      Address("buckets", "subject"), name: name,
      properties: ["notifications": [["events": ["s3:ObjectCreated:*"], "queue": arn("sqs", endpoint)]]])
    _ = try await kind.create(Creation(resource: resource, owner: owner), endpoint.writing)
    let query = LiveQuery(
      address: resource.address, section: "buckets", name: name, id: nil, wanted: resource,
      depth: .everything,
      owner: owner)
    let live = try #require(try await kind.read(query, endpoint.reading))
    resource.properties = ["eventBridge": true]
    _ = try await kind.update(
      Update(live: live, resource: resource, owner: owner, changed: ["eventBridge"]), endpoint.writing)
    let after = try #require(try await kind.read(query, endpoint.reading))
    #expect(after.properties["eventBridge"] == true)
    #expect(after.properties["notifications"] == live.properties["notifications"])
  }

  private func put(_ key: String, in bucket: String, _ endpoint: LiveEndpoint) async throws(ProviderError) {
    let path = key.split(separator: "/").map { Value.string(String($0)) }
    try await endpoint.writing.write(
      Request(S3.putObject, ["Bucket": .string(bucket), "Key": .list(path)])
        .with(Data(key.utf8), contentType: "text/plain"))
  }

  private func sideBySide(
    _ numbers: [Int], _ work: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in numbers { group.addTask { try await work(number) } }
      try await group.waitForAll()
    }
  }

  private func makeReceivers(on endpoint: LiveEndpoint) async throws {
    for (section, kind) in [("topics", TopicKind()), ("queues", QueueKind())] as [(String, any AWSKind)] {
      let resource = Resource(Address(section, "receiver"), name: "receiver")
      _ = try await kind.create(Creation(resource: resource, owner: owner), endpoint.writing)
    }
  }

  private func arn(_ service: String, _ endpoint: LiveEndpoint) -> Value {
    endpoint.target.arn(service, "receiver") ?? .null
  }

  private func policy(_ action: String, _ bucket: String, _ endpoint: LiveEndpoint) -> Value {
    [
      "Version": "2012-10-17",
      "Statement": [
        [
          "Effect": "Allow", "Action": .string(action), "Resource": .string("arn:aws:s3:::\(bucket)/*"),
          "Principal": ["AWS": .string("arn:aws:iam::\(endpoint.target.account ?? ""):root")],
        ]
      ],
    ]
  }
}
