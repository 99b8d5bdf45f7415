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
      return YAMLScalar.value(text, isPlain: isPlain && (!isInCondition || node.isNull))
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

  /// A condition compares texts, spelt as they stand: `1.10` is no number there.
  private var isInCondition: Bool { readsPolicy && path.contains("Condition") }

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
      return diagnostics.items.count == before ? value.withConditionTexts : nil
    }
    let before = diagnostics.items.count
    check(policy: node)
    readsPolicy = true
    defer { readsPolicy = false }
    guard let value = untyped(node), diagnostics.items.count == before else { return nil }
    return value.withConditionTexts
  }

  private func looksLikeJSON(_ text: String) -> Bool {
    guard let first = text.first(where: { !$0.isWhitespace }) else { return false }
    return first == "{" || first == "["
  }

  /// The words of a policy: AWS takes no others, and emulators take anything.
  private mutating func check(policy node: YAMLNode) {
    guard let entries = node.entries else { return reportShape(node, .policy) }
    check(entries, among: ["Version", "Id", "Statement"], of: name)
    if let version = node["Version"], let text = version.text, !Template.isTemplate(text),
      !Self.policyVersions.contains(text)
    {
      report(
        "Not a choice", "\(name).Version can't be \"\(text.shortened)\".", at: version,
        fix: "It is the version of the policy language: 2012-10-17.")
    }
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

  /// "IAM JSON policy elements: Version" in the IAM user guide.
  private static let policyVersions = ["2012-10-17", "2008-10-17"]
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

extension Value {
  /// A policy whose conditions compare texts: the policy language has no other values, and an unquoted `false` is refused by some
  /// endpoints.
  fileprivate var withConditionTexts: Value {
    guard case .map(var policy) = self, let statements = policy["Statement"] else { return self }
    policy["Statement"] =
      statements.list.map { .list($0.map(\.statementWithTexts)) } ?? statements.statementWithTexts
    return .map(policy)
  }

  private var statementWithTexts: Value {
    guard case .map(var statement) = self, let operators = statement["Condition"]?.map else { return self }
    statement["Condition"] = .map(
      operators.mapValues { keys in keys.map.map { .map($0.mapValues(\.scalarsAsTexts)) } ?? keys })
    return .map(statement)
  }

  private var scalarsAsTexts: Value {
    if let list { return .list(list.map(\.scalarsAsTexts)) }
    return scalarText.map(Value.string) ?? self
  }
}
