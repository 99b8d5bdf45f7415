/// Rewrites the owner tags of live resources, side by side; all else of them stays as it is.
struct OwnerTags: Sendable {
  let reader: any LiveReader
  let writer: any LiveWriter
  let registry: KindRegistry
  let target: Target
  /// How many are written at the same time.
  var width = 10
  /// How often tags that do not show yet are read again, a second apart: AWS shows some of them late.
  var patience = 0

  /// One live resource of a record.
  struct Found: Sendable, Hashable {
    var address: Address
    var section: String
    var live: LiveResource
  }

  /// What exists of the records, with its tags, by address; a record may have several identities.
  ///
  /// - Throws: what could not be read.
  func find(_ records: [Address: Ledger.Record], of stack: String) async throws(Diagnostics) -> [Found] {
    let snapshot = await read(records, of: stack)
    let failures = snapshot.failures.sorted { $0.key < $1.key }
    guard failures.isEmpty else {
      throw Diagnostics(failures.map { .unreadable(Resource($0.key), $0.value, at: nil) })
    }
    return snapshot.former.sorted { $0.key < $1.key }.flatMap { address, lives in
      lives.filter { !$0.isDeleting }.map {
        Found(address: address, section: records[address]?.section ?? address.section, live: $0)
      }
    }
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
    for attempt in 0...patience {
      if attempt > 0 { try? await Task.sleep(for: .seconds(1)) }
      let now = await read(unread, of: stack)
      outcome.failures = [:]
      for item in pending where unread[item.address] != nil {
        let failure =
          now.failures[item.address] ?? failure(of: item, now.former[item.address] ?? [], owner, errors)
        if failure == nil { outcome.hasChanged = true }
        // A record may have several resources: one that failed counts for all.
        outcome.failures[item.address] = outcome.failures[item.address] ?? failure
      }
      unread = unread.filter { outcome.failures[$0.key] != nil }
      // What was refused will not show later.
      if unread.keys.allSatisfy({ errors[$0] != nil }) { break }
    }
    outcome.hasChanged = outcome.hasChanged || errors.values.contains(where: \.mayHaveBeenApplied)
    return outcome
  }

  /// Why the tags of a resource are not what they must be; nil when they are, or when it is gone.
  private func failure(
    of item: Found, _ now: [LiveResource], _ owner: (Address) -> Owner?, _ errors: [Address: ProviderError]
  ) -> ProviderError? {
    guard let live = now.first(where: { $0.id == item.live.id }), live.owner != owner(item.address) else {
      return nil
    }
    if let error = errors[item.address] { return error }
    // An endpoint that keeps no tags had none before either.
    if live.owner == nil, item.live.owner == nil { return nil }
    return ProviderError(
      .notCarriedOut,
      message: "it was answered that the owner tags of \(item.address) are written, and they are not")
  }

  /// The failures, by address.
  private func write(
    _ items: [Found], to owner: @escaping @Sendable (Address) -> Owner?
  ) async -> [Address: ProviderError] {
    await withTaskGroup(of: (Address, ProviderError?).self) { group in
      var errors: [Address: ProviderError] = [:]
      var waiting = items[...]
      for item in waiting.prefix(width) {
        group.addTask { (item.address, await write(item, owner(item.address))) }
      }
      waiting = waiting.dropFirst(width)
      for await (address, error) in group {
        if let error { errors[address] = error }
        if let next = waiting.popFirst() {
          group.addTask { (next.address, await write(next, owner(next.address))) }
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
