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
    let ledger = try await pipeline.existingLedger(of: source).ledger
    let move = try StackMove(
      patterns, as: newAddress, from: ledger, to: try await load(targetStore)?.ledger, named: target)
    let found = try await tags.find(move.records, of: source)
    let problems = move.records.keys.sorted().compactMap { address -> Diagnostic? in
      let lives = found.filter { $0.address == address }.map(\.live)
      if lives.isEmpty { return move.isContinued ? nil : .goneBeforeMove(address) }
      let stranger = lives.first { live in
        live.owner.map { !move.owners(of: address).contains($0) } ?? false
      }
      return stranger.map { .strangersMove(address, $0) }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return move
  }

  /// Carries it out. A failure before any tag was rewritten takes back what was noted.
  package func carryOut(
    _ move: StackMove, run: RunDraft, isLockHeld: LockCheck
  ) async throws(Diagnostics) {
    let source = try await pipeline.existingLedger(of: move.source).ledger
    let salt = source.salt
    var fresh = Ledger(stack: move.target, salt: salt)
    fresh.namedBy = source.namedBy
    try await revise(pipeline.store, isLockHeld) { $0.markDepartures(of: move) }
    let records = try await pipeline.existingLedger(of: move.source).ledger.records
    try await revise(targetStore, isLockHeld, orNew: fresh) {
      $0.takeArrivals(of: move, records, salt: salt)
    }
    let moved = records.filter { move.records[$0.key] != nil }
    let found = try await tags.find(moved, of: move.source)
    let outcome = await tags.rewrite(found, records: moved, of: move.source) { address in
      move.addresses[address].map { Owner(stack: move.target, address: $0) }
    }
    guard outcome.failures.isEmpty else {
      throw try await stopped(move, outcome, isLockHeld)
    }
    try await revise(pipeline.store, isLockHeld) { $0.letGo(of: move, run) }
    try await revise(targetStore, isLockHeld) { $0.finishArrivals(of: move, run) }
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
      do throws(LedgerError) { try await targetStore.remove() } catch {
        throw Diagnostics([error.diagnostic])
      }
    } else {
      try await revise(targetStore, isLockHeld) { $0.dropArrivals(of: move) }
    }
    try await revise(pipeline.store, isLockHeld) { $0.unmarkDepartures(of: move) }
    diagnostics.append(.notMoved)
    return Diagnostics(diagnostics)
  }

  private func load(_ store: any LedgerStore) async throws(Diagnostics) -> StoredLedger? {
    do throws(LedgerError) { return try await store.load() } catch { throw Diagnostics([error.diagnostic]) }
  }

  /// Saves the changed ledger, if it changed.
  private func revise(
    _ store: any LedgerStore, _ isLockHeld: LockCheck, orNew new: Ledger? = nil,
    _ change: (inout Ledger) -> Void
  ) async throws(Diagnostics) {
    let stored = try await load(store)
    guard var ledger = stored?.ledger ?? new else { throw Diagnostics([.neverApplied]) }
    let before = ledger
    change(&ledger)
    guard ledger != before else { return }
    guard await isLockHeld() else { throw Diagnostics([LedgerError.lockLost.diagnostic]) }
    ledger.serial += 1
    do throws(LedgerError) { _ = try await store.save(ledger, replacing: stored?.revision) } catch {
      throw Diagnostics([error.diagnostic])
    }
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

  fileprivate static func strangersMove(_ address: Address, _ live: LiveResource) -> Diagnostic {
    let owner = live.owner.map { "\($0.address) of the stack \"\($0.stack)\"" } ?? "nobody's"
    return Diagnostic(
      "The resource belongs to somebody else", "\(address) is \"\(live.id)\", which is \(owner) by its tags.",
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
