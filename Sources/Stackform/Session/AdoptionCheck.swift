import Planner
import Providers

/// What bears no tags tells nobody whose it is. Before a plan adopts it, the ledgers of the other stacks are asked: two stacks
/// with one thing would each delete it.
struct AdoptionCheck: Sendable {
  let place: LedgerPlace

  /// Asks only where something without tags is adopted. Who may not read the other ledgers gets no refusal.
  ///
  /// - Throws: what another stack has.
  func refuseOthers(in planned: Pipeline.Planned) async throws(Diagnostics) {
    let adopted = planned.plan.changes.filter { change in
      change.action == .adopt && AWSKinds.registry[change.section]?.schema.isTaggable == false
    }
    guard !adopted.isEmpty else { return }
    let ledgers: [Ledger]
    do throws(ProviderError) { ledgers = try await place.ledgers() } catch {
      if error.kind == .denied { return }
      throw Diagnostics([Diagnostic(error)])
    }
    let others = ledgers.filter { $0.stack != planned.stack.name }
    let problems = adopted.flatMap { change in
      others.compactMap { $0.owner(of: change) }.map { owner in
        Diagnostic.anothers(change, owner, planned.stack)
      }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
  }
}

extension Ledger {
  /// The entry that has what the change is about; nil when none has.
  fileprivate func owner(of change: ResourceChange) -> Owner? {
    guard let id = change.id else { return nil }
    let holder = records.first { _, record in
      record.section == change.section && record.identities.contains { $0.id == id || $0.name == id }
    }
    return (holder?.key).map { Owner(stack: stack, address: $0) }
  }
}

extension Diagnostic {
  fileprivate static func anothers(_ change: ResourceChange, _ owner: Owner, _ stack: Stack) -> Diagnostic {
    Diagnostic(
      foreignSummary,
      "\(change.address) would be \"\(change.id ?? "")\", which is \(TerminalText.printable(owner.words)) by that stack's "
        + "ledger.",
      at: stack.place(of: change.address), address: change.address,
      fix: "Take this entry out, or bring that one here: "
        + "`\(TerminalText.printable(owner.movingCommand(to: change.address, of: stack.name)))`.")
  }
}
