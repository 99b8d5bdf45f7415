/// One successful apply: what was deployed, with what values, by whom and when. The files themselves are in its bundle.
package struct Release: Sendable, Codable, Hashable {
  /// From 1 up; never given twice in one ledger.
  package var number: Int
  /// SHA-256, in hex, of the bundle's archive.
  package var bundle: String
  /// The stack file's path in the bundle.
  package var stackFile: String
  /// SHA-256, in hex, of what was packed for a resource (the zip of a lambda's folder), by the resource's address.
  package var artifacts: [String: String] = [:]
  package var variables: [String: ReleaseVariable] = [:]
  package var author: ReleaseAuthor
  /// When it became the current one, by the author's clock, ISO 8601.
  package var time: String
  /// How long the apply took.
  package var seconds: Double = 0
  /// git's HEAD, with `+changes` behind it when the stack's folder differed; nil without git.
  package var commit: String?
  package var counts = ReleaseCounts()
  package var origin = ReleaseOrigin.apply
  /// --target or --exclude left something out, so that not all of the bundle was deployed.
  package var isPartial = false
  /// Test runs that were recorded against this very release.
  package var verifications: [Endorsement] = []
  /// Who agreed to promote it, and where to.
  package var approvals: [Endorsement] = []
  /// What the gates said that it was promoted through; nil when it was not promoted.
  package var gates: [GateRecord]?
}

/// The value of a variable in a release. Of a secret one only its fingerprint is kept.
package struct ReleaseVariable: Sendable, Codable, Hashable {
  /// Where a value is from.
  package enum Origin: String, Sendable, Codable {
    /// The command line, the environment, a file of variables; or a release that was promoted.
    case given
    /// The profile of that place. Such a value never travels to another one.
    case profile
    /// The stack file.
    case `default`
  }

  /// nil for a secret.
  package var value: Value?
  /// Salted with the ledger's salt; nil for a value that is not secret.
  package var fingerprint: String?
  package var origin: Origin

  package var isSecret: Bool { value == nil }
}

/// A user and a machine.
package struct ReleaseAuthor: Sendable, Codable, Hashable, CustomStringConvertible {
  package var user: String
  package var host: String

  package init(user: String, host: String) {
    self.user = user
    self.host = host
  }

  package var description: String { "\(user)@\(host)" }
}

/// What an apply did, in numbers.
package struct ReleaseCounts: Sendable, Codable, Hashable {
  package var added = 0
  package var changed = 0
  package var destroyed = 0
  package var adopted = 0
}

/// Which command made a release, and from what.
package enum ReleaseOrigin: Sendable, Codable, Hashable {
  /// From a working tree, or a saved plan of one.
  case apply
  case promote(from: PromotedFrom)
  /// An earlier release of the same place, by its number.
  case rollback(to: Int)
  /// What was live before a run. `to` is the release that was current then; nil where there was none.
  case undo(run: String, to: Int?)
  /// `drift --repair` restored what had drifted.
  case repair

  /// Where a promoted release is from.
  package struct PromotedFrom: Sendable, Codable, Hashable {
    package var profile: String
    package var account: String?
    package var region: String
    package var release: Int

    package init(profile: String, account: String?, region: String, release: Int) {
      self.profile = profile
      self.account = account
      self.region = region
      self.release = release
    }
  }
}

/// A recorded statement about a release: it was tested, or it may be promoted to a profile.
package struct Endorsement: Sendable, Codable, Hashable {
  package var author: ReleaseAuthor
  /// By the author's clock, ISO 8601.
  package var time: String
  /// The profile that it is for.
  package var profile: String
  package var note: String?
  /// The name of the test that was run; nil for an approval.
  package var test: String?
  /// How it ended; nil for an approval.
  package var isSuccess: Bool?

  package init(
    author: ReleaseAuthor, time: String, profile: String, note: String? = nil, test: String? = nil,
    isSuccess: Bool? = nil
  ) {
    self.author = author
    self.time = time
    self.profile = profile
    self.note = note
    self.test = test
    self.isSuccess = isSuccess
  }
}

/// While it is set, nothing is promoted to this profile automatically.
package struct Hold: Sendable, Codable, Hashable {
  package var author: ReleaseAuthor
  /// By the author's clock, ISO 8601.
  package var time: String
  package var reason: String?
  /// The release that a rollback went away from; nil for a hold that was set by hand.
  package var rolledBackFrom: Int?

  package init(author: ReleaseAuthor, time: String, reason: String? = nil, rolledBackFrom: Int? = nil) {
    self.author = author
    self.time = time
    self.reason = reason
    self.rolledBackFrom = rolledBackFrom
  }
}
