/// Keeps the ledger of one stack, and its lock, in the target.
package protocol LedgerStore: Sendable {
  /// What is kept now; nil when nothing is. Reads only.
  func load() async throws(LedgerError) -> StoredLedger?
  /// Writes if what is kept is still `revision` (nil: if nothing is kept). Returns the new revision.
  func save(_ ledger: Ledger, replacing revision: String?) async throws(LedgerError) -> String
  /// Keeps a release's bundle, under its digest. Keeping it again changes nothing. It must be there before a ledger names it.
  func keep(_ bundle: SealedBundle) async throws(LedgerError)
  /// The bundle of that digest, checked against it.
  ///
  /// - Throws: ``LedgerError/bundleMissing(_:)`` and ``LedgerError/bundleDamaged(_:_:)``.
  func bundle(_ digest: String) async throws(LedgerError) -> ReleaseBundle
  /// Writes a run's journal, before the run's first step.
  func keep(_ journal: RunJournal) async throws(LedgerError)
  /// The journal of a run, by its name.
  ///
  /// - Throws: ``LedgerError/journalMissing(_:)``.
  func journal(_ id: String) async throws(LedgerError) -> RunJournal
  /// The bundles and journals that there are, each by its place: as ``Ledger/namedFiles`` has them.
  func files() async throws(LedgerError) -> [String]
  /// The bytes of a bundle or journal; nil when it is not there.
  func file(_ name: String) async throws(LedgerError) -> [UInt8]?
  /// Keeps a bundle or journal as it is under its place. What is there already stays: these files never change.
  func keep(_ file: [UInt8], as name: String) async throws(LedgerError)
  /// Removes bundles and journals.
  func drop(_ files: [String]) async throws(LedgerError)
  /// Removes the ledger, and then bundles and everything else that belongs to it, after the stack was
  /// destroyed.
  func remove() async throws(LedgerError)
  /// Takes the lock.
  ///
  /// - Throws: ``LedgerError/locked(_:)`` while another run holds it.
  func acquireLock(_ holder: LockHolder) async throws(LedgerError) -> LockTenure
  /// Says that the holder is alive. - Throws: ``LedgerError/lockLost`` when another run took it.
  func renew(_ tenure: LockTenure) async throws(LedgerError) -> LockTenure
  /// Releases the lock.
  func release(_ tenure: LockTenure) async throws(LedgerError)
  /// Releases the lock after the stack was destroyed: removes its object, and the bucket if no other stack
  /// uses it.
  func removeAll(_ tenure: LockTenure) async throws(LedgerError)
  /// A lock that was not renewed for so long may be taken by another run.
  var lockExpiry: Duration { get }
  /// The holder of the lock; nil when it is free.
  func lockHolder() async throws(LedgerError) -> LockHolder?
  /// Breaks the lock, whoever holds it. Returns the former holder.
  func breakLock() async throws(LedgerError) -> LockHolder?
}

/// The ledger with the revision that a save must find.
package struct StoredLedger: Sendable {
  package var ledger: Ledger
  package var revision: String

  package init(ledger: Ledger, revision: String) {
    self.ledger = ledger
    self.revision = revision
  }
}

/// Who holds a lock, and what for.
package struct LockHolder: Sendable, Codable, Hashable {
  /// Random: identifies the run.
  package var id: String
  package var user: String
  package var host: String
  package var process: Int
  /// Which process of all machines that is; nil where the system does not tell.
  package var identity: ProcessIdentity?
  /// The command, without values of options.
  package var command: String
  /// When it was taken, by the holder's clock, ISO 8601. For people; never compared.
  package var since: String

  package init(
    id: String, user: String, host: String, process: Int, identity: ProcessIdentity? = nil, command: String,
    since: String
  ) {
    self.id = id
    self.identity = identity
    self.user = user
    self.host = host
    self.process = process
    self.command = command
    self.since = since
  }
}

/// What tells a process from all others, on any machine: a number and a host's name do not. Containers share names and
/// count their processes from 1, machines are copied, and numbers are given again.
package struct ProcessIdentity: Sendable, Codable, Hashable {
  /// The system that gave the process its number: machine, boot and process namespace.
  package struct System: Sendable, Codable, Hashable {
    package var machine: String
    package var boot: String
    package var namespace: String

    package init(machine: String, boot: String, namespace: String) {
      self.machine = machine
      self.boot = boot
      self.namespace = namespace
    }
  }

  package var system: System
  /// When it was started, in the system's own unit.
  package var start: String

  package init(system: System, start: String) {
    self.system = system
    self.start = start
  }
}

/// A lock that we hold.
package struct LockTenure: Sendable, Hashable {
  package var holder: LockHolder
  /// The revision of the lock object as we last wrote it.
  package var revision: String
  /// Goes up by one at every renewal.
  package var beat: Int
  /// The former holder, whose expired lock was taken over; nil when the lock was free.
  package var takenOverFrom: LockHolder?

  package init(holder: LockHolder, revision: String, beat: Int, takenOverFrom: LockHolder? = nil) {
    self.holder = holder
    self.revision = revision
    self.beat = beat
    self.takenOverFrom = takenOverFrom
  }
}

/// Why the ledger or the lock can't be had.
package enum LedgerError: Error, Sendable {
  /// Another run holds the lock, and is alive as far as is known.
  case locked(LockHolder)
  /// Our lock was broken, or expired and was taken by another run.
  case lockLost
  /// The ledger changed since it was read.
  case changedMeanwhile
  /// It is damaged, and how.
  case unreadable(String)
  /// It is of a version that this program does not know.
  case newer(String)
  /// The lock is damaged, and how.
  case damagedLock(String)
  /// The ledger names a bundle that is not there.
  case bundleMissing(String)
  /// What is kept under a bundle's digest is something else, and why.
  case bundleDamaged(String, String)
  /// The ledger names a run whose journal is not there.
  case journalMissing(String)
  case provider(ProviderError)
}
