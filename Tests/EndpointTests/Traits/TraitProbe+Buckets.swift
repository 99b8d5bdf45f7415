import Planner

@testable import Providers

extension TraitProbe {
  static let buckets: [TraitProbe] = [
    TraitProbe(.dropsTagsOfNewBuckets) { endpoint in
      let bucket = endpoint.bucketName("tagged")
      let tags = XMLElement("Tags", [tag("team", "blue")])
      let document = XMLElement(
        "CreateBucketConfiguration", namespace: XMLElement.s3Namespace, [tags])
      do throws(ProviderError) {
        try await endpoint.writing.write(Request(S3.createBucket, bucket).with(document))
      } catch {
        guard error.kind == .invalid else { throw error }
        return true
      }
      return try await endpoint.reading.readIfPresent(S3.getBucketTagging, bucket) == nil
    },
    TraitProbe(.tagsOutliveBuckets) { endpoint in
      let bucket = endpoint.bucketName("reborn")
      let aws = endpoint.writing
      try await aws.write(S3.createBucket, bucket)
      try await aws.write(Request(S3.putBucketTagging, bucket).with(tagging))
      try await aws.write(S3.deleteBucket, bucket)
      try await aws.write(S3.createBucket, bucket)
      return try await aws.reading.readIfPresent(S3.getBucketTagging, bucket) != nil
    },
    TraitProbe(.knowsNewBucketsAtOnce) { endpoint in
      let bucket = endpoint.bucketName("new")
      try await endpoint.writing.write(S3.createBucket, bucket)
      return try await isTaken {
        () throws(ProviderError) in
        try await endpoint.writing.write(Request(S3.putBucketTagging, bucket).with(tagging))
      }
    },
    TraitProbe(.lacksRequestPayment) { endpoint in
      let bucket = endpoint.bucketName("paid")
      try await endpoint.writing.write(S3.createBucket, bucket)
      let get = S3.service.read("GetBucketRequestPayment", .get, "/{Bucket}?requestPayment", proof: .bytes)
      let answer = try await endpoint.reading.read(get, bucket)
      return answer["Payer"] == nil
    },
  ]

  private static let tagging = XMLElement(
    "Tagging", namespace: XMLElement.s3Namespace, [XMLElement("TagSet", [tag("team", "old")])])

  private static func tag(_ key: String, _ value: String) -> XMLElement {
    XMLElement("Tag", [XMLElement("Key", key), XMLElement("Value", value)])
  }

  /// Whether a call succeeds that AWS may refuse for a while, because what it names is too new.
  static func isTaken(
    _ call: () async throws(ProviderError) -> Void
  ) async throws(ProviderError) -> Bool {
    do throws(ProviderError) {
      try await call()
      return true
    } catch {
      guard error.kind == .notFound || error.kind == .notYetConsistent else { throw error }
      return false
    }
  }
}

extension LiveEndpoint {
  /// A bucket's input with a name that nobody else has: names are the whole endpoint's.
  fileprivate func bucketName(_ purpose: String) -> [String: Value] {
    ["Bucket": .string("\(purpose)-\(target.account ?? "")")]
  }
}
