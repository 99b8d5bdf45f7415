import Planner

/// Everything in a bucket: objects, their older versions, and the marks of deleted ones.
struct BucketContents: Sendable {
  let bucket: String
  let aws: WritingClient

  /// Deletes all of it, a thousand at a time. The caller has made sure that it may go.
  func delete() async throws(ProviderError) {
    var last: [Value] = []
    while true {
      let page = try await aws.reading.read(
        S3.listObjectVersions, ["Bucket": .string(bucket), "MaxKeys": 1000])
      let found = page.items(at: "Version") + page.items(at: "DeleteMarker")
      if found.isEmpty { return }
      guard found != last else {
        throw ProviderError(
          .conflict, message: "the bucket \(bucket) still lists objects that it said were deleted",
          operation: "s3:DeleteObjects")
      }
      last = found
      for start in stride(from: 0, to: found.count, by: 1000) {
        try await delete(found[start..<min(start + 1000, found.count)])
      }
    }
  }

  private func delete(_ versions: ArraySlice<Value>) async throws(ProviderError) {
    let objects = versions.compactMap { version -> XMLElement? in
      guard let key = version["Key"]?.string, !key.isEmpty else { return nil }
      let id = version["VersionId"]?.string.flatMap { $0.isEmpty ? nil : XMLElement("VersionId", $0) }
      return XMLElement("Object", [XMLElement("Key", key)] + [id].compactMap(\.self))
    }
    guard objects.count == versions.count else {
      throw ProviderError(
        .malformed, message: "the bucket \(bucket) lists an object without a key",
        operation: "s3:ListObjectVersions", neverSent: true)
    }
    let document = XMLElement(
      "Delete", namespace: XMLElement.s3Namespace, [XMLElement("Quiet", "true")] + objects)
    let request = Request(S3.deleteObjects, ["Bucket": .string(bucket)])
    let answer = try await aws.write(request.with(document))
    guard let refused = answer.value.items(at: "Error").first else { return }
    let code = refused["Code"]?.string ?? ""
    throw ProviderError(
      code == "AccessDenied" ? .denied : .invalid, code: code,
      message:
        "\(refused["Key"]?.string ?? "an object"): \(refused["Message"]?.string ?? "can't be deleted")",
      operation: "s3:DeleteObjects", status: answer.status)
  }
}
