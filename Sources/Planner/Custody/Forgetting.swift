/// What a stack is about to forget: the records, and what exists of them.
package struct Forgetting: Sendable {
  /// One record, for people.
  package struct Entry: Sendable, Hashable {
    /// What the resource's owner tags say.
    package enum Tags: String, Sendable {
      /// They are ours, and come off.
      case ours
      /// It has none: no kind of tags, or somebody took them off.
      case none
      /// They name another stack or entry, and stay.
      case foreign
      /// There is no such resource any more.
      case gone
    }

    package var address: Address
    package var section: String
    package var identity: String
    package var tags: Tags
  }

  package let stack: String
  package let records: [Address: Ledger.Record]
  let found: [OwnerTags.Found]

  /// Sorted by address.
  package var entries: [Entry] {
    records.sorted { $0.key < $1.key }.map { address, record in
      let lives = found.filter { $0.address == address }.map(\.live)
      return Entry(
        address: address, section: record.section,
        identity: lives.first?.id ?? record.identities.first?.shown ?? "", tags: tags(of: lives, at: address))
    }
  }

  private func tags(of lives: [LiveResource], at address: Address) -> Entry.Tags {
    guard !lives.isEmpty else { return .gone }
    let owners = lives.map(\.owner)
    if owners.contains(Owner(stack: stack, address: address)) { return .ours }
    return owners.contains { $0 != nil } ? .foreign : .none
  }
}

extension Pipeline {
  /// What the ledger would forget. Reads only. `patterns` are addresses or globs; the parts of an entry go along with it.
  ///
  /// - Throws: for addresses that the ledger does not have, with one that is alike, and for what can't be read.
  package func forgetting(
    _ patterns: [String], of stack: String, target: Target, writer: any LiveWriter
  ) async throws(Diagnostics) -> Forgetting {
    let ledger = try await store.existing().ledger
    try ledger.refuseRenaming()
    let records = try ledger.records(matching: patterns)
    for (address, record) in records.sorted(by: { $0.key < $1.key }) {
      if let handover = record.handover {
        throw Diagnostics([.beingMoved(address, handover, of: stack, at: nil)])
      }
    }
    var found = try await ownerTags(target, writer).find(records, of: stack)
    // What has no tags has none to take off, whatever its service tells of whose it is.
    for position in found.indices where registry[found[position].section]?.schema.isTaggable == false {
      found[position].live.owner = nil
    }
    return Forgetting(stack: stack, records: records, found: found)
  }

  /// Takes the owner tags off, then the records out of the ledger; the caller holds the lock.
  ///
  /// Whose everything is, is read again: a question may have stood for long. The records are marked first, so that no plan
  /// takes up or deletes what a killed run has left half forgotten. Then the tags: a run that is killed in between leaves a
  /// resource that the ledger still knows, and the same command again goes on. The other way round it would be a resource
  /// that says it is ours and that nothing knows.
  ///
  /// `run` stands in the history; nil where the command has its run there already.
  ///
  /// - Throws: for tags that could not be taken off. Records of all others are gone then.
  package func forget(
    _ forgetting: Forgetting, run: RunDraft?, target: Target, writer: any LiveWriter,
    isLockHeld: LockCheck
  ) async throws(Diagnostics) {
    let (stack, records) = (forgetting.stack, forgetting.records)
    let tags = ownerTags(target, writer)
    let owned = try await tags.find(records, of: stack)
      .filter { $0.live.owner == Owner(stack: stack, address: $0.address) }
    try await store.revise(isLockHeld: isLockHeld) { ledger throws(Diagnostic) in
      for address in records.keys { ledger.records[address]?.isBeingForgotten = true }
    }
    let outcome = await tags.rewrite(owned, records: records, of: stack) { _ in nil }
    let done = Set(records.keys).subtracting(outcome.failures.keys)
    try await store.revise(isLockHeld: isLockHeld) { ledger throws(Diagnostic) in
      ledger.giveAway(records.filter { done.contains($0.key) }, registry: registry) { _ in nil }
      let leaving = done.filter { ledger.records[$0] != nil }
      for address in leaving { ledger.records[address] = nil }
      if run != nil { ledger.note(.left, of: leaving) }
      // Where the tags may be off, the mark stays.
      for address in outcome.failures.keys where outcome.refused.contains(address) {
        ledger.records[address]?.isBeingForgotten = nil
      }
      ledger.dropNeeds(of: done)
      if let run { ledger.note(run, .forgotten, isWhole: outcome.failures.isEmpty) }
    }
    guard outcome.failures.isEmpty else { throw Diagnostics(outcome.diagnostics) }
  }

  /// Takes the owner tags off what a run had adopted that was undone, and forgets it; the caller holds the lock.
  ///
  /// - Throws: for tags that could not be taken off. `forget` goes on with those.
  package func giveBack(
    _ undone: UndoneRun, of stack: Stack, writer: any LiveWriter, isLockHeld: LockCheck
  ) async throws(Diagnostics) {
    let ledger = try await store.current()?.ledger
    let patterns = undone.givenBack.filter { ledger?.records[$0] != nil }.map(\.description)
    guard !patterns.isEmpty else { return }
    let forgetting = try await forgetting(patterns, of: stack.name, target: stack.target, writer: writer)
    try await forget(
      forgetting, run: nil, target: stack.target, writer: writer, isLockHeld: isLockHeld)
  }

  func ownerTags(_ target: Target, _ writer: any LiveWriter) -> OwnerTags {
    OwnerTags(reader: reader, writer: writer, registry: registry, target: target)
  }
}

extension OwnerTags.Outcome {
  /// One for each failure, by address.
  var diagnostics: [Diagnostic] {
    failures.sorted { $0.key < $1.key }.map { address, error in
      Diagnostic(error, title: "Cannot write the owner tags", address: address)
    }
  }
}

extension Ledger {
  /// The records that addresses or globs mean, with the parts of entries.
  ///
  /// - Throws: for each pattern that means none.
  func records(matching patterns: [String]) throws(Diagnostics) -> [Address: Record] {
    let unknown = patterns.filter { pattern in
      !records.keys.contains { PlanOptions.matches($0, [pattern]) }
    }
    guard unknown.isEmpty else { throw Diagnostics(unknown.map(unknownAddress)) }
    return records.filter { PlanOptions.matches($0.key, patterns) }
  }

  /// The ledger has no record of that address.
  func unknownAddress(_ word: String) -> Diagnostic {
    let names = records.keys.map(\.description)
    return Diagnostic(
      "Unknown address", "The ledger of \"\(stack)\" has no resource \"\(word.shortened)\".",
      fix: suggestion(for: word, among: names).map { "Did you mean \"\($0)\"?" }
        ?? "`stackform ledger show` lists those that it has.")
  }

  func refuseRenaming() throws(Diagnostics) {
    if let renaming { throw Diagnostics([.beingRenamed(renaming, stack)]) }
  }

  /// What others needed of what is gone from the ledger says nothing any more about the order of their deletion.
  mutating func dropNeeds(of gone: Set<Address>) {
    for (address, record) in records where !gone.isDisjoint(with: record.needs) {
      records[address]?.needs.removeAll(where: gone.contains)
    }
  }

  /// Notes a run that changed only whose resources are.
  mutating func note(_ draft: RunDraft, _ custody: RunNote.Custody, isWhole: Bool = true) {
    let note = begin(draft, release: nil)
    guard let index = runs.firstIndex(where: { $0.id == note.id }) else { return }
    runs[index].custody = custody
    runs[index].outcome = isWhole ? .done : .incomplete
  }
}
