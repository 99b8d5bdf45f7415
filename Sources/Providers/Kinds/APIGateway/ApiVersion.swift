import Planner

/// One of API Gateway's two versions: how its APIs are found.
protocol ApiVersion: SendableMetatype {
  /// What an API's id is called in answers.
  static var idName: String { get }
  /// Asks for one API.
  static func request(_ id: String) -> Request<Reads>
  /// All APIs of this version, each with all that the answer to ``request(_:)`` holds.
  static func list(_ aws: ReadingClient) async throws(ProviderError) -> [Value]
  /// The whole API; nil when it was deleted since it was listed.
  static func live(
    _ api: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource?
}

extension ApiVersion {
  static func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    // If there is more than one to find, one listing serves all.
    guard queries.count > 1 || queries.contains(where: { $0.id == nil }) else {
      return await ApiKind().concurrently(queries) { query throws(ProviderError) in
        try await read(query, aws)
      }
    }
    do throws(ProviderError) {
      let apis = try await list(aws)
      return await ApiKind().concurrently(queries) { query throws(ProviderError) in
        guard let api = find(query, among: apis) else { return nil }
        return try await live(api, query, aws)
      }
    } catch {
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
  }

  static func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    if let id = query.id, let api = try await aws.readIfPresent(request(id))?.value {
      return try await live(api, query, aws)
    }
    // No record, or the recorded one does not exist any more: an API with our tags is ours, too.
    guard let api = find(query, among: try await list(aws)) else { return nil }
    return try await live(api, query, aws)
  }

  /// By id, else by owner. Never by name: another API of that name belongs to someone else, and is not in the
  /// way.
  private static func find(_ query: LiveQuery, among apis: [Value]) -> Value? {
    let recorded = apis.first { $0[idName]?.string == query.id && query.id != nil }
    return recorded
      ?? apis.first { api in
        LiveTags(map: api["tags"]).owner == query.owner
          && !query.otherIDs.contains(api[idName]?.string ?? "")
      }
  }
}

extension ReadingClient {
  /// The items of every page of a listing of what belongs to something.
  ///
  /// - Throws: `notFound` when that is not there, where ``everyItem(_:_:)`` returns nothing.
  func everyItemOfPresent(
    _ listing: Operation<Reads>, _ input: [String: Value]
  ) async throws(ProviderError) -> [Value] {
    let pages = try await pages(listing, input) ?? []
    guard !pages.isEmpty else {
      throw ProviderError(
        .notFound, message: "what it lists is not there", operation: listing.label)
    }
    return pages.flatMap { $0.items(at: listing.pages?.items ?? "") }
  }
}
