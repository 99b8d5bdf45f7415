import Planner

/// A kind with a listing of names: of many resources, only those that it shows are read.
protocol ListedKind: AWSKind {
  /// The names that begin with `prefix`; nil when the listing has more than `pages` pages.
  func names(
    beginningWith prefix: String, atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>?
}

extension ListedKind {
  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await readListed(queries, aws)
  }

  package func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? { try await listed(queries, aws) }

  /// What one listing shows of these; nil where it would take as many requests as asking for each.
  func listed(_ queries: [LiveQuery], _ aws: ReadingClient) async throws(ProviderError) -> Set<String>? {
    guard queries.count > 1, schema.naming?.isIdentity == true else { return nil }
    let prefix = commonPrefix(queries.compactMap(\.name))
    return try await names(beginningWith: prefix, atMost: queries.count - 1, aws)
  }

  /// Reads many, once a listing has told which of them are there, so that those which are not cost nothing.
  func readListed(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    // What this run has just made or changed is there.
    guard queries.contains(where: { $0.knownTags == nil }) else { return await readEach(queries, aws) }
    return await readTogether(queries, aws) { () throws(ProviderError) in
      let prefix = commonPrefix(queries.compactMap(\.name))
      return try await names(beginningWith: prefix, atMost: queries.count, aws)
    } one: { names, query throws(ProviderError) in
      names.contains(query.name ?? "") ? try await read(query, aws) : nil
    }
  }
}

extension AWSKind {
  /// Reads many by one listing: `one` makes a live resource of what it found.
  ///
  /// Fewer than `fewest` are read one by one. So are all when the credentials may not list, when the endpoint lacks
  /// the call, or when the listing does not end within as many pages as there are queries (it is nil then): an account may hold
  /// thousands that are not ours.
  func readTogether<Found: Sendable>(
    _ queries: [LiveQuery], _ aws: ReadingClient, fewest: Int = 3,
    listing: @Sendable () async throws(ProviderError) -> Found?,
    one: @escaping @Sendable (Found, LiveQuery) async throws(ProviderError) -> LiveResource?
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    guard queries.count >= fewest else { return await readEach(queries, aws) }
    switch await outcome(listing) {
    case .success(nil): return await readEach(queries, aws)
    case .success(let found?):
      return await concurrently(queries) { query throws(ProviderError) in try await one(found, query) }
    case .failure(let error):
      if [.denied, .unsupported].contains(error.kind) { return await readEach(queries, aws) }
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
  }
}

/// The common prefix of all texts.
func commonPrefix(_ texts: [String]) -> String {
  guard let first = texts.min(), let last = texts.max() else { return "" }
  return String(zip(first, last).prefix { $0 == $1 }.map(\.0))
}
