/// What a stack gave away, and what the service does not tell whose it is: it bears no owner tags, and may look like the
/// stack's own by what it is in. The ledger remembers it, so that no later plan takes it back.
package struct GivenAway: Sendable, Codable, Hashable {
  package var section: String
  /// Its identity in the service, as ``LiveResource/id``.
  package var id: String
  /// Who has it now; nil where it was forgotten.
  package var owner: Owner?
}

extension Ledger {
  /// Remembers these records, which are about to go, where their kind has no owner tags; `owner` says who gets one.
  mutating func giveAway(
    _ records: [Address: Record], registry: KindRegistry, to owner: (Address) -> Owner?
  ) {
    for (address, record) in records.sorted(by: { $0.key < $1.key })
    where registry[record.section]?.schema.isTaggable == false {
      for id in record.identities.compactMap(\.id) {
        givenAway = (givenAway ?? []).filter { $0.section != record.section || $0.id != id }
        givenAway?.append(GivenAway(section: record.section, id: id, owner: owner(address)))
      }
    }
  }

  /// What has a record again, for it came back or was adopted, is given away no more.
  mutating func dropReturned() {
    dropSettledHands()
    guard let away = givenAway else { return }
    let sections = Set(away.map(\.section))
    var known: Set<[String]> = []
    for record in records.values where sections.contains(record.section) {
      for id in record.identities.compactMap(\.id) { known.insert([record.section, id]) }
    }
    let left = away.filter { !known.contains([$0.section, $0.id]) }
    givenAway = left.isEmpty ? nil : left
  }
}

extension Snapshot {
  /// Gives what the ledger gave away the owner that it was given to. What a run of the stack has begun to make since is its
  /// own: nothing was there then.
  mutating func markGivenAway(by ledger: Ledger, of stack: Stack) {
    guard let away = ledger.givenAway else { return }
    let given = Dictionary(away.map { ([$0.section, $0.id], $0) }) { $1 }
    for (address, found) in live {
      guard let section = stack[address]?.section, let given = given[[section, found.id]] else { continue }
      let record = ledger.records[address]
      let isOurs = record?.intent == .creating || record?.identities.contains { $0.id == found.id } == true
      if !isOurs { live[address]?.owner = given.owner }
    }
  }
}
