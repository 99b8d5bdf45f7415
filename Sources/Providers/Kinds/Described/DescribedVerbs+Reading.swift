import Planner

extension DescribedVerbs {
  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    if case .filter(let filters) = calls.identity.finder { return await read(queries, by: filters, aws) }
    if calls.listing?.isLate == true, !aws.target.has(.actsAtOnce) { return await readEach(queries, aws) }
    guard let listing = calls.listing, listing.holdsState else { return await readListed(queries, aws) }
    let count = listing.names == nil ? queries.count : Listing.mostNames
    return await withTaskGroup(of: [Address: Result<LiveResource?, ProviderError>].self) { group in
      for start in stride(from: 0, to: queries.count, by: max(count, 1)) {
        let some = Array(queries[start..<min(start + count, queries.count)])
        group.addTask { await self.read(some, of: listing, aws) }
      }
      return await group.reduce(into: [:]) { $0.merge($1) { $1 } }
    }
  }

  private func read(
    _ queries: [LiveQuery], of listing: Listing, _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    let names = queries.compactMap(\.name)
    return await readTogether(queries, aws, fewest: listing.names == nil ? 3 : 2) {
      () throws(ProviderError) in
      if let field = listing.names {
        return try await items(listing, [field: .list(names.map(Value.string))], atMost: .max, aws)
      }
      return try await items(listing, beginningWith: commonPrefix(names), atMost: queries.count, aws)
    } one: { items, query throws(ProviderError) in
      guard let name = query.name, let item = items[name] else { return nil }
      let known = query.knownTags.map { LiveTags($0.tags) }
      return try await live(name, query, known: known, aws) { AWSResponse(status: 200, value: item) }
    }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    if case .filter(let filters) = calls.identity.finder {
      return try await read([query], by: filters, aws)[query.address]?.get()
    }
    if calls.identity.given == nil {
      guard let name = query.name else { return nil }
      return try await read(id: name, query, aws)
    }
    if let id = query.id, let live = try await read(id: id, query, aws) { return live }
    return try await find(query, aws)
  }

  func read(
    id: String, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    var known = query.knownTags.map { LiveTags($0.tags) }
    if query.tagsSuffice, calls.tagsShowExistence {
      guard let tags = try await calls.tags?.read(tagReference(id, in: aws.target), aws) else { return nil }
      if tags.owner != nil { return owned(id, by: tags, in: aws.target) }
      known = tags
    }
    return try await live(id, query, known: known, aws) { () throws(ProviderError) in
      try await answer(reference(id, in: aws.target), aws)
    }
  }

  /// The resource, of what the reading call answers, its tags and its facets. They are read side by side.
  func live(
    _ id: String, _ query: LiveQuery, known: LiveTags?, _ aws: ReadingClient,
    _ read: () async throws(ProviderError) -> AWSResponse?
  ) async throws(ProviderError) -> LiveResource? {
    let facets = calls.facets.filter { facet in
      (facet.read != nil || facet.items != nil) && facet.properties.contains(where: query.wants)
    }
    async let tags = outcome { () throws(ProviderError) in try await tagsApart(id, known, aws) }
    async let details = outcome { () throws(ProviderError) in
      try await sideBySide(facets) { facet throws(ProviderError) in try await self.read(facet, id, aws) }
    }
    let main: Result<AWSResponse?, ProviderError>
    do throws(ProviderError) {
      main = .success(try await read())
    } catch {
      main = .failure(error)
    }
    let (foundTags, foundDetails) = await (tags, details)
    guard let answer = try main.get(), let resource = self.resource(in: answer.value) else { return nil }
    let ownTags: LiveTags?
    do throws(ProviderError) {
      ownTags = try foundTags.get()
    } catch {
      // It went after the listing was made.
      if error.kind == .notFound { return nil }
      throw error
    }
    // Some services tell tags in the resource, others beside it.
    let owned =
      ownTags
      ?? calls.tags.map { $0.tags(in: resource.at($0.answer) ?? answer.value.at($0.answer)) } ?? LiveTags()
    guard var live = live(id, of: resource, owned, try foundDetails.get(), in: aws.target) else { return nil }
    try await kind.complete(&live, from: answer, query, aws)
    return live
  }

  /// nil for what is gone, and shown for a while.
  private func live(
    _ id: String, of resource: Value, _ tags: LiveTags, _ facets: [[String: Value]], in target: Target
  ) -> LiveResource? {
    let word = calls.phase.flatMap { resource.at($0.path)?.string } ?? ""
    if calls.phase?.gone.contains(word) == true { return nil }
    var properties = properties(in: resource)
    for facet in facets { properties.merge(facet) { $1 } }
    if calls.tags != nil { properties["tags"] = tags.declared }
    return LiveResource(
      id: id, properties: properties, attributes: attributes(id, resource, in: target), owner: tags.owner,
      isDeleting: calls.phase?.leaving.contains(word) ?? false,
      deletionBar: calls.ending.bar.flatMap { properties[$0] == true ? $0 : nil })
  }

  /// The reading call's answer; nil when the resource is not there.
  func answer(_ reference: [String: Value], _ aws: ReadingClient) async throws(ProviderError) -> AWSResponse?
  {
    if case .filter(let filters) = calls.identity.finder {
      let item = try await item(reference.values.first ?? .null, by: filters, aws)
      return item.map { AWSResponse(status: 200, value: $0) }
    }
    guard let listing = calls.listing, listing.holdsState else {
      return try await aws.readIfPresent(Request(calls.read, reference.merging(calls.question) { $1 }))
    }
    var input = listing.input
    let name = listing.name.flatMap { reference[$0] }
    if let field = listing.prefix { input[field] = name }
    if let field = listing.names { input[field] = .list([name ?? .null]) }
    let item = try await aws.everyItem(listing.operation, input).first { item in
      reference.allSatisfy { item.at($0.key) == $0.value }
    }
    return item.map { AWSResponse(status: 200, value: $0) }
  }

  /// The resource in the reading call's answer.
  func resource(in answer: Value) -> Value? { calls.answer.isEmpty ? answer : answer.at(calls.answer) }

  private func properties(in answer: Value) -> [String: Value] {
    calls.texts?.values(in: answer[calls.textField]) ?? calls.fields.properties(in: answer, schema)
  }

  private func read(
    _ facet: Facet, _ id: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value] {
    let reference = reference(id, of: facet, in: aws.target)
    if let items = facet.items {
      let entries = try await items.read(reference, aws)
      return Dictionary(facet.properties.map { ($0, entries) }) { $1 }.filter { !$0.value.isEmpty }
    }
    guard let operation = facet.read else { return [:] }
    do throws(ProviderError) {
      let found: Value
      if operation.pages != nil {
        found = try await aws.everyItem(operation, reference).first ?? .null
      } else {
        let answer = try await aws.readIfPresent(operation, reference) ?? [:]
        found = facet.answer.isEmpty ? answer : answer.at(facet.answer) ?? .null
      }
      return calls.fields.properties(in: found, schema, among: Set(facet.properties))
    } catch {
      // Where there is no such call there is no such property.
      if error.kind == .unsupported { return [:] }
      throw error
    }
  }

  /// Tags that have a call of their own; nil for a kind whose reading call returns them.
  ///
  /// - Throws: `notFound` where the resource was told by a listing, and is gone by now.
  private func tagsApart(
    _ id: String, _ known: LiveTags?, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags? {
    guard let tags = calls.tags, let read = tags.read else { return nil }
    if let known { return known }
    if let found = try await tags.read(tagReference(id, in: aws.target), aws) { return found }
    guard calls.listing?.holdsState == true else { return LiveTags() }
    throw ProviderError(.notFound, message: "it is gone", operation: read.label)
  }

  /// The resource by its tags alone: whether it is there, and whose it is.
  private func owned(_ id: String, by tags: LiveTags, in target: Target) -> LiveResource {
    LiveResource(
      id: id, properties: ["tags": tags.declared], attributes: attributes(id, nil, in: target),
      owner: tags.owner)
  }

  // MARK: Listing

  /// Not where the listing is late, nor where reading many by their names is the cheaper listing.
  package func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    guard let listing = calls.listing, listing.names == nil else { return nil }
    if listing.isLate, !aws.target.has(.actsAtOnce) { return nil }
    return try await listed(queries, aws)
  }

  func names(
    beginningWith prefix: String, atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    guard let listing = calls.listing else { return nil }
    return try await items(listing, beginningWith: prefix, atMost: pages, aws).map { Set($0.keys) }
  }

  /// The items of a listing by identity; nil when there are more pages.
  private func items(
    _ listing: Listing, beginningWith prefix: String, atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value]? {
    var question: [String: Value] = [:]
    if let field = listing.prefix, !prefix.isEmpty { question[field] = .string(prefix) }
    return try await items(listing, question, atMost: pages, aws)
  }

  private func items(
    _ listing: Listing, _ question: [String: Value], atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value]? {
    let input = listing.input.merging(question) { $1 }
    guard let items = try await aws.items(listing.operation, input, atMost: pages) else { return nil }
    return Dictionary(items.compactMap { item in listing.identity(of: item).map { ($0, item) } }) { $1 }
  }
}

extension Listing {
  /// The identity of an item. A text is a name, or ends with one: an ARN, a URL.
  fileprivate func identity(of item: Value) -> String? {
    guard let text = name.map({ item.at($0)?.string }) ?? item.string else { return nil }
    guard text.hasPrefix(mark) else { return nil }
    let pieces =
      name != nil && !endsWithName
      ? [String(text.dropFirst(mark.count))] : text.split { ":/".contains($0) }.map(String.init)
    guard let last = pieces.last else { return nil }
    return (within.map { item.at($0)?.string ?? "" } + [last]).joined(separator: Schema.identitySeparator)
  }
}

extension Value {
  /// The id at a path, or at several with `|` between them; nil where one is not there.
  func identity(at paths: String) -> String? {
    let parts = paths.split(separator: "|").map { at(String($0))?.string ?? "" }
    return parts.contains("") ? nil : parts.joined(separator: Schema.identitySeparator)
  }
}
