extension Ledger {
  /// The release that first had a release's content: itself, unless it is a rollback or an undo.
  package func root(of release: Release) -> Release {
    var root = release
    // Each step goes to a smaller number, so it ends even with a damaged ledger.
    while let number = root.origin.returnsTo, number < root.number, let earlier = self.release(number) {
      root = earlier
    }
    return root
  }

  /// What was live before the current release, by content. Two rollbacks go back two releases; they do not
  /// alternate between a bad one and a good one. A rollback or an undo has the content of the release that it
  /// restored; what was live before that one counts.
  package var previous: Release? {
    guard let current else { return nil }
    let root = root(of: current)
    return releases.last { $0.number < root.number }
  }
}

extension ReleaseOrigin {
  /// The earlier release that was restored, by its number.
  package var returnsTo: Int? {
    switch self {
    case .rollback(let number): number
    case .undo(_, let number): number
    case .apply, .promote, .repair: nil
    }
  }
}

extension LedgerStore {
  /// What is kept now, with a failure as people are told it; nil when nothing is.
  package func current() async throws(Diagnostics) -> StoredLedger? {
    do throws(LedgerError) { return try await load() } catch { throw Diagnostics([error.diagnostic]) }
  }

  /// The same, where there must be one.
  package func existing() async throws(Diagnostics) -> StoredLedger {
    guard let stored = try await current() else { throw Diagnostics([.neverApplied]) }
    return stored
  }

  /// Changes the ledger under a lock that the caller holds, or the `new` one where there is none, and saves it if that
  /// made another one of it. The lock is asked before.
  ///
  /// - Throws: for a stack that is being renamed, too: both of its ledgers must stay the same. `isRenaming` allows it.
  /// - Returns: the ledger as it is then.
  @discardableResult
  package func revise(
    isLockHeld: LockCheck, orNew new: Ledger? = nil, isRenaming: Bool = false,
    _ change: (inout Ledger) throws(Diagnostic) -> Void
  ) async throws(Diagnostics) -> Ledger {
    let stored = try await current()
    guard let before = stored?.ledger ?? new else { throw Diagnostics([.neverApplied]) }
    if !isRenaming { try before.refuseRenaming() }
    var ledger = before
    do throws(Diagnostic) { try change(&ledger) } catch { throw Diagnostics([error]) }
    guard ledger != before else { return ledger }
    guard await isLockHeld() else { throw Diagnostics([LedgerError.lockLost.diagnostic]) }
    ledger.serial += 1
    do throws(LedgerError) { _ = try await save(ledger, replacing: stored?.revision) } catch {
      throw Diagnostics([error.diagnostic])
    }
    return ledger
  }

  /// Removes the ledger and all that belongs to it, under a lock that the caller holds.
  func remove(isLockHeld: LockCheck) async throws(Diagnostics) {
    guard await isLockHeld() else { throw Diagnostics([LedgerError.lockLost.diagnostic]) }
    do throws(LedgerError) { try await remove() } catch { throw Diagnostics([error.diagnostic]) }
  }
}

extension Diagnostic {
  /// There is no ledger to read or to change.
  package static let neverApplied = Diagnostic(
    "Never applied", "There is no stack of that name here: nothing was applied yet, or it was destroyed.",
    fix: "Is it another profile? --profile says where to look.")
}
