import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A property of a bucket that is a separate document in S3: its name there, and its form. To add one, add
/// one row here and one in the schema. Facts: the S3 API reference, and the answers of MiniStack 1.5.33 and
/// LocalStack 4.8.1.
struct BucketSetting: Sendable {
  let property: String
  /// The query parameter, as `versioning`.
  let subresource: String
  /// What follows Get and Put in the operation's name.
  let operation: String
  /// The outermost element; nil for a document that is JSON.
  let root: String?
  let form: XMLForm
  /// The operation that removes it; nil where the default or an empty document is put instead.
  let deletion: String?
  /// What no document at all means, where that is not "nothing".
  let absence: Value?
  /// Endpoints with this trait do not have the setting.
  let lack: EndpointTrait?
  /// Merges the live and the wanted document, for documents that are replaced whole.
  let merge: @Sendable (_ live: Value, _ wanted: Value) -> Value

  init(
    _ property: String, _ subresource: String, _ operation: String, root: String?, _ form: XMLForm,
    deletion: String? = nil, absence: Value? = nil, lack: EndpointTrait? = nil,
    merge: @escaping @Sendable (Value, Value) -> Value = { $1 }
  ) {
    self.property = property
    self.subresource = subresource
    self.operation = operation
    self.root = root
    self.form = form
    self.deletion = deletion
    self.absence = absence
    self.lack = lack
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
          ]))), deletion: "DeleteBucketCors"),
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
      deletion: "DeleteBucketWebsite",
      merge: {
        $1["redirectAllRequestsTo"] == nil && $0["redirectAllRequestsTo"] == nil ? membersKept($0, $1) : $1
      }),
    BucketSetting("policy", "policy", "BucketPolicy", root: nil, .text, deletion: "DeleteBucketPolicy"),
    BucketSetting(
      "accelerate", "accelerate", "BucketAccelerateConfiguration", root: "AccelerateConfiguration",
      .wrapped("Status", .words(true: "Enabled", false: "Suspended"))),
    BucketSetting(
      "requestPayer", "requestPayment", "BucketRequestPayment", root: "RequestPaymentConfiguration",
      .wrapped("Payer", .text), lack: .lacksRequestPayment),
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

  /// A document in XML is known by its outermost element. The only one in JSON is the policy, which always has a statement.
  var get: Operation<Reads> {
    S3.service.read(
      "Get\(operation)", .get, "/{Bucket}?\(subresource)",
      proof: root.map(Proof.element) ?? .member("Statement"))
  }

  private var put: Operation<Writes> {
    S3.service.write("Put\(operation)", .put, "/{Bucket}?\(subresource)", repeats: .safe, proof: .nothing)
  }

  /// Whether an error says that the bucket has no such document. It is another case when the bucket itself
  /// does not exist.
  static func isUnset(_ error: ProviderError) -> Bool {
    error.kind == .notFound && error.code != "NoSuchBucket"
  }

  func read(_ bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    if let lack, aws.target.has(lack) { return absence }
    do throws(ProviderError) {
      return form.value(try await aws.read(get, ["Bucket": .string(bucket)]))
    } catch {
      guard Self.isUnset(error) else { throw error }
      return absence
    }
  }

  /// Writes the document, or deletes it where nothing is wanted. `live` is merged where S3 replaces documents
  /// whole.
  func write(
    _ wanted: Value, over live: Value, to bucket: String, headers: [String: String] = [:],
    _ aws: WritingClient
  ) async throws(ProviderError) {
    let input: [String: Value] = ["Bucket": .string(bucket)]
    if wanted.isEmpty, let deletion {
      let delete = S3.service.write(
        deletion, .delete, "/{Bucket}?\(subresource)", repeats: .safe, proof: .nothing)
      return try await aws.delete(delete, input)
    }
    let request = Request(put, input).with(headers: headers)
    try await aws.write(with(merge(live, wanted), in: request).toNewBucket(in: aws.target))
  }

  private func with(_ value: Value, in request: Request<Writes>) -> Request<Writes> {
    guard let root else { return request.with(Data(value.json.utf8), contentType: "application/json") }
    var document =
      value.isEmpty ? XMLElement(root) : form.elements(value, named: root).first ?? XMLElement(root)
    document.attributes = [XMLElement.Attribute("xmlns", XMLElement.s3Namespace)]
    return request.with(document)
  }
}
