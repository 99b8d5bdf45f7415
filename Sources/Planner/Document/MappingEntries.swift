/// The members of one mapping while it is read: keys are texts and occur once, `<<` takes in the members of other mappings.
struct MappingEntries {
  private var entries: [YAMLNode.Entry] = []
  private var positions: [String: Int] = [:]
  private var merge: (node: YAMLNode, position: Int, keySpan: SourceSpan)?
  /// Where the last member ends.
  private(set) var lastSpan: SourceSpan?

  /// Takes a member in; returns what is wrong with it.
  mutating func add(_ key: YAMLNode, _ value: YAMLNode) -> Diagnostic? {
    lastSpan = value.span
    guard case .scalar(let name, let isPlain) = key.content else { return .keyIsNoText(at: key.span) }
    if isPlain, name == "<<" {
      if let merge { return .duplicateKey(name, first: merge.keySpan, at: key.span) }
      merge = (value, entries.count, key.span)
      return nil
    }
    guard !name.isEmpty else { return .emptyKey(at: key.span) }
    if let first = positions[name] {
      return .duplicateKey(name, first: entries[first].keySpan, at: key.span)
    }
    positions[name] = entries.count
    entries.append(.init(key: name, keySpan: key.span, value: value))
    return nil
  }

  /// All members: the mapping's own ones, and in the place of `<<` the merged ones that it does not have
  /// itself. If several merged mappings have a member, the first one's value counts.
  func merged() -> (entries: [YAMLNode.Entry], problems: Diagnostics) {
    guard let merge else { return (entries, Diagnostics()) }
    var problems = Diagnostics()
    var taken: [YAMLNode.Entry] = []
    var names = Set(positions.keys)
    for source in merge.node.items ?? [merge.node] {
      guard let members = source.entries else {
        problems.add(.mergeOfNoMapping(at: source.span))
        continue
      }
      for member in members where names.insert(member.key).inserted { taken.append(member) }
    }
    return (Array(entries[..<merge.position]) + taken + Array(entries[merge.position...]), problems)
  }
}
