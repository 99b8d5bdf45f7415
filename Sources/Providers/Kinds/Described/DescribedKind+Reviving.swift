import Planner

extension DescribedKind {
  /// A creation met what waits for its end under the same name, and is ours: it is brought back and made what is wanted.
  ///
  /// - Throws: the creation's own error where there is nothing to bring back, or it is somebody else's.
  func revived(
    _ name: String, _ creation: Creation, _ aws: WritingClient, after error: ProviderError
  ) async throws(ProviderError) -> Created {
    guard let revive = calls.ending.revive, [.alreadyExists, .invalid, .conflict].contains(error.kind) else {
      throw error
    }
    let query = LiveQuery(
      address: creation.resource.address, section: creation.resource.section, name: name, id: nil,
      wanted: creation.resource, depth: .everything, owner: creation.owner)
    guard let live = try await read(query, aws.reading), live.isDeleting, live.owner == creation.owner else {
      throw error
    }
    try await aws.write(revive, reference(live.id, in: aws.target))
    let changed = Set(creation.resource.properties.keys).union(live.properties.keys)
    let update = Update(live: live, resource: creation.resource, owner: creation.owner, changed: changed)
    return Created(id: live.id, attributes: try await self.update(update, aws))
  }
}
