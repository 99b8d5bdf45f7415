extension YAMLEditor {
  // MARK: Putting in

  /// Puts a member at the end of a mapping, in its style.
  mutating func insert(_ name: String, _ value: Value, into node: EditNode) {
    guard case .mapping(let entries, let isFlow) = node.content else { return }
    guard !isFlow, let first = entries.first else {
      let member = "\(writer.key(name, isFlow: true)): \(writer.inline(value, isFlow: true))"
      return insertBetweenBrackets(member, after: entries.last.map { flowEnd(of: $0) }, of: node)
    }
    insertLines(writer.block(name, value), at: first.key.mark.column, below: node)
  }

  /// Puts items at the end of a list, in its style.
  mutating func insert(_ values: [Value], into node: EditNode) {
    guard case .sequence(let items, let isFlow) = node.content, let last = items.last else { return }
    if isFlow {
      let text = values.map { writer.inline($0, isFlow: true) }.joined(separator: ", ")
      return insertBetweenBrackets(text, after: last.end, of: node)
    }
    insertLines(values.map { "- " + writer.inline($0, isFlow: false) }, at: node.mark.column, below: node)
  }

  private mutating func insertBetweenBrackets(_ member: String, after last: Int?, of node: EditNode) {
    if let last {
      append(", " + member, at: last)
    } else {
      // Only blanks or comments are between the brackets.
      let isBare = text[(node.start + 1)..<(node.end - 1)].allSatisfy { $0 == " " }
      edits.append(
        isBare
          ? Edit(range: (node.start + 1)..<(node.end - 1), text: " \(member) ")
          : Edit(range: (node.start + 1)..<(node.start + 1), text: " \(member)"))
    }
  }

  private mutating func insertLines(_ lines: [String], at column: Int, below node: EditNode) {
    let indentation = String(repeating: " ", count: column)
    let block = lines.map { $0.isEmpty ? "" : indentation + $0 }.joined(separator: "\n")
    let last = node.lastLeaf
    if last.isBlockScalar, keepsBlankLines(last) {
      // Blank lines below it are its own.
      let isAtLineStart = last.end > 0 && text[last.end - 1] == "\n"
      return append((isAtLineStart ? "" : "\n") + block + (isAtLineStart ? "\n" : ""), at: last.end)
    }
    append("\n" + block, at: lineEnd(after: last.isBlockScalar ? contentEnd(of: last) : last.end))
  }

  /// Several insertions at one position keep the order in which they were made.
  private mutating func append(_ more: String, at index: Int) {
    if let same = edits.firstIndex(where: { $0.range == index..<index }) {
      edits[same].text += more
    } else {
      edits.append(Edit(range: index..<index, text: more))
    }
  }

  /// `|+` and `>+`.
  private func keepsBlankLines(_ node: EditNode) -> Bool {
    text[node.start..<min(node.end, text.count)].prefix { $0 != "\n" && $0 != "#" }.contains("+")
  }

  // MARK: Taking out

  /// Takes a member out, with its line's comment. `holder` is the member that has the mapping as its value.
  mutating func remove(_ entry: EditEntry, from node: EditNode, heldBy holder: EditEntry?) {
    guard case .mapping(let entries, let isFlow) = node.content, let index = entries.firstIndex(of: entry)
    else { return }
    if isFlow {
      let starts = entries.map(\.key.mark.index)
      let ends = entries.map { flowEnd(of: $0) }
      return removeBetweenBrackets(index, starts: starts, ends: ends)
    }
    guard entries.count > 1 else {
      return empty(node, heldBy: holder ?? self.holder(of: node), brackets: "{}")
    }
    let start = entry.key.mark.index
    let lineStart = lineStart(before: start)
    guard text[lineStart..<start].allSatisfy({ $0 == " " }) else {
      // The first member of a list's item is behind the dash: the next one takes its position.
      guard index + 1 < entries.count else { return }
      edits.append(Edit(range: start..<entries[index + 1].key.mark.index, text: ""))
      return
    }
    edits.append(Edit(range: lines(from: lineStart, through: entry.value), text: ""))
  }

  /// Takes the items from an index on out of a list that keeps some.
  mutating func removeItems(after count: Int, of node: EditNode) {
    guard case .sequence(let items, let isFlow) = node.content, count > 0, let last = items.last else {
      return
    }
    if isFlow {
      edits.append(Edit(range: items[count - 1].end..<last.end, text: ""))
    } else {
      edits.append(
        Edit(range: lines(from: lineStart(before: items[count].mark.index), through: last), text: ""))
    }
  }

  private mutating func removeBetweenBrackets(_ index: Int, starts: [Int], ends: [Int]) {
    if index + 1 < starts.count {
      edits.append(Edit(range: starts[index]..<starts[index + 1], text: ""))
    } else if index > 0 {
      edits.append(Edit(range: ends[index - 1]..<ends[index], text: ""))
    } else {
      edits.append(Edit(range: starts[index]..<ends[index], text: ""))
    }
  }

  /// A mapping that loses its last member is written as an empty one.
  private mutating func empty(_ node: EditNode, heldBy holder: EditEntry?, brackets: String) {
    guard let holder, node.mark.line > holder.key.mark.line else {
      let end = node.lastLeaf.isBlockScalar ? contentEnd(of: node.lastLeaf) : node.end
      edits.append(Edit(range: node.start..<end, text: brackets))
      return
    }
    let colon = colonEnd(after: holder.key)
    edits.append(Edit(range: colon..<colon, text: " " + brackets))
    edits.append(Edit(range: lines(from: lineStart(before: node.start), through: node), text: ""))
  }

  /// Whole lines from a line's start to the end of the line where a node ends.
  private func lines(from start: Int, through node: EditNode) -> Range<Int> {
    let last = node.lastLeaf
    let end = lineEnd(after: last.isBlockScalar ? contentEnd(of: last) : last.end)
    guard end < text.count else {
      // If the file does not end with a line end, the one before is removed.
      var start = start
      if start > 0, text[start - 1] == "\n" { start -= 1 }
      if start > 0, text[start - 1] == "\r" { start -= 1 }
      return start..<end
    }
    let next = text[end] == "\r" && end + 1 < text.count && text[end + 1] == "\n" ? end + 2 : end + 1
    return start..<next
  }

  private func flowEnd(of entry: EditEntry) -> Int { max(entry.value.end, entry.key.end) }

  private func lineStart(before index: Int) -> Int {
    var start = index
    while start > 0, text[start - 1] != "\n" { start -= 1 }
    return start
  }

  /// Where the line's end begins, behind a comment.
  private func lineEnd(after index: Int) -> Int {
    var end = index
    while end < text.count, text[end] != "\n", text[end] != "\r" { end += 1 }
    return end
  }
}
