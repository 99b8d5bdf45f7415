extension Value {
  /// One policy statement that says what this one and another one say: where they differ only in the sources that they let in
  /// (`aws:SourceArn`), or only in the resources that they are about. nil where they differ in more.
  func joined(with other: Value) -> Value? {
    for path in [["Condition", "ArnLike", "aws:SourceArn"], ["Resource"]] {
      guard let own = member(at: path), let others = other.member(at: path),
        setting(path, to: .null) == other.setting(path, to: .null)
      else { continue }
      let before = own.list ?? [own]
      return setting(path, to: .list(before + (others.list ?? [others]).filter { !before.contains($0) }))
    }
    return nil
  }

  private func member(at path: [String]) -> Value? {
    path.reduce(self as Value?) { value, step in value?[step] }
  }

  private func setting(_ path: [String], to value: Value) -> Value {
    guard let first = path.first, var members = map, let member = members[first] else { return value }
    members[first] = member.setting(Array(path.dropFirst()), to: value)
    return .map(members)
  }
}
