import Planner

extension DescribedVerbs {
  /// A creation met what is on its way out under the same name. What waits for its end and is ours is brought back
  /// and made what is wanted; the end of what can't be brought back is waited for.
  ///
  /// - Returns: nil when the name is free now.
  /// - Throws: the creation's own error where nothing is on its way out, or it is somebody else's.
  func revived(
    _ name: String, _ creation: Creation, _ aws: WritingClient, after error: ProviderError
  ) async throws(ProviderError) -> Created? {
    let address = creation.resource.address
    let canWait = calls.ending.revive != nil || calls.phase?.leaving.isEmpty == false
    guard canWait, [.alreadyExists, .invalid, .conflict].contains(error.kind) else { throw error }
    let query = LiveQuery(
      address: address, section: creation.resource.section, name: name, id: nil, wanted: creation.resource,
      depth: .everything, owner: creation.owner)
    let found = try await read(query, aws.reading)
    if found == nil, calls.ending.freesLate.contains(where: { $0.fits(error) }) { return nil }
    guard let live = found, live.isDeleting else { throw error }
    guard let revive = calls.ending.revive else {
      try await waitForEnd(of: address, reference(live.id, in: aws.target), aws)
      return nil
    }
    guard live.owner == creation.owner else { throw error }
    try await aws.write(revive, reference(live.id, in: aws.target))
    // What it had and the file does not name goes back to what the service does without it.
    var resource = creation.resource
    for property in schema.properties
    where resource[property.name] == nil && live.properties[property.name] != nil {
      resource.properties[property.name] = property.defaultValue ?? .null
    }
    let changed = Set(resource.properties.keys)
    let update = Update(live: live, resource: resource, owner: creation.owner, changed: changed)
    return Created(id: live.id, attributes: try await kind.update(update, aws))
  }
}

extension RetriedError {
  fileprivate func fits(_ error: ProviderError) -> Bool {
    error.code == code && (messageContains.isEmpty || error.message.contains(messageContains))
  }
}
