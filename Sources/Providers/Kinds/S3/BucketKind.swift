package import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Amazon S3 buckets.
///
/// Reads: one for existence and tags, and one for each declared setting; a listing first for many. Writes:
/// one to create one with its tags, and one for each setting. Facts: the S3 API reference, `AWS::S3::Bucket`
/// in CloudFormation.
package struct BucketKind: ListedKind {
  package var schema: Schema { Self.declaration }
  package var readsTagsApart: Bool { true }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(name: resource.name ?? "", in: target)
  }

  /// Every attribute of the schema: all follow from name, region and partition.
  func attributes(name: String, in target: Target) -> [String: Value] {
    let suffix = Partition(region: target.region).hostSuffix
    let regional = "\(name).s3.\(target.region).\(suffix)"
    return [
      "arn": .string("arn:\(target.partition):s3:::\(name)"), "name": .string(name),
      "domainName": .string("\(name).s3.\(suffix)"), "regionalDomainName": .string(regional),
      "url": .string(target.substitute.map { "\($0)/\(name)" } ?? "https://\(regional)"),
    ]
  }

  // MARK: Reading

  func names(
    beginningWith prefix: String, atMost limit: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    var input: [String: Value] = ["MaxBuckets": 1000]
    if !prefix.isEmpty { input["Prefix"] = .string(prefix) }
    return try await aws.items(S3.listBuckets, input, atMost: limit).map { buckets in
      Set(buckets.compactMap { $0["Name"]?.string })
    }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name else { return nil }
    let parts = parts(of: name, query, aws)
    // Every read of a setting shows whether the bucket is there.
    let known = parts.isEmpty ? nil : query.knownTags.map { LiveTags($0.tags) }
    guard let tags = try await orElse(known, { () throws(ProviderError) in try await tags(of: name, aws) })
    else { return nil }
    do throws(ProviderError) {
      let found = try await sideBySide(parts) { part throws(ProviderError) in try await part.read() }
      var properties = found.reduce(into: [String: Value]()) { $0.merge($1) { $1 } }
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

  /// Those that the query asks for.
  private func parts(of name: String, _ query: LiveQuery, _ aws: ReadingClient) -> [Part] {
    var parts: [Part] = []
    for setting in BucketSetting.all where query.wants(setting.property) {
      parts.append(
        Part { () throws(ProviderError) in
          try await setting.read(name, aws).map { [setting.property: $0] } ?? [:]
        })
    }
    for configurations in BucketConfigurations.all where query.wants(configurations.property) {
      parts.append(
        Part { () throws(ProviderError) in
          try await configurations.read(name, aws).map { [configurations.property: $0] } ?? [:]
        })
    }
    if query.wants("lifecycleRules") || query.wants(BucketLifecycle.sizeProperty) {
      parts.append(
        Part { () throws(ProviderError) in try await BucketLifecycle.read(name, aws).properties })
    }
    if query.wants("objectLock") || query.wants("objectLockEnabled") {
      parts.append(
        Part { () throws(ProviderError) in try await BucketObjectLock.read(name, aws).properties })
    }
    if query.wants("notifications") || query.wants("eventBridge") {
      parts.append(
        Part { () throws(ProviderError) in try await BucketNotifications.read(name, aws).properties })
    }
    return parts
  }

  /// The tags of a bucket; nil when there is no such bucket. One request answers both questions.
  func tags(of bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> LiveTags? {
    do throws(ProviderError) {
      let answer = try await aws.read(S3.getBucketTagging, ["Bucket": .string(bucket)])
      return LiveTags(list: answer.items(at: "TagSet.Tag"))
    } catch {
      switch (error.kind, error.code) {
      case (.notFound, "NoSuchTagSet"): return LiveTags()
      case (.notFound, _): return nil
      case (.denied, _):
        var error = error
        error.message +=
          " (the bucket \(bucket) is another account's, or these credentials may not read its tags)"
        throw error
      default: throw error
      }
    }
  }
}
