extension Resolver {
  /// What a file spells out as the ARN or the name of another resource of the stack is that resource, as if it were referred to:
  /// it comes first, and what is derived for a reference is derived for it. Such a reference is soft: files that are in order
  /// without it must not become cycles.
  mutating func linkLiterals() {
    var owners: [String: Address] = [:]
    var names: [String: [String: Address]] = [:]
    for resource in stack.resources {
      if let arn = scope.early[resource.address]?["arn"]?.string { owners[arn] = resource.address }
      if let name = resource.name { names[resource.section, default: [:]][name] = resource.address }
    }
    for resource in stack.resources {
      let known = Set(resource.references.map(\.path))
      var found: [Reference] = []
      for (property, value) in resource.properties.sorted(by: { $0.key < $1.key }) {
        let named = scope.registry[resource.section]?.schema.property(property)?.names.flatMap {
          names[$0]
        }
        value.forEachText(at: property) { path, text in
          guard !known.contains(path) else { return }
          let name = String(text.prefix { $0 != ":" })
          let isName = named?[name] != nil && owners[text] == nil
          guard let address = named?[name] ?? owners[text] ?? owners[Self.unqualified(text)],
            address != resource.address
          else { return }
          found.append(
            Reference(
              address, attribute: isName ? "name" : "arn", property: property, path: path,
              isSoft: true))
        }
      }
      if !found.isEmpty { stack[resource.address]?.references += found }
    }
  }

  /// A function's ARN without the alias or version behind it; other texts as they are.
  private static func unqualified(_ arn: String) -> String {
    let pieces = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard pieces.count == 8, pieces[5] == "function" else { return arn }
    return pieces.dropLast().joined(separator: ":")
  }
}

extension Value {
  /// Every text in the tree, with its path: `notifications.0.lambda`.
  func forEachText(at path: String, _ take: (_ path: String, _ text: String) -> Void) {
    switch self {
    case .string(let text): take(path, text)
    case .list(let items):
      for (index, item) in items.enumerated() { item.forEachText(at: "\(path).\(index)", take) }
    case .map(let members):
      for (name, member) in members.sorted(by: { $0.key < $1.key }) {
        member.forEachText(at: "\(path).\(name)", take)
      }
    case .null, .boolean, .integer, .number, .pending: break
    }
  }

  /// The value at such a path, with the steps to it; a member's name may hold dots.
  func found(at path: String) -> (steps: [String], value: Value)? {
    if path.isEmpty { return ([], self) }
    let members =
      map ?? Dictionary(uniqueKeysWithValues: (list ?? []).enumerated().map { (String($0), $1) })
    for (name, member) in members where path == name || path.hasPrefix(name + ".") {
      if let (steps, value) = member.found(at: String(path.dropFirst(name.count + 1))) {
        return ([name] + steps, value)
      }
    }
    return nil
  }
}
