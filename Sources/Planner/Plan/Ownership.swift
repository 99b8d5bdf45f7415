/// Who owns a live resource, by its owner tags and the ledger.
enum Ownership: Equatable {
  /// Ours by tag.
  case ours
  /// Ours by the ledger's word; the tags are missing and are put back.
  case oursUntagged
  /// Ours under an address that the stack no longer has: the entry was renamed.
  case moved(from: Address)
  /// Another stack's, or another entry's of this one.
  case foreign(Owner)
  /// It exists, and neither tags nor the ledger name an owner.
  case nobody

  /// `isCreatedWithTags` says of the kind that what a killed run has made bears tags, so that an intent claims nothing
  /// without them.
  init(
    _ live: LiveResource, at address: Address, stackName: String, record: Ledger.Record?,
    isCreatedWithTags: Bool, isInStack: (Address) -> Bool
  ) {
    guard let owner = live.owner else {
      let isKnown = record.map { record in
        record.identities.contains { $0.id == live.id } || (record.intent == .creating && !isCreatedWithTags)
      }
      self = isKnown == true ? .oursUntagged : .nobody
      return
    }
    if owner.stack != stackName {
      self = .foreign(owner)
    } else if owner.address == address {
      self = .ours
    } else {
      self = isInStack(owner.address) ? .foreign(owner) : .moved(from: owner.address)
    }
  }
}
