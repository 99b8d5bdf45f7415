/// The two ledgers of a move, step by step. Each step does nothing where it was done before.
extension Ledger {
  mutating func markDepartures(of move: StackMove) {
    for address in move.records.keys {
      guard let new = move.addresses[address] else { continue }
      records[address]?.handover = Handover(direction: .to, stack: move.target, address: new)
    }
  }

  mutating func unmarkDepartures(of move: StackMove) {
    for address in move.records.keys { records[address]?.handover = nil }
  }

  /// Takes the records in, marked. Fingerprints are worth nothing beside another salt: without them the next plan compares
  /// with what is live alone.
  mutating func takeArrivals(of move: StackMove, _ departing: [Address: Record], salt: String) {
    for (old, new) in move.addresses {
      guard var record = departing[old], move.records[old] != nil, records[new]?.handover == nil else {
        continue
      }
      record.handover = Handover(direction: .from, stack: move.source, address: old)
      // Edges to what stays behind would be edges to other resources of that name.
      record.needs = record.needs.compactMap { move.addresses[$0] }.sorted()
      record.example = record.example.flatMap { move.addresses[$0] }
      if salt != self.salt {
        record.applied = [:]
        record.isReadWhole = nil
      }
      records[new] = record
    }
  }

  mutating func dropArrivals(of move: StackMove) {
    for new in move.addresses.values where records[new]?.handover?.stack == move.source { records[new] = nil }
  }

  mutating func letGo(of move: StackMove, _ run: RunDraft, registry: KindRegistry) {
    guard !move.records.isEmpty else { return }
    giveAway(move.records, registry: registry) { old in
      move.addresses[old].map { Owner(stack: move.target, address: $0) }
    }
    let leaving = move.records.keys.filter { records[$0] != nil }
    for address in leaving { records[address] = nil }
    note(.left, of: leaving)
    dropNeeds(of: Set(move.records.keys))
    note(run, .handedOver)
  }

  mutating func finishArrivals(of move: StackMove, _ run: RunDraft) {
    let coming = move.addresses.values.filter { records[$0]?.handover != nil }
    for new in coming { records[new]?.handover = nil }
    note(.came, of: coming)
    dropReturned()
    note(run, .takenOver)
  }
}
