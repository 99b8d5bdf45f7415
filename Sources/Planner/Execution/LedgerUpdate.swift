extension Ledger {
  /// The ledger to save before the first step: an intent for everything that will be created or deleted. So
  /// the next run can claim all that a killed run leaves. `newSeed` gives a random text, for ``Record/seed``.
  package func withIntents(
    of plan: Plan, graph: ResourceGraph, registry: KindRegistry, newSeed: () -> String
  ) -> Ledger {
    var ledger = self
    ledger.version = Ledger.currentVersion
    if ledger.namedBy == nil, !plan.steps.isEmpty { ledger.namedBy = Ledger.NamedBy(plan.target) }
    for step in plan.steps {
      var record = ledger.records[step.address] ?? Record(section: step.section, identities: [])
      record.section = step.section
      switch step.operation {
      case .create(let resource), .update(_, let resource, _): record.noteSecrets(of: resource)
      case .delete: break
      }
      switch step.operation {
      case .create(let resource):
        record.intent = .creating
        record.seed = record.seed ?? newSeed()
        record.keepDeletion(of: resource, schema: registry[resource.section]?.schema)
        record.expect(resource, schema: registry[resource.section]?.schema)
        record.needs = Array(Set(record.needs).union(graph.needs(of: step.address))).sorted()
        record.declared = Array(Set(record.declared).union(resource.declaredNames)).sorted()
      case .update(let live, let resource, let changed):
        record.needs = Array(Set(record.needs).union(graph.needs(of: step.address))).sorted()
        record.unfinished = Set(record.unfinished ?? []).union(changed).sorted()
        record.keepDeletion(of: resource, schema: registry[resource.section]?.schema)
        // Declared before it is set: so a value that a killed run leaves is reset later.
        let name = registry[resource.section]?.schema.identity(of: resource)
        if record.identities.isEmpty { record.identities = [Identity(name: name, id: live.id)] }
        record.declared = Array(Set(record.declared).union(resource.declaredNames)).sorted()
      case .delete(let live):
        if record.intent == nil { record.intent = .deleting }
        if !record.identities.contains(where: { $0.id == live.id || $0.name == live.id }) {
          record.identities.append(Identity(name: live.id, id: live.id))
        }
      }
      ledger.records[step.address] = record
    }
    return ledger
  }

  /// The ledger after a run: what exists now, and what was applied. The records of resources whose steps were not tried
  /// are as before the run: an intent left there would claim what somebody else creates under that name.
  package func updated(after run: FinishedRun) -> Ledger {
    var ledger = self
    let untried = run.execution.untried
    let steps = Dictionary(grouping: run.plan.steps, by: \.address)
    for change in run.plan.changes {
      let address = change.address
      let steps = steps[address] ?? []
      if !steps.isEmpty, steps.allSatisfy({ untried.contains($0.id) }) {
        ledger.records[address] = run.former.records[address]
        continue
      }
      if run.hasNoSuccessor(steps, untried: untried) {
        ledger.records[address] = nil
        continue
      }
      let isDone = steps.allSatisfy(run.isOver)
      for step in steps where run.isOver(step) {
        guard let outcome = run.execution.outcomes[step.id], outcome.resource == nil else { continue }
        ledger.records[address]?.identities.removeAll { $0.id == outcome.id || $0.name == outcome.id }
      }
      // What takes the place of a resource of its name, and may be there for all that is known, keeps its name.
      for step in steps where !run.isOver(step) {
        guard case .create(let resource) = step.operation else { continue }
        ledger.records[address]?.expect(resource, schema: run.registry[step.section]?.schema)
      }
      switch change.action {
      case .forget: ledger.records[address] = nil
      case .delete:
        // The record's other identities were read, and do not exist.
        if isDone { ledger.records[address] = nil }
      case .keep, .cleanUp, .create, .update, .replace, .adopt:
        guard let resource = run.stack[address], !change.isLeftOut else { continue }
        ledger.record(resource, change: change, steps: steps, isDone: isDone, run: run)
      }
      if isDone, let former = change.formerAddress { ledger.records[former] = nil }
    }
    ledger.dropReturned()
    ledger.dropStaleExamples(since: run.former, standIns: run.standIns)
    return ledger
  }

  /// Everything that an apply leaves behind for its ledger.
  package struct FinishedRun: Sendable {
    var plan: Plan
    var stack: Stack
    var graph: ResourceGraph
    var execution: Execution
    /// What the plan was made of.
    var snapshot: Snapshot
    /// The ledger as it was before the run, without its intents.
    var former: Ledger
    /// What a re-read after the run found, by address: of resources that are alike one.
    var reread: [Address: LiveResource]
    /// Resources of ``reread`` that could be read only in part.
    var halfRead: Set<Address>
    /// By address: which of ``reread`` stands for it.
    var standIns: [Address: Address]
    /// Properties of which it is not known whether the endpoint does not return them, or did not take them.
    var doubtful: [Address: Set<String>] = [:]
    var registry: KindRegistry
    var fingerprint: Fingerprinter

    /// The step is done. Of a deletion whose end could not be looked at the ledger goes on knowing the resource: the
    /// next plan looks.
    func isOver(_ step: Step) -> Bool {
      guard let outcome = execution.outcomes[step.id] else { return false }
      return outcome.resource != nil || execution.unconfirmed[step.id] == nil
    }

    /// Which properties the steps of one resource were to change, and have not all changed.
    func unfinished(of record: Record, _ steps: [Step]) -> [String]? {
      var open = Set(record.unfinished ?? [])
      for step in steps where isOver(step) { open.subtract(step.changed) }
      for step in steps where !isOver(step) { open.formUnion(step.changed) }
      return open.isEmpty || steps.allSatisfy(isOver) ? nil : open.sorted()
    }

    /// What was replaced is gone, and nothing was made in its place.
    func hasNoSuccessor(_ steps: [Step], untried: Set<Int>) -> Bool {
      var lacksSuccessor = false
      for step in steps {
        switch step.operation {
        case .create:
          guard untried.contains(step.id) else { return false }
          lacksSuccessor = true
        case .update: return false
        case .delete: guard isOver(step) else { return false }
        }
      }
      return lacksSuccessor
    }
  }

  private mutating func record(
    _ resource: Resource, change: ResourceChange, steps: [Step], isDone: Bool, run: FinishedRun
  ) {
    let made = steps.compactMap { run.execution.outcomes[$0.id] }.last { $0.resource != nil }
    let makes = steps.contains { if case .delete = $0.operation { false } else { true } }
    var live = run.reread[change.address]
    // A lost ledger, and a record without a read of its own, get fingerprints from what the plan read.
    if steps.isEmpty, records[change.address]?.isReadInPart != false {
      live = run.snapshot.live[change.address]
    }
    guard made != nil || !makes, let id = made?.id ?? live?.id ?? change.id else { return }
    let schema = run.registry[resource.section]?.schema
    var record = records[change.address] ?? Record(section: resource.section, identities: [])
    record.section = resource.section
    // Several versions of a layer have one name.
    let isIdentity = schema?.naming?.isIdentity == true
    // Of what is left as it is, the plan may not say what its name is unique within: that is another resource's id.
    let name = schema?.identity(of: made?.resource ?? resource) ?? (isIdentity ? id : nil)
    record.settle(on: Identity(name: name, id: id), naming: schema?.naming, isDone: isDone)
    // The next creation is another one.
    if made != nil || isDone { record.seed = nil }
    record.unfinished = run.unfinished(of: record, steps)
    record.needs = run.graph.needs(of: change.address)
    record.note(resource, schema: schema)
    if made != nil {
      record.isReadWhole = live != nil && !run.halfRead.contains(change.address) ? true : nil
      record.example = run.standIns[change.address]
    }
    if let schema {
      let made = made?.resource
      noteApplied(
        made ?? resource, isMade: made != nil, live: live, of: change, id, makes, in: &record, run, schema)
      let former = change.formerAddress.flatMap { records[$0] } ?? records[change.address]
      record.learn(
        of: change.address, steps, made: made, former: former,
        example: former?.example.flatMap { records[$0] }, run, schema)
    }
    records[change.address] = record
  }

  /// Puts into the record what was applied: as a read after the run found it, or as the plan did.
  private func noteApplied(
    _ resource: Resource, isMade: Bool, live: LiveResource?, of change: ResourceChange, _ id: String,
    _ makes: Bool, in record: inout Record, _ run: FinishedRun, _ schema: Schema
  ) {
    let resource = isMade ? resource : resource.resolvedIfKnown { run.snapshot.live[$0]?.attributes[$1] }
    // Of several that an interrupted run left, the plan may have gone on with another one.
    let found = [run.snapshot.live[change.address]] + (run.snapshot.former[change.address] ?? [])
    let planned = found.compactMap(\.self).first { $0.id == id } ?? run.snapshot.live[change.address]
    if live != nil || isMade {
      record.applied = Self.applied(resource, live: live, schema: schema, run.fingerprint)
      if let before = records[change.address], let planned {
        record.keepMoves(since: before, planned: planned, schema: schema, run.fingerprint)
      }
    } else if !makes, let planned {
      record.confirm(resource, live: planned, schema: schema, run.fingerprint)
    }
  }

  /// The fingerprints of a resource's properties after an apply, by property.
  static func applied(
    _ resource: Resource, live: LiveResource?, schema: Schema, _ fingerprint: Fingerprinter
  ) -> [String: AppliedProperty] {
    var applied: [String: AppliedProperty] = [:]
    for property in schema.properties where !property.isLocal {
      let wanted =
        resource.restored?.contains(property.name) == true ? nil : resource.properties[property.name]
      let value = live?.properties[property.name]
      guard wanted != nil || value != nil else { continue }
      applied[property.name] = AppliedProperty(
        wanted: wanted.map { fingerprint(property.shape.normalised($0)) },
        live: live.map { _ in fingerprint(property.shape.normalised(value ?? .null)) })
    }
    return applied
  }
}
