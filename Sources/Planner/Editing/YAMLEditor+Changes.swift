extension YAMLEditor {
  /// Makes a node say another value, member by member where it has members.
  mutating func change(_ node: EditNode, to value: Value, current: Value?) throws(Refusal) {
    if let current, current == value { return }
    try checkIsOwn(node)
    switch (node.content, value) {
    case (.mapping(let entries, _), .map(let members)) where !entries.isEmpty && !members.isEmpty:
      try change(node, entries, to: members, current: current?.map)
    case (.sequence(let items, _), .list(let values)) where !items.isEmpty && items.count == values.count:
      let current = current?.list.flatMap { $0.count == values.count ? $0 : nil }
      for (index, item) in items.enumerated() {
        try change(item, to: values[index], current: current?[index])
      }
    case (.sequence(let items, _), .list(let values)) where !items.isEmpty && !values.isEmpty:
      try change(node, items, to: values, current: current?.list)
    default: try replace(node, with: value)
    }
  }

  private mutating func change(
    _ node: EditNode, _ entries: [EditEntry], to members: [String: Value], current: [String: Value]?
  ) throws(Refusal) {
    let leaving = entries.filter { entry in entry.name.map { members[$0] == nil } ?? false }
    guard !leaving.contains(where: { $0.name == "<<" }) else { throw refusal(.shared, node["<<"]?.key) }
    // To remove several neighbours is left to the writer of the whole list.
    guard leaving.count <= 1 || leaving.count < entries.count else {
      return try replace(node, with: .map(members))
    }
    for entry in leaving {
      try checkHoldsNoExpression(entry.value)
      remove(entry, from: node, heldBy: nil)
    }
    for entry in entries {
      guard let name = entry.name, let value = members[name] else { continue }
      try change(entry.value, to: value, current: current?[name])
    }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) where node[name] == nil {
      insert(name, value, into: node)
    }
  }

  /// A list that becomes longer or shorter: what both begin with stays.
  private mutating func change(
    _ node: EditNode, _ items: [EditNode], to values: [Value], current: [Value]?
  ) throws(Refusal) {
    guard let current, current.count == items.count else { return try replace(node, with: .list(values)) }
    let common = zip(current, values).prefix { $0 == $1 }.count
    if common == items.count {
      insert(Array(values[common...]), into: node)
    } else if common == values.count, common > 0 {
      for item in items[common...] { try checkHoldsNoExpression(item) }
      removeItems(after: common, of: node)
    } else {
      try replace(node, with: .list(values))
    }
  }

  /// Puts another value in a node's place. Between brackets, and in the place of a scalar, it goes on the
  /// same line.
  mutating func replace(_ node: EditNode, with value: Value) throws(Refusal) {
    try checkIsOwn(node)
    try checkHoldsNoExpression(node)
    let isFlow = isInFlow(node)
    if case .scalar(_, let quote) = node.content, let quote, node.isBlockScalar {
      return replaceBlock(node, with: value, header: quote)
    }
    var range = node.start..<node.end
    var text: String
    if case .scalar(_, let quote) = node.content {
      text = writer.inline(value, quote: quote, keepsPlain: quote == nil && !node.isNull, isFlow: isFlow)
    } else {
      text = writer.inline(value, isFlow: isFlow)
    }
    if node.isBlockCollection, let holder = holder(of: node), node.mark.line > holder.key.mark.line {
      // It was below its key, and goes behind it.
      let colon = colonEnd(after: holder.key)
      range = colon..<node.end
      text = " " + text
      if node.lastLeaf.isBlockScalar { range = colon..<contentEnd(of: node.lastLeaf) }
    } else if node.isBlockCollection, node.lastLeaf.isBlockScalar {
      range = node.start..<contentEnd(of: node.lastLeaf)
    }
    if range.isEmpty { (range, text) = placeOfNothing(node, text) }
    edits.append(Edit(range: range, text: text))
  }

  /// A text of several lines replaces another one, or begins on the line of its key.
  private mutating func replaceBlock(_ node: EditNode, with value: Value, header: UnicodeScalar) {
    let range = node.start..<contentEnd(of: node)
    guard let lines = writer.literal(value), header == "|" else {
      edits.append(Edit(range: range, text: writer.inline(value, isFlow: false)))
      return
    }
    var column = 0
    if let first = text[range].firstIndex(of: "\n") {
      column = text[(first + 1)..<range.upperBound].prefix { $0 == " " }.count
    }
    if column == 0 { column = node.mark.column }
    let body = lines.dropFirst().map { $0.isEmpty ? "" : String(repeating: " ", count: column) + $0 }
    edits.append(Edit(range: range, text: ([lines[0]] + body).joined(separator: "\n")))
  }

  /// The position of a value that is not written at all: behind its key's colon, which may be missing between
  /// brackets.
  private func placeOfNothing(_ node: EditNode, _ value: String) -> (Range<Int>, String) {
    let place = node.start..<node.start
    guard let holder = holder(of: node) else {
      return (place, node.start > 0 && text[node.start - 1] == "-" ? " " + value : value)
    }
    let hasColon = text[holder.key.end..<max(holder.key.end, node.start)].contains(":")
    if !hasColon, let colon = colon(after: holder.key) { return ((colon + 1)..<(colon + 1), " " + value) }
    return hasColon ? (place, " " + value) : (holder.key.end..<holder.key.end, ": " + value)
  }

  // MARK: Around a node

  /// The member that has the node as its value.
  func holder(of node: EditNode) -> EditEntry? {
    root?.all.lazy.compactMap { $0.entries?.first { $0.value == node && $0.value.mark == node.mark } }.first
  }

  /// Whether it is between brackets.
  func isInFlow(_ node: EditNode) -> Bool {
    root?.all.contains { outer in
      switch outer.content {
      case .sequence(_, isFlow: true), .mapping(_, isFlow: true):
        outer.start < node.start && node.end < outer.end
      case .alias, .scalar, .sequence, .mapping: false
      }
    } ?? false
  }

  /// Behind the colon of a key in block style.
  func colonEnd(after key: EditNode) -> Int { colon(after: key).map { $0 + 1 } ?? key.end }

  private func colon(after key: EditNode) -> Int? {
    var index = key.end
    while index < text.count, text[index] == " " || text[index] == "\t" { index += 1 }
    return index < text.count && text[index] == ":" ? index : nil
  }

  /// The end of what a block scalar says, without the blank lines below it.
  func contentEnd(of node: EditNode) -> Int {
    var end = min(node.end, text.count)
    while end > node.start, text[end - 1].properties.isWhitespace { end -= 1 }
    return end
  }
}
