import Planner

/// Amazon S3: its operations, and its error codes. The settings of a bucket are data: see ``BucketSetting``.
package enum S3 {
  package static let service = AWSService(
    "s3", environmentID: "S3", .restXML, holdsObjects: true,
    errors: ServiceErrors([
      .preconditionFailed: ["NotModified"], .invalid: ["BucketNotEmpty", "InvalidBucketState"],
      .unsupported: ["MethodNotAllowed"], .denied: ["AllAccessDisabled", "AccountProblem"],
    ]))

  // MARK: Buckets

  static let createBucket = service.write(
    "CreateBucket", .put, "/{Bucket}",
    headers: ["ObjectLockEnabledForBucket": "x-amz-bucket-object-lock-enabled"], proof: .header("location"))
  static let deleteBucket = service.write(
    "DeleteBucket", .delete, "/{Bucket}", headers: owner, repeats: .safe, proof: .nothing)
  static let listBuckets = service.read(
    "ListBuckets", .get, "/?max-buckets={MaxBuckets}&prefix={Prefix}&continuation-token={ContinuationToken}",
    proof: .element("ListAllMyBucketsResult"), pages: Pages("Buckets.Bucket", token: "ContinuationToken"))

  static let getBucketTagging = service.read(
    "GetBucketTagging", .get, "/{Bucket}?tagging", proof: .element("Tagging"))
  static let putBucketTagging = service.write(
    "PutBucketTagging", .put, "/{Bucket}?tagging", repeats: .safe, proof: .nothing)
  static let deleteBucketTagging = service.write(
    "DeleteBucketTagging", .delete, "/{Bucket}?tagging", repeats: .safe, proof: .nothing)

  // MARK: Objects

  /// The account that must own the bucket: S3 answers 403 when another one does.
  private static let owner = ["ExpectedBucketOwner": "x-amz-expected-bucket-owner"]

  static let getObject = service.read(
    "GetObject", .get, "/{Bucket}/{Key+}", headers: owner.merging(["Range": "Range"]) { $1 },
    proof: .header("etag"))
  static let putObject = service.write(
    "PutObject", .put, "/{Bucket}/{Key+}",
    headers: owner.merging(["IfMatch": "If-Match", "IfNoneMatch": "If-None-Match"]) { $1 }, repeats: .safe,
    proof: .header("etag"))
  static let deleteObject = service.write(
    "DeleteObject", .delete, "/{Bucket}/{Key+}", headers: owner, repeats: .safe, proof: .nothing)
  static let listObjects = service.read(
    "ListObjectsV2", .get, "/{Bucket}?list-type=2&prefix={Prefix}&continuation-token={ContinuationToken}",
    headers: owner, proof: .element("ListBucketResult"),
    pages: Pages("Contents", token: "NextContinuationToken", position: "ContinuationToken"))

  static let listObjectVersions = service.read(
    "ListObjectVersions", .get, "/{Bucket}?versions&max-keys={MaxKeys}", proof: .element("ListVersionsResult")
  )
  static let deleteObjects = service.write(
    "DeleteObjects", .post, "/{Bucket}?delete", repeats: .safe, proof: .element("DeleteResult"))
}

extension Request<Writes> {
  /// The same, sent again for a while where S3 does not know everywhere of a bucket that was just made.
  func toNewBucket(in target: Target) -> Self {
    target.has(.knowsNewBucketsAtOnce) ? self : retrying([RetriedError("NoSuchBucket")])
  }
}
