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

  /// Whether a statement of the file allows what a derived one would: the same principal, actions and resources or patterns of
  /// them, without a condition or with a pattern of sources that fits. What is known only after apply fits `*` and itself.
  package func allows(_ derived: Value) -> Bool {
    let (actions, resources) = (derived.all("Action"), derived.all("Resource"))
    guard !actions.isEmpty, !resources.isEmpty, self["Effect"] == "Allow",
      ["*", derived["Principal"]].contains(self["Principal"]),
      actions.allSatisfy({ action in
        all("Action").contains { Self.fits(action.lowercased, $0.lowercased) }
      }),
      resources.allSatisfy({ resource in all("Resource").contains { Self.fits(resource, $0) } })
    else { return false }
    guard let condition = self["Condition"]?.map, !condition.isEmpty else { return true }
    guard condition.count == 1, let keys = condition["ArnLike"]?.map ?? condition["StringLike"]?.map,
      keys.count == 1, let key = keys.first, key.key.lowercased() == "aws:sourcearn",
      let sources = derived.member(at: ["Condition", "ArnLike", "aws:SourceArn"])
    else { return false }
    let patterns = key.value.list ?? [key.value]
    return (sources.list ?? [sources]).allSatisfy { source in patterns.contains { Self.fits(source, $0) } }
  }

  /// One value or many.
  private func all(_ member: String) -> [Value] { self[member]?.list ?? self[member].map { [$0] } ?? [] }

  /// IAM reads the names of actions without regard to case.
  private var lowercased: Value { string.map { .string($0.lowercased()) } ?? self }

  private static func fits(_ value: Value, _ pattern: Value) -> Bool {
    if value == pattern || pattern == "*" { return true }
    guard let text = value.string, let glob = pattern.string else { return false }
    return WildcardPattern(glob, anySign: true).fits(Array(text))
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
