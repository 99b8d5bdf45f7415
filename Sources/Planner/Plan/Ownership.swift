/// Who owns a live resource, by its owner tags and the ledger.
enum Ownership: Equatable {
  /// Ours by tag; or by the ledger's word, where the endpoint keeps no tags of it.
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
      // Where the endpoint keeps no tags of it, the ledger's word is all there is, and tags can't be put back.
      let isSilent = live.untold.contains(Property.tags.name)
      self = isKnown == true ? isSilent ? .ours : .oursUntagged : .nobody
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

extension KindRegistry {
  /// What is live of a resource, if it is this stack's: nil for what somebody else has made under its name.
  func owned(
    _ live: LiveResource?, as resource: Resource, of stack: Stack, _ ledger: Ledger?
  ) -> LiveResource? {
    guard let live else { return nil }
    let ownership = Ownership(
      live, at: resource.address, stackName: stack.name, record: ledger?.records[resource.address],
      isCreatedWithTags: self[resource.section]?.isCreatedWithTags(in: stack.target) ?? false
    ) { stack[$0] != nil }
    switch ownership {
    case .ours, .oursUntagged, .moved: return live
    case .foreign, .nobody: return nil
    }
  }
}
