import Planner

/// How a lifecycle rule is spelt.
enum BucketLifecycle {
  static let members: [XMLForm.Member] = [
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
