/// Changes single values of a YAML text and leaves everything else as it is: comments, blanks, quotes, the order of members.
///
/// Values that can't be changed alone are refused, with their place: the value of an expression, an anchor
/// that others use, a merged mapping, an explicit tag.
package struct YAMLEditor {
  let source: SourceText
  let text: [UnicodeScalar]
  let root: EditNode?
  private let parsed: YAMLNode?
  private let lineEnd: String
  let writer: YAMLWriter
  /// Replacements of stretches of the text; no two overlap.
  var edits: [Edit] = []

  /// A stretch of the text, in characters, and the text that replaces it.
  struct Edit {
    var range: Range<Int>
    var text: String
  }

  /// Why a value can't be written where it belongs, with the place.
  package struct Refusal: Error, Hashable, Sendable {
    /// What keeps a value from being written.
    package enum Reason: Hashable, Sendable {
      /// `${var.x}` and the like.
      case expression(String)
      /// An anchor, an alias of one, or a merged mapping.
      case shared
      case tagged
      /// The text has another structure there than the value: nothing that could be followed further down.
      case noSuchPlace
      /// The edited text would not have the values that it must have.
      case notWritable
    }

    package let reason: Reason
    package let span: SourceSpan?

    package init(reason: Reason, span: SourceSpan?) {
      self.reason = reason
      self.span = span
    }
  }

  /// Reads the text.
  ///
  /// - Throws: when it is not YAML.
  package init(_ source: SourceText) throws(Diagnostics) {
    self.source = source
    text = Array(source.text.unicodeScalars)
    parsed = try YAMLParser.parse(source)
    root = parsed == nil ? nil : EditReader.root(of: source)
    lineEnd = source.text.contains("\r\n") ? "\r\n" : "\n"
    writer = YAMLWriter(step: root.map { Self.step(of: $0) } ?? 2)
  }

  /// The text with the value at the path set. `current` is what the text says there now, with expressions
  /// worked out: what is the same is not touched.
  package func setting(
    _ path: [String], to value: Value, current: Value?
  ) throws(Refusal) -> String {
    var editor = self
    try editor.set(path[...], to: value, current: current)
    return try editor.written(path)
  }

  /// The text without the member at the path; the same text when there is none.
  package func removing(_ path: [String]) throws(Refusal) -> String {
    var editor = self
    try editor.remove(path[...])
    return try editor.written(path)
  }

  // MARK: Ways

  private mutating func set(_ path: ArraySlice<String>, to value: Value, current: Value?) throws(Refusal) {
    guard var node = root else { throw refusal(.noSuchPlace, nil) }
    var resolved = parsed
    for (offset, name) in path.enumerated() {
      try checkIsOwn(node)
      if let items = node.items {
        guard let index = Int(name), items.indices.contains(index) else { throw refusal(.noSuchPlace, node) }
        resolved = resolved?.items?[index]
        node = items[index]
        continue
      }
      let nested = path.dropFirst(offset + 1).reversed().reduce(value) { .map([$1: $0]) }
      if node.isNull { return try replace(node, with: .map([name: nested])) }
      guard node.entries != nil else {
        try checkHoldsNoExpression(node)
        throw refusal(.noSuchPlace, node)
      }
      guard let entry = node[name] else {
        // An own member of that name would hide the merged one: another thing than to change it.
        guard resolved?[name] == nil else { throw refusal(.shared, node[("<<")]?.key ?? node) }
        return insert(name, nested, into: node)
      }
      resolved = resolved?[name]
      node = entry.value
    }
    try change(node, to: value, current: current)
  }

  private mutating func remove(_ path: ArraySlice<String>) throws(Refusal) {
    guard var node = root, let last = path.last else { return }
    var resolved = parsed
    var holder: EditEntry?
    for name in path.dropLast() {
      try checkIsOwn(node)
      if let items = node.items {
        guard let index = Int(name), items.indices.contains(index) else { throw refusal(.noSuchPlace, node) }
        resolved = resolved?.items?[index]
        (node, holder) = (items[index], nil)
      } else if let entry = node[name] {
        resolved = resolved?[name]
        (node, holder) = (entry.value, entry)
      } else {
        guard resolved?[name] == nil else { throw refusal(.shared, node["<<"]?.key ?? node) }
        if node.entries == nil, !node.isNull { throw refusal(.noSuchPlace, node) }
        return
      }
    }
    try checkIsOwn(node)
    guard let entry = node[last] else {
      guard resolved?[last] == nil else { throw refusal(.shared, node["<<"]?.key ?? node) }
      if node.entries == nil, !node.isNull { throw refusal(.noSuchPlace, node) }
      return
    }
    for inner in entry.value.all { try checkIsUnused(inner) }
    remove(entry, from: node, heldBy: holder)
  }

  // MARK: Checks

  /// Whether the node is this place's alone, so that a change of it changes nothing else.
  func checkIsOwn(_ node: EditNode) throws(Refusal) {
    if case .alias = node.content { throw refusal(.shared, node) }
    if node.isTagged { throw refusal(.tagged, node) }
    try checkIsUnused(node)
  }

  private func checkIsUnused(_ node: EditNode) throws(Refusal) {
    guard let anchor = node.anchor, let root else { return }
    if root.all.contains(where: { $0.content == .alias(anchor) }) { throw refusal(.shared, node) }
  }

  /// What is written there is a value and no rule for one.
  func checkHoldsNoExpression(_ node: EditNode) throws(Refusal) {
    for inner in node.all {
      guard case .scalar(let text, _) = inner.content, Template.isTemplate(text) else { continue }
      throw refusal(.expression(text), inner)
    }
  }

  /// The refusal with the node's place.
  func refusal(_ reason: Refusal.Reason, _ node: EditNode?) -> Refusal {
    guard let node else { return Refusal(reason: reason, span: nil) }
    let line = node.mark.line + 1
    let column = source.characterColumn(line: line, codePoints: node.mark.column)
    // Up to the end of its first line's content.
    let end = text[node.mark.index..<max(node.mark.index, min(node.end, text.count))]
    let width = end.prefix { $0 != "\n" && $0 != "\r" }.count
    return Refusal(
      reason: reason,
      span: SourceSpan(
        source: source, line: line, column: column, endLine: line, endColumn: column + max(width, 1)))
  }

  // MARK: The text

  /// The text with the edits made. It is parsed again: outside of the path its values must be the same.
  private func written(_ path: [String]) throws(Refusal) -> String {
    var result = text
    // From the end on, so that earlier positions stay valid; at one position removals before insertions.
    let ordered = edits.sorted {
      ($0.range.lowerBound, $0.range.upperBound) > ($1.range.lowerBound, $1.range.upperBound)
    }
    for edit in ordered {
      let lines = edit.text.split(separator: "\n", omittingEmptySubsequences: false).joined(
        separator: lineEnd)
      result.replaceSubrange(edit.range, with: Array(lines.unicodeScalars))
    }
    let edited = String(String.UnicodeScalarView(result))
    guard let now = try? YAMLParser.parse(SourceText(name: source.name, text: edited)),
      now.plainValue.pruned(path[...]) == parsed?.plainValue.pruned(path[...])
    else { throw Refusal(reason: .notWritable, span: nil) }
    return edited
  }

  /// How many blanks a level is indented, as far as the text shows it.
  private static func step(of node: EditNode) -> Int {
    for inner in node.all where inner.isBlockCollection {
      for entry in inner.entries ?? [] where entry.value.isBlockCollection && entry.value.entries != nil {
        let step = (entry.value.entries?.first?.key.mark.column ?? 0) - entry.key.mark.column
        if step > 0, entry.value.mark.line > entry.key.mark.line { return step }
      }
    }
    return 2
  }
}

extension Value {
  /// Without the value at the path, and without mappings that are empty then: a mapping that was inserted on
  /// the way is not a difference.
  fileprivate func pruned(_ path: ArraySlice<String>) -> Value {
    guard let first = path.first else { return .null }
    switch self {
    case .map(let members):
      let inner = members[first]?.pruned(path.dropFirst()) ?? .null
      return .map(members.merging([first: inner]) { $1 }.filter { $0.key != first || !$0.value.isEmpty })
        .nullIfEmpty
    case .list(let items):
      guard let index = Int(first), items.indices.contains(index) else { return self }
      var items = items
      items[index] = items[index].pruned(path.dropFirst())
      return .list(items)
    case .null, .boolean, .integer, .number, .string, .pending: return self
    }
  }

  private var nullIfEmpty: Value { isEmpty ? .null : self }
}
