import Planner
import Providers

/// The warning of a first plan: a stack that is here already has the same entries, so perhaps only its name was changed in
/// the file. What has a unique name would be refused as another stack's; of an API or a mapping a second one would be made.
struct RenamedStackCheck: Sendable {
  let place: LedgerPlace

  /// nil where the stack has a ledger, where all that it makes has a unique name, and where no other stack is like it. It is
  /// a hint: who may not read other ledgers gets none.
  ///
  /// - Throws: for a renaming of the stack that did not come to its end: all that it had is under the new name.
  func warning(on planned: Pipeline.Planned) async throws(Diagnostics) -> Diagnostic? {
    let makesTwice = planned.plan.changes.contains {
      $0.action == .create && Self.mayBeThereTwice($0.section)
    }
    guard planned.revision == nil, planned.plan.isDestroy || makesTwice else { return nil }
    return try await warning(on: planned.stack, isDestroy: planned.plan.isDestroy)
  }

  /// The same of a stack that can't be planned because what has a unique name was found to be another stack's.
  func warning(on refusal: Diagnostics, of stack: Stack) async throws(Diagnostics) -> Diagnostic? {
    guard refusal.items.contains(where: { $0.summary == Diagnostic.foreignSummary }) else { return nil }
    do throws(LedgerError) {
      guard try await place.store(of: stack.name).load() == nil else { return nil }
    } catch { return nil }
    return try await warning(on: stack)
  }

  private func warning(on stack: Stack, isDestroy: Bool = false) async throws(Diagnostics) -> Diagnostic? {
    let ledgers: [Ledger]
    do throws(ProviderError) { ledgers = try await place.ledgers() } catch {
      if error.kind == .denied { return nil }
      return Diagnostic(error, .warning, title: "Other stacks can't be looked at")
    }
    let arrival = Renaming(direction: .from, stack: stack.name)
    if let next = ledgers.first(where: { $0.renaming == arrival }) {
      throw Diagnostics([.beingRenamed(arrival, next.stack)])
    }
    let entries = stack.resources.count { !$0.isDerived }
    return ledgers.map { (name: $0.stack, shared: $0.entriesShared(with: stack)) }
      .filter { $0.shared > 0 && $0.name != stack.name }
      .max { ($0.shared, $1.name) < ($1.shared, $0.name) }
      .map { .likeAnother($0.name, shared: $0.shared, of: entries, stack.name, isDestroy: isDestroy) }
  }

  private static func mayBeThereTwice(_ section: String) -> Bool {
    guard let schema = AWSKinds.registry[section]?.schema, schema.isTaggable else { return false }
    return schema.naming?.isUnique != true
  }
}

extension Diagnostic {
  fileprivate static func likeAnother(
    _ other: String, shared: Int, of entries: Int, _ name: String, isDestroy: Bool
  ) -> Diagnostic {
    Diagnostic(
      .warning, "Another stack has the same entries",
      "\"\(name)\" was never applied here, and \(shared) of its \(entries) entries are in the stack "
        + "\"\(TerminalText.printable(other))\".",
      fix: "If only the name was changed in the file, bring the stack along: `stackform rename-stack "
        + "\(TerminalText.printable(other)) \(name)`. "
        + (isDestroy ? "Nothing of that stack is destroyed here." : "An apply makes new resources."))
  }
}
