import Planner

/// A creation whose call takes tags on AWS, and perhaps on the endpoint: they are sent in it, and follow in a call of their own where the
/// endpoint was seen to refuse or to drop them.
struct TaggedCreation: Sendable {
  let tags: [String: String]
  let habit: EndpointHabit
  /// Creates, with or without the tags.
  let create: @Sendable (_ withTags: Bool) async throws(ProviderError) -> Void
  let readTags: @Sendable () async throws(ProviderError) -> LiveTags
  /// The call of their own.
  let tag: @Sendable () async throws(ProviderError) -> Void

  func run(in target: Target) async throws(ProviderError) {
    if target.endpoint == nil { return try await create(true) }
    switch await habit.verdictOrTurn() {
    case true?: try await create(true)
    case false?:
      try await create(false)
      try await tag()
    case nil: try await trial()
    }
  }

  private func trial() async throws(ProviderError) {
    let isKept: Bool
    do throws(ProviderError) {
      isKept = try await createSeeing()
    } catch {
      await habit.settle(nil)
      throw error
    }
    await habit.settle(isKept)
    if !isKept { try await tag() }
  }

  /// Creates, and tells whether the tags are on it.
  private func createSeeing() async throws(ProviderError) -> Bool {
    do throws(ProviderError) {
      try await create(true)
    } catch {
      guard error.kind == .invalid else { throw error }
      try await create(false)
      return false
    }
    let live = try await readTags().all
    return tags.allSatisfy { live[$0.key] == $0.value }
  }
}
