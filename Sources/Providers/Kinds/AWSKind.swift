package import Planner

/// A resource kind of AWS: its schema and its verbs.
package protocol AWSKind: ResourceKind {
  /// Whether tags cost a request of their own, so that a read makes use of ``LiveQuery/knownTags``.
  var readsTagsApart: Bool { get }

  /// Reads many at once. Kinds with a listing or a batch call override it; the others read one by one, at the
  /// same time.
  func read(_ queries: [LiveQuery], _ aws: ReadingClient) async -> [Address: Result<
    LiveResource?, ProviderError
  >]

  /// The identities that one listing shows, to know which of these exist; nil where no listing shows it, or where it
  /// takes as many requests as asking for each. An identity is the name where names are unique, else the id.
  func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>?
  /// How long AWS may take at most until reads show what was created, and no longer what was deleted.
  var settlingTime: Duration { get }

  /// Reads one: nil for "not there".
  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource?
  /// All resources of the kind in the account, of any owner; none for kinds without tags.
  func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource]
  /// Creates one, with its owner tags where the API takes them in the creating call. Every value is resolved.
  /// Returns the identity and all attributes.
  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created
  /// Changes what ``Update/changed`` names, and nothing else; returns the attributes.
  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value]
  /// Deletes one. "Not there" is success.
  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError)
}

/// One resource of a listing, with what a query finds it by.
package struct ListedResource: Sendable, Hashable {
  package var name: String?
  package var id: String?
}

extension AWSKind {
  package func isCreatedWithTags(in target: Target) -> Bool { schema.isTaggable }
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] { [] }
  package var readsTagsApart: Bool { false }
  package func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? { nil }
  /// "Up to a minute" is what services say that say anything; most are read consistently.
  package var settlingTime: Duration { .seconds(60) }

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await readEach(queries, aws)
  }

  /// Reads one by one, side by side.
  func readEach(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await concurrently(queries) { query throws(ProviderError) in try await read(query, aws) }
  }

  /// Runs one read for each query, at the same time; the client bounds how many requests are under way.
  package func concurrently(
    _ queries: [LiveQuery],
    _ read: @escaping @Sendable (LiveQuery) async throws(ProviderError) -> LiveResource?
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await withTaskGroup(of: (Address, Result<LiveResource?, ProviderError>).self) { group in
      for query in queries {
        group.addTask {
          do throws(ProviderError) {
            return (query.address, .success(try await read(query)))
          } catch {
            return (query.address, .failure(error))
          }
        }
      }
      var answers: [Address: Result<LiveResource?, ProviderError>] = [:]
      for await (address, answer) in group { answers[address] = answer }
      return answers
    }
  }
}
