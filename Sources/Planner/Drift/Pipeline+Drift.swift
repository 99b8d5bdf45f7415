extension Pipeline {
  /// A report with its inputs.
  package struct Drifted: Sendable {
    package var report: DriftReport
    package var stack: Stack
    package var snapshot: Snapshot
    /// nil when the target keeps none.
    package var ledger: Ledger?
  }

  /// Reads everything of a stack, declared or not, and reports what drifted since the last apply. Writes
  /// nothing.
  ///
  /// `stack` is what was applied last: the deployed release's, or the working tree's if there is none. What the addresses
  /// or globs of `excludes` mean is not read, and not reported.
  package func drift(of stack: Stack, excludes: [String] = []) async throws(Diagnostics) -> Drifted {
    let stored = try await store.current()
    guard let ledger = stored?.ledger else {
      return Drifted(
        report: DriftReport(wasApplied: false), stack: stack, snapshot: Snapshot(), ledger: nil)
    }
    try checkPatterns(excludes, stack, ledger)
    var (looked, known) = (stack, ledger)
    looked.replaceResources(with: stack.resources.filter { !PlanOptions.matches($0.address, excludes) })
    known.records = ledger.records.filter { !PlanOptions.matches($0.key, excludes) }
    let whole = try await whole(looked, ledger: known)
    let report = DriftFinder.report(
      DriftFinder.Input(
        stack: looked, snapshot: whole.snapshot, ledger: known, registry: registry,
        fingerprint: fingerprinter(ledger.salt), halfRead: whole.halfRead))
    return Drifted(report: report, stack: stack, snapshot: whole.snapshot, ledger: ledger)
  }

  private func checkPatterns(
    _ patterns: [String], _ stack: Stack, _ ledger: Ledger
  ) throws(Diagnostics) {
    let known = Set(stack.resources.map(\.address)).union(ledger.records.keys)
    let unknown = patterns.filter { pattern in !known.contains { PlanOptions.matches($0, [pattern]) } }
    guard unknown.isEmpty else {
      throw Diagnostics(unknown.map { .unknownAddress($0, among: known) })
    }
  }

  /// Every resource with all its properties, and what exists of those that the stack no longer has.
  ///
  /// - Throws: what can't be read, and a stack that has other names here.
  package func whole(
    _ stack: Stack, ledger: Ledger?
  ) async throws(Diagnostics) -> (snapshot: Snapshot, halfRead: Set<Address>) {
    try ledger?.checkNames(of: stack)
    let reading = SnapshotReader(reader: reader, registry: registry)
    async let formerly = ledger.mapAsync { await reading.readFormer(stack: stack, ledger: $0) }
    var (snapshot, halfRead) = await reading.readWhole(stack.resources, stack: stack, ledger: ledger)
    // A resource that is found by what it connects can be read only once that is known.
    let hidden = stack.resources.filter { resource in
      snapshot.live[resource.address] == nil
        && registry[resource.section]?.schema.hidesIdentity(of: resource) != false
        && resource.properties.values.contains(where: \.isPending)
    }
    .map { [live = snapshot.live] resource in resource.resolvedIfKnown { live[$0]?.attributes[$1] } }
    if !hidden.isEmpty {
      let found = await reading.readWhole(hidden, stack: stack, ledger: ledger)
      snapshot.live.merge(found.snapshot.live) { _, new in new }
      snapshot.failures.merge(found.snapshot.failures) { _, new in new }
      halfRead.formUnion(found.halfRead)
    }
    if let former = await formerly {
      snapshot.former = former.former
      snapshot.failures.merge(former.failures) { first, _ in first }
    }
    let failures = snapshot.failures.sorted { $0.key < $1.key }.map { address, error in
      Diagnostic.unreadable(
        stack[address] ?? Resource(address), error, at: stack.places[address.declared]?.span)
    }
    guard failures.isEmpty else { throw Diagnostics(failures) }
    return (snapshot, halfRead)
  }
}

extension Optional where Wrapped: Sendable {
  fileprivate func mapAsync<Result: Sendable>(_ transform: @Sendable (Wrapped) async -> Result) async
    -> Result?
  {
    guard let self else { return nil }
    return await transform(self)
  }
}
