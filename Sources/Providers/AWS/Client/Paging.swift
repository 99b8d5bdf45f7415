package import Planner

extension ReadingClient {
  /// The bound for listings that are read whole: a hundred thousand roles, at IAM's hundred a page.
  package static let mostPages = 1000
  private static let mostBytes = 256 * 1024 * 1024

  /// Every page of a listing, whatever the page size; nil when there are more than `limit` pages, and none
  /// for a listing of what is not there.
  ///
  /// - Throws: `malformed` for a page token that occurred before, and for a listing that does not end.
  package func pages(
    _ operation: Operation<Reads>, _ input: [String: Value] = [:], atMost limit: Int = .max
  ) async throws(ProviderError) -> [Value]? {
    guard let pages = operation.pages else { return try await readIfPresent(operation, input).map { [$0] } }
    var found: [Value] = []
    var input = input
    var tokens: Set<Value> = []
    var bytes = 0
    while true {
      let request = Request(operation, input)
      guard let answer = try await readIfPresent(request) else { return found }
      bytes += answer.body.count
      found.append(answer.value)
      guard let next = answer.value.at(pages.token), !next.isEmpty else { return found }
      guard tokens.insert(next).inserted else {
        throw Self.endless(request.wire, "the same page token came twice")
      }
      if found.count >= limit { return nil }
      guard found.count < Self.mostPages, bytes <= Self.mostBytes else {
        throw Self.endless(request.wire, "\(found.count) pages of \(bytes) bytes have come")
      }
      input[pages.position] = next
    }
  }

  /// The items of every page of a listing; nil when there are more than `limit` pages.
  package func items(
    _ operation: Operation<Reads>, _ input: [String: Value] = [:], atMost limit: Int = .max
  ) async throws(ProviderError) -> [Value]? {
    try await pages(operation, input, atMost: limit)?.flatMap { $0.items(at: operation.pages?.items ?? "") }
  }

  /// The items of every page of a listing.
  package func everyItem(
    _ operation: Operation<Reads>, _ input: [String: Value] = [:]
  ) async throws(ProviderError) -> [Value] {
    try await items(operation, input) ?? []
  }

  private static func endless(_ request: AWSRequest, _ what: String) -> ProviderError {
    ProviderError(
      .malformed, message: "the listing does not end: \(what)", operation: request.label, neverSent: true)
  }
}

extension Value {
  /// The items of the list at a dotted path, whether XML gave one (a map or a text), several (a list) or none.
  package func items(at path: String) -> [Value] {
    switch at(path) {
    case nil, .null, .string(""): []
    case .list(let items): items
    case .some(let single): [single]
    }
  }
}
