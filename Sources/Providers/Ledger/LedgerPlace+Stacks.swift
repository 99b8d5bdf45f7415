package import Planner

extension LedgerPlace {
  /// What is known of one stack.
  package struct Entry: Sendable {
    package var name: String
    /// nil when it can't be read, and while a first apply is at work.
    package var ledger: Ledger?
    /// Why the ledger can't be read.
    package var problem: LedgerError?
    /// nil while nobody holds it.
    package var lock: Lock?

    package init(
      name: String, ledger: Ledger? = nil, problem: LedgerError? = nil, lock: Lock? = nil
    ) {
      self.name = name
      self.ledger = ledger
      self.problem = problem
      self.lock = lock
    }
  }

  /// The names of the stacks that have a ledger, sorted; none when there is no bucket.
  package func names() async throws(ProviderError) -> [String] {
    try await objects().filter { $0.value.contains(Self.ledgerName) }.keys.sorted()
  }

  /// The ledgers here, but those that can't be read as one, read side by side.
  package func ledgers() async throws(ProviderError) -> [Ledger] {
    try await sideBySide(try await names()) { name throws(ProviderError) in
      do throws(LedgerError) { return try await store(of: name).load()?.ledger } catch {
        if case .provider(let error) = error { throw error }
        return nil
      }
    }.compactMap(\.self)
  }

  /// Every stack with a ledger or a held lock, by name. The ledgers are read side by side; the client bounds how many
  /// requests are under way.
  ///
  /// - Throws: what keeps the bucket from being read. A ledger that is damaged is an entry with a problem.
  package func stacks() async throws(ProviderError) -> [Entry] {
    let objects = try await objects()
    let entries = try await sideBySide(objects.sorted { $0.key < $1.key }) {
      name, files throws(ProviderError) in
      try await entry(name, files)
    }
    return entries.filter { $0.ledger != nil || $0.problem != nil || $0.lock != nil }
  }

  /// Other regions of the account that have a ledger bucket, sorted.
  package func otherRegions() async throws(ProviderError) -> [String] {
    let prefix = "stackform-\(account)-"
    let aws = ReadingClient(target: Target(account: account, region: region), sender: sender)
    let buckets = try await aws.everyItem(S3.listBuckets, ["Prefix": .string(prefix)])
    return buckets.compactMap { $0["Name"]?.string }
      // Endpoints that know no prefix list all buckets.
      .filter { $0.hasPrefix(prefix) && $0 != bucket.name }
      .map { String($0.dropFirst(prefix.count)) }.sorted()
  }

  private func entry(_ name: String, _ files: Set<String>) async throws(ProviderError) -> Entry {
    let store = store(of: name)
    var entry = Entry(name: name)
    if files.contains(Self.lockName) { entry.lock = try await store.lock() }
    guard files.contains(Self.ledgerName) else { return entry }
    do throws(LedgerError) {
      entry.ledger = try await store.load()?.ledger
    } catch {
      if case .provider(let error) = error { throw error }
      entry.problem = error
    }
    return entry
  }
}
