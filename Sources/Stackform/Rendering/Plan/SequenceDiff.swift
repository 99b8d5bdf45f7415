/// One item of two sequences laid side by side.
enum SequenceEdit<Item> {
  case same(Item)
  case removed(Item)
  case added(Item)
  case replaced(Item, Item)

  var isSame: Bool { if case .same = self { true } else { false } }
}

/// Aligns two sequences by their shortest difference. A removal next to an addition is a replacement if
/// `pairs` says so.
func edits<Item: Equatable>(
  from before: [Item], to after: [Item], pairing pairs: (Item, Item) -> Bool = { _, _ in false }
) -> [SequenceEdit<Item>] {
  // The time of Myers' algorithm grows with the square of the differences: two long texts that have little in
  // common are shown as one replacement.
  guard before.count + after.count < 4000 else {
    return before.map { .removed($0) } + after.map { .added($0) }
  }
  let difference = after.difference(from: before)
  var removals: Set<Int> = []
  var insertions: Set<Int> = []
  for change in difference {
    switch change {
    case .remove(let offset, _, _): removals.insert(offset)
    case .insert(let offset, _, _): insertions.insert(offset)
    }
  }
  var edits: [SequenceEdit<Item>] = []
  var (old, new) = (0, 0)
  while old < before.count || new < after.count {
    var removed: [Item] = []
    var added: [Item] = []
    while removals.contains(old) {
      removed.append(before[old])
      old += 1
    }
    while insertions.contains(new) {
      added.append(after[new])
      new += 1
    }
    edits += paired(removed, added, pairs)
    if old < before.count, new < after.count {
      edits.append(.same(after[new]))
      old += 1
      new += 1
    }
  }
  return edits
}

private func paired<Item>(
  _ removed: [Item], _ added: [Item], _ pairs: (Item, Item) -> Bool
) -> [SequenceEdit<Item>] {
  if removed.count == added.count, zip(removed, added).allSatisfy(pairs) {
    return zip(removed, added).map { .replaced($0, $1) }
  }
  return removed.map { .removed($0) } + added.map { .added($0) }
}
