/// Gives a stack another name, under the locks of both names, which the caller holds.
///
/// The order, and what a run that is killed behind each step leaves:
///
/// 1. The old ledger gets a mark: from here on there is no plan for the old name.
/// 2. Releases' files and journals are copied.
/// 3. The new ledger is written, marked too: no plan for the new name either.
/// 4. The owner tags are rewritten.
/// 5. The old ledger goes, and its files.
/// 6. The stack file is edited (``carryOut(_:run:isLockHeld:editing:)``), and the new ledger's mark goes.
///
/// So at any time a ledger has everything, and while two do none can destroy anything. The same command again goes on
/// from there.
package struct StackRenamer: Sendable {
  /// Of the old name.
  let pipeline: Pipeline
  /// Of the new name.
  let newStore: any LedgerStore
  let place: Target
  let writer: any LiveWriter

  package init(_ pipeline: Pipeline, to newStore: any LedgerStore, place: Target, writer: any LiveWriter) {
    self.pipeline = pipeline
    self.newStore = newStore
    self.place = place
    self.writer = writer
  }

  private var tags: OwnerTags { pipeline.ownerTags(place, writer) }

  /// Works out what would be renamed. Reads only.
  ///
  /// - Throws: when there is no such stack, when there is one of the new name, and when a run has not come to its end.
  package func plan(from old: String, to new: String) async throws(Diagnostics) -> StackRename {
    let former = try await pipeline.store.current()
    let next = try await newStore.current()
    let rename = try StackRename(former?.ledger, next?.ledger, from: old, to: new)
    if !rename.isEnding, let former { _ = try await found(former.ledger.records, rename) }
    return rename
  }

  /// Carries it out. A failure before any tag was rewritten takes back what was noted. `editing` is done when all else
  /// is, before the last mark goes: a run that is killed before it is continued.
  package func carryOut(
    _ rename: StackRename, run: RunDraft, isLockHeld: LockCheck,
    editing: () throws(Diagnostics) -> Void
  ) async throws(Diagnostics) {
    if !rename.isEnding { try await handOver(rename, isLockHeld) }
    if !rename.hasSuccessor { try await pipeline.store.remove(isLockHeld: isLockHeld) }
    try editing()
    try await newStore.revise(isLockHeld: isLockHeld, isRenaming: true) { ledger in
      ledger.renaming = nil
      ledger.note(run, .renamed)
    }
  }

  private func handOver(_ rename: StackRename, _ isLockHeld: LockCheck) async throws(Diagnostics) {
    // Before anything is noted: a question may have stood for long.
    let found = try await found(try await pipeline.store.existing().ledger.records, rename)
    let mark = Renaming(direction: .to, stack: rename.new)
    let marked = try await pipeline.store.revise(isLockHeld: isLockHeld, isRenaming: true) {
      $0.renaming = mark
    }
    try await copyFiles(of: marked)
    try await writeCopy(of: marked, rename, isLockHeld)
    let outcome = await tags.rewrite(found, records: marked.records, of: rename.old) {
      Owner(stack: rename.new, address: $0)
    }
    guard outcome.failures.isEmpty else { throw try await stopped(rename, outcome, isLockHeld) }
  }

  /// What exists of the stack: its own under the old name, and under the new one where a killed run came so far.
  private func found(
    _ records: [Address: Ledger.Record], _ rename: StackRename
  ) async throws(Diagnostics) -> [OwnerTags.Found] {
    try await tags.find(records, of: rename.old) { address in
      [rename.old, rename.new].map { Owner(stack: $0, address: address) }
    }
  }

  /// The new ledger: everything of the old one under the new name.
  private func writeCopy(
    of former: Ledger, _ rename: StackRename, _ isLockHeld: LockCheck
  ) async throws(Diagnostics) {
    var copy = former
    copy.stack = rename.new
    copy.renaming = Renaming(direction: .from, stack: rename.old)
    let stored = try await newStore.current()
    guard await isLockHeld() else { throw Diagnostics([LedgerError.lockLost.diagnostic]) }
    _ = try await ledger { () async throws(LedgerError) in
      try await newStore.save(copy, replacing: stored?.revision)
    }
  }

  /// What is not there any more can't be copied, and nobody can use it under the old name either.
  private func copyFiles(of former: Ledger) async throws(Diagnostics) {
    let names = try await ledger { () async throws(LedgerError) in try await pipeline.store.files() }
    for name in names.filter(former.namedFiles.contains).sorted() {
      try await ledger { () async throws(LedgerError) in
        guard let bytes = try await pipeline.store.file(name) else { return }
        try await newStore.keep(bytes, as: name)
      }
    }
  }

  /// Why it was not carried out, and what was noted is taken back where nothing else was done.
  private func stopped(
    _ rename: StackRename, _ outcome: OwnerTags.Outcome, _ isLockHeld: LockCheck
  ) async throws(Diagnostics) -> Diagnostics {
    var diagnostics = outcome.diagnostics
    guard !outcome.hasChanged, !rename.isContinued else {
      diagnostics.append(.halfRenamed)
      return Diagnostics(diagnostics)
    }
    try await newStore.remove(isLockHeld: isLockHeld)
    try await pipeline.store.revise(isLockHeld: isLockHeld, isRenaming: true) { $0.renaming = nil }
    diagnostics.append(.notRenamed(rename))
    return Diagnostics(diagnostics)
  }

  private func ledger<Result>(
    _ work: () async throws(LedgerError) -> Result
  ) async throws(Diagnostics) -> Result {
    do throws(LedgerError) { return try await work() } catch { throw Diagnostics([error.diagnostic]) }
  }
}
