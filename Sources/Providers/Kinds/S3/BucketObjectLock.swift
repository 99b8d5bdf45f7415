import Planner

/// The one document of a bucket that says whether versions can be locked, and how new ones are by default.
/// Two properties share it: `objectLockEnabled` and `objectLock`. Facts: "Locking objects with Object Lock"
/// in the S3 user guide.
struct BucketObjectLock: Sendable {
  var isEnabled: Bool
  /// How new versions are locked, as in the schema; null for not at all.
  var retention: Value

  static let properties = [
    Property(
      "objectLock", .object(retentionMembers), "How long versions are locked by default."),
    Property(
      "objectLockEnabled", .boolean, default: false, staysOn: true,
      "Versions can be locked against deletion. S3 never turns that off again."),
  ]

  private static let retentionMembers = [
    Property("days", .integer(1...36500), "For so many days."),
    Property(
      "mode", .choice(["COMPLIANCE", "GOVERNANCE"]), required: true,
      "Whether no one can delete a locked version, or only users who may bypass the lock."),
    Property("years", .integer(1...100), "For so many years."),
  ]

  private static let form = XMLForm.object([
    .member("mode", "Mode", .text), .member("days", "Days", .integer), .member("years", "Years", .integer),
  ])

  private static let get = S3.service.read(
    "GetObjectLockConfiguration", .get, "/{Bucket}?object-lock", proof: .element("ObjectLockConfiguration"))
  private static let put = S3.service.write(
    "PutObjectLockConfiguration", .put, "/{Bucket}?object-lock", repeats: .safe, proof: .nothing)

  static func read(_ bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> BucketObjectLock {
    do throws(ProviderError) {
      let answer = try await aws.read(get, ["Bucket": .string(bucket)])
      return BucketObjectLock(
        isEnabled: answer["ObjectLockEnabled"] == "Enabled",
        retention: form.value(answer["Rule"]?["DefaultRetention"]) ?? .null)
    } catch {
      guard BucketSetting.isUnset(error) else { throw error }
      return BucketObjectLock(isEnabled: false, retention: .null)
    }
  }

  /// What is read, as properties.
  var properties: [String: Value] { ["objectLockEnabled": .boolean(isEnabled), "objectLock": retention] }

  /// Turns locks on, and sets what new versions get. Nothing turns them off.
  func write(to bucket: String, _ aws: WritingClient) async throws(ProviderError) {
    let request = Request(Self.put, ["Bucket": .string(bucket)]).with(document)
    try await aws.write(request.toNewBucket(in: aws.target))
  }

  private var document: XMLElement {
    let rule = Self.form.elements(retention, named: "DefaultRetention")
    return XMLElement(
      "ObjectLockConfiguration", namespace: XMLElement.s3Namespace,
      [XMLElement("ObjectLockEnabled", "Enabled")] + (rule.isEmpty ? [] : [XMLElement("Rule", rule)]))
  }
}
