/// Why something happens to a resource, if its properties do not show it.
package enum Reason: Sendable, Codable, Hashable {
  /// `--replace` names it.
  case requested
  /// The ledger has it, and it does not exist any more.
  case deletedOutside
  /// It was deleted, the service still keeps it, and it is restored.
  case restored
  /// It is ours by the ledger, and its owner tags do not say so.
  case untagged
  /// It had that address before its entry was renamed.
  case moved(from: Address)
  /// The resource that it is bound to is replaced.
  case parentReplaced(Address)
  /// The resource that it is bound to is created again.
  case parentCreated(Address)
  /// It is adopted: it exists, and no stack owns it.
  case unowned
  /// It was protected at the last apply, and the file no longer says so.
  case unprotected
  /// The stack no longer has it.
  case notInStack(Address)
  /// The stack no longer has it, and its owner tags are missing.
  case untaggedNotInStack(Address)
  /// The ledger has it, and it is somebody else's: only the record goes.
  case anothers(Owner)
  /// Since the release it was moved to another stack, or forgotten.
  case left
  /// Since the release it was moved here.
  case came
  /// The stack no longer has it, and an entry that the plan leaves out may be it under another name: it stays.
  case perhapsLeftOut

  /// As a part of a sentence: `because queues.orders is not in the stack`.
  package var sentence: String {
    switch self {
    case .requested: "as requested"
    case .deletedOutside: "was deleted outside of this stack"
    case .restored: "is restored: it was waiting for its deletion"
    case .untagged: "its owner tags are missing"
    case .moved(let address): "has moved from \(address)"
    case .parentReplaced(let parent): "because \(parent), in which it lives, is replaced"
    case .parentCreated(let parent): "because \(parent), in which it lives, is created again"
    case .unowned: "it exists and no stack owns it"
    case .unprotected: "its protection is lifted"
    case .notInStack(let address): "because \(address) is not in the stack"
    case .untaggedNotInStack(let address):
      "\(Self.notInStack(address).sentence), and \(Self.untagged.sentence)"
    case .anothers(let owner): "it belongs to \(owner.words), and stays"
    case .left: "was moved or forgotten since the release"
    case .came: "was moved here since the release"
    case .perhapsLeftOut: "an entry that is left out may be this one under another name"
    }
  }

  /// Why something of these is noteworthy before it is changed or deleted: what the ledger alone says is ours bears no
  /// owner tags, though its kind and its endpoint have such. Perhaps somebody took them off to keep it.
  static func ofMissingTags(_ lives: [LiveResource], _ schema: Schema?) -> Reason? {
    guard schema?.isTaggable == true else { return nil }
    let isMissing = lives.contains { $0.owner == nil && !$0.untold.contains(Property.tags.name) }
    return isMissing ? .untagged : nil
  }

  /// Why something of these goes that the stack no longer has.
  static func ofLeaving(_ address: Address, _ lives: [LiveResource], _ schema: Schema?) -> Reason {
    ofMissingTags(lives, schema) == nil ? .notInStack(address) : .untaggedNotInStack(address)
  }
}
