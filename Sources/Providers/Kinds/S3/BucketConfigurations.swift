import Planner

/// A property of a bucket that is a set of documents, each with an id and put on its own. Adding one is one
/// row here and one in the schema. Facts: the S3 API reference (PutBucketMetricsConfiguration and its like).
struct BucketConfigurations: Sendable {
  let property: String
  /// The query parameter, as `metrics`.
  let subresource: String
  /// The document's outermost element.
  let root: String
  let members: [XMLForm.Member]
  /// The members of an entry in the schema.
  let entry: [Property]

  private var shape: Shape { .set(.object(entry)) }
  var declaration: Property { Property(property, shape, summary) }
  private let summary: String

  init(
    _ property: String, _ subresource: String, root: String, _ members: [XMLForm.Member], entry: [Property],
    _ summary: String
  ) {
    self.property = property
    self.subresource = subresource
    self.root = root
    self.members = members
    self.entry = entry
    self.summary = summary
  }

  // MARK: Requests

  /// The outermost elements of these answers have no common form, but all of them say whether there are more pages.
  private var list: Operation<Reads> {
    S3.service.read(
      "ListBucket\(root)s", .get, "/{Bucket}?\(subresource)&continuation-token={ContinuationToken}",
      proof: .presence("IsTruncated"),
      pages: Pages(root, token: "NextContinuationToken", position: "ContinuationToken"))
  }

  private var put: Operation<Writes> {
    S3.service.write(
      "PutBucket\(root)", .put, "/{Bucket}?id={Id}&\(subresource)", repeats: .safe, proof: .nothing)
  }

  private var remove: Operation<Writes> {
    S3.service.write(
      "DeleteBucket\(root)", .delete, "/{Bucket}?id={Id}&\(subresource)", repeats: .safe, proof: .nothing)
  }

  /// - Throws: `NoSuchBucket` when the bucket does not exist.
  func read(_ bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    guard let pages = try await aws.pages(list, ["Bucket": .string(bucket)]), !pages.isEmpty else {
      throw ProviderError(
        .notFound, code: "NoSuchBucket", message: "the bucket \(bucket) does not exist",
        operation: "s3:\(list.name)", status: 404)
    }
    let entries = pages.flatMap { $0.items(at: root) }.compactMap(XMLForm.object(members).value)
    return entries.isEmpty ? nil : .list(entries)
  }

  /// Puts what is new or different, and deletes what is no longer wanted.
  func write(
    _ wanted: Value, over live: Value, to bucket: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    let before = byID(live)
    let after = byID(wanted)
    for (id, entry) in after.sorted(by: { $0.key < $1.key }) {
      if let there = before[id], differences(there, entry).isEmpty { continue }
      try await put(entry, id: id, to: bucket, aws)
    }
    for id in before.keys.sorted() where after[id] == nil {
      try await aws.delete(remove, ["Bucket": .string(bucket), "Id": .string(id)])
    }
  }

  private func differences(_ live: Value, _ wanted: Value) -> [ValueDifference] {
    Shape.object(entry).differences(live: live, wanted: wanted)
  }

  private func byID(_ entries: Value) -> [String: Value] {
    let named = (entries.list ?? []).compactMap { entry in entry["id"]?.string.map { ($0, entry) } }
    return Dictionary(named) { first, _ in first }
  }

  private func put(
    _ entry: Value, id: String, to bucket: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    var document = XMLForm.object(members).elements(entry, named: root).first ?? XMLElement(root)
    document.attributes = [XMLElement.Attribute("xmlns", XMLElement.s3Namespace)]
    let request = Request(put, ["Bucket": .string(bucket), "Id": .string(id)]).with(document)
    try await aws.write(request.toNewBucket(in: aws.target))
  }
}
