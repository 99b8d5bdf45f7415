/// The whole flow on one page: a stack becomes a graph, a snapshot, a plan, an execution, and a ledger.
///
/// Each stage takes values and gives a value; commands differ only in where they stop.
package struct Pipeline: Sendable {
  package let registry: KindRegistry
  /// The half that cannot write.
  package let reader: any LiveReader
  package let store: any LedgerStore
  /// Random text for the salt of a new ledger.
  package let newSalt: @Sendable () -> String
  package let fingerprinter: @Sendable (_ salt: String) -> Fingerprinter
  /// Whether a property that is missing right after its write is taken for one that the endpoint never returns. False on
  /// AWS: the kinds know what AWS never returns, and what it shows late must not be taken for that.
  package let learnsWhatIsNotReturned: Bool
  private let now: @Sendable () -> ContinuousClock.Instant

  package init(
    registry: KindRegistry, reader: any LiveReader, store: any LedgerStore,
    newSalt: @escaping @Sendable () -> String, fingerprinter: @escaping @Sendable (String) -> Fingerprinter,
    learnsWhatIsNotReturned: Bool = true, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.now = now
    self.learnsWhatIsNotReturned = learnsWhatIsNotReturned
    self.registry = registry
    self.reader = reader
    self.store = store
    self.newSalt = newSalt
    self.fingerprinter = fingerprinter
  }

  /// A plan with everything that it was made of.
  package struct Planned: Sendable {
    package var plan: Plan
    package var stack: Stack
    package var graph: ResourceGraph
    package var snapshot: Snapshot
    package var ledger: Ledger
    /// nil when nothing is kept yet.
    package var revision: String?
    package var options = PlanOptions()
    /// When the first of what it was made of was read; nil when nothing was.
    package var readAt: ContinuousClock.Instant?
  }

  /// Reads and plans. Writes nothing.
  package func plan(_ stack: Stack, options: PlanOptions) async throws(Diagnostics) -> Planned {
    let graph = try ResourceGraph(stack)
    let start = now()
    let stored = try await store.current()
    let ledger = stored?.ledger ?? Ledger(stack: stack.name, salt: newSalt())
    let snapshot = await look(at: stack, graph: graph, ledger: stored?.ledger, options: options)
    let plan = try PlanBuilder.plan(
      PlanBuilder.Input(
        stack: stack, graph: graph, snapshot: snapshot, ledger: stored?.ledger, registry: registry,
        fingerprint: fingerprinter(ledger.salt), options: options))
    return Planned(
      plan: plan, stack: stack, graph: graph, snapshot: snapshot, ledger: ledger, revision: stored?.revision,
      options: options, readAt: start)
  }

  /// Reads what a plan is made of.
  func look(
    at stack: Stack, graph: ResourceGraph, ledger: Ledger?, options: PlanOptions
  ) async -> Snapshot {
    let selection = Selection(options, graph: graph, ledger: ledger)
    let looking = SnapshotReader(
      reader: reader, registry: registry, adopts: options.adopts, isExcluded: { selection.excludes($0) })
    var snapshot = await looking.snapshot(
      of: stack, ledger: ledger, depth: options.isDestroy ? .existence : nil)
    // A resource that is found by what it connects, as a mapping of a table's stream, can be read only once
    // the attributes of that are known.
    let hidden = PlanBuilder.hiddenByPendingValues(
      PlanBuilder.Input(
        stack: stack, graph: graph, snapshot: snapshot, ledger: ledger, registry: registry,
        fingerprint: fingerprinter(ledger?.salt ?? ""), options: options)
    ).filter { !selection.excludes($0.address) }
    if !hidden.isEmpty {
      let found = await looking.read(hidden, stack: stack, ledger: ledger)
      snapshot.live.merge(found.live) { _, new in new }
      snapshot.failures.merge(found.failures) { _, new in new }
    }
    return snapshot
  }

  /// Plans as if nothing existed, without any request.
  package static func planOffline(
    _ stack: Stack, registry: KindRegistry, fingerprint: Fingerprinter, options: PlanOptions
  ) throws(Diagnostics) -> Planned {
    let graph = try ResourceGraph(stack)
    let plan = try PlanBuilder.plan(
      PlanBuilder.Input(
        stack: stack, graph: graph, snapshot: Snapshot(), ledger: nil, registry: registry,
        fingerprint: fingerprint, options: options))
    return Planned(
      plan: plan, stack: stack, graph: graph, snapshot: Snapshot(),
      ledger: Ledger(stack: stack.name, salt: ""))
  }

  /// Carries out a plan under a lock that the caller holds, and records the result: as a release, if there is
  /// a draft.
  ///
  /// The release's files are kept before the first step, and one write of the ledger at the end makes the
  /// release the current one. So at any time a reader finds the old release or the new one, with its files.
  ///
  /// - Returns: how every step ended, also when the ledger could not be written at the end (``ExecutionSummary/unrecorded``).
  /// - Throws: for what fails before the first step.
  package func apply(
    _ planned: Planned, release draft: ReleaseDraft? = nil, run runDraft: RunDraft? = nil,
    writer: any LiveWriter, width: Int, stop: StopRequest,
    isLockHeld: @escaping LockCheck = { true },
    report: @escaping @Sendable (ExecutionEvent) -> Void
  ) async throws(Diagnostics) -> ExecutionSummary {
    let start = ContinuousClock.now
    let draft = planned.plan.isDestroy ? nil : draft
    let fingerprint = fingerprinter(planned.ledger.salt)
    let (ledger, revision, run) = try await prepared(planned, draft, runDraft, fingerprint)
    let execution = await execute(
      planned, ledger: ledger, writer: writer, width: width, stop: stop, isLockHeld: isLockHeld, report)
    var aftermath = await aftermath(of: execution, planned, report)
    await settle(&aftermath, planned, ledger: ledger)
    await secondWrite(
      &aftermath, SecondWrite(planned: planned, writer: writer, stop: stop, isLockHeld: isLockHeld))
    var after = ledger.updated(after: finished(planned, aftermath, fingerprint))
    // A destroy goes by the names that it finds.
    if !planned.plan.isDestroy { after.namedBy = Ledger.NamedBy(planned.stack.target) }
    var summary = await summary(of: aftermath, planned, stop: stop, isLockHeld: isLockHeld)
    after.outputs = planned.recorded(summary.outputs, fingerprint: fingerprint)
    if summary.isSuccess { after.underway = nil }
    if let draft, summary.isSuccess, !planned.isIdle || !after.repeats(draft, fingerprint) {
      summary.release = after.record(
        draft, counts: summary.releaseCounts, seconds: (ContinuousClock.now - start) / .seconds(1),
        fingerprint)
      after.dropSettledHands(released: planned.stack)
    }
    after.note(run, of: planned, draft, undoes: runDraft?.undoes, summary)
    let isOver = planned.plan.isDestroy && after.records.isEmpty && summary.isSuccess
    let dropsFiles = summary.release != nil && draft?.dropsOldFiles == true
    do throws(LedgerError) {
      try await record(
        isOver ? nil : after, over: ledger, revision, dropsFiles: dropsFiles, isLockHeld: isLockHeld, report)
    } catch {
      // The steps were carried out, and the user must learn of each.
      summary.unrecorded = error
      summary.release = nil
    }
    if summary.unrecorded == nil { summary.unreported = after.learnt(since: planned.ledger) }
    summary.unsettled = unsettled(planned, aftermath, ledger: after)
    return summary
  }

  /// All that the ledger is to learn of a run.
  private func finished(
    _ planned: Planned, _ aftermath: Aftermath, _ fingerprint: Fingerprinter
  ) -> Ledger.FinishedRun {
    Ledger.FinishedRun(
      plan: planned.plan, stack: planned.stack, graph: planned.graph, execution: aftermath.execution,
      snapshot: planned.snapshot, former: planned.ledger, reread: aftermath.reread.live,
      halfRead: aftermath.halfRead, standIns: aftermath.examples.standIns, doubtful: aftermath.doubtful,
      registry: registry, fingerprint: fingerprint)
  }

  /// What the user is told of a run.
  private func summary(
    of aftermath: Aftermath, _ planned: Planned, stop: StopRequest, isLockHeld: LockCheck
  ) async -> ExecutionSummary {
    var summary = aftermath.execution.summary(of: planned.plan, stack: planned.stack)
    let reason = await stop.reason
    summary.wasInterrupted = reason == .user
    // A step asks for the lock before it starts: it may know before the next heartbeat does.
    summary.hasLostLock =
      if reason == nil, !summary.notStarted.isEmpty { await !isLockHeld() } else { reason == .lostLock }
    summary.notReread = aftermath.unread(planned.plan.steps)
    summary.outputs = planned.outputs(with: aftermath.execution.attributes)
    return summary
  }

  /// Carries out the plan's steps.
  private func execute(
    _ planned: Planned, ledger: Ledger, writer: any LiveWriter, width: Int, stop: StopRequest,
    isLockHeld: @escaping LockCheck, _ report: @escaping @Sendable (ExecutionEvent) -> Void
  ) async -> Execution {
    let runner = StepRunner(
      stackName: planned.stack.name, target: planned.stack.target, reader: reader, writer: writer,
      registry: registry,
      artifacts: planned.stack.artifacts, records: ledger.records,
      fingerprint: fingerprinter(planned.ledger.salt), makesRoom: planned.plan.makesRoom,
      ownerLook: OwnerLook(reader: reader, registry: registry, readAt: planned.readAt, now: now))
    return await Executor(runner: runner, width: width, isLockHeld: isLockHeld, report: report)
      .run(planned.plan, known: planned.knownAttributes, stop: stop)
  }
}

extension Pipeline.Planned {
  /// Nothing is done to any resource, nor to what is known of one.
  var isIdle: Bool { plan.changes.allSatisfy { $0.action == .keep } }

  /// Attributes of what the plan leaves where it is.
  var knownAttributes: [Address: [String: Value]] { snapshot.live.mapValues(\.attributes) }

  /// Outputs of what was left out and not read: as they were recorded.
  fileprivate var unknownOutputs: [String: Value] {
    plan.outputs.filter { !$0.isChange }.reduce(into: [:]) { $0[$1.name] = $1.before }
  }

  /// The outputs as the ledger is to have them after a run that told these.
  fileprivate func recorded(_ told: [Output], fingerprint: Fingerprinter) -> [String: Value] {
    guard !plan.isDestroy else { return plan.outputs.reduce(into: [:]) { $0[$1.name] = $1.after } }
    return Ledger.recorded(told, fingerprint: fingerprint).merging(unknownOutputs) { told, _ in told }
  }

  /// The stack's outputs with all known values, and as they were recorded where the plan left out what they tell of; an
  /// output that is not known stays pending.
  func outputs(with attributes: [Address: [String: Value]]) -> [Output] {
    guard !plan.isDestroy else { return [] }
    let recorded = unknownOutputs
    return stack.outputs.map { output in
      var told = output.told(by: attributes)
      if told.value.isPending, !told.isSecret, let value = recorded[output.name] { told.value = value }
      return told
    }
  }
}

extension Ledger {
  /// Records how a run ended. A run that had nothing to do shows that the last one left nothing undone.
  fileprivate mutating func note(
    _ run: RunNote?, of planned: Pipeline.Planned, _ draft: ReleaseDraft?, undoes undone: UndoneRun?,
    _ summary: ExecutionSummary
  ) {
    if summary.isSuccess, let undone { close(undone, release: summary.release) }
    if let run {
      end(run, summary)
    } else if let draft, planned.isIdle, !draft.isPartial {
      closeLastRun()
    }
  }

  /// Outputs as the ledger keeps them: of a secret one only the fingerprint.
  static func recorded(_ outputs: [Output], fingerprint: Fingerprinter) -> [String: Value] {
    var recorded: [String: Value] = [:]
    for output in outputs where !output.value.isPending {
      recorded[output.name] = output.isSecret ? .string(fingerprint(output.value)) : output.value
    }
    return recorded
  }
}
