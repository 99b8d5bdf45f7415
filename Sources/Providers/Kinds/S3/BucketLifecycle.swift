import Planner

/// The one document of a bucket that says when objects move and expire. Two properties share it:
/// `lifecycleRules`, and the smallest size that moves, which is a header of the document. Facts:
/// PutBucketLifecycleConfiguration in the S3 API reference.
struct BucketLifecycle: Sendable {
  /// As in the schema.
  var rules: Value
  /// nil leaves it to S3.
  var minimumSize: Value?

  static let sizeProperty = "transitionDefaultMinimumObjectSize"
  private static let header = "x-amz-transition-default-minimum-object-size"

  /// How the rules are spelt.
  static let setting = BucketSetting(
    "lifecycleRules", "lifecycle", "BucketLifecycleConfiguration", root: "LifecycleConfiguration",
    .wrapped("Rule", .items(.object(members))), deletion: "DeleteBucketLifecycle")

  static func read(_ bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> BucketLifecycle {
    do throws(ProviderError) {
      let answer = try await aws.read(Request(setting.get, ["Bucket": .string(bucket)]))
      return BucketLifecycle(
        rules: setting.form.value(answer.value) ?? .null,
        minimumSize: answer.headers[header].map(Value.string))
    } catch {
      guard BucketSetting.isUnset(error) else { throw error }
      return BucketLifecycle(rules: .null)
    }
  }

  /// What is read, as properties.
  var properties: [String: Value] { ["lifecycleRules": rules, Self.sizeProperty: minimumSize ?? .null] }

  /// Without rules the document is deleted, and the size with it.
  func write(to bucket: String, _ aws: WritingClient) async throws(ProviderError) {
    let headers = minimumSize?.string.map { [Self.header: $0] } ?? [:]
    try await Self.setting.write(Self.sent(rules), over: .null, to: bucket, headers: headers, aws)
  }

  /// The rules as they are sent: each with an id, for some endpoints want one, and without a marker that is off, which S3 refuses
  /// beside days. An id that the file leaves out is made of the rule's place.
  static func sent(_ rules: Value) -> Value {
    guard let items = rules.list else { return rules }
    return .list(
      items.enumerated().map { position, rule in
        guard var members = rule.map else { return rule }
        if members["id"]?.isEmpty ?? true { members["id"] = .string("stackform-\(position + 1)") }
        if members["expiredObjectDeleteMarker"] == false {
          members["expiredObjectDeleteMarker"] = nil
        }
        return .map(members)
      })
  }

  private static let members: [XMLForm.Member] = [
    .member("id", "ID", .text),
    BucketFilter.member(always: true),
    .custom(
      write: { [XMLElement("Status", $0["status"]?.string ?? "Enabled")] },
      read: { $0["Status"].map { ["status": $0] } ?? [:] }),
    .group(
      "Expiration",
      [
        .member("expirationDate", "Date", .date), .member("expirationInDays", "Days", .integer),
        .member("expiredObjectDeleteMarker", "ExpiredObjectDeleteMarker", .boolean),
      ]),
    .member(
      "transitions", "Transition",
      .items(
        .object([
          .member("transitionDate", "Date", .date), .member("transitionInDays", "Days", .integer),
          .member("storageClass", "StorageClass", .text),
        ]))),
    .member(
      "noncurrentVersionTransitions", "NoncurrentVersionTransition",
      .items(
        .object([
          .member("newerNoncurrentVersions", "NewerNoncurrentVersions", .integer),
          .member("transitionInDays", "NoncurrentDays", .integer),
          .member("storageClass", "StorageClass", .text),
        ]))),
    .member(
      "noncurrentVersionExpiration", "NoncurrentVersionExpiration",
      .object([
        .member("newerNoncurrentVersions", "NewerNoncurrentVersions", .integer),
        .member("noncurrentDays", "NoncurrentDays", .integer),
      ])),
    .member(
      "abortIncompleteMultipartUpload", "AbortIncompleteMultipartUpload",
      .wrapped("DaysAfterInitiation", .integer)),
  ]
}
