/// What a stack gave away, and what the service does not tell whose it is: it bears no owner tags, and may look like the
/// stack's own by what it is in. The ledger remembers it, so that no later plan takes it back.
package struct GivenAway: Sendable, Codable, Hashable {
  package var section: String
  /// Names and ids in the service.
  package var identities: [String]
  /// Who has it now; nil where it was forgotten.
  package var owner: Owner?
}

extension Ledger {
  /// Remembers these records, which are about to go, where their kind has no owner tags; `owner` says who gets one.
  mutating func giveAway(
    _ records: [Address: Record], registry: KindRegistry, to owner: (Address) -> Owner?
  ) {
    for (address, record) in records where registry[record.section]?.schema.isTaggable == false {
      // An address may have given away another one before.
      let former = givenAway?[address].map { $0.section == record.section ? $0.identities : [] } ?? []
      let identities = Set(record.identities.flatMap { [$0.id, $0.name].compactMap(\.self) } + former)
      givenAway = (givenAway ?? [:]).merging([
        address: GivenAway(section: record.section, identities: identities.sorted(), owner: owner(address))
      ]) { $1 }
    }
  }

  /// What has a record again, for it came back or was adopted, is given away no more.
  mutating func dropReturned() {
    guard let away = givenAway else { return }
    let left = away.filter { _, given in
      !records.values.contains { record in
        record.section == given.section
          && record.identities.contains { $0.id.map(given.identities.contains) ?? false }
      }
    }
    givenAway = left.isEmpty ? nil : left
  }
}

extension LiveResource {
  /// The same, with the owner that it was given to.
  func given(by ledger: Ledger, at address: Address, in section: String) -> LiveResource {
    guard ledger.records[address]?.identities.contains(where: { $0.id == id }) != true,
      let given = ledger.givenAway?.values.first(where: {
        $0.section == section && $0.identities.contains(id)
      })
    else { return self }
    var live = self
    live.owner = given.owner
    return live
  }
}
