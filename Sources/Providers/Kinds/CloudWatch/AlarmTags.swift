import Planner

/// Tags of alarms of both kinds, by ARN.
enum AlarmTags {
  /// Returns nil when there is no such alarm. Tags that the query knows cost no request.
  static func read(
    _ query: LiveQuery, _ arn: Value?, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags? {
    try await orElse(query.knownTags.map { LiveTags($0.tags) }) { () throws(ProviderError) in
      try await CloudWatch.tags.read(reference(arn), aws)
    }
  }

  /// Sends the call that makes an alarm, with its tags in it or, where the endpoint would drop them, after it.
  static func create(
    _ operation: Operation<Writes>, _ input: [String: Value], arn: Value?, tags: [String: String],
    _ aws: WritingClient
  ) async throws(ProviderError) {
    guard aws.target.has(.dropsTagsOfNewAlarms) else {
      try await aws.write(operation, input.merging(["Tags": CloudWatch.tags.wire(tags)]) { $1 })
      return
    }
    try await aws.write(operation, input)
    try await CloudWatch.tags.put(tags, on: reference(arn), aws)
  }

  static func update(_ update: Update, arn: Value?, _ aws: WritingClient) async throws(ProviderError) {
    try await CloudWatch.tags.change(update, of: reference(arn), aws)
  }

  /// Takes all tags off an alarm that is about to be deleted, where the next one of its name would have them.
  static func removeAll(of deletion: Deletion, arn: Value?, _ aws: WritingClient) async throws(ProviderError)
  {
    guard aws.target.has(.tagsOutliveAlarms) else { return }
    try await CloudWatch.tags.removeAll(of: deletion, from: reference(arn), aws)
  }

  private static func reference(_ arn: Value?) -> [String: Value] { ["ResourceARN": arn ?? .null] }
}
