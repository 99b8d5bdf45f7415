/// What moved in the cloud since a stack was last applied, declared or not.
package struct DriftReport: Sendable, Hashable {
  /// Resources that moved, in the order of the stack, then what only the ledger or the owner tags know.
  package var entries: [DriftEntry] = []
  /// Resources of which only declared properties could be compared: the ledger has nothing of the others.
  package var halfJudged: [Address] = []
  /// The stack was applied here at least once, as far as the ledger knows.
  package var wasApplied = true

  package var isEmpty: Bool { entries.isEmpty }
}

/// One resource that was changed from outside.
package struct DriftEntry: Sendable, Hashable {
  /// What happened to a resource.
  package enum Kind: String, Sendable {
    case changed
    /// It does not exist any more.
    case deleted
    /// It has our owner tags, and the ledger does not know it.
    case unknown
    /// A run that did not come to its end left it half done: it is there in part, or not at all, or half changed.
    case unfinished
    /// It has our owner tags, beside the one that the ledger knows: ``LiveResource/twins``.
    case twin
  }

  package var address: Address
  package var section: String
  /// The identity in the service; nil for a deleted resource that had none.
  package var id: String?
  package var kind: Kind
  /// What moved, sorted by path; empty unless it was changed.
  package var moves: [PropertyMove] = []
}

/// One property, or one member deep inside one, that is no longer what it was after the last apply.
package struct PropertyMove: Sendable, Hashable {
  /// What it was.
  package enum Former: Sendable, Hashable {
    /// As the file declares it, or as the ledger's fingerprint and what the property can be at all give away.
    case value(Value)
    case nothing
    /// Only a fingerprint was kept, and the value does not follow from it.
    case notKept
  }

  /// Members and indexes from the resource down.
  package var path: [String]
  package var was: Former
  /// nil when there is nothing any more.
  package var now: Value?
  /// The file says what it must be.
  package var isDeclared: Bool
  package var isSecret = false

  /// `queues.jobs.redrivePolicy.maxReceiveCount`, without the address.
  package var name: String { path.joined(separator: ".") }
}
