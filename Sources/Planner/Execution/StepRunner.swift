/// Carries out one step, and finds out what happened when an answer was lost.
package struct StepRunner: Sendable {
  let stackName: String
  let target: Target
  let reader: any LiveReader
  let writer: any LiveWriter
  let registry: KindRegistry
  let artifacts: [String: Artifact]
  /// The ledger's records before the first step.
  var records: [Address: Ledger.Record] = [:]
  let fingerprint: Fingerprinter
  /// Deletions after which something is made under the same identity: the end of the old one is looked at before.
  var makesRoom: Set<Int> = []
  /// nil where nothing is read again.
  var ownerLook: OwnerLook?

  /// Carries the step out. `attributes` are those of everything that is done or was there before.
  func run(_ step: Step, attributes: [Address: [String: Value]]) async throws(ProviderError) -> StepOutcome {
    try await ownerLook?.confirm(step, stackName: stackName)
    switch step.operation {
    case .create(let resource):
      return try await create(try resource.resolved(with: attributes))
    case .update(let live, let resource, let changed):
      return try await update(live, to: try resource.resolved(with: attributes), changed: Set(changed))
    case .delete(let live):
      try await delete(
        Deletion(
          address: step.address, section: step.section, live: live,
          instructions: records[step.address]?.onDeletion ?? [:], stack: stackName))
      if makesRoom.contains(step.id) { try await confirmEnd(of: live, step) }
      return StepOutcome(id: live.id, attributes: live.attributes, resource: nil)
    }
  }

  /// Creates. After an answer that may have been lost, it reads before it tries again. A resource with our
  /// tags, or with none, is the one that the lost call created: the plan had found nothing there.
  private func create(_ resource: Resource) async throws(ProviderError) -> StepOutcome {
    let owner = Owner(stack: stackName, address: resource.address)
    var (mayExist, mayHaveMade) = (false, false)
    let bearsTags = registry[resource.section]?.isCreatedWithTags(in: target) ?? false
    var retries = Retries()
    while true {
      do throws(ProviderError) {
        let creation = Creation(
          resource: resource, owner: owner, artifacts: artifacts, token: token(for: resource))
        let created = try await writer.create(creation)
        // An empty identity is not one: the resource must be found.
        guard !created.id.isEmpty else {
          throw ProviderError(
            .malformed, message: "the endpoint returned no identity for \(resource.address)")
        }
        return StepOutcome(id: created.id, attributes: created.attributes, resource: resource)
      } catch {
        var total = retries.add(error)
        mayHaveMade = mayHaveMade || !error.madeNothing
        total.madeNothing = !mayHaveMade
        let isAmbiguous = error.mayHaveBeenApplied || error.kind == .alreadyExists
        guard isAmbiguous, retries.allow(after: error) else { throw total }
        mayExist = mayExist || error.mayHaveBeenApplied
        // What the ledger knew before is not what was just made: one that is replaced may bear the same tags.
        let known = Set(records[resource.address]?.identities.compactMap(\.id) ?? [])
        guard let live = try await read(resource, otherThan: known, after: total) else {
          if error.kind == .alreadyExists { throw total }
          continue
        }
        guard live.owner == owner || (live.owner == nil && mayExist && !bearsTags) else {
          // What has the name is somebody else's.
          total.madeNothing = true
          throw total
        }
        return try await completeHalfMade(live, resource)
      }
    }
  }

  /// The creation token: 32 digits of the intent's seed and the properties, as a UUID is written.
  private func token(for resource: Resource) -> String {
    let seed = records[resource.address]?.seed ?? ""
    let digits = fingerprint([.string(seed), .string("\(resource.address)"), .map(resource.properties)])
    var token = ""
    for (position, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(position) { token.append("-") }
      token.append(digit)
    }
    return token
  }

  /// Completes a resource after a lost answer, or after a creation that was only half done.
  private func completeHalfMade(_ live: LiveResource, _ resource: Resource) async throws(ProviderError)
    -> StepOutcome
  {
    guard let schema = registry[resource.section]?.schema else {
      return .init(id: live.id, attributes: live.attributes, resource: resource, wasRepaired: true)
    }
    let difference = ResourceDifference(
      live: live, wanted: resource, schema: schema, record: nil, fingerprint: fingerprint)
    var outcome = try await update(live, to: resource, changed: difference.changed.union(["tags"]))
    outcome.wasRepaired = true
    return outcome
  }

  private func update(
    _ live: LiveResource, to resource: Resource, changed: Set<String>
  ) async throws(ProviderError) -> StepOutcome {
    let owner = Owner(stack: stackName, address: resource.address)
    var live = live
    var retries = Retries()
    while true {
      do throws(ProviderError) {
        let update = Update(
          live: live, resource: resource, owner: owner, changed: changed, artifacts: artifacts)
        let attributes = try await writer.update(update)
        return StepOutcome(id: live.id, attributes: attributes, resource: resource)
      } catch {
        let total = retries.add(error)
        guard error.mayHaveBeenApplied, retries.allow(after: error),
          let now = try await read(resource, id: live.id, after: total)
        else { throw total }
        live = now
      }
    }
  }

  private func delete(_ deletion: Deletion) async throws(ProviderError) {
    var retries = Retries()
    while true {
      do throws(ProviderError) {
        return try await writer.delete(deletion)
      } catch {
        if error.kind == .notFound { return }
        let total = retries.add(error)
        guard error.mayHaveBeenApplied, retries.allow(after: error) else { throw total }
      }
    }
  }

  /// Later it could not be told from its successor.
  private func confirmEnd(of live: LiveResource, _ step: Step) async throws(ProviderError) {
    let owner = Owner(stack: stackName, address: step.address)
    let gone = ExpectedExistence(goneAfter: step, live, owner: owner, schema: registry[step.section]?.schema)
    switch await reader.verdicts(on: [gone]).first {
    case nil, .success(true): return
    case .success(false): throw step.notCarriedOut
    case .failure(var error):
      error.message =
        "it was answered that the resource is deleted, and that can't be checked: \(error.message)"
      error.neverSent = false
      throw error
    }
  }

  /// What exists after a write that may have been carried out.
  /// - Throws: the write's own failure when this read fails: the user must learn of that one.
  private func read(
    _ resource: Resource, id: String? = nil, otherThan otherIDs: Set<String> = [],
    after failure: ProviderError
  ) async throws(ProviderError) -> LiveResource? {
    var query = LiveQuery(
      address: resource.address, section: resource.section,
      name: registry[resource.section]?.schema.identity(of: resource) ?? resource.name, id: id,
      wanted: resource,
      depth: .declared(Set(resource.properties.keys)),
      owner: Owner(stack: stackName, address: resource.address), otherIDs: otherIDs)
    query.findsByContents = true
    switch await reader.read([query])[resource.address] {
    case .success(let live): return live
    case .failure: throw failure
    case nil: return nil
    }
  }
}

/// How often a step is tried again after an answer that may have been lost on its way back.
///
/// A step may be many calls (an API's resources, methods, deployment, stage), so that each of them has tries of its own.
private struct Retries {
  private static let most = 3
  private var totals: [String: Total] = [:]

  private struct Total {
    var failures = 0
    var attempts = 0
    var lasted = Duration.zero
    var isAmbiguous = false
  }

  /// Counts a failure of the step. Returns it with the attempts and the time of all tries of its request.
  mutating func add(_ error: ProviderError) -> ProviderError {
    var total = totals[error.operation] ?? Total()
    total.failures += 1
    total.attempts += error.attempts
    total.lasted += error.lasted
    total.isAmbiguous = total.isAmbiguous || error.mayHaveBeenApplied
    totals[error.operation] = total
    return error.after(attempts: total.attempts, in: total.lasted, isAmbiguous: total.isAmbiguous)
  }

  /// Whether the request of this failure, which was counted, may be tried again.
  func allow(after error: ProviderError) -> Bool {
    totals[error.operation].map(\.failures) ?? 0 <= Self.most
  }
}

extension Resource {
  /// The resource with every pending value resolved.
  func resolved(with attributes: [Address: [String: Value]]) throws(ProviderError) -> Resource {
    var resource = self
    for (name, value) in properties {
      do throws(Diagnostic) {
        resource.properties[name] = try value.resolved { address, attribute in attributes[address]?[attribute]
        }
      } catch {
        throw ProviderError(
          .invalid, message: "\(address).\(name) can't be worked out: \(error.detail)")
      }
    }
    return resource
  }
}
