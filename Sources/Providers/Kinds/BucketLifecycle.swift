import Planner

/// How a lifecycle rule is spelt: its filter is one condition, or several in an `And`.
enum BucketLifecycle {
  static let members: [XMLForm.Member] = [
    .member("id", "ID", .text),
    .custom(write: filter, read: conditions),
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

  /// S3 refuses an `And` of fewer than two conditions; a rule for everything has an empty prefix.
  @Sendable private static func filter(_ rule: [String: Value]) -> [XMLElement] {
    var conditions: [XMLElement] = []
    if let prefix = rule["prefix"]?.string, !prefix.isEmpty {
      conditions.append(XMLElement("Prefix", prefix))
    }
    for tag in (rule["tagFilters"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      conditions.append(
        XMLElement("Tag", [XMLElement("Key", tag.key), XMLElement("Value", tag.value.string ?? "")]))
    }
    for (property, element) in sizes {
      if let size = rule[property]?.integer { conditions.append(XMLElement(element, String(size))) }
    }
    switch conditions.count {
    case 0: return [XMLElement("Filter", [XMLElement("Prefix", "")])]
    case 1: return [XMLElement("Filter", conditions)]
    default: return [XMLElement("Filter", [XMLElement("And", conditions)])]
    }
  }

  private static let sizes = [
    ("objectSizeGreaterThan", "ObjectSizeGreaterThan"), ("objectSizeLessThan", "ObjectSizeLessThan"),
  ]

  @Sendable private static func conditions(_ rule: Value) -> [String: Value] {
    let filter = rule["Filter"]?["And"] ?? rule["Filter"] ?? [:]
    var conditions: [String: Value] = [:]
    // Rules of old have their prefix outside of any filter.
    if let prefix = filter["Prefix"] ?? rule["Prefix"], !prefix.isEmpty { conditions["prefix"] = prefix }
    let tags = filter.items("Tag").compactMap { tag in
      tag["Key"]?.string.map { ($0, tag["Value"] ?? "") }
    }
    if !tags.isEmpty { conditions["tagFilters"] = .map(Dictionary(tags) { $1 }) }
    for (property, element) in sizes {
      // MiniStack adds a size greater than 0 to every And.
      if let size = filter[element]?.string.flatMap(Int.init), size > 0 {
        conditions[property] = .integer(size)
      }
    }
    return conditions
  }
}
