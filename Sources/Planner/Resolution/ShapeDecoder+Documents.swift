extension ShapeDecoder {
  /// Any JSON: as YAML, or as a text of JSON (which must spell a list or a mapping; another text is a text).
  mutating func document(_ node: YAMLNode, _ shape: Shape) -> Value? {
    if let text = node.text, !node.isNull, looksLikeJSON(text) {
      if let value = Value(json: text) { return value }
      report("Bad JSON", "\(name) is \(shape.words), and this text is not JSON.", at: node)
      return nil
    }
    return untyped(node)
  }

  /// A tree without a shape: scalars are typed by their spelling.
  mutating func untyped(_ node: YAMLNode) -> Value? {
    switch node.content {
    case .scalar(let text, let isPlain):
      if Template.isTemplate(text), !isLiteral { return evaluated(text, node) }
      return YAMLScalar.value(text, isPlain: isPlain)
    case .sequence(let items):
      var values: [Value] = []
      for (index, item) in items.enumerated() {
        if let value = within(String(index), { $0.untyped(item) }) { values.append(value) }
      }
      return values.count == items.count ? .list(values) : nil
    case .mapping(let entries):
      var values: [String: Value] = [:]
      for entry in entries {
        if let value = within(entry.key, { $0.untyped(entry.value) }) { values[entry.key] = value }
      }
      return values.count == entries.count ? .map(values) : nil
    }
  }

  /// A policy document, from YAML or from a text of JSON.
  mutating func policy(_ node: YAMLNode, _ shape: Shape) -> Value? {
    if let text = node.text {
      guard looksLikeJSON(text) else {
        reportShape(node, shape, fix: "Write it as YAML, or as a text of JSON.")
        return nil
      }
      guard let value = Value(json: text) else {
        report("Bad JSON", "\(name) is \(shape.words), and this text is not JSON.", at: node)
        return nil
      }
      let before = diagnostics.items.count
      check(policy: YAMLNode(value, span: node.span))
      return diagnostics.items.count == before ? value : nil
    }
    let before = diagnostics.items.count
    check(policy: node)
    guard let value = untyped(node), diagnostics.items.count == before else { return nil }
    return value
  }

  private func looksLikeJSON(_ text: String) -> Bool {
    guard let first = text.first(where: { !$0.isWhitespace }) else { return false }
    return first == "{" || first == "["
  }

  /// The words of a policy: AWS takes no others, and emulators take anything.
  private mutating func check(policy node: YAMLNode) {
    guard let entries = node.entries else { return reportShape(node, .policy) }
    check(entries, among: ["Version", "Id", "Statement"], of: name)
    guard let statements = node["Statement"] else {
      return report("Missing property", "\(name) needs Statement.", at: node)
    }
    for (index, statement) in (statements.items ?? [statements]).enumerated() {
      let owner = "\(name).Statement.\(index)"
      guard let members = statement.entries else {
        report("Wrong type", "\(owner) is a mapping, and this is \(statement.describedShape).", at: statement)
        continue
      }
      check(members, among: Self.statementKeys, of: owner)
      check(statement, owner)
    }
  }

  private static let statementKeys = [
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource",
    "Condition",
  ]

  private mutating func check(_ statement: YAMLNode, _ owner: String) {
    let effect = statement["Effect"]
    if let text = effect?.text, let effect, text != "Allow", text != "Deny", !Template.isTemplate(text) {
      report(
        "Not a choice", "\(owner).Effect can't be \"\(text.shortened)\".", at: effect,
        fix: "It is Allow or Deny.")
    }
    if effect == nil {
      report("Missing property", "\(owner) needs Effect.", at: statement, fix: "It is Allow or Deny.")
    }
    if statement["Action"] == nil, statement["NotAction"] == nil {
      report("Missing property", "\(owner) needs Action (or NotAction).", at: statement)
    }
  }

  private mutating func check(_ entries: [YAMLNode.Entry], among known: [String], of owner: String) {
    for entry in entries where !known.contains(entry.key) {
      var problem = Diagnostic.unknownKey(entry.key, of: owner, known: known, at: entry.keySpan)
      problem.address = address
      diagnostics.add(problem)
    }
  }
}
