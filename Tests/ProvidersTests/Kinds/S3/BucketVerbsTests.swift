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
