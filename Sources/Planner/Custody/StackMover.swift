/// Carries a move from one stack to another out, under the locks of both, which the caller holds.
///
/// The order, and what a run that is killed behind each step leaves:
///
/// 1. The source's record gets a mark. The source has it; no plan of the source touches it.
/// 2. The target gets a record, marked too. Both have it; no plan of either touches it.
/// 3. The owner tags are rewritten. The same.
/// 4. The source's record goes. The target has it, and no plan of it touches it yet.
/// 5. The target's mark goes.
///
/// So at any time a ledger has it, and while two have it none can destroy it. The same command again goes on from there.
package struct StackMover: Sendable {
  /// The source's.
  let pipeline: Pipeline
  /// The target's.
  let targetStore: any LedgerStore
  let place: Target
  let writer: any LiveWriter

  package init(_ pipeline: Pipeline, to targetStore: any LedgerStore, place: Target, writer: any LiveWriter) {
    self.pipeline = pipeline
    self.targetStore = targetStore
    self.place = place
    self.writer = writer
  }

  private var tags: OwnerTags { pipeline.ownerTags(place, writer) }

  /// Works out the move, and looks at what would be moved. Reads only.
  ///
  /// - Throws: what ``StackMove/init(_:as:from:to:named:)`` refuses; what can't be read; what is gone, or somebody
  ///   else's.
  package func plan(
    _ patterns: [String], as newAddress: Address?, from source: String, to target: String
  ) async throws(Diagnostics) -> StackMove {
    let next = try await targetStore.current()?.ledger
    let ledger = try await sourceLedger(source, next)
    let move = try StackMove(patterns, as: newAddress, from: ledger, to: next, named: target)
    let found = try await tags.find(move.records, of: source, ownedBy: move.owners)
    let gone = move.records.keys.filter { address in !found.contains { $0.address == address } }
    guard move.isContinued || gone.isEmpty else {
      throw Diagnostics(gone.sorted().map(Diagnostic.goneBeforeMove))
    }
    return move
  }

  /// The source's ledger. A run that was killed at its end may have left all to the target, and the source may have been
  /// destroyed since.
  private func sourceLedger(_ name: String, _ next: Ledger?) async throws(Diagnostics) -> Ledger {
    if next?.isReceiving(from: name) != true { return try await pipeline.store.existing().ledger }
    return try await pipeline.store.current()?.ledger ?? Ledger(stack: name, salt: "")
  }

  /// Carries it out. A failure before any tag was rewritten takes back what was noted.
  package func carryOut(
    _ move: StackMove, run: RunDraft, isLockHeld: LockCheck
  ) async throws(Diagnostics) {
    if !move.records.isEmpty { try await handOver(move, run, isLockHeld) }
    try await targetStore.revise(isLockHeld: isLockHeld) { $0.finishArrivals(of: move, run) }
  }

  private func handOver(
    _ move: StackMove, _ run: RunDraft, _ isLockHeld: LockCheck
  ) async throws(Diagnostics) {
    // Before anything is noted: a question may have stood for long.
    let found = try await tags.find(move.records, of: move.source, ownedBy: move.owners)
    let source = try await pipeline.store.revise(isLockHeld: isLockHeld) { $0.markDepartures(of: move) }
    var fresh = Ledger(stack: move.target, salt: source.salt)
    fresh.namedBy = source.namedBy
    try await targetStore.revise(isLockHeld: isLockHeld, orNew: fresh) {
      $0.takeArrivals(of: move, source.records, salt: source.salt)
    }
    let outcome = await tags.rewrite(found, records: move.records, of: move.source) { address in
      move.addresses[address].map { Owner(stack: move.target, address: $0) }
    }
    guard outcome.failures.isEmpty else { throw try await stopped(move, outcome, isLockHeld) }
    try await pipeline.store.revise(isLockHeld: isLockHeld) {
      $0.letGo(of: move, run, registry: pipeline.registry)
    }
  }

  /// Why it was not carried out, and what was noted is taken back where nothing else was done.
  private func stopped(
    _ move: StackMove, _ outcome: OwnerTags.Outcome, _ isLockHeld: LockCheck
  ) async throws(Diagnostics) -> Diagnostics {
    var diagnostics = outcome.diagnostics
    guard !outcome.hasChanged, !move.isContinued else {
      diagnostics.append(.halfMoved(move.target))
      return Diagnostics(diagnostics)
    }
    if move.isNewStack {
      try await targetStore.remove(isLockHeld: isLockHeld)
    } else {
      try await targetStore.revise(isLockHeld: isLockHeld) { $0.dropArrivals(of: move) }
    }
    try await pipeline.store.revise(isLockHeld: isLockHeld) { $0.unmarkDepartures(of: move) }
    diagnostics.append(.notMoved)
    return Diagnostics(diagnostics)
  }
}

extension StackMove {
  /// The owners that its tags may name: before the move and after it.
  fileprivate func owners(of address: Address) -> [Owner] {
    [Owner(stack: source, address: address)]
      + (addresses[address].map { [Owner(stack: target, address: $0)] } ?? [])
  }
}

extension Diagnostic {
  fileprivate static func goneBeforeMove(_ address: Address) -> Diagnostic {
    Diagnostic(
      "There is nothing to move", "\(address) is in the ledger, and the resource does not exist any more.",
      address: address, fix: "`stackform forget \(address)` takes it out of the ledger.")
  }

  fileprivate static func halfMoved(_ stack: String) -> Diagnostic {
    Diagnostic(
      .warning, "The move is not finished",
      "Both ledgers know the resources, and no plan of either stack touches them until it is.",
      fix: "Mend what is said above, and run the same command again.")
  }

  fileprivate static let notMoved = Diagnostic(
    .warning, "Nothing was moved", "Both ledgers are as they were.",
    fix: "Mend what is said above, and run the same command again.")
}
