/// Holds a stack's lock during a run, and renews it every few seconds.
///
/// A lock that can't be renewed counts as lost before another run may take it.
actor LockKeeper {
  private let store: any LedgerStore
  private var tenure: LockTenure
  private(set) var isLost = false
  private let interval: Duration
  private let now: @Sendable () -> ContinuousClock.Instant
  /// When the last renewal that succeeded was sent.
  private var lastBeat: ContinuousClock.Instant
  private var renewal: Task<Void, Never>?

  /// `since` is when the lock's last renewal, or its taking, was sent.
  init(
    store: any LedgerStore, tenure: LockTenure, since: ContinuousClock.Instant, interval: Duration,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.store = store
    self.tenure = tenure
    self.interval = interval
    self.now = now
    lastBeat = since
  }

  /// Whether we still hold the lock, as far as is known. Asked before each step. A process that was stopped
  /// for a while may have lost it unnoticed, so an overdue renewal is done first.
  func isHeld() async -> Bool {
    if !isLost, now() - lastBeat >= interval * 2 { await renew() }
    return !isLost
  }

  /// One renewal at a time: each must name the revision of the one before.
  private func renew() async {
    if let renewal { return await renewal.value }
    let renewal = Task { await renewOnce() }
    self.renewal = renewal
    await renewal.value
    self.renewal = nil
  }

  private func renewOnce() async {
    let sent = now()
    do throws(LedgerError) {
      tenure = try await store.renew(tenure)
      lastBeat = sent
    } catch {
      // Anything else may pass: the lock lasts some more intervals. A running step may take one.
      let isExpiring = now() - lastBeat > store.lockExpiry - interval
      if case .lockLost = error { isLost = true } else if isExpiring { isLost = true }
    }
  }

  /// Renews until the task is cancelled or the lock is lost; then asks the run to stop.
  func beat(stop: StopRequest, report: @Sendable (ExecutionEvent) -> Void) async {
    while !Task.isCancelled {
      guard (try? await Task.sleep(for: interval)) != nil else { return }
      if !isLost { await renew() }
      if isLost {
        report(.note("This run lost its lock. It stops when the running steps are done."))
        await stop.stop(.lostLock)
        return
      }
    }
  }

  /// Releases the lock, and removes everything of it when no ledger is left. What another run has taken stays.
  func release() async throws(LedgerError) {
    var isLastOne = false
    // A ledger that can't be read is still there: the lock is released whatever is wrong with the ledger.
    do throws(LedgerError) { isLastOne = try await store.load() == nil } catch {}
    if isLastOne {
      try await store.removeAll(tenure)
    } else {
      try await store.release(tenure)
    }
  }
}

/// Whether a lock is still held; renews it first when that is overdue.
package typealias LockCheck = @Sendable () async -> Bool

extension LedgerStore {
  /// Runs `work` under the lock, and releases the lock whatever happens. Waits as long as `patience` for a lock that another run holds.
  /// `stop` ends the waiting; when the lock is lost, the run is asked to stop.
  package func locked<Result: Sendable>(
    by holder: LockHolder, patience: Duration, interval: Duration = .seconds(5), stop: StopRequest,
    report: @escaping @Sendable (ExecutionEvent) -> Void,
    _ work: @Sendable (_ isHeld: @escaping LockCheck) async throws(Diagnostics) -> Result
  ) async throws(Diagnostics) -> Result {
    let (tenure, since) = try await acquire(holder, patience: patience, stop: stop, report: report)
    if let former = tenure.takenOverFrom {
      report(
        .note(
          "Took over the lock of \(former.user)@\(former.host) (process \(former.process)), which is gone."))
    }
    let keeper = LockKeeper(store: self, tenure: tenure, since: since, interval: interval)
    let heart = Task { await keeper.beat(stop: stop, report: report) }
    let result: Swift.Result<Result, Diagnostics>
    do throws(Diagnostics) { result = .success(try await work { await keeper.isHeld() }) } catch {
      result = .failure(error)
    }
    heart.cancel()
    await heart.value
    do throws(LedgerError) {
      try await keeper.release()
    } catch {
      // The failure of the work matters more, and often it is why the lock can't be released.
      if case .failure(let failure) = result { throw failure }
      throw Diagnostics([error.diagnostic])
    }
    return try result.get()
  }

  private func acquire(
    _ holder: LockHolder, patience: Duration, stop: StopRequest, report: @Sendable (ExecutionEvent) -> Void
  ) async throws(Diagnostics) -> (tenure: LockTenure, since: ContinuousClock.Instant) {
    let deadline = ContinuousClock.now + patience
    var pause = Duration.milliseconds(250)
    while true {
      do throws(LedgerError) {
        let sent = ContinuousClock.now
        return (try await acquireLock(holder), sent)
      } catch {
        guard error.passes, ContinuousClock.now < deadline, await !stop.isStopping else {
          throw Diagnostics([error.diagnostic])
        }
        if case .locked(let other) = error { report(.waiting(for: other)) }
        try? await Task.sleep(for: pause)
        // Many runs may wait, and each read costs the endpoint a request.
        pause = min(pause * 1.25, .seconds(1))
      }
    }
  }
}

extension LedgerError {
  /// Whether waiting helps: another run has the lock, or was a moment faster.
  fileprivate var passes: Bool {
    switch self {
    case .locked, .changedMeanwhile: true
    default: false
    }
  }

  /// The error as a diagnostic.
  package var diagnostic: Diagnostic {
    switch self {
    case .locked(let holder):
      Diagnostic(
        .error, "Error acquiring the lock",
        "\(holder.user)@\(holder.host) holds it since \(holder.since): process \(holder.process), \(holder.command), lock \(holder.id).",
        fix: "Wait for it (--lock-timeout=60s). If that run is dead, break its lock with `stackform unlock`."
      )
    case .lockLost:
      Diagnostic(
        .error, "The lock was lost", "Another run or user took it while this run was at work.",
        fix: "Run the same command again; it continues from what exists.")
    case .changedMeanwhile:
      Diagnostic(
        .error, "The ledger changed meanwhile",
        "Another run wrote the ledger of this stack during this run.",
        fix: "Run the same command again; it continues from what exists.")
    case .unreadable(let reason):
      Diagnostic(
        .error, "The ledger can't be read", "\(reason).",
        fix:
          "`stackform ledger repair` keeps a copy, and writes a new one from what is readable and what exists."
      )
    case .newer(let reason):
      Diagnostic(
        .error, "The ledger is newer than this Stackform", "\(reason).",
        fix:
          "Use the version of Stackform that wrote it, or a newer one. `stackform ledger repair --force` writes it again in the older form."
      )
    case .damagedLock(let reason):
      Diagnostic(
        .error, "The lock can't be read", "\(reason).",
        fix: "Make sure that no other run is at work, then remove it with `stackform unlock --force`.")
    case .bundleMissing(let digest):
      Diagnostic(
        .error, "The release's files are gone",
        "The ledger names the bundle \(digest.prefix(12)), and the bucket does not hold it.",
        fix: "Check that version out from git and apply it.")
    case .bundleDamaged(let digest, let reason):
      Diagnostic(
        .error, "The release's files are damaged", "The bundle \(digest.prefix(12)) is damaged: \(reason).",
        fix: "Check that version out from git and apply it.")
    case .journalMissing(let id):
      Diagnostic(
        .error, "The run's journal is gone", "The bucket no longer holds what was live before run \(id).",
        fix:
          "Go back to a release instead: `stackform history` lists them, `stackform rollback --to N` applies one."
      )
    case .provider(let error):
      Diagnostic(error, title: "Cannot reach the ledger")
    }
  }
}
