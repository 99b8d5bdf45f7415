import Planner

/// How a reading call takes filters, as EC2's: all of a stack are read in one call.
struct Filters: Sendable {
  /// The field that takes them: `Filter`.
  let field: String
  /// The filter by id: `group-id`.
  let name: String
  /// The path to the id in an item.
  let id: String
  /// How it is found by its name, where nothing else can have that.
  var names: Names?

  /// EC2 takes so many values in a filter.
  static let mostValues = 200

  /// The field with one filter.
  func input(_ name: String, _ values: some Sequence<String>) -> [String: Value] {
    [field: [["Name": .string(name), "Value": .list(values.map(Value.string))]]]
  }
}

extension Filters {
  /// How a reading call tells what has a name. Who asks by name learns of what is there and is somebody else's.
  struct Names: Sendable {
    /// The filter: `group-name`.
    let filter: String
    /// The path to the name in an item.
    let path: String
    /// The property that the name is unique within, and the path to it.
    let within: (property: String, path: String)
    /// What the service takes for that property where it is not declared; nil for nothing.
    let fallback: @Sendable (ReadingClient) async throws(ProviderError) -> String?
  }
}

extension DescribedVerbs {
  /// Reads what bears the stack's tags, in one call, and what the ledger knows by its id besides: somebody may have taken
  /// the tags off.
  func read(
    _ queries: [LiveQuery], by filters: Filters, _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    do throws(ProviderError) {
      let items = try await items(of: queries, by: filters, aws)
      let named = try await itemsByName(
        for: queries.filter { !isNamed($0, item(for: $0, among: items), by: filters.names) }, filters, aws)
      return await concurrently(queries) { query throws(ProviderError) in
        let named = named[query.address]
        guard let (id, item) = self.item(for: query, among: items) ?? named else { return nil }
        var live = try await self.live(id, query, known: nil, aws) { AWSResponse(status: 200, value: item) }
        if let named, named.0 != id {
          live?.rival = LiveResource.Rival(id: named.0, owner: self.owner(of: named.1))
        }
        return live
      }
    } catch {
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
  }

  /// What has the names of wanted resources that were found neither by their ids nor by their tags, or under another name.
  private func itemsByName(
    for queries: [LiveQuery], _ filters: Filters, _ aws: ReadingClient
  ) async throws(ProviderError) -> [Address: (String, Value)] {
    // Whoever asks for existence alone asks for what is ours.
    let queries = queries.filter { $0.wanted != nil && $0.name != nil && $0.depth != .existence }
    guard let names = filters.names, !queries.isEmpty else { return [:] }
    var items: [Value] = []
    let wanted = Set(queries.compactMap(\.name)).sorted()
    for start in stride(from: 0, to: wanted.count, by: Filters.mostValues) {
      let some = wanted[start...].prefix(Filters.mostValues)
      items += try await aws.everyItem(calls.read, filters.input(names.filter, some))
    }
    guard !items.isEmpty else { return [:] }
    let isDefaulted = queries.contains { $0.wanted?[names.within.property] == nil }
    let fallback = isDefaulted ? try await names.fallback(aws) : nil
    var found: [Address: (String, Value)] = [:]
    for query in queries {
      let place = query.wanted?[names.within.property].map(\.string) ?? fallback
      for item in items
      where place != nil && item.at(names.path)?.string == query.name
        && item.at(names.within.path)?.string == place
      {
        guard let id = item.at(filters.id)?.string, !query.otherIDs.contains(id) else { continue }
        found[query.address] = (id, item)
      }
    }
    return found
  }

  /// The item that has the id; nil when there is none.
  func item(_ id: Value, by filters: Filters, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    // Not the first one: MiniStack knows no filter by id, and lists all groups.
    try await aws.everyItem(calls.read, filters.input(filters.name, [id.string ?? ""]))
      .first { $0.at(filters.id) == id }
  }

  /// By id.
  private func items(
    of queries: [LiveQuery], by filters: Filters, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value] {
    var found: [String: Value] = [:]
    func find(_ name: String, _ values: some Sequence<String>) async throws(ProviderError) {
      for item in try await aws.everyItem(calls.read, filters.input(name, values)) {
        if let id = item.at(filters.id)?.string { found[id] = item }
      }
    }
    let stacks = Set(queries.map(\.owner.stack)).sorted()
    for stack in stacks { try await find("tag:\(Owner.stackTag)", [stack]) }
    let missing = Set(queries.compactMap(\.id)).subtracting(found.keys).sorted()
    for start in stride(from: 0, to: missing.count, by: Filters.mostValues) {
      try await find(filters.name, missing[start...].prefix(Filters.mostValues))
    }
    return found
  }

  private func item(for query: LiveQuery, among items: [String: Value]) -> (String, Value)? {
    if let id = query.id, let item = items[id] { return (id, item) }
    let ours = items.filter { id, item in !query.otherIDs.contains(id) && owner(of: item) == query.owner }
    // Of several that bear our tags it is the one of the wanted name.
    let named = ours.filter { calls.attributes["name"].flatMap($0.value.at)?.string == query.name }
    return (named.isEmpty ? ours : named).min { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func owner(of item: Value) -> Owner? {
    calls.tags?.tags(in: item.at(calls.tags?.answer ?? "")).owner
  }

  /// Whether what was found has the wanted name, or no name is wanted.
  private func isNamed(_ query: LiveQuery, _ found: (String, Value)?, by names: Filters.Names?) -> Bool {
    guard let names, let found else { return false }
    let place = query.wanted?[names.within.property]
    return found.1.at(names.path)?.string == query.name
      && (place == nil || place?.isPending == true || found.1.at(names.within.path) == place)
  }
}
