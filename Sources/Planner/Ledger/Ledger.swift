/// What tags cannot hold: one small object for each stack in the target's own S3. It has addresses and ids of
/// what the stack owns, intents, edges of the last apply, which properties were declared, and fingerprints of
/// what was applied. It never decides about existence or values; those are read.
package struct Ledger: Sendable, Codable, Hashable {
  /// The version of this form that this program writes, and the newest that it reads.
  ///
  /// Form 2 added who named it, the mark of a renaming, what was given away and what changed hands; and to records: region,
  /// seed, what the file says of a deletion, what the endpoint does not return, what a run left unfinished, and the mark of a
  /// move. Form 1 is read.
  package static let currentVersion = 2

  package var version = Ledger.currentVersion
  package var stack: String
  /// Goes up by one at every save.
  package var serial = 0
  /// Goes into every fingerprint, so that a value can't be guessed from it.
  package var salt: String
  package var records: [Address: Record] = [:]
  /// Outputs of the last apply; of a secret one only the fingerprint, as text.
  package var outputs: [String: Value] = [:]
  /// The prefix of the names of what it holds, and the profile that has it; nil for a ledger that is older.
  package var namedBy: NamedBy?
  /// What was deployed, newest last; the oldest are dropped in time.
  package var releases: [Release] = []
  /// The number of the release that is live; nil before the first.
  package var currentRelease: Int?
  /// Keeps releases from being promoted to here by themselves.
  package var hold: Hold?
  /// What a promotion is about to do, or has begun and not finished; nil when none is.
  package var underway: Underway?
  /// The last runs that changed something, newest last.
  package var runs: [RunNote] = []
  /// The stack is getting another name; nil while it is not.
  package var renaming: Renaming?
  /// What was moved or forgotten, and bears no owner tags; nil while nothing was.
  package var givenAway: [GivenAway]?
  /// What was moved or forgotten, and what came by a move, since the current release; nil while nothing was.
  package var changedHands: [Address: ChangedHands]?

  package init(stack: String, salt: String) {
    self.stack = stack
    self.salt = salt
  }

  /// Ledgers of before there were releases have none.
  ///
  /// - Throws: ``LedgerFault`` for what no run of Stackform writes.
  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    version = try members.decode(Int.self, forKey: .version)
    stack = try members.decode(String.self, forKey: .stack)
    serial = try members.decode(Int.self, forKey: .serial)
    salt = try members.decode(String.self, forKey: .salt)
    records = try members.decode([Address: Record].self, forKey: .records)
    outputs = try members.decode([String: Value].self, forKey: .outputs)
    namedBy = try members.decodeIfPresent(NamedBy.self, forKey: .namedBy)
    releases = try members.decodeIfPresent([Release].self, forKey: .releases) ?? []
    currentRelease = try members.decodeIfPresent(Int.self, forKey: .currentRelease)
    hold = try members.decodeIfPresent(Hold.self, forKey: .hold)
    underway = try members.decodeIfPresent(Underway.self, forKey: .underway)
    runs = try members.decodeIfPresent([RunNote].self, forKey: .runs) ?? []
    renaming = try members.decodeIfPresent(Renaming.self, forKey: .renaming)
    givenAway = try members.decodeIfPresent([GivenAway].self, forKey: .givenAway)
    changedHands = try members.decodeIfPresent([Address: ChangedHands].self, forKey: .changedHands)
    try checkWhatIsCounted()
  }

  /// The release of that number; nil when there never was one, or it was dropped.
  package func release(_ number: Int) -> Release? { releases.last { $0.number == number } }

  /// The release that is live.
  package var current: Release? { currentRelease.flatMap(release) }

  /// Who gave a stack's resources their names.
  package struct NamedBy: Sendable, Codable, Hashable {
    package var profile: String
    package var prefix: String

    package init(_ target: Target) { (profile, prefix) = (target.profile, target.namePrefix) }
  }

  /// A promotion from its first step to its end. What differs from the current release during that time was
  /// changed by it.
  package struct Underway: Sendable, Codable, Hashable {
    /// The digest of the bundle that it brings.
    package var bundle: String
    /// The resources that it touches.
    package var addresses: [Address]
  }

  /// One resource that is ours, or is about to be.
  package struct Record: Sendable, Codable, Hashable {
    /// Written before a call that creates or deletes the resource. A resource that is found afterwards
    /// without owner tags is ours.
    package enum Intent: String, Sendable, Codable {
      case creating
      case deleting
    }

    package var section: String
    /// The identities that may exist under this address: usually one; during a replacement the old one and
    /// the new one.
    package var identities: [Identity]
    package var intent: Intent?
    /// Top-level properties that were ever declared and not yet reset.
    package var declared: [String] = []
    /// The resources that it needed at the last apply: the order of deletion once the file no longer has it.
    package var needs: [Address] = []
    package var isProtected = false
    /// By property: what was applied last.
    package var applied: [String: AppliedProperty] = [:]
    /// After the last apply all properties were read, declared or not: what ``applied`` does not have was not there.
    package var isReadWhole: Bool?
    /// The resource that is alike and was read again in this one's place.
    package var example: Address?
    /// Top-level properties that a secret was in at the last apply; nil where that was not noted.
    package var secrets: [String]?
    /// Where in them, as far as that was noted: `environment.PASSWORD`.
    package var secretPaths: [String]?
    /// Where the resource is, if not in the target's own region.
    package var region: String?
    /// Random text from which creation tokens are made, from the intent until the resource exists. The next
    /// process sends the same token, so a service that carried out the first call does not carry out a
    /// second.
    package var seed: String?
    /// What the file said last of how it is to be deleted, by property.
    package var onDeletion: [String: Value]?
    /// Properties that were written and that the endpoint did not return right after: compared with what was applied
    /// last until it does.
    package var unreported: [String]?
    /// Properties that a run set out to change and did not come to its end with: what is live of them is nobody else's
    /// doing.
    package var unfinished: [String]?
    /// The resource is on its way to another stack, or from one; nil while it is not.
    package var handover: Handover?
    /// It is about to be forgotten, and lives: no plan touches it.
    package var isBeingForgotten: Bool?
  }

  /// How a resource is found again: by its name where that is unique, or by the service's id. If a run was
  /// killed before it recorded the id: by what it connects and its owner tags.
  package struct Identity: Sendable, Codable, Hashable {
    package var name: String?
    package var id: String?
    /// The required properties of a resource that has no unique name and no id yet: the lambda and the source
    /// of an event mapping.
    package var connects: [String: Value]?

    /// An empty text is taken for no identity: a service never gives one.
    package init(name: String?, id: String?, connects: [String: Value]? = nil) {
      self.name = name?.isEmpty == true ? nil : name
      self.id = id?.isEmpty == true ? nil : id
      self.connects = connects
    }

    package init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        name: try members.decodeIfPresent(String.self, forKey: .name),
        id: try members.decodeIfPresent(String.self, forKey: .id),
        connects: try members.decodeIfPresent([String: Value].self, forKey: .connects))
    }
  }

  /// Fingerprints of one property at the last apply.
  package struct AppliedProperty: Sendable, Codable, Hashable {
    /// Of the wanted value; nil for a property that was never declared.
    package var wanted: String?
    /// Of the live value that was read after it; nil when an example that is alike was read in its place, or the
    /// endpoint did not return it.
    package var live: String?
  }
}

extension Address: CodingKeyRepresentable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package var codingKey: any CodingKey { Key(stringValue: description) }
  package init?(codingKey: some CodingKey) {
    guard let address = Address.stored(codingKey.stringValue) else { return nil }
    self = address
  }
}

/// A salted one-way digest. It shows whether a value is the same and does not show the value.
package struct Fingerprinter: Sendable {
  private let salt: String
  private let digest: @Sendable (String) -> String

  /// `digest` is a cryptographic hash of a text, in hex. The provider passes it in: Planner has no
  /// cryptography.
  package init(salt: String, digest: @escaping @Sendable (String) -> String) {
    self.salt = salt
    self.digest = digest
  }

  package func callAsFunction(_ value: Value) -> String {
    String(digest(salt + "\u{0}" + value.json).prefix(32))
  }
}
