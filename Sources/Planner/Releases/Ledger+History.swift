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
  /// Changes the ledger's parts that are not about resources, under a lock that the caller holds. `change`
  /// says whether anything is to be kept of it.
  package func revise(
    _ change: (inout Ledger) throws(Diagnostic) -> Bool
  ) async throws(Diagnostics) {
    let stored: StoredLedger?
    do throws(LedgerError) { stored = try await load() } catch { throw Diagnostics([error.diagnostic]) }
    guard let stored else { throw Diagnostics([.neverApplied]) }
    var ledger = stored.ledger
    let isChanged: Bool
    do throws(Diagnostic) { isChanged = try change(&ledger) } catch { throw Diagnostics([error]) }
    guard isChanged else { return }
    ledger.serial += 1
    do throws(LedgerError) { _ = try await save(ledger, replacing: stored.revision) } catch {
      throw Diagnostics([error.diagnostic])
    }
  }
}

extension Diagnostic {
  /// There is no ledger to read or to change.
  package static let neverApplied = Diagnostic(
    "Never applied", "There is no stack of that name here: nothing was applied yet, or it was destroyed.",
    fix: "Is it another profile? --profile says where to look.")
}
