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

  /// Whether a statement of the file allows what a derived one would: the same principal, action and resource, without a
  /// condition or with a pattern of sources that fits.
  func allows(_ derived: Value) -> Bool {
    guard !derived.isPending, self["Effect"] == "Allow",
      ["*", derived["Principal"]].contains(self["Principal"]),
      texts("Action").contains(where: { own in derived.texts("Action").allSatisfy { Self.fits($0, own) } }),
      derived.texts("Resource").allSatisfy({
        texts("Resource").contains($0) || texts("Resource").contains("*")
      })
    else { return false }
    guard let condition = self["Condition"]?.map, !condition.isEmpty else { return true }
    guard condition.count == 1, let keys = condition["ArnLike"]?.map ?? condition["StringLike"]?.map,
      keys.count == 1, let key = keys.first, key.key.lowercased() == "aws:sourcearn",
      let sources = derived.member(at: ["Condition", "ArnLike", "aws:SourceArn"])
    else { return false }
    let patterns = (key.value.list ?? [key.value]).compactMap(\.string)
    return (sources.list ?? [sources]).allSatisfy { source in
      source.string.map { text in patterns.contains { Self.fits(text, $0) } } ?? false
    }
  }

  /// One text or many; none where one of them is pending.
  private func texts(_ member: String) -> [String] {
    (self[member]?.list ?? self[member].map { [$0] } ?? []).compactMap(\.string)
  }

  private static func fits(_ text: String, _ pattern: String) -> Bool {
    PlanOptions.isMatch(Array(pattern)[...], Array(text)[...])
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
