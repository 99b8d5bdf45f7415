import Planner

// Calls that name the version which they mean (If-Match), so that nobody's change is lost.

extension AWSResponse {
  /// The ETag; null where the service gave none.
  var version: Value { headers["etag"].map(Value.string) ?? .null }
}

extension DescribedVerbs {
  /// Does the work, and does it again when the version that it named was no longer the live one: three times in all.
  /// `field` is nil for work that names none.
  func whileVersionMoves<Result>(
    _ field: String?, _ work: () async throws(ProviderError) -> Result
  ) async throws(ProviderError) -> Result {
    var tries = 3
    while true {
      tries -= 1
      do throws(ProviderError) {
        return try await work()
      } catch {
        let isOld = error.kind == .preconditionFailed && error.status != 0
        guard field != nil, tries > 0, isOld else { throw error }
      }
    }
  }

  /// Whether the properties that a call is to change are as they shall be: by that very call, whose answer was lost.
  /// To be asked after the version was read.
  ///
  /// - Throws: an error that names the properties which somebody has changed since the plan was made.
  func isDone(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> Bool {
    let sent = sentByCall(update)
    var query = LiveQuery(
      address: update.resource.address, section: update.resource.section, name: update.live.id,
      id: update.live.id, wanted: update.resource, depth: .declared(sent), owner: update.owner)
    query.knownTags = KnownTags(tags: update.tags, source: .read)
    guard let now = try await read(query, aws.reading) else { return false }
    func differ(from other: [String: Value]) -> [String] {
      sent.sorted().filter { name in
        let property = schema.property(name)
        return property?.differences(live: now.properties[name], wanted: other[name] ?? .null) != []
      }
    }
    let undone = differ(from: update.resource.properties)
    if undone.isEmpty { return true }
    let others = differ(from: update.live.properties).filter(undone.contains)
    guard others.isEmpty else { throw movedMeanwhile(others, update.live.id) }
    return false
  }

  /// The properties that the changing call overwrites: those that differ, or all that are declared.
  private func sentByCall(_ update: Update) -> Set<String> {
    guard case .whole = calls.change else { return changedByCall(update) }
    var whole = update
    whole.changed.formUnion(update.resource.properties.keys)
    return changedByCall(whole)
  }

  /// What is told of a change that somebody else made meanwhile.
  func movedMeanwhile(_ properties: [String], _ id: String) -> ProviderError {
    ProviderError(
      .preconditionFailed,
      message: "somebody else has changed \(properties.joined(separator: ", ")) of the \(schema.kind) \(id) "
        + "since the plan was made: plan again",
      operation: "\(calls.read.service.signingName):\(calls.read.name)")
  }
}
