/// Reads the members of a mapping that has a fixed set of keys and no expressions: a variable, an output, a profile.
struct MemberReader {
  private let entries: [YAMLNode.Entry]
  /// What it is the mapping of: `variables.retention`.
  private let owner: String
  private var asked: [String] = []
  private(set) var diagnostics = Diagnostics()

  init(_ node: YAMLNode, of owner: String) {
    self.owner = owner
    entries = node.entries ?? []
    if node.entries == nil, !node.isNull { diagnostics.add(.wrongShape(owner, wanted: "a mapping", node)) }
  }

  /// The node of a member; nil when it is absent or null.
  mutating func node(_ key: String) -> YAMLNode? {
    asked.append(key)
    return entries.first { $0.key == key }.flatMap { $0.value.isNull ? nil : $0.value }
  }

  /// The text of a member; nil when it is absent or null. Another shape is a diagnostic.
  mutating func text(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    if let text = node.text { return text }
    diagnostics.add(.wrongShape("\(owner).\(key)", wanted: "a text", node))
    return nil
  }

  /// The flag of a member; nil when it is absent or null. Another shape is a diagnostic.
  mutating func boolean(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    if case .boolean(let flag)? = node.plainScalar { return flag }
    diagnostics.add(.wrongShape("\(owner).\(key)", wanted: "true or false", node))
    return nil
  }

  /// The number of a member; nil when it is absent or null. Another shape is a diagnostic.
  mutating func number(_ key: String) -> Double? {
    guard let node = node(key) else { return nil }
    if let number = node.plainScalar?.number { return number }
    diagnostics.add(.wrongShape("\(owner).\(key)", wanted: "a number", node))
    return nil
  }

  /// One text, or a list of them.
  mutating func texts(_ key: String) -> [(text: String, span: SourceSpan)] {
    guard let node = node(key) else { return [] }
    var texts: [(String, SourceSpan)] = []
    for item in node.items ?? [node] {
      if let text = item.text {
        texts.append((text, item.span))
      } else {
        diagnostics.add(.wrongShape("\(owner).\(key)", wanted: "a text or a list of texts", item))
      }
    }
    return texts
  }

  /// Adds a mistake that the caller found in a member.
  mutating func add(_ diagnostic: Diagnostic) { diagnostics.add(diagnostic) }

  /// Reports every key that was not read. To be called last.
  mutating func finish() {
    for entry in entries where !asked.contains(entry.key) {
      diagnostics.add(.unknownKey(entry.key, of: owner, known: asked, at: entry.keySpan))
    }
  }
}

extension YAMLNode {
  /// A scalar's value, typed by its spelling; nil for lists and mappings.
  var plainScalar: Value? {
    guard case .scalar(let text, let isPlain) = content else { return nil }
    return YAMLScalar.value(text, isPlain: isPlain)
  }

  /// The whole tree, with scalars typed by their spelling and expressions as texts.
  package var plainValue: Value {
    switch content {
    case .scalar(let text, let isPlain): YAMLScalar.value(text, isPlain: isPlain)
    case .sequence(let items): .list(items.map(\.plainValue))
    case .mapping(let entries):
      .map(Dictionary(entries.map { ($0.key, $0.value.plainValue) }) { first, _ in first })
    }
  }
}

extension Diagnostic {
  static func wrongShape(
    _ what: String, wanted: String, _ node: YAMLNode, address: Address? = nil, fix: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      "Wrong type", "\(what) is \(wanted), and this is \(node.describedShape).", at: node.span,
      address: address, fix: fix)
  }

  static func unknownKey(
    _ key: String, of owner: String, known: [String], at span: SourceSpan
  ) -> Diagnostic {
    let near = suggestion(for: key, among: known).map { "Did you mean \"\($0)\"?" }
    return Diagnostic(
      "Unknown key", "\(owner) has no \"\(key)\".", at: span,
      fix: near ?? "It has: \(known.sorted().joined(separator: ", ")).")
  }
}
