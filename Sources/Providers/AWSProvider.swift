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
        group.addTask { await read(queries, of: kind) }
      }
      var answers: [Address: Result<LiveResource?, ProviderError>] = [:]
      for await part in group { answers.merge(part) { first, _ in first } }
      return answers
    }
  }

  package func verdicts(on expectations: [ExpectedExistence]) async -> [Result<Bool, ProviderError>] {
    let bySection = Dictionary(grouping: expectations.enumerated(), by: \.element.query.section)
    let verdicts = await withTaskGroup(of: [Int: Result<Bool, ProviderError>].self) { group in
      for (section, items) in bySection {
        guard let kind = kinds[section] else { continue }
        let expected = Dictionary(items.map { ($0.offset, $0.element) }) { $1 }
        group.addTask { await ExistenceLook(kind: kind, client: client).verdicts(on: expected) }
      }
      return await group.reduce(into: [Int: Result<Bool, ProviderError>]()) { $0.merge($1) { $1 } }
    }
    return expectations.enumerated().map { position, expectation in
      verdicts[position]
        ?? .failure(
          ProviderError(
            .unsupported,
            message: "this version of Stackform has no kind \"\(expectation.query.section)\""))
    }
  }

  /// Doubles the pause with each of four looks: 7.5 s in all on AWS, where IAM tells of a role as it was for some
  /// seconds, and 1.5 s on this machine. SQS may take a minute, which is not waited for.
  package func maySettle(after looks: Int) async -> Bool {
    guard !client.target.has(.actsAtOnce), looks <= 4 else { return false }
    let first: Duration = client.target.isLoopback ? .milliseconds(100) : .milliseconds(500)
    return (try? await Task.sleep(for: first * (1 << (looks - 1)))) != nil
  }

  /// Tags that were just written are read back for one resource. If they are there, those of the others are
  /// taken to be there: an endpoint that drops tags in creating calls drops all of them.
  private func read(
    _ queries: [LiveQuery], of kind: any AWSKind
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    let written = queries.filter { $0.knownTags?.source == .written }
    guard kind.readsTagsApart, var sample = written.min(by: { $0.address < $1.address }) else {
      return await kind.read(queries, client)
    }
    let known = LiveTags(sample.knownTags?.tags ?? [:])
    sample.knownTags = nil
    var answers = await kind.read([sample], client)
    var isKept = false
    if case .success(.some(let live)) = answers[sample.address] {
      isKept = live.owner == known.owner && (live.properties["tags"] ?? [:]) == known.declared
    }
    let others = queries.filter { $0.address != sample.address }.map { query in
      var query = query
      if !isKept, query.knownTags?.source == .written { query.knownTags = nil }
      return query
    }
    guard !others.isEmpty else { return answers }
    answers.merge(await kind.read(others, client)) { first, _ in first }
    return answers
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

  /// - Throws: with ``ProviderError/madeNothing`` where no request of the creation was carried out.
  package func create(_ creation: Creation) async throws(ProviderError) -> Created {
    let log = WriteLog()
    do throws(ProviderError) {
      return try await kind(creation.resource.section).create(creation, client.noting(in: log))
    } catch {
      var error = error
      error.madeNothing = !log.mayHaveWritten
      throw error
    }
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
