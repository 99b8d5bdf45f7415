import Planner

/// A kind whose verbs follow from a description of the service's calls, ``KindCalls``. What is out of the ordinary
/// overrides a hook, or a whole verb.
protocol DescribedKind: AWSKind {
  var calls: KindCalls { get }

  /// Changes the input of a creating or changing call before it is sent.
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target)

  /// Completes what one read returned: members that the description can't say, `isDeleting`, `untold`. `answer` is
  /// the reading call's, headers and all.
  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError)

  /// The same for a creating call, where more than the resource must be known: the bytes of a zip.
  func shape(_ input: inout [String: Value], for creation: Creation) throws(ProviderError)

  /// Changes the input of the deleting call before it is sent.
  func shape(_ input: inout [String: Value], for deletion: Deletion)

  /// What must be done before the deleting call.
  func prepare(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError)

  /// What must be done after the creating call and before the resource is complete. Facets are written before.
  func finish(_ creation: Creation, _ id: String, _ aws: WritingClient) async throws(ProviderError)

  /// What must be done after the changing calls, but for tags.
  func finish(_ update: Update, _ aws: WritingClient) async throws(ProviderError)
}

/// Which call an input is for: the creating or the changing one.
enum KindVerb: Sendable, Hashable {
  case create
  /// `changed` are the properties that the update names.
  case update(over: LiveResource, changed: Set<String>)
}

extension DescribedKind {
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {}
  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {}
  func shape(_ input: inout [String: Value], for creation: Creation) throws(ProviderError) {}
  func shape(_ input: inout [String: Value], for deletion: Deletion) {}
  func prepare(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {}
  func finish(_ creation: Creation, _ id: String, _ aws: WritingClient) async throws(ProviderError) {}
  func finish(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {}
}

// MARK: The verbs

extension DescribedKind {
  /// The verbs, and what hooks need of them.
  var verbs: DescribedVerbs { DescribedVerbs(self) }

  package var readsTagsApart: Bool { verbs.readsTagsApart }
  package var settlingTime: Duration { verbs.settlingTime }
  package func isCreatedWithTags(in target: Target) -> Bool { verbs.isCreatedWithTags(in: target) }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    verbs.earlyAttributes(of: resource, in: target)
  }

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] { await verbs.read(queries, aws) }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    try await verbs.read(query, aws)
  }

  package func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? { try await verbs.identities(among: queries, aws) }

  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    try await verbs.everything(aws)
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    try await verbs.create(creation, aws)
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    try await verbs.update(update, aws)
  }

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    try await verbs.delete(deletion, aws)
  }
}
