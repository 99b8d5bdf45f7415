import Testing

@testable import Planner
@testable import Providers

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
      let query = LiveQuery(bucket(), depth: .existence, owner: owner)
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
    let query = LiveQuery(bucket(), depth: .declared(["versioning", "publicAccessBlock"]), owner: owner)
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

  private func writing(_ sender: AnsweringSender, on software: EndpointSoftware) -> WritingClient {
    var target = sender.target
    target.software = software.rawValue
    return WritingClient(target: target, sender: sender)
  }

  static let creations: [(EndpointSoftware, [String])] = [
    (.miniStack, ["CreateBucket"]), (.localStack, ["CreateBucket", "PutBucketTagging"]),
  ]

  @Test(arguments: creations)
  func `put tags into a call of their own where the creating call drops them`(
    _ software: EndpointSoftware, _ operations: [String]
  ) async throws {
    let sender = AnsweringSender(["CreateBucket": [:], "PutBucketTagging": [:]])
    _ = try await kind.create(
      Creation(resource: bucket(), owner: owner), writing(sender, on: software))
    #expect(await sender.operations == operations)
    let tagged = try #require(await body(of: operations.last ?? "", sender))
    #expect(tagged.contains("<Key>stackform:stack</Key><Value>shop</Value>"))
    let created = try #require(await body(of: "CreateBucket", sender))
    #expect(created.contains("<Tags>") == (software == .miniStack))
  }

  static let deletions: [(EndpointSoftware, [String])] = [
    (.miniStack, ["DeleteBucket"]), (.localStack, ["DeleteBucketTagging", "DeleteBucket"]),
  ]

  @Test(arguments: deletions)
  func `take tags off before a deletion only where the next bucket would inherit them`(
    _ software: EndpointSoftware, _ operations: [String]
  ) async throws {
    let sender = AnsweringSender(["DeleteBucketTagging": [:], "DeleteBucket": [:]])
    let live = LiveResource(id: "builds", properties: [:], attributes: [:], owner: owner)
    try await kind.delete(
      Deletion(address: owner.address, section: "buckets", live: live), writing(sender, on: software))
    #expect(await sender.operations == operations)
  }

  @Test func `wait for a new bucket to be known everywhere, but not where it is known at once`() async throws
  {
    for isRetried in [true, false] {
      let sender = AnsweringSender(["CreateBucket": [:], "PutBucketVersioning": [:]])
      let aws = isRetried ? sender.writing : writing(sender, on: .miniStack)
      _ = try await kind.create(Creation(resource: bucket(["versioning": true]), owner: owner), aws)
      let put = try #require(await sender.requests.last)
      #expect(put.retriedErrors.contains(RetriedError("NoSuchBucket")) == isRetried)
    }
  }

  @Test func `do not take a bucket that is gone for one without configurations`() async throws {
    var query = LiveQuery(bucket(), depth: .declared(["metricsConfigurations"]), owner: owner)
    query.knownTags = KnownTags(tags: owner.tags, source: .read)
    #expect(try await kind.read(query, AnsweringSender().reading) == nil)
  }

  @Test(
    arguments: [
      (["versioning": false, "replication": .null], ["DeleteBucketReplication", "PutBucketVersioning"]),
      (
        ["versioning": true, "replication": ["role": "r", "rules": []]],
        ["PutBucketVersioning", "PutBucketReplication"]
      ),
    ] as [([String: Value], [String])])
  func `set what others need before them, and take it away after them`(
    properties: [String: Value], operations: [String]
  ) async throws {
    let sender = AnsweringSender(
      Dictionary(operations.map { ($0, .null) }, uniquingKeysWith: { $1 }) as [String: Value])
    let live = LiveResource(id: "builds", properties: [:], attributes: [:], owner: owner)
    let update = Update(
      live: live, resource: bucket(properties), owner: owner, changed: Set(properties.keys))
    _ = try await kind.update(update, sender.writing)
    #expect(await sender.operations == operations)
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
