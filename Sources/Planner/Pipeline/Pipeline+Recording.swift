/// What an apply writes before its first step and after its last: the ledger, the release's files, the run's journal.
extension Pipeline {
  /// Writes the ledger, if it changed, and drops files that no release names any more. Removes the ledger if there is no new one.
  func record(
    _ ledger: Ledger?, over former: Ledger, _ revision: String?, dropsFiles: Bool,
    isLockHeld: LockCheck, _ report: @Sendable (ExecutionEvent) -> Void
  ) async throws(LedgerError) {
    guard var ledger else { return try await store.remove() }
    // List before writing the ledger: whatever exists now was left by this run or an earlier one.
    let old = dropsFiles ? await oldFiles(of: ledger, report) : []
    if ledger != former { _ = try await save(&ledger, replacing: revision) }
    if !old.isEmpty, await isLockHeld() { await drop(old, report) }
  }

  /// The ledger that is saved before the first step, with its revision, and the run that it names. The
  /// release's files and the run's journal are kept first.
  func prepared(
    _ planned: Planned, _ draft: ReleaseDraft?, _ runDraft: RunDraft?, _ fingerprint: Fingerprinter
  ) async throws(Diagnostics) -> (ledger: Ledger, revision: String?, run: RunNote?) {
    var ledger = planned.ledger.withIntents(
      of: planned.plan, graph: planned.graph, registry: registry, newSeed: newSalt)
    if let draft, case .promote = draft.origin, !planned.plan.steps.isEmpty {
      let touched = Set(planned.plan.steps.map(\.address)).union(ledger.underway?.addresses ?? [])
      ledger.underway = Ledger.Underway(bundle: draft.bundle.digest, addresses: touched.sorted())
    }
    var revision = planned.revision
    if let draft { try await keep(draft, for: planned, fingerprint) }
    var run: RunNote?
    if let runDraft, !planned.plan.steps.isEmpty {
      run = try await begin(runDraft, of: planned, release: draft, in: &ledger)
    }
    if ledger != planned.ledger || revision == nil {
      do throws(LedgerError) { revision = try await save(&ledger, replacing: revision) } catch {
        throw Diagnostics([error.diagnostic])
      }
    }
    return (ledger, revision, run)
  }

  private func keep(
    _ draft: ReleaseDraft, for planned: Planned, _ fingerprint: Fingerprinter
  ) async throws(Diagnostics) {
    guard !draft.isKept, !planned.isIdle || !planned.ledger.repeats(draft, fingerprint) else { return }
    do throws(LedgerError) { try await store.keep(draft.bundle) } catch {
      throw Diagnostics([error.diagnostic])
    }
  }

  /// Files that no release names any more, and files of a run that was killed before its end. A failure is
  /// only reported: the next apply tries again.
  private func oldFiles(
    of ledger: Ledger, _ report: @Sendable (ExecutionEvent) -> Void
  ) async -> [String] {
    do throws(LedgerError) {
      let named = ledger.namedFiles
      return try await store.files().filter { !named.contains($0) }
    } catch {
      report(.note("Files of old releases could not be listed: \(error.diagnostic.detail)"))
      return []
    }
  }

  private func drop(_ files: [String], _ report: @Sendable (ExecutionEvent) -> Void) async {
    do throws(LedgerError) { try await store.drop(files) } catch {
      report(.note("Files of old releases could not be removed: \(error.diagnostic.detail)"))
    }
  }

  private func save(_ ledger: inout Ledger, replacing revision: String?) async throws(LedgerError) -> String {
    ledger.serial += 1
    return try await store.save(ledger, replacing: revision)
  }
}
