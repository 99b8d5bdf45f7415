import Foundation

@testable import Planner

/// A ledger in memory with the same compare-and-swap.
actor FakeLedgerStore: LedgerStore {
  private(set) var stored: StoredLedger?
  private var lock: LockTenure?
  private var counter = 0
  private(set) var saves = 0
  private let death: @Sendable () async -> Death

  /// Whether the client dies at a write.
  enum Death {
    case none
    case before
    /// Between the write and its answer.
    case behind
  }

  init(death: @escaping @Sendable () async -> Death = { .none }) { self.death = death }

  private func write<Result>(_ change: () throws(LedgerError) -> Result) async throws(LedgerError) -> Result {
    let death = await death()
    let dead = LedgerError.provider(ProviderError(.unreachable, message: "the client is dead"))
    if death == .before { throw dead }
    let result = try change()
    if death == .behind { throw dead }
    return result
  }

  /// By digest.
  private(set) var bundles: [String: SealedBundle] = [:]
  private(set) var journals: [String: RunJournal] = [:]

  func wipe() { stored = nil }

  func keep(_ bundle: SealedBundle) async throws(LedgerError) {
    try await write { bundles[bundle.digest] = bundle }
  }

  func bundle(_ digest: String) async throws(LedgerError) -> ReleaseBundle {
    guard let bundle = bundles[digest] else { throw .bundleMissing(digest) }
    do throws(TarArchiveError) { return try ReleaseBundle(archive: bundle.archive) } catch {
      throw .bundleDamaged(digest, error.reason)
    }
  }

  func keep(_ journal: RunJournal) async throws(LedgerError) {
    try await write { journals[journal.id] = journal }
  }

  func journal(_ id: String) async throws(LedgerError) -> RunJournal {
    guard let journal = journals[id] else { throw .journalMissing(id) }
    return journal
  }

  func files() async throws(LedgerError) -> [String] {
    bundles.keys.map(Ledger.file(ofBundle:)) + journals.keys.map(Ledger.file(ofRun:))
  }

  func file(_ name: String) async throws(LedgerError) -> [UInt8]? {
    if let bundle = bundles.values.first(where: { Ledger.file(ofBundle: $0.digest) == name }) {
      return bundle.archive
    }
    let journal = journals.values.first { Ledger.file(ofRun: $0.id) == name }
    return journal.flatMap { try? JSONEncoder().encode($0) }.map(Array.init)
  }

  func keep(_ file: [UInt8], as name: String) async throws(LedgerError) {
    try await write {
      if let journal = try? JSONDecoder().decode(RunJournal.self, from: Data(file)) {
        journals[journal.id] = journal
      } else if let digest = name.split(separator: "/").last?.split(separator: ".").first.map(String.init) {
        bundles[digest] = SealedBundle(digest: digest, archive: file)
      }
    }
  }

  func drop(_ files: [String]) async throws(LedgerError) {
    try await write {
      bundles = bundles.filter { !files.contains(Ledger.file(ofBundle: $0.key)) }
      journals = journals.filter { !files.contains(Ledger.file(ofRun: $0.key)) }
    }
  }

  func load() async throws(LedgerError) -> StoredLedger? { stored }

  func save(_ ledger: Ledger, replacing revision: String?) async throws(LedgerError) -> String {
    try await write { () throws(LedgerError) in
      guard stored?.revision == revision else { throw .changedMeanwhile }
      counter += 1
      saves += 1
      stored = StoredLedger(ledger: ledger, revision: "r\(counter)")
      return "r\(counter)"
    }
  }

  func remove() async throws(LedgerError) {
    try await write { (stored, bundles, journals) = (nil, [:], [:]) }
  }

  nonisolated var lockExpiry: Duration { .seconds(30) }

  func acquireLock(_ holder: LockHolder) async throws(LedgerError) -> LockTenure {
    if let lock { throw .locked(lock.holder) }
    let tenure = LockTenure(holder: holder, revision: "l1", beat: 1)
    lock = tenure
    return tenure
  }

  private var refusesRenewals = false
  func refuseRenewals(_ refuses: Bool = true) { refusesRenewals = refuses }

  func renew(_ tenure: LockTenure) async throws(LedgerError) -> LockTenure {
    if refusesRenewals { throw .provider(ProviderError(.denied, message: "no more")) }
    guard lock?.holder.id == tenure.holder.id else { throw .lockLost }
    return tenure
  }

  func release(_ tenure: LockTenure) async throws(LedgerError) { lock = nil }
  func removeAll(_ tenure: LockTenure) async throws(LedgerError) { lock = nil }
  func lockHolder() async throws(LedgerError) -> LockHolder? { lock?.holder }

  func breakLock() async throws(LedgerError) -> LockHolder? {
    defer { lock = nil }
    return lock?.holder
  }
}
