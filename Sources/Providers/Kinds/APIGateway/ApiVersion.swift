import Planner

/// One of API Gateway's two versions: how its APIs are found.
protocol ApiVersion: SendableMetatype {
  /// What an API's id is called in answers.
  static var idName: String { get }
  static var isHTTP: Bool { get }
  /// Asks for one API.
  static func request(_ id: String) -> Request<Reads>
  /// All APIs of this version, each with all that the answer to ``request(_:)`` holds.
  static func list(_ aws: ReadingClient) async throws(ProviderError) -> [Value]
  /// A listed API with the tags that it has now; nil when it was deleted since it was listed.
  static func withPresentTags(
    _ api: Value, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value?
  /// The whole API; nil when it was deleted since it was listed.
  static func live(
    _ api: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource?
}

extension ApiVersion {
  static func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    // One listing serves all, and shows twins.
    guard queries.count > 1 || queries.contains(where: { $0.id == nil || $0.looksForTwins }) else {
      return await readEach(queries, aws)
    }
    // A recorded API is its record's, whatever tags a listing shows.
    let recorded = Set(queries.compactMap(\.id))
    switch await outcome({ () throws(ProviderError) in try await list(except: recorded, aws) }) {
    case .success(let apis):
      return await ApiKind().concurrently(queries) { query throws(ProviderError) in
        // What another entry has recorded is no twin of this one's.
        var query = query
        query.otherIDs.formUnion(recorded.subtracting([query.id].compactMap(\.self)))
        return try await read(query, among: apis, aws)
      }
    case .failure(let error):
      // To list all may be more than the credentials, or the endpoint, allow.
      let isRefused = [.denied, .notFound, .unsupported].contains(error.kind)
      if isRefused, queries.allSatisfy({ $0.id != nil }) { return await readEach(queries, aws) }
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
  }

  /// All APIs, those that are not recorded with their present tags: what is not known by its id is told by its owner, and
  /// a twin is deleted.
  private static func list(
    except recorded: Set<String>, _ aws: ReadingClient
  ) async throws(ProviderError) -> [Value] {
    try await sideBySide(try await list(aws)) { api throws(ProviderError) in
      recorded.contains(api[idName]?.string ?? "") ? api : try await withPresentTags(api, aws)
    }.compactMap(\.self)
  }

  private static func readEach(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await ApiKind().concurrently(queries) { query throws(ProviderError) in try await read(query, aws) }
  }

  private static func read(
    _ query: LiveQuery, among apis: [Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    // A listing may be behind what was made just now.
    if let id = query.id, !apis.contains(where: { $0[idName]?.string == id }),
      let api = try await aws.readIfPresent(request(id))?.value
    {
      return try await live(api, query, aws)
    }
    guard let api = find(query, among: apis), var live = try await live(api, query, aws) else { return nil }
    live.twins = apis.filter { isOurs($0, query) && $0[idName]?.string != live.id }.map {
      twin($0, aws.target)
    }
    return live
  }

  /// As much of an API as its deletion needs.
  private static func twin(_ api: Value, _ target: Target) -> LiveResource {
    let id = api[idName]?.string ?? ""
    return LiveResource(
      id: id, properties: ["protocol": isHTTP ? "http" : "rest"],
      attributes: ApiKind.attributes(
        id: id, name: api["name"]?.string ?? "", stage: "", isHTTP: isHTTP, in: target),
      owner: LiveTags(map: api["tags"]).owner)
  }

  static func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    if let id = query.id, let api = try await aws.readIfPresent(request(id))?.value {
      return try await live(api, query, aws)
    }
    // No record, or the recorded one does not exist any more: an API with our tags is ours, too.
    guard let api = find(query, among: try await list(except: [], aws)) else { return nil }
    return try await live(api, query, aws)
  }

  /// By id, else by owner. Never by name: another API of that name belongs to someone else, and is not in the
  /// way.
  private static func find(_ query: LiveQuery, among apis: [Value]) -> Value? {
    let recorded = apis.first { $0[idName]?.string == query.id && query.id != nil }
    return recorded ?? apis.first { isOurs($0, query) }
  }

  private static func isOurs(_ api: Value, _ query: LiveQuery) -> Bool {
    guard let id = api[idName]?.string, !id.isEmpty, !query.otherIDs.contains(id) else { return false }
    return LiveTags(map: api["tags"]).owner == query.owner
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
