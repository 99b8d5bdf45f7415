import Planner

extension RestApi {
  /// Tags as TagResource has them, and where an emulator keeps those of the creation apart, there, too.
  static func setTags(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let id = update.live.id
    try await APIGateway.tags.change(
      update, of: ["resource_arn": .string(ApiKind.arn(id, in: aws.target))], aws)
    let removed = update.tagsToRemove
    guard aws.target.has(.showsCreationTagsOnly), !update.tagsToAdd.isEmpty || !removed.isEmpty else {
      return
    }
    // What a read has of the tags can be patched there.
    let shown = try await aws.reading.read(request(id)).value["tags"]?.map ?? [:]
    let missing = update.tags.filter { shown[$0.key] != .string($0.value) }.sorted { $0.key < $1.key }
    let operations =
      removed.filter { shown[$0] != nil }.map { Value.remove("/tags/\(Value.pointer($0))") }
      + missing.map { .replace("/tags/\(Value.pointer($0.key))", .string($0.value)) }
    try await aws.patch(APIGateway.updateRestApi, ["restapi_id": .string(id)], operations)
  }
}
