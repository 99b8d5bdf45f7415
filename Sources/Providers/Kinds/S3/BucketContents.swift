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
        AWSRequest(
          .s3, "ListObjectVersions", .get, [bucket], query: [("versions", nil), ("max-keys", "1000")]))
      let found = page.value.items("Version") + page.value.items("DeleteMarker")
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
    let objects = versions.map { version in
      let id = version["VersionId"]?.string ?? ""
      return XMLElement(
        "Object",
        [XMLElement("Key", version["Key"]?.string ?? "")] + (id.isEmpty ? [] : [XMLElement("VersionId", id)]))
    }
    let document = XMLElement(
      "Delete", namespace: XMLElement.s3Namespace, [XMLElement("Quiet", "true")] + objects)
    let answer = try await aws.write(
      AWSRequest(
        .s3, "DeleteObjects", .post, [bucket], query: [("delete", nil)],
        body: .bytes(document.document, contentType: "application/xml")))
    guard let refused = answer.value.items("Error").first else { return }
    let code = refused["Code"]?.string ?? ""
    throw ProviderError(
      code == "AccessDenied" ? .denied : .invalid, code: code,
      message:
        "\(refused["Key"]?.string ?? "an object"): \(refused["Message"]?.string ?? "can't be deleted")",
      operation: "s3:DeleteObjects", status: answer.status)
  }
}
