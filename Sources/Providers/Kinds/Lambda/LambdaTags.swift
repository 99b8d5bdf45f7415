import Planner

/// Tags of functions and event source mappings: one API for both, by ARN.
enum LambdaTags {
  private static func path(_ arn: String) -> [String] { ["2017-03-31", "tags", arn] }

  static func read(_ arn: String, _ aws: ReadingClient) async throws(ProviderError) -> LiveTags {
    let answer = try await aws.read(AWSRequest(.lambda, "ListTags", .get, path(arn)))
    return LiveTags(map: answer.value["Tags"])
  }

  /// Puts the wanted tags on, and takes the others off; sends what differs alone.
  static func update(_ update: Update, arn: String, _ aws: WritingClient) async throws(ProviderError) {
    let added = update.tagsToAdd
    if !added.isEmpty {
      try await aws.write(
        AWSRequest(.lambda, "TagResource", .post, path(arn), body: .value(["Tags": added.tagMap])))
    }
    if !update.tagsToRemove.isEmpty { try await remove(update.tagsToRemove, arn: arn, aws) }
  }

  static func remove(
    _ names: [String], arn: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    try await aws.delete(
      AWSRequest(
        .lambda, "UntagResource", .delete, path(arn), query: names.map { (name: "tagKeys", value: $0) }))
  }
}
