extension ResolutionScope {
  static let roots = ["var", "profile", "env"]

  /// The value of `section.name.attribute`, or of `section.name.part.attribute` for what Stackform derived;
  /// nil when it is not known yet.
  func attribute(_ path: [String], _ trace: ReferenceTrace) throws(ExpressionProblem) -> Value? {
    let words = path.joined(separator: ".")
    guard let kind = registry[path[0]] else { throw unknownRoot(path) }
    guard trace.allowsResources else {
      if path.count == 3, let value = named[Address(path[0], path[1])]?[path[2]] { return value }
      throw ExpressionProblem(
        "Reference in a name", "A physical name can't refer to another resource.", words: words,
        fix: "Only var, profile and env may stand in it, and what follows from another entry's name alone.")
    }
    guard path.count > 1, isDeclared(Address(path[0], path[1])) else { throw unknownEntry(path) }
    guard path.count > 2 else {
      let names = kind.schema.attributes.map(\.name)
      throw ExpressionProblem(
        "Incomplete reference", "\(words) is a whole \(kind.schema.kind), not one of its attributes.",
        words: words,
        fix: "Write ${\(words).\(names.first ?? "…")}; it has: \(names.joined(separator: ", ")).")
    }
    guard path.count <= 4 else { throw unknownAttribute(path, of: kind.schema) }
    let address = Address(path: Array(path.dropLast()))
    let attribute = path[path.count - 1]
    if address.part == nil {
      guard kind.schema.attribute(attribute) != nil else { throw unknownAttribute(path, of: kind.schema) }
    } else if let derivedSections {
      try checkDerived(address, attribute, words, in: derivedSections)
    }
    if (registry[derivedSections?[address] ?? path[0]] ?? kind).schema.attribute(attribute)?.isSecret == true
    {
      trace.hasSecret = true
    }
    let value = early[address]?[attribute]
    if address == trace.from {
      guard value != nil || early[address] == nil else { throw selfReference(words, attribute) }
    } else {
      trace.references.append((address, attribute, isEarly: value.map { !$0.isPending } ?? false))
    }
    return value
  }

  private func checkDerived(
    _ address: Address, _ attribute: String, _ words: String, in sections: [Address: String]
  ) throws(ExpressionProblem) {
    guard let section = sections[address], let schema = registry[section]?.schema else {
      let parts = sections.keys.filter { $0.declared == address.declared }.compactMap(\.part).sorted()
      let near = suggestion(for: address.part ?? "", among: parts).map { "Did you mean \($0)?" }
      let known = parts.isEmpty ? nil : "It has: \(parts.joined(separator: ", "))."
      throw ExpressionProblem(
        "Unknown reference", "\(address.declared) has no derived \(address.part ?? "").", words: words,
        fix: near ?? known)
    }
    guard schema.attribute(attribute) != nil else {
      throw unknownAttribute(words.split(separator: ".").map(String.init), of: schema)
    }
  }

  private func unknownRoot(_ path: [String]) -> ExpressionProblem {
    let root = path[0]
    let words = path.joined(separator: ".")
    if entries[root] != nil {
      var echo = ExpressionProblem("Unknown reference", "\(root) is not a kind of resources.", words: words)
      echo.isEcho = true
      return echo
    }
    if root == "local" || root == "data" || root == "aws" {
      return ExpressionProblem(
        "Unknown reference", "There is nothing called \(root) here.", words: words,
        fix: "References are ${section.name.attribute}, ${var.x}, ${profile.x} and ${env.X}.")
    }
    let near = suggestion(for: root, among: registry.sections + Self.roots)
      .map { ([$0] + path.dropFirst()).joined(separator: ".") }
    return ExpressionProblem(
      "Unknown reference", "There is no section \(root), and no other root of that name.", words: words,
      fix: near.map { "Did you mean ${\($0)}?" }
        ?? "Roots are: \((Self.roots + registry.sections).joined(separator: ", ")).")
  }

  private func unknownEntry(_ path: [String]) -> ExpressionProblem {
    let section = path[0]
    let words = path.joined(separator: ".")
    guard path.count > 1 else {
      return ExpressionProblem(
        "Incomplete reference", "\(section) is a section, not an attribute of one of its entries.",
        words: words,
        fix: "Write ${\(section).name.attribute}.")
    }
    let elsewhere = entries.keys.sorted().first { entries[$0]?.contains(path[1]) ?? false }
    let meant =
      suggestion(for: path[1], among: entries[section] ?? []).map { [section, $0] + path.dropFirst(2) }
      ?? elsewhere.map { [$0, path[1]] + path.dropFirst(2) }
    return ExpressionProblem(
      "Unknown reference", "\(section) has no \(path[1]).", words: words,
      fix: meant.map { "Did you mean ${\($0.joined(separator: "."))}?" })
  }

  private func unknownAttribute(_ path: [String], of schema: Schema) -> ExpressionProblem {
    let words = path.joined(separator: ".")
    let attribute = path[path.count - 1]
    let names = schema.attributes.map(\.name)
    let near = suggestion(for: attribute, among: names).map {
      "Did you mean ${\((path.dropLast() + [$0]).joined(separator: "."))}?"
    }
    return ExpressionProblem(
      "Unknown attribute", "\(schema.kind.withArticle.capitalisedFirst) has no attribute \(attribute).",
      words: words,
      fix: near ?? "It has: \(names.joined(separator: ", ")).")
  }

  private func selfReference(_ words: String, _ attribute: String) -> ExpressionProblem {
    ExpressionProblem(
      "Refers to itself",
      "\(attribute) is known only when the resource is there, and this is the resource itself.",
      words: words)
  }
}
