extension Pipeline {
  /// Writes down what is live of everything that the plan changes, and names the run in the ledger that is saved next.
  func begin(
    _ draft: RunDraft, of planned: Planned, release: ReleaseDraft?, in ledger: inout Ledger
  ) async throws(Diagnostics) -> RunNote {
    let note = ledger.begin(draft, release: release)
    let before = await preimages(of: planned)
    let builder = JournalBuilder(
      planned: planned, before: before, registry: registry, fingerprint: fingerprinter(planned.ledger.salt))
    let journal = RunJournal(
      id: note.id, stack: planned.stack.name, command: note.command, author: note.author, time: note.time,
      base: note.base, entries: builder.entries)
    do throws(LedgerError) { try await store.keep(journal) } catch { throw Diagnostics([error.diagnostic]) }
    return note
  }

  /// Reads the properties of what will be deleted; the plan read only its existence. What can't be read is
  /// left out. So is all that a destroy deletes: it reads little to be quick, and its journal is removed when
  /// it succeeds.
  private func preimages(of planned: Planned) async -> [Address: LiveResource] {
    guard !planned.plan.isDestroy else { return [:] }
    var queries: [Address: LiveQuery] = [:]
    for step in planned.plan.steps {
      guard case .delete(let live) = step.operation, let record = planned.ledger.records[step.address],
        planned.snapshot.live[step.address]?.id != live.id
      else { continue }
      let identity = record.identities.first { $0.id == live.id || $0.name == live.id }
      let isNamed = registry[step.section]?.schema.naming?.isIdentity ?? false
      queries[step.address] = LiveQuery(
        address: step.address, section: step.section, name: isNamed ? live.id : identity?.name, id: live.id,
        wanted: identity?.connects.map { Resource(step.address, section: step.section, properties: $0) },
        depth: .declared(Set(record.declared)),
        owner: Owner(stack: planned.stack.name, address: step.address))
    }
    guard !queries.isEmpty else { return [:] }
    return await reader.read(queries.values.sorted { $0.address < $1.address })
      .compactMapValues { answer in if case .success(let live) = answer { live } else { nil } }
  }
}

/// Makes a journal's entries of a plan.
struct JournalBuilder {
  let planned: Pipeline.Planned
  /// What was read for the journal alone.
  let before: [Address: LiveResource]
  let registry: KindRegistry
  let fingerprint: Fingerprinter

  var entries: [RunJournal.Entry] {
    let steps = Dictionary(grouping: planned.plan.steps, by: \.address)
    return planned.plan.changes.compactMap { change in
      steps[change.address].flatMap { entry(of: change, steps: $0) }
    }
  }

  private func entry(of change: ResourceChange, steps: [Step]) -> RunJournal.Entry? {
    guard let deed = RunJournal.Entry.Deed(change.action) else { return nil }
    var entry = RunJournal.Entry(address: change.address, section: change.section, deed: deed)
    entry.formerAddress = change.formerAddress
    entry.losesData = change.losesData
    guard deed != .created, let live = live(before: steps, at: change.address) else { return entry }
    let record = planned.ledger.records[change.formerAddress ?? change.address]
    entry.id = live.id
    entry.changed = Set(change.properties.compactMap(\.path.first)).sorted()
    entry.needs = record?.needs ?? []
    for (name, value) in live.properties.sorted(by: { $0.key < $1.key }) {
      guard let property = registry[change.section]?.schema.property(name), !property.isLocal else {
        continue
      }
      let print = fingerprint(property.shape.normalised(value))
      // Where the live value was not read after the last apply, it is taken to have been the wanted one.
      let applied = record?.applied[name]
      let wanted = planned.stack[change.address]?.properties[name]
      let canCompare = record?.canCompare(property, wanted: wanted, fingerprint) ?? true
      if canCompare, let former = applied?.live ?? applied?.wanted, former != print {
        entry.drifted.append(name)
      }
      if isSecret(property, value, of: change.address, record) {
        entry.secrets[name] = print
      } else {
        entry.properties[name] = value
      }
    }
    noteUntold(of: record, live, in: &entry)
    return entry
  }

  /// Of a secret that nobody can read back it is known what was written last.
  private func noteUntold(of record: Ledger.Record?, _ live: LiveResource, in entry: inout RunJournal.Entry) {
    let schema = registry[entry.section]?.schema
    for (name, applied) in record?.applied ?? [:] where live.properties[name] == nil {
      guard let property = schema?.property(name), property.isWriteOnly, property.isSecret else { continue }
      entry.secrets[name] = applied.wanted
    }
  }

  /// What was read most of.
  private func live(before steps: [Step], at address: Address) -> LiveResource? {
    for step in steps {
      switch step.operation {
      case .create: continue
      case .update(let live, _, _): return live
      case .delete(let live):
        return before[address].flatMap { $0.id == live.id ? $0 : nil } ?? live
      }
    }
    return nil
  }

  /// Whether a value holds a secret: by the schema, by the file, by the file at the last apply, and by the
  /// text itself. Of what was applied before such things were noted, everything is taken for one.
  private func isSecret(
    _ property: Property, _ value: Value, of address: Address, _ record: Ledger.Record?
  ) -> Bool {
    if property.isSecret || property.shape.containsSecret { return true }
    if let record {
      guard let secrets = record.secrets else { return true }
      if secrets.contains(property.name) { return true }
    }
    if planned.stack[address]?.secretProperties.contains(property.name) == true { return true }
    return value.mentions(planned.stack.secretTexts)
  }
}

extension RunJournal.Entry.Deed {
  /// nil for what is left as it is.
  init?(_ action: ResourceChange.Action) {
    switch action {
    case .keep, .cleanUp, .forget: return nil
    case .create: self = .created
    case .update: self = .updated
    case .replace: self = .replaced
    case .delete: self = .deleted
    case .adopt: self = .adopted
    }
  }
}
