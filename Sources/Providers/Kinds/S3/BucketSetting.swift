import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A property of a bucket that is a document of its own in S3: what it is called there, and how it is spelt. Adding one is one row here and
/// one in the schema. Facts: the S3 API reference, and the answers of MiniStack 1.5.33 and LocalStack 4.8.1.
struct BucketSetting: Sendable {
  let property: String
  /// The query parameter, as `versioning`.
  let subresource: String
  /// What follows Get, Put and Delete in the operation's name.
  let operation: String
  /// The outermost element; nil for a document that is JSON.
  let root: String?
  let form: XMLForm
  /// Taken out by DELETE; else by putting the default or an empty document.
  let isDeletable: Bool
  /// What no document at all means, where that is not "nothing".
  let absence: Value?
  /// Puts together what is live and what is wanted, for documents that are replaced whole.
  let merge: @Sendable (_ live: Value, _ wanted: Value) -> Value

  init(
    _ property: String, _ subresource: String, _ operation: String, root: String?, _ form: XMLForm,
    isDeletable: Bool = false, absence: Value? = nil,
    merge: @escaping @Sendable (Value, Value) -> Value = { $1 }
  ) {
    self.property = property
    self.subresource = subresource
    self.operation = operation
    self.root = root
    self.form = form
    self.isDeletable = isDeletable
    self.absence = absence
    self.merge = merge
  }

  /// In the order in which they are put: who may make the bucket public before a policy that does.
  static let all = [
    BucketSetting(
      "publicAccessBlock", "publicAccessBlock", "PublicAccessBlock", root: "PublicAccessBlockConfiguration",
      .object([
        .member("blockPublicAcls", "BlockPublicAcls", .boolean),
        .member("ignorePublicAcls", "IgnorePublicAcls", .boolean),
        .member("blockPublicPolicy", "BlockPublicPolicy", .boolean),
        .member("restrictPublicBuckets", "RestrictPublicBuckets", .boolean),
      ]),
      absence: [
        "blockPublicAcls": false, "ignorePublicAcls": false, "blockPublicPolicy": false,
        "restrictPublicBuckets": false,
      ], merge: membersKept),
    BucketSetting(
      "ownership", "ownershipControls", "BucketOwnershipControls", root: "OwnershipControls",
      .wrapped("Rule", .wrapped("ObjectOwnership", .text)), absence: "ObjectWriter"),
    BucketSetting(
      "versioning", "versioning", "BucketVersioning", root: "VersioningConfiguration",
      .wrapped("Status", .words(true: "Enabled", false: "Suspended"))),
    BucketSetting(
      "encryption", "encryption", "BucketEncryption", root: "ServerSideEncryptionConfiguration",
      .wrapped(
        "Rule",
        .object([
          .group(
            "ApplyServerSideEncryptionByDefault",
            [
              .member("sseAlgorithm", "SSEAlgorithm", .text),
              .member("kmsMasterKeyId", "KMSMasterKeyID", .text),
            ]
          ),
          .member("bucketKeyEnabled", "BucketKeyEnabled", .boolean),
          .member(
            "blockedEncryptionTypes", "BlockedEncryptionTypes", .wrapped("EncryptionType", .items(.text))),
        ])),
      merge: { live, wanted in
        let merged = membersKept(live, wanted)
        guard merged["sseAlgorithm"] == "AES256", let members = merged.map else { return merged }
        return .map(members.filter { $0.key != "kmsMasterKeyId" })
      }),
    BucketSetting(
      "cors", "cors", "BucketCors", root: "CORSConfiguration",
      .wrapped(
        "CORSRule",
        .items(
          .object([
            .member("id", "ID", .text), .member("allowedHeaders", "AllowedHeader", .items(.text)),
            .member("allowedMethods", "AllowedMethod", .items(.text)),
            .member("allowedOrigins", "AllowedOrigin", .items(.text)),
            .member("exposedHeaders", "ExposeHeader", .items(.text)),
            .member("maxAge", "MaxAgeSeconds", .integer),
          ]))), isDeletable: true),
    BucketSetting(
      "logging", "logging", "BucketLogging", root: "BucketLoggingStatus",
      .wrapped(
        "LoggingEnabled",
        .object([
          .member("destinationBucket", "TargetBucket", .text),
          .member("logFilePrefix", "TargetPrefix", .text),
          .group(
            "TargetObjectKeyFormat",
            [
              .member(
                "partitionDateSource", "PartitionedPrefix", .wrapped("PartitionDateSource", .text))
            ]),
        ]))),
    BucketSetting(
      "website", "website", "BucketWebsite", root: "WebsiteConfiguration", .object(websiteMembers),
      isDeletable: true,
      merge: {
        $1["redirectAllRequestsTo"] == nil && $0["redirectAllRequestsTo"] == nil ? membersKept($0, $1) : $1
      }),
    BucketSetting("policy", "policy", "BucketPolicy", root: nil, .text, isDeletable: true),
    BucketSetting(
      "accelerate", "accelerate", "BucketAccelerateConfiguration", root: "AccelerateConfiguration",
      .wrapped("Status", .words(true: "Enabled", false: "Suspended"))),
    BucketSetting(
      "requestPayer", "requestPayment", "BucketRequestPayment", root: "RequestPaymentConfiguration",
      .wrapped("Payer", .text)),
    BucketReplication.setting,
  ]

  private static let membersKept: @Sendable (Value, Value) -> Value = { live, wanted in
    guard let members = wanted.map else { return wanted }
    return .map((live.map ?? [:]).merging(members) { $1 })
  }

  private static let websiteMembers: [XMLForm.Member] = [
    .member("errorDocument", "ErrorDocument", .wrapped("Key", .text)),
    .member("indexDocument", "IndexDocument", .wrapped("Suffix", .text)),
    .member(
      "redirectAllRequestsTo", "RedirectAllRequestsTo",
      .object([.member("hostName", "HostName", .text), .member("protocol", "Protocol", .text)])),
    .member(
      "routingRules", "RoutingRules",
      .wrapped(
        "RoutingRule",
        .items(
          .object([
            .group(
              "Condition",
              [
                .member("httpErrorCodeReturnedEquals", "HttpErrorCodeReturnedEquals", .text),
                .member("keyPrefixEquals", "KeyPrefixEquals", .text),
              ]),
            .group(
              "Redirect",
              [
                .member("hostName", "HostName", .text),
                .member("httpRedirectCode", "HttpRedirectCode", .text),
                .member("protocol", "Protocol", .text),
                .member("replaceKeyPrefixWith", "ReplaceKeyPrefixWith", .text),
                .member("replaceKeyWith", "ReplaceKeyWith", .text),
              ]),
          ])))),
  ]

  // MARK: Requests

  func read(_ bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    let request = AWSRequest(.s3, "Get\(operation)", .get, [bucket], query: [(subresource, nil)])
    do throws(ProviderError) {
      let answer = try await aws.read(request)
      return root == nil
        ? Value(json: String(decoding: answer.body, as: UTF8.self)) : form.value(answer.value)
    } catch {
      // The bucket itself may be gone, which is another matter.
      guard error.kind == .notFound, error.code != "NoSuchBucket" else { throw error }
      return absence
    }
  }

  func write(
    _ wanted: Value, over live: Value, to bucket: String, headers: [String: String] = [:],
    _ aws: WritingClient
  ) async throws(ProviderError) {
    let query: [(name: String, value: String?)] = [(subresource, nil)]
    if wanted.isEmpty, isDeletable {
      return try await aws.delete(AWSRequest(.s3, "Delete\(operation)", .delete, [bucket], query: query))
    }
    let value = merge(live, wanted)
    var request = AWSRequest(.s3, "Put\(operation)", .put, [bucket], query: query)
    request.body = body(of: value)
    request.headers = headers
    // A new bucket may take a moment to be known everywhere on AWS.
    if aws.target.endpoint == nil { request.retriedErrors = [RetriedError("NoSuchBucket")] }
    try await aws.write(request)
  }

  private func body(of value: Value) -> AWSRequest.Body {
    guard let root else { return .bytes(Data(value.json.utf8), contentType: "application/json") }
    var document =
      value.isEmpty ? XMLElement(root) : form.elements(value, named: root).first ?? XMLElement(root)
    document.attributes = [XMLElement.Attribute("xmlns", XMLElement.s3Namespace)]
    return .bytes(document.document, contentType: "application/xml")
  }
}
