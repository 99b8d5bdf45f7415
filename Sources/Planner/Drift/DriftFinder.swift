/// Finds what moved: the live values against the ledger's fingerprints of the last apply, and where it has
/// none, against what was declared.
package struct DriftFinder: Sendable {
  /// Everything that drift is found from.
  package struct Input: Sendable {
    /// What was applied last: the deployed release's stack, or the working tree's.
    package var stack: Stack
    /// With all properties read.
    package var snapshot: Snapshot
    package var ledger: Ledger
    package var registry: KindRegistry
    package var fingerprint: Fingerprinter
    /// Resources of which only the declared properties could be read.
    package var halfRead: Set<Address> = []
  }

  let input: Input
  /// By section: the ids of what a run that did not end gave another entry.
  private let passedOn: [String: Set<String>]

  private init(_ input: Input) {
    self.input = input
    var passedOn: [String: Set<String>] = [:]
    for (address, record) in input.ledger.records where input.stack[address]?.section != record.section {
      passedOn[record.section, default: []].formUnion(record.identities.compactMap(\.id))
    }
    self.passedOn = passedOn
  }

  /// Compares everything that the ledger or the stack has.
  package static func report(_ input: Input) -> DriftReport {
    let finder = DriftFinder(input)
    var report = DriftReport()
    for resource in input.stack.resources { finder.judge(resource, into: &report) }
    for (address, record) in input.ledger.records.sorted(by: { $0.key < $1.key })
    where input.stack[address]?.section != record.section && record.intent == nil {
      guard input.snapshot.former[address]?.isEmpty ?? true else { continue }
      report.entries.append(
        DriftEntry(
          address: address, section: record.section, id: record.identities.first?.shown, kind: .deleted))
    }
    return report
  }

  private func judge(_ resource: Resource, into report: inout DriftReport) {
    let address = resource.address
    func note(_ kind: DriftEntry.Kind, _ id: String?, moves: [PropertyMove] = []) {
      report.entries.append(
        DriftEntry(address: address, section: resource.section, id: id, kind: kind, moves: moves))
    }
    let live = input.snapshot.live[address].flatMap { $0.isDeleting ? nil : $0 }
    guard let record = input.ledger.records[address] else {
      let owner = Owner(stack: input.stack.name, address: address)
      if let live, live.owner == owner { note(.unknown, live.id) }
      return
    }
    let recorded = record.identities.first?.shown
    guard record.intent == nil, !isPassedOn(record) else { return note(.unfinished, live?.id ?? recorded) }
    let known = Set(record.identities.compactMap(\.id))
    for twin in live?.twins ?? [] where !twin.isDeleting && !known.contains(twin.id) { note(.twin, twin.id) }
    guard let live = input.registry.owned(live, as: resource, of: input.stack, input.ledger) else {
      return note(.deleted, recorded)
    }
    guard let schema = input.registry[resource.section]?.schema else { return }
    let judgement = ResourceDrift(
      resource: resolved(resource), live: live, schema: schema, record: record,
      example: example(of: record), input: input)
    if judgement.isHalf { report.halfJudged.append(address) }
    if !judgement.moves.isEmpty {
      note(.changed, live.id, moves: judgement.moves)
    } else if record.unfinished?.isEmpty == false {
      note(.unfinished, live.id)
    }
  }

  /// The ledger has it under two entries: a run that renamed one has begun, and did not end.
  private func isPassedOn(_ record: Ledger.Record) -> Bool {
    guard let ids = passedOn[record.section] else { return false }
    return record.identities.contains { $0.id.map(ids.contains) ?? false }
  }

  /// What stood for a resource that was made alike and not read again.
  private func example(of record: Ledger.Record) -> ResourceDrift.Example? {
    guard let address = record.example, let example = input.ledger.records[address],
      example.isReadWhole == true
    else { return nil }
    return ResourceDrift.Example(record: example, name: example.identities.first?.shown)
  }

  /// The resource with every attribute put in that is live.
  private func resolved(_ resource: Resource) -> Resource {
    resource.resolvedIfKnown { input.snapshot.live[$0]?.attributes[$1] }
  }
}

extension Ledger.Identity {
  var shown: String? { name ?? id }
}
