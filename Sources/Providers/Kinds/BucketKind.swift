package import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Amazon S3 buckets.
///
/// Reads: one for existence and tags, and one for each declared setting; a listing first for many. Writes: one to create one, one for the
/// tags where the creating call can't take them, one for each setting. Facts: the S3 API reference, `AWS::S3::Bucket` in CloudFormation.
package struct BucketKind: AWSKind {
  package init() {}

  package var schema: Schema { Self.declaration }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(name: resource.name ?? "", in: target)
  }

  private func attributes(name: String, in target: Target) -> [String: Value] {
    let suffix = Partition(region: target.region).hostSuffix
    let regional = "\(name).s3.\(target.region).\(suffix)"
    return [
      "arn": .string("arn:\(target.partition):s3:::\(name)"), "name": .string(name),
      "domainName": .string("\(name).s3.\(suffix)"), "regionalDomainName": .string(regional),
      "url": .string(target.endpoint.map { "\($0)/\(name)" } ?? "https://\(regional)"),
    ]
  }

  // MARK: Reading

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await readListed(queries, aws) { prefix, pages throws(ProviderError) in
      try await names(beginningWith: prefix, atMost: pages, aws)
    }
  }

  private func names(
    beginningWith prefix: String, atMost limit: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    var names: Set<String> = []
    var token: String?
    for _ in 0..<limit {
      var query: [(name: String, value: String?)] = [("max-buckets", "1000")]
      if !prefix.isEmpty { query.append(("prefix", prefix)) }
      if let token { query.append(("continuation-token", token)) }
      let page = try await aws.read(AWSRequest(.s3, "ListBuckets", .get, [], query: query)).value
      names.formUnion((page["Buckets"]?.items("Bucket") ?? []).compactMap { $0["Name"]?.string })
      guard let next = page["ContinuationToken"]?.string, !next.isEmpty, next != token else { return names }
      token = next
    }
    return nil
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name, let tags = try await tags(of: name, aws) else { return nil }
    let settings = BucketSetting.all.filter { query.wants($0.property) }
    let reads = settings.map { setting in
      Part { () throws(ProviderError) in
        try await setting.read(name, aws).map { [setting.property: $0] } ?? [:]
      }
    }
    let notifications = Part { () throws(ProviderError) in
      let notifications = try await BucketNotifications.read(name, aws)
      return [
        "notifications": notifications.declared, "eventBridge": .boolean(notifications.eventBridge),
      ]
    }
    let isNotifying = query.wants("notifications") || query.wants("eventBridge")
    do throws(ProviderError) {
      let parts = try await sideBySide(reads + (isNotifying ? [notifications] : [])) {
        part throws(ProviderError) in try await part.read()
      }
      var properties = parts.reduce(into: [String: Value]()) { $0.merge($1) { $1 } }
      properties["tags"] = tags.declared
      return LiveResource(
        id: name, properties: properties.filter { !$0.value.isEmpty },
        attributes: attributes(name: name, in: aws.target), owner: tags.owner)
    } catch {
      if error.code == "NoSuchBucket" { return nil }
      throw error
    }
  }

  /// One of the documents that a bucket's state is read from.
  private struct Part: Sendable {
    let read: @Sendable () async throws(ProviderError) -> [String: Value]
  }

  /// The tags of a bucket that is there; nil when it is not. One request tells both.
  private func tags(of bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> LiveTags? {
    let request = AWSRequest(.s3, "GetBucketTagging", .get, [bucket], query: [("tagging", nil)])
    do throws(ProviderError) {
      return LiveTags(list: try await aws.read(request).value["TagSet"]?.items("Tag") ?? [])
    } catch {
      switch (error.kind, error.code) {
      case (.notFound, "NoSuchTagSet"): return LiveTags()
      case (.notFound, _): return nil
      case (.denied, _):
        var told = error
        told.message +=
          " (the bucket \(bucket) is another account's, or these credentials may not read its tags)"
        throw told
      default: throw error
      }
    }
  }

  // MARK: Writing

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let name = resource.name ?? ""
    // LocalStack refuses or drops tags in this call, so on emulators they follow.
    let tagsAtOnce = aws.target.endpoint == nil
    var configuration: [XMLElement] = []
    if aws.target.region != "us-east-1" {
      configuration.append(XMLElement("LocationConstraint", aws.target.region))
    }
    if tagsAtOnce { configuration.append(XMLElement("Tags", tagElements(creation.tags))) }
    var request = AWSRequest(.s3, "CreateBucket", .put, [name])
    if !configuration.isEmpty {
      let document = XMLElement(
        "CreateBucketConfiguration", namespace: XMLElement.s3Namespace, configuration)
      request.body = .bytes(document.document, contentType: "application/xml")
    }
    try await aws.write(request)
    if !tagsAtOnce { try await tag(name, creation.tags, aws) }
    for setting in BucketSetting.all {
      guard let wanted = resource[setting.property], !wanted.isNull else { continue }
      try await setting.write(wanted, over: .null, to: name, aws)
    }
    let notifications = BucketNotifications(
      entries: resource["notifications"]?.list ?? [], eventBridge: resource["eventBridge"] == true)
    if !notifications.entries.isEmpty || notifications.eventBridge {
      try await notifications.write(to: name, aws)
    }
    return Created(id: name, attributes: attributes(name: name, in: aws.target))
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    if update.changes("tags") { try await tag(name, update.tags, aws) }
    for setting in BucketSetting.all where update.changed.contains(setting.property) {
      let live = update.live.properties[setting.property] ?? .null
      try await setting.write(update.resource[setting.property] ?? .null, over: live, to: name, aws)
    }
    if update.changes("notifications", "eventBridge") {
      var notifications = BucketNotifications(
        entries: update.resource["notifications"]?.list ?? [],
        eventBridge: update.resource["eventBridge"] == true)
      // One document holds both: the half that does not change is put back as it is.
      if !update.changes("notifications") || !update.changes("eventBridge") {
        let live = try await BucketNotifications.read(name, aws.reading)
        if !update.changes("notifications") { notifications.entries = live.entries }
        if !update.changes("eventBridge") { notifications.eventBridge = live.eventBridge }
      }
      try await notifications.write(to: name, aws)
    }
    return attributes(name: name, in: aws.target)
  }

  /// S3 replaces all tags at once, but for those of AWS itself.
  private func tag(
    _ bucket: String, _ tags: [String: String], _ aws: WritingClient
  ) async throws(ProviderError) {
    let document = XMLElement(
      "Tagging", namespace: XMLElement.s3Namespace, [XMLElement("TagSet", tagElements(tags))])
    try await aws.write(
      AWSRequest(
        .s3, "PutBucketTagging", .put, [bucket], query: [("tagging", nil)],
        body: .bytes(document.document, contentType: "application/xml")))
  }

  private func tagElements(_ tags: [String: String]) -> [XMLElement] {
    tags.sorted { $0.key < $1.key }.map {
      XMLElement("Tag", [XMLElement("Key", $0.key), XMLElement("Value", $0.value)])
    }
  }

  /// Empties the bucket first: whoever calls has made sure that its data may go. LocalStack keeps the tags of a deleted bucket for the next
  /// one of that name, so they are taken off there.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let name = deletion.live.id
    do throws(ProviderError) {
      try await BucketContents(bucket: name, aws: aws).delete()
      if aws.target.endpoint != nil {
        try await aws.write(
          AWSRequest(.s3, "DeleteBucketTagging", .delete, [name], query: [("tagging", nil)]))
      }
      try await aws.write(AWSRequest(.s3, "DeleteBucket", .delete, [name]))
    } catch {
      if error.kind != .notFound { throw error }
    }
  }
}
