import Planner

/// Tags of alarms of both kinds, by ARN.
enum AlarmTags {
  /// Nil when there is no such alarm. What is known of them is not asked.
  static func read(
    _ query: LiveQuery, _ arn: Value?, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags? {
    try await orElse(query.knownTags.map { LiveTags($0.tags) }) { () throws(ProviderError) in
      try await read(arn, aws)
    }
  }

  private static func read(_ arn: Value?, _ aws: ReadingClient) async throws(ProviderError) -> LiveTags? {
    let request = AWSRequest(.cloudWatch, "ListTagsForResource", ["ResourceARN": arn ?? .null])
    return try await aws.readIfPresent(request).map { LiveTags(list: $0.value.items("Tags")) }
  }

  /// Sends the call that makes an alarm, with its tags in it, and once more where the endpoint drops them there, as LocalStack does.
  static func create(
    _ operation: String, _ input: [String: Value], arn: Value?, tags: [String: String], _ aws: WritingClient
  ) async throws(ProviderError) {
    let tagged = input.merging(["Tags": tags.tagList]) { $1 }
    try await TaggedCreation(
      tags: tags, habit: aws.habits.tagsAlarmsAtCreation,
      create: { withTags throws(ProviderError) in
        try await aws.write(.cloudWatch, operation, .map(withTags ? tagged : input))
      },
      readTags: { () throws(ProviderError) in try await read(arn, aws.reading) ?? LiveTags() },
      tag: { () throws(ProviderError) in try await put(tags, arn, aws) }
    ).run(in: aws.target)
  }

  /// Sends what differs, and nothing when nothing does.
  static func update(_ update: Update, arn: Value?, _ aws: WritingClient) async throws(ProviderError) {
    try await remove(update.tagsToRemove, arn, aws)
    if !update.tagsToAdd.isEmpty { try await put(update.tagsToAdd, arn, aws) }
  }

  /// LocalStack keeps the tags of a deleted alarm for the next one of that name, so they go first there.
  static func removeAll(of deletion: Deletion, arn: Value?, _ aws: WritingClient) async throws(ProviderError)
  {
    guard await aws.mustUntagBeforeDeletion() else { return }
    let tags = deletion.live.properties["tags"]?.map?.keys.sorted() ?? []
    do throws(ProviderError) {
      try await remove(tags + [Owner.stackTag, Owner.addressTag], arn, aws)
    } catch {
      if error.kind != .notFound { throw error }
    }
  }

  private static func put(
    _ tags: [String: String], _ arn: Value?, _ aws: WritingClient
  ) async throws(ProviderError) {
    try await aws.write(
      .cloudWatch, "TagResource", ["ResourceARN": arn ?? .null, "Tags": tags.tagList])
  }

  private static func remove(
    _ keys: [String], _ arn: Value?, _ aws: WritingClient
  ) async throws(ProviderError) {
    guard !keys.isEmpty else { return }
    let list = Value.list(keys.map(Value.string))
    try await aws.write(
      .cloudWatch, "UntagResource", ["ResourceARN": arn ?? .null, "TagKeys": list])
  }
}
