import Planner

/// A kind whose service lists names: of many that are looked for, it is asked only about those that are there.
protocol ListedKind: AWSKind {
  /// The names that there are; nil when that takes more pages.
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
  ) async throws(ProviderError) -> Set<String>? {
    guard queries.count > 1, schema.naming?.isIdentity == true else { return nil }
    let prefix = commonPrefix(queries.compactMap(\.name))
    return try await names(beginningWith: prefix, atMost: queries.count - 1, aws)
  }

  /// Reads many, once a listing has told which of them are there, so that those which are not cost nothing.
  ///
  /// Fewer than three are read one by one. So are all when the credentials may not list, or when the listing has more pages than there are
  /// queries (``names`` then answers nil): an account may hold thousands that are not ours.
  private func readListed(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    let one: @Sendable (LiveQuery) async throws(ProviderError) -> LiveResource? = {
      query throws(ProviderError) in try await self.read(query, aws)
    }
    // What this run has just made or changed is there.
    guard queries.count >= 3, queries.contains(where: { $0.knownTags == nil }) else {
      return await concurrently(queries, one)
    }
    do throws(ProviderError) {
      let prefix = commonPrefix(queries.compactMap(\.name))
      guard let names = try await names(beginningWith: prefix, atMost: queries.count, aws) else {
        return await concurrently(queries, one)
      }
      let there = queries.filter { names.contains($0.name ?? "") }
      let answers = await concurrently(there, one)
      return Dictionary(queries.map { ($0.address, answers[$0.address] ?? .success(nil)) }) { $1 }
    } catch {
      if [.denied, .unsupported].contains(error.kind) { return await concurrently(queries, one) }
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
  }
}

/// What all texts begin with.
func commonPrefix(_ texts: [String]) -> String {
  guard let first = texts.min(), let last = texts.max() else { return "" }
  return String(zip(first, last).prefix { $0 == $1 }.map(\.0))
}
