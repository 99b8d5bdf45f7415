/// Carries out one step, and finds out what happened when an answer was lost.
package struct StepRunner: Sendable {
  let stackName: String
  let reader: any LiveReader
  let writer: any LiveWriter
  let registry: KindRegistry
  let artifacts: [String: Artifact]
  let fingerprint: Fingerprinter

  /// Carries the step out. `attributes` are those of everything that is done or was there before.
  func run(_ step: Step, attributes: [Address: [String: Value]]) async throws(ProviderError) -> StepOutcome {
    switch step.operation {
    case .create(let resource):
      return try await create(try resource.resolved(with: attributes))
    case .update(let live, let resource, let changed):
      return try await update(live, to: try resource.resolved(with: attributes), changed: Set(changed))
    case .delete(let live):
      try await delete(Deletion(address: step.address, section: step.section, live: live))
      return StepOutcome(id: live.id, attributes: live.attributes, resource: nil)
    }
  }

  /// Creates; after an answer that may have been lost, looks before it tries again: what is there and bears our tags, or none at all, is what
  /// we just made, for the plan had read that nothing was there.
  private func create(_ resource: Resource) async throws(ProviderError) -> StepOutcome {
    let owner = Owner(stack: stackName, address: resource.address)
    var mayExist = false
    var retries = Retries()
    while true {
      do throws(ProviderError) {
        let creation = Creation(resource: resource, owner: owner, artifacts: artifacts)
        let created = try await writer.create(creation)
        return StepOutcome(id: created.id, attributes: created.attributes, resource: resource)
      } catch {
        let isAmbiguous = error.mayHaveBeenApplied || error.kind == .alreadyExists
        guard isAmbiguous, retries.allow(after: error) else { throw error }
        mayExist = mayExist || error.mayHaveBeenApplied
        guard let live = try await read(resource) else {
          if error.kind == .alreadyExists { throw error }
          continue
        }
        guard live.owner == owner || (live.owner == nil && mayExist) else { throw error }
        return try await completeHalfMade(live, resource)
      }
    }
  }

  /// Completes what was made by a call whose answer was lost, or half made.
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
        guard error.mayHaveBeenApplied, retries.allow(after: error), let now = try await read(resource) else {
          throw error
        }
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
        guard error.mayHaveBeenApplied, retries.allow(after: error) else { throw error }
      }
    }
  }

  private func read(_ resource: Resource) async throws(ProviderError) -> LiveResource? {
    let query = LiveQuery(
      address: resource.address, section: resource.section, name: resource.name, id: nil, wanted: resource,
      depth: .declared(Set(resource.properties.keys)),
      owner: Owner(stack: stackName, address: resource.address))
    return try await reader.read([query])[resource.address]?.get() ?? nil
  }
}

/// How often a step is tried again after an answer that may have been lost on its way back.
///
/// A step may be many calls (an API's resources, methods, deployment, stage), so that each of them has tries of its own.
private struct Retries {
  private static let most = 3
  private var counts: [String: Int] = [:]

  mutating func allow(after error: ProviderError) -> Bool {
    counts[error.operation, default: 0] += 1
    return counts[error.operation, default: 0] <= Self.most
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
