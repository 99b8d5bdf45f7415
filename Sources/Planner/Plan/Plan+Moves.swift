extension Plan {
  /// What is not as it was when an earlier plan of the same stack was made: the resources, or `[nil]` where only the
  /// steps differ.
  package func moves(since former: Plan) -> [Address?] {
    let before = Dictionary(former.changes.map { ($0.address, $0) }) { first, _ in first }
    let after = Dictionary(changes.map { ($0.address, $0) }) { first, _ in first }
    let moved = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    if moved.isEmpty { return steps == former.steps ? [] : [nil] }
    return moved
  }
}
