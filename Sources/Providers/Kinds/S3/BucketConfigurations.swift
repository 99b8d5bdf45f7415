import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A property of a bucket that is a set of documents, each with an id and put on its own. Adding one is one row here and one in the schema.
/// Facts: the S3 API reference (PutBucketMetricsConfiguration and its like).
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

  func read(_ bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    var entries: [Value] = []
    var token: String?
    while true {
      var query: [(name: String, value: String?)] = [(subresource, nil)]
      if let token { query.append(("continuation-token", token)) }
      let page = try await aws.read(AWSRequest(.s3, "ListBucket\(root)s", .get, [bucket], query: query)).value
      entries += page.items(root).compactMap { XMLForm.object(members).value($0) }
      guard let next = page["NextContinuationToken"]?.string, !next.isEmpty, next != token else {
        return entries.isEmpty ? nil : .list(entries)
      }
      token = next
    }
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
      try await aws.delete(
        AWSRequest(
          .s3, "DeleteBucket\(root)", .delete, [bucket], query: [("id", id), (subresource, nil)]))
    }
  }

  private func differences(_ live: Value, _ wanted: Value) -> [ValueDifference] {
    Shape.object(entry).differences(live: live, wanted: wanted)
  }

  private func byID(_ entries: Value) -> [String: Value] {
    Dictionary((entries.list ?? []).map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
  }

  private func put(
    _ entry: Value, id: String, to bucket: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    var document = XMLForm.object(members).elements(entry, named: root).first ?? XMLElement(root)
    document.attributes = [XMLElement.Attribute("xmlns", XMLElement.s3Namespace)]
    var request = AWSRequest(
      .s3, "PutBucket\(root)", .put, [bucket], query: [("id", id), (subresource, nil)],
      body: .bytes(document.document, contentType: "application/xml"))
    if aws.target.endpoint == nil { request.retriedErrors = [RetriedError("NoSuchBucket")] }
    try await aws.write(request)
  }
}
