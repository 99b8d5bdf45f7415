extension ShapeDecoder {
  mutating func list(_ node: YAMLNode, of item: Shape, _ shape: Shape) -> Value? {
    guard let items = items(node, shape) else { return nil }
    var values: [Value] = []
    for (index, node) in items.enumerated() {
      if let value = within(String(index), { $0.decode(node, item) }) { values.append(value) }
    }
    return values.count == items.count ? .list(values) : nil
  }

  /// A set; an item that occurs twice is a mistake.
  mutating func set(_ node: YAMLNode, of item: Shape, _ shape: Shape) -> Value? {
    guard let items = items(node, shape) else { return nil }
    var values: [Value] = []
    var seen: Set<Value> = []
    for (index, node) in items.enumerated() {
      guard let value = within(String(index), { $0.decode(node, item) }) else { return nil }
      if !seen.insert(value).inserted {
        report("Twice in a set", "\(name) holds each item once, and this one is there already.", at: node)
      }
      values.append(value)
    }
    return .list(values)
  }

  /// A mapping of free names to values of one shape.
  mutating func map(_ node: YAMLNode, of member: Shape, _ shape: Shape) -> Value? {
    guard let entries = entries(node, shape) else { return nil }
    var values: [String: Value] = [:]
    for entry in entries {
      if let value = within(entry.key, { $0.decode(entry.value, member) }) { values[entry.key] = value }
    }
    return values.count == entries.count ? .map(values) : nil
  }

  /// A mapping with fixed members: unknown, missing and derived ones are mistakes.
  mutating func object(_ node: YAMLNode, _ members: [Property], _ shape: Shape) -> Value? {
    guard let entries = entries(node, shape) else { return nil }
    let before = diagnostics.items.count
    var values: [String: Value] = [:]
    for entry in entries {
      if let property = members.first(where: { $0.name == entry.key && !$0.isDerived }) {
        // Nothing written is nothing declared: `filters:` is a member without a value.
        if entry.value.isNull { continue }
        if let value = decode(entry.value, property: property) { values[entry.key] = value }
      } else {
        diagnostics.add(.unknownProperty(entry, of: name, members, address: address))
      }
    }
    for member in members where member.isRequired && !entries.contains(where: { $0.key == member.name }) {
      report(
        "Missing property", "\(name) needs \(member.name).", at: node,
        fix: "\(member.name) is \(member.shape.words).")
    }
    return diagnostics.items.count == before ? .map(values) : nil
  }

  /// A list's items. A single scalar counts as a list of one only if it is the value of an expression.
  private mutating func items(_ node: YAMLNode, _ shape: Shape) -> [YAMLNode]? {
    if let items = node.items { return items }
    reportShape(
      node, shape, fix: node.text == nil || node.isNull ? nil : "Put a - before it, or brackets around it.")
    return nil
  }

  private mutating func entries(_ node: YAMLNode, _ shape: Shape) -> [YAMLNode.Entry]? {
    guard let entries = node.entries else {
      reportShape(node, shape)
      return nil
    }
    for entry in entries where Template.isTemplate(entry.key) {
      diagnostics.add(
        Diagnostic(
          "Expression in a key", "\"\(entry.key)\" is taken as it is written: expressions are for values.",
          at: entry.keySpan, address: address))
    }
    return entries
  }
}

extension Diagnostic {
  static func unknownProperty(
    _ entry: YAMLNode.Entry, of owner: String, _ properties: [Property], universal: [String] = [],
    address: Address
  ) -> Diagnostic {
    let settable = properties.filter { !$0.isDerived }.map(\.name) + universal
    if properties.contains(where: { $0.isDerived && $0.name == entry.key }) {
      return Diagnostic(
        "Derived property", "\(owner).\(entry.key) is set by Stackform alone.", at: entry.keySpan,
        address: address,
        fix: "Take it out.")
    }
    let near = suggestion(for: entry.key, among: settable).map { "Did you mean \"\($0)\"?" }
    let known = settable.sorted()
    let listed = known.count > 12 ? nil : "It has: \(known.joined(separator: ", "))."
    return Diagnostic(
      "Unknown property", "\(owner) has no property \"\(entry.key.shortened)\".", at: entry.keySpan,
      address: address, fix: near ?? listed)
  }
}
