/// Rewrites the owner tags of live resources, side by side; all else of them stays as it is.
struct OwnerTags: Sendable {
  let reader: any LiveReader
  let writer: any LiveWriter
  let registry: KindRegistry
  let target: Target
  /// How many are written at the same time.
  var width = 10

  /// One live resource of a record.
  struct Found: Sendable, Hashable {
    var address: Address
    var section: String
    var live: LiveResource
  }

  /// What exists of the records, with its tags, by address; a record may have several identities, and twins.
  ///
  /// - Throws: what could not be read.
  func find(_ records: [Address: Ledger.Record], of stack: String) async throws(Diagnostics) -> [Found] {
    let snapshot = await read(records, of: stack)
    let failures = snapshot.failures.sorted { $0.key < $1.key }
    guard failures.isEmpty else {
      throw Diagnostics(failures.map { .unreadable(Resource($0.key), $0.value, at: nil) })
    }
    return snapshot.former.sorted { $0.key < $1.key }.flatMap { address, lives in
      var seen: Set<String> = []
      return lives.flatMap(\.all).filter { !$0.isDeleting && seen.insert($0.id).inserted }.map {
        Found(address: address, section: records[address]?.section ?? address.section, live: $0)
      }
    }
  }

  /// The same of what may be given another owner: what bears no owner tags, or those of one of `owners`.
  ///
  /// - Throws: for what is somebody else's, too.
  func find(
    _ records: [Address: Ledger.Record], of stack: String, ownedBy owners: (Address) -> [Owner]
  ) async throws(Diagnostics) -> [Found] {
    let found = try await find(records, of: stack)
    let problems = found.compactMap { item in
      item.live.owner.flatMap { owner in
        owners(item.address).contains(owner) ? nil : Diagnostic.strangers(item, owner, of: stack)
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return found
  }

  private func read(_ records: [Address: Ledger.Record], of stack: String) async -> Snapshot {
    var ledger = Ledger(stack: stack, salt: "")
    ledger.records = records
    return await SnapshotReader(reader: reader, registry: registry)
      .readFormer(stack: Stack(name: stack, target: target), ledger: ledger, depth: .declared(["tags"]))
  }

  /// What became of a rewriting.
  struct Outcome: Sendable {
    /// Those whose tags are not what they must be, with the reason.
    var failures: [Address: ProviderError] = [:]
    /// At least one has other tags now, or may have.
    var hasChanged = false
    /// Those of which every write was refused for certain: their tags are as they were.
    var refused: Set<Address> = []
  }

  /// Gives each the owner that `owner` says; nil takes the owner tags off. Looks afterwards: a success status is no
  /// proof.
  func rewrite(
    _ found: [Found], records: [Address: Ledger.Record], of stack: String,
    to owner: @escaping @Sendable (Address) -> Owner?
  ) async -> Outcome {
    let pending = found.filter { item in
      registry[item.section]?.schema.isTaggable == true && item.live.owner != owner(item.address)
    }
    guard !pending.isEmpty else { return Outcome() }
    let errors = await write(pending, to: owner)
    var unread = records.filter { address, _ in pending.contains { $0.address == address } }
    var outcome = Outcome(hasChanged: errors.count < pending.count)
    var looks = 0
    while true {
      let now = await read(unread, of: stack)
      looks += 1
      outcome.failures = [:]
      for item in pending where unread[item.address] != nil {
        let failure =
          now.failures[item.address] ?? failure(of: item, now.former[item.address] ?? [], owner, errors[item])
        if failure == nil { outcome.hasChanged = true }
        // A record may have several resources: one that failed counts for all.
        outcome.failures[item.address] = outcome.failures[item.address] ?? failure
      }
      unread = unread.filter { outcome.failures[$0.key] != nil }
      // What was refused will not show later; what was lost on its way may.
      let open = pending.filter { unread[$0.address] != nil }
      let mayShow = open.contains { errors[$0].map(\.mayHaveBeenApplied) ?? true }
      guard mayShow, await reader.maySettle(after: looks) else { break }
    }
    let written = pending.filter { errors[$0].map(\.mayHaveBeenApplied) ?? true }
    outcome.refused = Set(errors.keys.map(\.address)).subtracting(written.map(\.address))
    outcome.hasChanged = outcome.hasChanged || errors.values.contains(where: \.mayHaveBeenApplied)
    return outcome
  }

  /// Why the tags of a resource are not what they must be; nil when they are, or when it is gone.
  private func failure(
    of item: Found, _ now: [LiveResource], _ owner: (Address) -> Owner?, _ error: ProviderError?
  ) -> ProviderError? {
    guard let live = now.lazy.flatMap(\.all).first(where: { $0.id == item.live.id }),
      live.owner != owner(item.address)
    else { return nil }
    if let error { return error }
    // An endpoint that keeps no tags had none before either.
    if live.owner == nil, item.live.owner == nil { return nil }
    return ProviderError(
      .notCarriedOut,
      message: "it was answered that the owner tags of \(item.address) are written, and they are not")
  }

  /// The failures.
  private func write(
    _ items: [Found], to owner: @escaping @Sendable (Address) -> Owner?
  ) async -> [Found: ProviderError] {
    await withTaskGroup(of: (Found, ProviderError?).self) { group in
      var errors: [Found: ProviderError] = [:]
      var waiting = items[...]
      for item in waiting.prefix(width) {
        group.addTask { (item, await write(item, owner(item.address))) }
      }
      waiting = waiting.dropFirst(width)
      for await (item, error) in group {
        if let error { errors[item] = error }
        if let next = waiting.popFirst() {
          group.addTask { (next, await write(next, owner(next.address))) }
        }
      }
      return errors
    }
  }

  private func write(_ item: Found, _ wanted: Owner?) async -> ProviderError? {
    guard let owner = wanted ?? item.live.owner else { return nil }
    var update = Update(
      live: item.live, resource: Resource(item.address, section: item.section), owner: owner,
      changed: ["tags"])
    update.isGivenUp = wanted == nil
    do throws(ProviderError) {
      _ = try await writer.update(update)
      return nil
    } catch {
      return error.kind == .notFound ? nil : error
    }
  }
}

extension Diagnostic {
  fileprivate static func strangers(_ item: OwnerTags.Found, _ owner: Owner, of stack: String) -> Diagnostic {
    Diagnostic(
      foreignSummary, "\(item.address) is \"\(item.live.id)\", which is \(owner.words) by its tags.",
      address: item.address,
      fix: "`stackform forget \(item.address) --stack \(stack)` takes it out of the ledger.")
  }
}
