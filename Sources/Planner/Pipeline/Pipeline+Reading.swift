extension Pipeline {
  /// Every resource of a stack with what is live of it, all its properties read; nil for what is not there, or is
  /// somebody else's.
  ///
  /// - Throws: what can't be read, and a stack that has other names here.
  package func live(_ stack: Stack) async throws(Diagnostics) -> [(resource: Resource, live: LiveResource?)] {
    let stored = try await store.current()
    try stored?.ledger.checkNames(of: stack)
    let snapshot = await SnapshotReader(reader: reader, registry: registry)
      .snapshot(of: stack, ledger: stored?.ledger, depth: .everything)
    let failures = stack.resources.compactMap { resource in
      snapshot.failures[resource.address].map { Diagnostic.unreadable(resource, $0, at: nil) }
    }
    guard failures.isEmpty else { throw Diagnostics(failures) }
    return stack.resources.map { resource in
      (resource, registry.owned(snapshot.live[resource.address], as: resource, of: stack, stored?.ledger))
    }
  }

  /// The stack's outputs as they are now: only the resources that they refer to are read.
  ///
  /// - Throws: what can't be read, and a stack that has other names here.
  package func outputs(of stack: Stack) async throws(Diagnostics) -> [Output] {
    let addresses = stack.outputs.reduce(into: Set<Address>()) { $0.formUnion($1.addresses) }
    let stored = try await store.current()
    try stored?.ledger.checkNames(of: stack)
    let resources = stack.resources.filter { addresses.contains($0.address) }.map { resource in
      // Existence and attributes are all that is needed.
      var bare = resource
      bare.properties = resource.properties.filter { $0.value.isPending }
      return bare
    }
    let snapshot = await SnapshotReader(reader: reader, registry: registry)
      .read(resources, stack: stack, ledger: stored?.ledger)
    if let (address, error) = snapshot.failures.first {
      throw Diagnostics([Diagnostic.unreadable(Resource(address), error, at: nil)])
    }
    let live = stack.resources.reduce(into: [:]) { live, resource in
      live[resource.address] =
        registry.owned(snapshot.live[resource.address], as: resource, of: stack, stored?.ledger)?.attributes
    }
    return stack.outputs.map { $0.told(by: live) }
  }
}
