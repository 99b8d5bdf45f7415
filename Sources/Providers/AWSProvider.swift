package import Planner

/// Reads through the client that cannot write.
package struct AWSReader: LiveReader {
  private let kinds: [String: any AWSKind]
  private let client: ReadingClient

  package init(kinds: [any AWSKind] = AWSKinds.all, client: ReadingClient) {
    self.kinds = Dictionary(kinds.map { ($0.schema.section, $0) }) { first, _ in first }
    self.client = client
  }

  package func read(_ queries: [LiveQuery]) async -> [Address: Result<LiveResource?, ProviderError>] {
    let bySection = Dictionary(grouping: queries, by: \.section)
    return await withTaskGroup(of: [Address: Result<LiveResource?, ProviderError>].self) { group in
      for (section, queries) in bySection {
        guard let kind = kinds[section] else { continue }
        group.addTask { await kind.read(queries, client) }
      }
      var answers: [Address: Result<LiveResource?, ProviderError>] = [:]
      for await part in group { answers.merge(part) { first, _ in first } }
      return answers
    }
  }
}

/// Writes through the client that can.
package struct AWSWriter: LiveWriter {
  private let kinds: [String: any AWSKind]
  private let client: WritingClient

  package init(kinds: [any AWSKind] = AWSKinds.all, client: WritingClient) {
    self.kinds = Dictionary(kinds.map { ($0.schema.section, $0) }) { first, _ in first }
    self.client = client
  }

  package func create(_ creation: Creation) async throws(ProviderError) -> Created {
    try await kind(creation.resource.section).create(creation, client)
  }

  package func update(_ update: Update) async throws(ProviderError) -> [String: Value] {
    try await kind(update.resource.section).update(update, client)
  }

  package func delete(_ deletion: Deletion) async throws(ProviderError) {
    try await kind(deletion.section).delete(deletion, client)
  }

  private func kind(_ section: String) throws(ProviderError) -> any AWSKind {
    guard let kind = kinds[section] else {
      throw ProviderError(.unsupported, message: "this version of Stackform has no kind \"\(section)\"")
    }
    return kind
  }
}
