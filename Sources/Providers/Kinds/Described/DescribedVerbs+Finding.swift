import Planner

/// How a resource is found whose id no record has.
extension DescribedVerbs {
  /// The resource whose id no record has, or not the right one: by its owner tags, else by what it is; nil when there is none.
  func find(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    var known = query.otherIDs
    if let id = query.id { known.insert(id) }
    switch calls.identity.finder {
    case nil, .filter: return nil
    case .revisions(let operation, let field, var input):
      guard let name = query.name else { return nil }
      input[field] = .string(name)
      // One page: what is looked for was made a short while ago, or is the newest of ours.
      let ids = try await aws.readIfPresent(operation, input)?.items(at: operation.pages?.items ?? "") ?? []
      for id in ids.compactMap(\.string) where !known.contains(id) {
        if let live = try await read(id: id, query, aws), live.owner == query.owner { return live }
      }
      return nil
    case .contents(let operation, let input, let path, let deciding):
      guard query.findsByContents, let name = query.name, let decided = query.wanted?[deciding],
        !decided.isEmpty, !decided.isPending
      else { return nil }
      let place = fields(calls.identity.creation, id: name, in: aws.target)
      let answer = try await aws.readIfPresent(operation, place.merging(input) { $1 })
      let ids = (answer?.items(at: operation.pages?.items ?? "") ?? []).compactMap { $0.at(path)?.string }
      for id in ids.prefix(Finder.mostContents) where !known.contains(id) {
        if let live = try await read(id: id, query, aws), isMeant(live, by: query.wanted) { return live }
      }
      return nil
    case .named(let operation, var input, let field, let path, let within):
      guard let name = query.name, schema.isTaggable || query.findsByContents else { return nil }
      for (property, field) in within {
        guard let place = query.wanted?[property], !place.isPending, !place.isEmpty else { return nil }
        input[field] = place
      }
      let items = try await aws.everyItem(operation, input).filter { $0.at(field)?.string == name }
      let ids = items.compactMap { $0.identity(at: path) }.filter { !known.contains($0) }
      return try await only(among: ids, query, aws)
    }
  }

  /// The one of these that is meant: with our owner tags, or where there are none, as wanted.
  ///
  /// - Throws: `invalid` where nothing tells several from one another.
  private func only(
    among ids: [String], _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    var found: [LiveResource] = []
    for id in ids {
      guard let live = try await read(id: id, query, aws) else { continue }
      if schema.isTaggable ? live.owner == query.owner : isMeant(live, by: query.wanted) {
        found.append(live)
      }
      if schema.isTaggable, !found.isEmpty { break }
    }
    guard found.count > 1 else { return found.first }
    throw ProviderError(
      .invalid,
      message:
        "\(found.map(\.id).joined(separator: " and ")) are alike, and nothing tells which one is meant",
      operation: calls.read.label, neverSent: true)
  }

  /// Whether it is as wanted in all that is wanted and can be read.
  private func isMeant(_ live: LiveResource, by wanted: Resource?) -> Bool {
    schema.properties.filter { !$0.isLocal && !$0.isWriteOnly && $0.name != "tags" }.allSatisfy { property in
      guard let value = wanted?[property.name] else { return true }
      return property.differences(live: live.properties[property.name], wanted: value).isEmpty
    }
  }
}
