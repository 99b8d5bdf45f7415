/// The name that was probably meant: the nearest one by edit distance, if it is near enough. Otherwise a name
/// that begins with the word, with a letter wrong or missing: `visibilty` for `visibilityTimeout`.
package func suggestion(for word: String, among names: some Sequence<String>) -> String? {
  let limit = max(1, word.count / 3)
  let lowered = Array(word.lowercased())
  let candidates = Set(names).sorted()
  var best: (name: String, distance: Int)?
  for name in candidates {
    let distance = editDistance(lowered, Array(name.lowercased()), limit: limit).whole
    if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
  }
  if let best { return best.name }
  guard word.count >= 4 else { return nil }
  let prefixLimit = max(1, word.count / 5)
  for name in candidates where name.count > word.count && name.lowercased().first == lowered.first {
    let distance = editDistance(lowered, Array(name.lowercased()), limit: .max).toPrefix
    if distance <= prefixLimit, distance < best?.distance ?? .max { best = (name, distance) }
  }
  return best?.name
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one text into the other; and how
/// many turn the left one into the beginning of the right one. Anything above `limit` is returned as
/// `limit + 1`.
private func editDistance(
  _ left: [Character], _ right: [Character], limit: Int
) -> (whole: Int, toPrefix: Int) {
  if abs(left.count - right.count) > limit { return (limit + 1, limit + 1) }
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for row in 1..<(left.count + 1) where !left.isEmpty {
    var current = [row] + Array(repeating: 0, count: right.count)
    for column in 1..<(right.count + 1) where !right.isEmpty {
      let same = left[row - 1] == right[column - 1]
      current[column] = min(
        previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
        current[column] = min(current[column], beforePrevious[column - 2] + 1)
      }
    }
    (beforePrevious, previous) = (previous, current)
  }
  return (previous[right.count], previous.min() ?? 0)
}
