import Planner

/// How a reading call takes filters, as EC2's: all of a stack are read in one call.
struct Filters: Sendable {
  /// The field that takes them: `Filter`.
  let field: String
  /// The filter by id: `group-id`.
  let name: String
  /// The path to the id in an item.
  let id: String

  /// EC2 takes so many values in a filter.
  static let mostValues = 200

  /// The field with one filter.
  func input(_ name: String, _ values: some Sequence<String>) -> [String: Value] {
    [field: [["Name": .string(name), "Value": .list(values.map(Value.string))]]]
  }
}

extension DescribedVerbs {
  /// Reads what bears the stack's tags, in one call, and what the ledger knows by its id besides: somebody may have taken the tags off.
  func read(
    _ queries: [LiveQuery], by filters: Filters, _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    do throws(ProviderError) {
      let items = try await items(of: queries, by: filters, aws)
      return await concurrently(queries) { query throws(ProviderError) in
        guard let (id, item) = self.item(for: query, among: items) else { return nil }
        return try await self.live(id, query, known: nil, aws) { AWSResponse(status: 200, value: item) }
      }
    } catch {
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
  }

  /// The item that has the id; nil when there is none.
  func item(_ id: Value, by filters: Filters, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    try await aws.everyItem(calls.read, filters.input(filters.name, [id.string ?? ""])).first
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
    let ours = items.filter { id, item in
      !query.otherIDs.contains(id)
        && calls.tags?.tags(in: item.at(calls.tags?.answer ?? "")).owner == query.owner
    }
    return ours.min { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
