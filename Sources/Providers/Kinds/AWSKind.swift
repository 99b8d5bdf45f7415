package import Planner

/// A resource kind of AWS: its schema, and four verbs. One kind, one file.
package protocol AWSKind: ResourceKind {
  /// Whether tags cost a request of their own, so that a read makes use of ``LiveQuery/knownTags``.
  var readsTagsApart: Bool { get }

  /// Reads many at once. Kinds whose service has a listing or a batch call override this one; the others read one by one, side by side.
  func read(_ queries: [LiveQuery], _ aws: ReadingClient) async -> [Address: Result<
    LiveResource?, ProviderError
  >]

  /// The identities that one listing shows, for telling whether these are there; nil where no listing tells, or where it takes as many requests
  /// as asking for each. An identity is the name where names are unique, else the id.
  func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>?
  /// How long AWS may take at most until reads show what was made, and no longer what was deleted.
  var settlingTime: Duration { get }

  /// Reads one: nil for nothing there.
  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource?
  /// All of the kind that the account has, whoever's it is; none for kinds that bear no tags of their own.
  func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource]
  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created
  /// Changes what ``Update/changed`` names, and nothing else; returns the attributes.
  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value]
  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError)
}

/// One resource of a listing, with what a query finds it by.
package struct ListedResource: Sendable, Hashable {
  package var name: String?
  package var id: String?
}

extension AWSKind {
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
    await concurrently(queries) { query throws(ProviderError) in try await read(query, aws) }
  }

  /// Runs one read a query side by side; the client bounds how many are under way.
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
