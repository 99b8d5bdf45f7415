/// What an apply would do, whole: every resource with its action, and the steps with the edges between them.
/// Apply adds no ordering.
package struct Plan: Sendable, Codable {
  package var stack: String
  package var target: Target
  /// Every resource of the stack and of the ledger, in the order of the file, then what the file no longer has.
  package var changes: [ResourceChange]
  /// What is carried out. A replacement is two steps.
  package var steps: [Step]
  package var outputs: [OutputChange]
  /// Everything is taken away: the plan of a destroy.
  package var isDestroy: Bool

  package var counts: Counts {
    var counts = Counts()
    for change in changes {
      switch change.action {
      case .create: counts.add += 1
      case .update: counts.change += 1
      case .replace:
        counts.add += 1
        counts.destroy += 1
      case .delete: counts.destroy += 1
      case .adopt:
        counts.adopt += 1
        if !change.properties.isEmpty { counts.change += 1 }
      case .keep, .cleanUp, .forget: break
      }
      counts.destroy += change.leftovers.count
    }
    return counts
  }

  /// Nothing to do to any resource. Outputs may still differ.
  package var isEmpty: Bool { steps.isEmpty }

  /// What the summary line counts.
  package struct Counts: Sendable, Hashable, Codable {
    package var adopt = 0
    package var add = 0
    package var change = 0
    package var destroy = 0
  }
}

/// What happens to one resource, and why.
package struct ResourceChange: Sendable, Codable, Hashable {
  /// What happens to the resource. A switch over it has no default, so that a new case is a compile error.
  package enum Action: Sendable, Codable, Hashable {
    case keep
    /// It stays as it is, and what an interrupted run left of a replacement goes: ``ResourceChange/leftovers``.
    case cleanUp
    case create
    case update
    /// A new resource takes its place. It is created before the old one is deleted (`+/-`) where both can
    /// exist at once, otherwise after it (`-/+`).
    case replace(createFirst: Bool)
    case delete
    /// It exists and no stack owns it: it becomes ours, with the listed properties changed.
    case adopt
    /// It was deleted from outside or is somebody else's, and the file no longer has it either: only the ledger's record
    /// is removed.
    case forget
  }

  package var address: Address
  package var section: String
  /// The identity in the service; nil before creation of what gets its id from the service.
  package var id: String?
  package var action: Action
  /// The reason, if the properties do not show it.
  package var reason: Reason?
  /// Properties that change, or all set ones for a creation, sorted by path.
  package var properties: [PropertyChange] = []
  /// How many set properties stay as they are.
  package var unchangedCount = 0
  /// Why a derived resource is needed: `grants of lambdas.build-worker`.
  package var derivedBecause: String?
  /// The ids of what an interrupted run, or two at once, left under this address, and what is deleted now besides.
  package var leftovers: [String] = []
  /// The data that it holds, or that leftovers hold, would be lost.
  package var losesData = false
  /// A replacement that is a new revision of the same thing: see ``Schema/isRevised``.
  package var isRevision = false
  /// Not chosen by --target, or excluded: nothing was compared.
  package var isLeftOut = false
  /// The address that the same live resource had before its entry was renamed; nil for all others.
  package var formerAddress: Address?
  /// What would keep a like resource that goes in the same plan; nil where nothing is alike.
  package var renameHint: RenameHint?
}

/// A resource that goes, and that the one which comes in the same plan is like: perhaps only its name has changed.
package struct RenameHint: Sendable, Codable, Hashable {
  /// The entry that goes: another one, or this one, whose physical name changes though the file names none.
  package var from: Address
  /// The physical name that keeps it; nil for a kind without names.
  package var name: String?

  /// What to do, as a part of a sentence after `address`.
  package func advice(for address: Address) -> String {
    guard from != address else {
      return "to keep the resource, give the entry its name: `name: \(name ?? "")`"
    }
    let way =
      name.map { "give this entry its name: `name: \($0)`" } ?? "call this entry \"\(from.name)\" again"
    return "like \(from), which goes; if it is that one, \(way), and nothing is made anew"
  }
}

/// One property, or one member deep inside one, that differs.
package struct PropertyChange: Sendable, Codable, Hashable {
  /// Who moved, of the three: last applied, live, wanted.
  package enum Cause: String, Sendable, Codable, Hashable {
    /// The file says something else than what was last applied.
    case file
    /// The cloud holds something else than what was last applied.
    case cloud
    /// Both moved.
    case both
    /// There is no record of the last apply, or it is a creation.
    case unknown
    /// It was declared once and is no longer, so it goes back to its default.
    case reset
  }

  /// Members and indexes from the resource down, as `["redrivePolicy", "maxReceiveCount"]`.
  package var path: [String]
  /// The live value; nil when there is none.
  package var before: Value?
  /// The wanted value, perhaps pending; nil when it is taken out.
  package var after: Value?
  package var forcesReplacement = false
  /// What is deleted and made anew within the resource, by its path, as `globalSecondaryIndexes.by-status`; nil for all
  /// other changes.
  package var rebuilds: String?
  package var isSecret = false
  package var cause = Cause.unknown
  /// Why Stackform derived the value; nil for what the file declares.
  package var derivedBecause: String?
}

/// An output that the stack has or had.
package struct OutputChange: Sendable, Codable, Hashable {
  package var name: String
  /// What the last apply recorded; nil when it is new. Never a secret's value.
  package var before: Value?
  package var after: Value?
  package var isSecret: Bool

  package var isChange: Bool { before != after }
}

/// One thing to carry out, and what must be done before it.
package struct Step: Sendable, Codable, Hashable, Identifiable {
  /// What the step does, with all that it needs. Pending values are resolved when it starts.
  package enum Operation: Sendable, Codable, Hashable {
    case create(Resource)
    /// The live resource, what is wanted, and the top-level properties that differ.
    case update(LiveResource, Resource, changed: [String])
    case delete(LiveResource)
  }

  /// The index in ``Plan/steps``.
  package var id: Int
  package var address: Address
  package var section: String
  package var operation: Operation
  /// The ids of the steps that must have succeeded before this one starts.
  package var needs: [Int]
  /// It is half of a replacement, which is shown as one change.
  package var isReplacement: Bool

  package init(
    id: Int, address: Address, section: String, operation: Operation, needs: [Int],
    isReplacement: Bool = false
  ) {
    self.id = id
    self.address = address
    self.section = section
    self.operation = operation
    self.needs = needs
    self.isReplacement = isReplacement
  }
}
