import Planner

/// A live resource's tags, told apart: whose it is, and what the user's tags are.
struct LiveTags {
  let owner: Owner?
  /// Without Stackform's and AWS's own.
  let user: [String: Value]

  init(_ tags: [String: String]) {
    owner = Owner(tags: tags)
    user = tags.filter { !$0.key.hasPrefix("stackform:") && !$0.key.hasPrefix("aws:") }
      .mapValues { .string($0) }
  }

  /// Out of a list of pairs, as IAM gives them.
  init(pairs: [Value]) {
    self.init(
      Dictionary(
        pairs.compactMap { pair in pair["Key"]?.string.map { ($0, pair["Value"]?.string ?? "") } }
      ) { _, last in last })
  }

  /// The list of pairs that IAM wants, sorted by name.
  static func pairs(_ tags: [String: String]) -> Value {
    .list(tags.sorted { $0.key < $1.key }.map { ["Key": .string($0.key), "Value": .string($0.value)] })
  }
}
