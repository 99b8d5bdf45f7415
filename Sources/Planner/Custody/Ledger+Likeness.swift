extension Ledger {
  /// How many entries a stack and this ledger have in common, under the same addresses; 0 unless those are more than half of
  /// either's.
  ///
  /// A stack that was never applied, and is so like another one, may be that one under another name.
  package func entriesShared(with stack: Stack) -> Int {
    let entries = stack.resources.filter { !$0.isDerived }
    let shared = entries.count { records[$0.address]?.section == $0.section }
    let own = records.keys.count { $0.part == nil }
    return shared > 1 && 2 * shared > max(entries.count, own) ? shared : 0
  }
}
