/// The live values of everything that a run is about to change, written before its first step. `undo`
/// restores them.
package struct RunJournal: Sendable, Codable, Hashable {
  package static let currentVersion = 1

  package var version = RunJournal.currentVersion
  package var id: String
  package var stack: String
  package var command: String
  package var author: ReleaseAuthor
  /// By the author's clock, ISO 8601.
  package var time: String
  /// The release that was current before the run; nil where there was none.
  package var base: Int?
  package var entries: [Entry]

  /// One resource, as it was before.
  package struct Entry: Sendable, Codable, Hashable {
    /// What the run was about to do to the resource.
    package enum Deed: String, Sendable, Codable {
      /// There was nothing.
      case created
      case updated
      case replaced
      case deleted
      /// No stack owned it, and it was adopted.
      case adopted
    }

    package var address: Address
    /// The address that it had before its entry was renamed.
    package var formerAddress: Address?
    package var section: String
    package var deed: Deed
    /// The identity in the service; nil for what was created.
    package var id: String?
    /// The live values. None that holds a secret.
    package var properties: [String: Value] = [:]
    /// Of a value that holds a secret the salted fingerprint.
    package var secrets: [String: String] = [:]
    /// Properties whose live value was not what was applied last: they had been changed from outside.
    package var drifted: [String] = []
    /// Properties that the run sets or takes back.
    package var changed: [String] = []
    package var needs: [Address] = []
    /// The data that it held was lost.
    package var losesData = false

    package init(address: Address, section: String, deed: Deed) {
      self.address = address
      self.section = section
      self.deed = deed
    }
  }
}

/// What the ledger says of a run; the rest is in its journal.
package struct RunNote: Sendable, Codable, Hashable {
  /// How a run ended, as far as the ledger knows.
  package enum Outcome: String, Sendable, Codable {
    /// Under way; or it was killed.
    case unfinished
    case done
    /// Something failed, was skipped or not started.
    case incomplete
    /// It did not come to its end. A later plan found nothing left to do.
    case settled

    /// Whether a part of what it should have done may be missing.
    var isOpen: Bool { self == .unfinished || self == .incomplete }
  }

  /// How many runs a ledger names.
  package static let keptCount = 20

  /// From 1 up; never given twice in one ledger.
  package var number: Int
  /// The journal's name: the number, and some random letters.
  package var id: String
  package var command: String
  package var author: ReleaseAuthor
  package var time: String
  package var outcome = Outcome.unfinished
  package var counts = ReleaseCounts()
  /// The release that was current before the run.
  package var base: Int?
  /// The release that the run was recorded as.
  package var release: Int?
  /// The earlier release that it is to restore.
  package var returnsTo: Int?
  /// The run that it is meant to undo.
  package var undoes: String?
  /// What it changed if that was no resource, but whose resources are; such a run has no journal.
  package var custody: Custody?

  /// How a run changed whose resources are.
  package enum Custody: String, Sendable, Codable {
    case forgotten
    /// Moved to another stack.
    case handedOver
    /// Moved here from another stack.
    case takenOver
    /// The stack got its name.
    case renamed
  }
}

/// A run before it begins: what its journal and the ledger will say of it.
package struct RunDraft: Sendable {
  package var command: String
  package var author: ReleaseAuthor
  package var time: String
  /// Random letters, so that two runs never write one journal.
  package var token: String
  /// The run that is undone.
  package var undoes: UndoneRun?

  package init(command: String, author: ReleaseAuthor, time: String, token: String) {
    self.command = command
    self.author = author
    self.time = time
    self.token = token
  }
}

/// What an undo leaves that is more than its steps.
package struct UndoneRun: Sendable, Hashable {
  package var id: String
  /// The release that was current before the run; nil where there was none, and so none is afterwards.
  package var base: Int?
  /// Resources that no stack owned before the run, and that no stack owns again.
  package var givenBack: [Address] = []
  /// By address: undeclared properties that were set by hand, and are set to that again.
  package var undeclared: [Address: Set<String>] = [:]
}
