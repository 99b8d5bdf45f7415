import Planner

extension DescribedKind {
  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    if calls.identity.given == nil {
      guard let name = query.name else { return nil }
      return try await read(id: name, query, aws)
    }
    if let id = query.id, let live = try await read(id: id, query, aws) { return live }
    guard let id = try await find(query, aws), id != query.id else { return nil }
    return try await read(id: id, query, aws)
  }

  private func read(
    id: String, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let reference = reference(id, in: aws.target)
    if query.tagsSuffice, calls.tagsShowExistence { return try await owned(id, query, aws) }
    let facets = calls.facets.filter { facet in
      facet.read != nil && facet.properties.contains(where: query.wants)
    }
    async let tags = outcome { () throws(ProviderError) in try await tagsApart(id, query, aws) }
    async let details = outcome { () throws(ProviderError) in
      try await sideBySide(facets) { facet throws(ProviderError) in try await self.read(facet, reference, aws)
      }
    }
    let main = await outcome { () throws(ProviderError) in try await answer(reference, aws) }
    let (foundTags, foundDetails) = await (tags, details)
    guard let answer = try main.get(),
      let resource = calls.answer.isEmpty ? answer.value : answer.value.at(calls.answer)
    else { return nil }
    // Some services tell tags in the resource, others beside it.
    let owned =
      try foundTags.get()
      ?? calls.tags.map { $0.tags(in: resource.at($0.answer) ?? answer.value.at($0.answer)) } ?? LiveTags()
    var properties = properties(in: resource)
    for part in try foundDetails.get() { properties.merge(part) { $1 } }
    if calls.tags != nil { properties["tags"] = owned.declared }
    let word = calls.phase.flatMap { resource.at($0.path)?.string } ?? ""
    if calls.phase?.gone.contains(word) == true { return nil }
    var live = LiveResource(
      id: id, properties: properties, attributes: attributes(id, resource, in: aws.target),
      owner: owned.owner,
      isDeleting: calls.phase?.leaving.contains(word) ?? false)
    try await complete(&live, from: answer, query, aws)
    return live
  }

  /// The reading call's answer; nil when the resource is not there.
  func answer(_ reference: [String: Value], _ aws: ReadingClient) async throws(ProviderError) -> AWSResponse?
  {
    try await aws.readIfPresent(Request(calls.read, reference.merging(calls.question) { $1 }))
  }

  private func properties(in answer: Value) -> [String: Value] {
    calls.texts?.values(in: answer[calls.textField]) ?? calls.fields.properties(in: answer, schema)
  }

  private func read(
    _ facet: Facet, _ reference: [String: Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value] {
    guard let operation = facet.read, let answer = try await aws.readIfPresent(operation, reference) else {
      return [:]
    }
    let found = facet.answer.isEmpty ? answer : answer.at(facet.answer) ?? .null
    return calls.fields.properties(in: found, schema, among: Set(facet.properties))
  }

  /// Tags that have a call of their own; nil for a kind whose reading call returns them.
  private func tagsApart(
    _ id: String, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags? {
    guard let tags = calls.tags, tags.read != nil else { return nil }
    if let known = query.knownTags { return LiveTags(known.tags) }
    return try await tags.read(tagReference(id, in: aws.target), aws) ?? LiveTags()
  }

  /// The resource by its tags alone: whether it is there, and whose it is.
  private func owned(
    _ id: String, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    guard let tags = try await calls.tags?.read(tagReference(id, in: aws.target), aws) else { return nil }
    return LiveResource(
      id: id, properties: ["tags": tags.declared], attributes: attributes(id, nil, in: aws.target),
      owner: tags.owner)
  }

  // MARK: Finding

  /// The id of the resource that bears the owner's tags; nil when there is none.
  private func find(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> String? {
    switch calls.identity.finder {
    case nil: return nil
    case .filter(let field, let id):
      let filters = query.owner.tags.sorted { $0.key < $1.key }.map { name, value in
        ["Name": .string("tag:\(name)"), "Value": [.string(value)]] as Value
      }
      let pages = try await aws.pages(calls.read, [field: .list(filters)]) ?? []
      let found = pages.flatMap { $0.items(at: calls.read.pages?.items ?? "") }.compactMap {
        $0.at(id)?.string
      }
      return found.filter { !query.otherIDs.contains($0) }.min()
    case .listing(let operation, let path):
      for id in try await aws.everyItem(operation).compactMap({ $0.at(path)?.string ?? $0.string }).sorted()
      where !query.otherIDs.contains(id) {
        if let live = try await read(id: id, query, aws), live.owner == query.owner { return id }
      }
      return nil
    case .revisions(let operation, let field, var input):
      guard let name = query.name else { return nil }
      input[field] = .string(name)
      // One page: what is looked for was made a short while ago, or is the newest of ours.
      let ids = try await aws.readIfPresent(operation, input)?.items(at: operation.pages?.items ?? "") ?? []
      for id in ids.compactMap(\.string) where !query.otherIDs.contains(id) {
        if let live = try await read(id: id, query, aws), live.owner == query.owner { return id }
      }
      return nil
    }
  }

  // MARK: Listing

  func names(
    beginningWith prefix: String, atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    guard let listing = calls.listing else { return nil }
    var input = listing.input
    if let field = listing.prefix, !prefix.isEmpty { input[field] = .string(prefix) }
    return try await aws.items(listing.operation, input, atMost: pages).map { items in
      Set(items.compactMap { listing.identity(of: $0) })
    }
  }
}

extension Listing {
  /// The identity of an item. A text is a name, or ends with one: an ARN, a URL.
  fileprivate func identity(of item: Value) -> String? {
    guard let name else { return item.string?.split { $0 == ":" || $0 == "/" }.last.map(String.init) }
    guard let last = item.at(name)?.string else { return nil }
    return (within.map { item.at($0)?.string ?? "" } + [last]).joined(separator: Schema.identitySeparator)
  }
}
