/// Holds a stack's lock while a run lasts, and says every few seconds that the run is alive.
actor LockKeeper {
  private let store: any LedgerStore
  private var tenure: LockTenure
  private(set) var isLost = false
  private let interval: Duration
  private var lastBeat = ContinuousClock.now
  private var renewal: Task<Void, Never>?

  init(store: any LedgerStore, tenure: LockTenure, interval: Duration) {
    self.store = store
    self.tenure = tenure
    self.interval = interval
  }

  /// Whether the lock is still ours, as far as can be told. Asked before each step: a process that was stopped for a while may have lost
  /// it unawares, so an overdue sign of life is given first.
  func isHeld() async -> Bool {
    if isLost || ContinuousClock.now - lastBeat < interval * 2 { return !isLost }
    await renew()
    return !isLost
  }

  /// One sign of life at a time: each must name the revision of the one before.
  private func renew() async {
    if let renewal { return await renewal.value }
    let renewal = Task { await renewOnce() }
    self.renewal = renewal
    await renewal.value
    self.renewal = nil
  }

  private func renewOnce() async {
    do throws(LedgerError) {
      tenure = try await store.renew(tenure)
      lastBeat = .now
    } catch {
      // Anything else is a passing fault of the endpoint: the lock lasts some more intervals.
      if case .lockLost = error { isLost = true }
    }
  }

  /// Renews until the task is cancelled or the lock is lost; then asks the run to stop.
  func beat(stop: StopRequest, report: @Sendable (ExecutionEvent) -> Void) async {
    while !Task.isCancelled {
      guard (try? await Task.sleep(for: interval)) != nil else { return }
      if !isLost { await renew() }
      if isLost {
        report(.note("The lock was taken away from this run. It stops when what is under way is done."))
        await stop.stop()
        return
      }
    }
  }

  /// Gives the lock back; for good when no ledger is left.
  func release() async throws(LedgerError) {
    if isLost { return }
    var isLastOne = false
    // A ledger that can't be read is one: the lock is given back whatever is wrong with it.
    do throws(LedgerError) { isLastOne = try await store.load() == nil } catch {}
    if isLastOne {
      try await store.removeAll(tenure)
    } else {
      try await store.release(tenure)
    }
  }
}

/// Whether a lock is still held; gives a sign of life first where one is overdue.
package typealias LockCheck = @Sendable () async -> Bool

extension LedgerStore {
  /// Runs `work` under the lock, and gives it back whatever happens. Waits for somebody else's lock as long as `patience`; `stop` ends the
  /// waiting, and is asked to stop when the lock is lost.
  package func locked<Result: Sendable>(
    by holder: LockHolder, patience: Duration, interval: Duration = .seconds(5), stop: StopRequest,
    report: @escaping @Sendable (ExecutionEvent) -> Void,
    _ work: @Sendable (_ isHeld: @escaping LockCheck) async throws(Diagnostics) -> Result
  ) async throws(Diagnostics) -> Result {
    let tenure = try await acquire(holder, patience: patience, stop: stop, report: report)
    if let former = tenure.takenOverFrom {
      report(
        .note(
          "Took over the lock of \(former.user)@\(former.host) (process \(former.process)), which is gone."))
    }
    let keeper = LockKeeper(store: self, tenure: tenure, interval: interval)
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
      // What the work failed of matters more, and is often why the lock can't be given back.
      if case .failure(let failure) = result { throw failure }
      throw Diagnostics([error.diagnostic])
    }
    return try result.get()
  }

  private func acquire(
    _ holder: LockHolder, patience: Duration, stop: StopRequest, report: @Sendable (ExecutionEvent) -> Void
  ) async throws(Diagnostics) -> LockTenure {
    let deadline = ContinuousClock.now + patience
    var pause = Duration.milliseconds(250)
    while true {
      do throws(LedgerError) {
        return try await acquireLock(holder)
      } catch {
        guard error.passes, ContinuousClock.now < deadline, await !stop.isStopping else {
          throw Diagnostics([error.diagnostic])
        }
        if case .locked(let other) = error { report(.waiting(for: other)) }
        try? await Task.sleep(for: pause)
        // Many may be waiting, and each look costs the endpoint a request.
        pause = min(pause * 1.25, .seconds(1))
      }
    }
  }
}

extension LedgerError {
  /// Whether waiting helps: somebody has the lock, or was a moment faster.
  fileprivate var passes: Bool {
    switch self {
    case .locked, .changedMeanwhile: true
    default: false
    }
  }

  /// What to tell the user.
  package var diagnostic: Diagnostic {
    switch self {
    case .locked(let holder):
      Diagnostic(
        .error, "Error acquiring the lock",
        "\(holder.user)@\(holder.host) holds it since \(holder.since): process \(holder.process), \(holder.command), lock \(holder.id).",
        fix: "Wait for it (--lock-timeout=60s), or take it away with `stackform unlock` if that run is dead."
      )
    case .lockLost:
      Diagnostic(
        .error, "The lock was lost", "Somebody broke it or took it over while this run was at work.",
        fix: "Run the same command again: it carries on from what is there.")
    case .changedMeanwhile:
      Diagnostic(
        .error, "The ledger changed meanwhile",
        "Somebody else wrote the ledger of this stack during this run.",
        fix: "Run the same command again: it carries on from what is there.")
    case .unreadable(let reason):
      Diagnostic(
        .error, "The ledger can't be read", "\(reason).",
        fix: "`stackform ledger repair` keeps it aside and makes one of what can be read and what is there.")
    case .newer(let reason):
      Diagnostic(
        .error, "The ledger is newer than this Stackform", "\(reason).",
        fix:
          "Use a Stackform that is as new as the one that wrote it. `stackform ledger repair --force` would write it anew, in the older form."
      )
    case .damagedLock(let reason):
      Diagnostic(
        .error, "The lock can't be read", "\(reason).",
        fix: "`stackform unlock --force` frees it, once nobody else is at work.")
    case .bundleMissing(let digest):
      Diagnostic(
        .error, "The release's files are gone",
        "The ledger names the bundle \(digest.prefix(12)), and it is not in the bucket.",
        fix: "Deploy that version from its sources, as git has them: stackform apply.")
    case .bundleDamaged(let digest, let reason):
      Diagnostic(
        .error, "The release's files are damaged", "The bundle \(digest.prefix(12)) is damaged: \(reason).",
        fix: "Deploy that version from its sources, as git has them: stackform apply.")
    case .journalMissing(let id):
      Diagnostic(
        .error, "The run's journal is gone", "What was live before run \(id) is not in the bucket any more.",
        fix:
          "Go back to a whole release: `stackform history` lists them, `stackform rollback --to N` applies one."
      )
    case .provider(let error):
      Diagnostic(.error, "Cannot reach the ledger", error.sentence, fix: error.fix)
    }
  }
}
