package import Planner

/// Searches a whole account for resources with a stack's owner tags: for those that neither a ledger nor a
/// file names any more.
package struct TaggedResources: Sendable {
  private let kinds: [any AWSKind]
  private let client: ReadingClient

  package init(kinds: [any AWSKind] = AWSKinds.all, client: ReadingClient) {
    self.kinds = kinds
    self.client = client
  }

  /// What was found, and why some kinds could not be searched.
  package struct Found: Sendable {
    package var resources: [TaggedResource] = []
    /// By section.
    package var failures: [String: ProviderError] = [:]
  }

  /// Everything with the tags of the stack. A service that the endpoint does not have holds nothing.
  package func of(stack: String) async -> Found {
    await withTaskGroup(of: (String, Result<[TaggedResource], ProviderError>).self) { group in
      for kind in kinds {
        group.addTask {
          (
            kind.schema.section,
            await outcome { () throws(ProviderError) in try await owned(by: stack, of: kind) }
          )
        }
      }
      var found = Found()
      for await (section, answer) in group {
        switch answer {
        case .success(let resources): found.resources += resources
        case .failure(let error):
          if error.kind != .unsupported { found.failures[section] = error }
        }
      }
      return found
    }
  }

  private func owned(by stack: String, of kind: any AWSKind) async throws(ProviderError) -> [TaggedResource] {
    let section = kind.schema.section
    let listed = try await kind.everything(client)
    // The owner in a query is for kinds that are found by it; here no resource is.
    let queries = listed.enumerated().map { index, resource in
      let address = Address(section, "listed-\(index)")
      return LiveQuery(
        address: address, section: section, name: resource.name, id: resource.id, wanted: nil,
        depth: .existence,
        owner: Owner(stack: stack, address: address))
    }
    guard !queries.isEmpty else { return [] }
    let answers = await kind.read(queries, client)
    var resources: [TaggedResource] = []
    for query in queries {
      guard let live = try answers[query.address]?.get() ?? nil, let owner = live.owner, owner.stack == stack
      else { continue }
      resources.append(TaggedResource(section: section, name: query.name, live: live, owner: owner))
    }
    return resources
  }
}
