import Planner

/// One or two values as the lines of a plan: `+ a = 1`, `~ a = 1 -> 2`, members and items one a line below.
///
/// The columns are Terraform's: a sign is four cells further right at every depth, and closing brackets are
/// under the name.
struct DifferenceText: Sendable {
  /// The sign in front of a line.
  enum Sign: String, Sendable {
    case add = "+"
    case change = "~"
    case remove = "-"
    case none = " "
  }

  let style: TerminalStyle
  let text: ValueText

  /// What separates a member's name and its value: `name = value`; items of a list have none.
  private enum Label {
    case name(String, width: Int)
    case item
  }

  /// The lines of one named value: `width` is the width of names in this block, `column` the position of the
  /// sign, `note` a comment for the end of the first line.
  func lines(
    name: String, width: Int, before: Value?, after: Value?, column: Int, note: String = ""
  ) -> [String] {
    var lines = lines(.name(name, width: width), before: before, after: after, column: column)
    if !note.isEmpty { lines[0] += " " + note }
    return lines
  }

  /// One named value without signs, its name at `indent`.
  func plainLines(name: String, width: Int, value: Value, indent: Int = 0) -> [String] {
    single(.name(name, width: width), .none, value, column: indent - 2)
  }

  /// A named value that is not shown.
  func secretLine(name: String, width: Int, sign: Sign, column: Int, note: String = "") -> String {
    let end = sign == .remove ? " \(arrow) \(dim("null"))" : ""
    return prefix(sign, column) + start(.name(name, width: width)) + dim(ValueText.secret) + end
      + (note.isEmpty ? "" : " " + note)
  }

  /// The blanks and the sign in front of a line.
  func prefix(_ sign: Sign, _ column: Int) -> String {
    let spaces = String(repeating: " ", count: max(0, column))
    switch sign {
    case .add: return spaces + style("+", .green) + " "
    case .change: return spaces + style("~", .yellow) + " "
    case .remove: return spaces + style("-", .red) + " "
    case .none: return String(repeating: " ", count: column + 2)
    }
  }

  /// A comment for a line's end, in its colour.
  func comment(_ text: String, column: Int) -> String {
    String(repeating: " ", count: column + 2) + dim("# " + text)
  }

  private var arrow: String { style("->", .yellow) }
  private func dim(_ text: String) -> String { style(text, .dim) }

  private func start(_ label: Label) -> String {
    switch label {
    case .name(let name, let width): TerminalText.padded(ValueText.key(name), to: width) + " = "
    case .item: ""
    }
  }

  private func end(_ label: Label) -> String { if case .item = label { "," } else { "" } }

  private func lines(_ label: Label, before: Value?, after: Value?, column: Int) -> [String] {
    switch (before, after) {
    case (nil, nil):
      // What an endpoint does not return is taken out without anybody knowing what it is there.
      let unseen = dim("(not returned by the endpoint)") + " \(arrow) \(dim("null"))"
      return [prefix(.remove, column) + start(label) + unseen]
    case (nil, let after?): return single(label, .add, after, column: column)
    case (let before?, nil):
      var lines = single(label, .remove, before, column: column)
      if case .name = label { lines[lines.count - 1] += " \(arrow) \(dim("null"))" }
      return lines
    case (let before?, let after?):
      let head = prefix(.change, column) + start(label)
      let body = changed(before, after, column: column)
      return joined(head, body, end(label))
    }
  }

  private func single(_ label: Label, _ sign: Sign, _ value: Value, column: Int) -> [String] {
    joined(prefix(sign, column) + start(label), whole(value, sign, column: column), end(label))
  }

  private func joined(_ head: String, _ body: [String], _ end: String) -> [String] {
    var lines = body
    lines[0] = head + lines[0]
    lines[lines.count - 1] += end
    return lines
  }

  // MARK: One value

  /// A value behind its name: the first line begins where the name ends, the others at their own columns.
  private func whole(_ value: Value, _ sign: Sign, column: Int) -> [String] {
    if let scalar = text.scalar(value) { return [coloured(scalar, value)] }
    switch value {
    case .map(let entries):
      return block("{", "}", column) { column in
        let width = Self.nameWidth(Array(entries.keys))
        return entries.sorted { $0.key < $1.key }.flatMap { key, value in
          single(.name(key, width: width), sign, value, column: column)
        }
      }
    case .list(let items):
      if let line = short(items) { return [line] }
      return block("[", "]", column) { column in
        items.flatMap { single(.item, sign, $0, column: column) }
      }
    case .string(let text):
      if let document = ValueText.embeddedJSON(text) {
        return wrapped("json(", whole(document, sign, column: column), ")")
      }
      return heredoc(
        Self.lines(of: text).map { sign == .remove ? .removed($0) : .added($0) }, column, marksLines: false)
    case .null, .boolean, .integer, .number, .pending: return [coloured(ValueText.pending, value)]
    }
  }

  /// Few short items in one line: most of a policy is such lists. nil when there are more or larger ones.
  private func short(_ items: [Value]) -> String? {
    let texts = items.compactMap { text.scalar($0) }
    guard texts.count == items.count, texts.reduce(0, { $0 + $1.count + 2 }) <= 72 else { return nil }
    return "[" + zip(texts, items).map(coloured).joined(separator: ", ") + "]"
  }

  private func coloured(_ scalar: String, _ value: Value) -> String {
    if case .pending = value { return style(scalar, .cyan) }
    return scalar
  }

  private func block(_ open: String, _ close: String, _ column: Int, _ body: (Int) -> [String]) -> [String] {
    [open] + body(column + 4) + [String(repeating: " ", count: column + 2) + close]
  }

  private func wrapped(_ open: String, _ lines: [String], _ close: String) -> [String] {
    var lines = lines
    lines[0] = open + lines[0]
    lines[lines.count - 1] += close
    return lines
  }

  /// Members by name, those that stay the same only counted.
  private func members(_ members: [String: (Value?, Value?)], _ column: Int) -> [String] {
    let changed = members.filter { $0.value.0 != $0.value.1 }.sorted { $0.key < $1.key }
    let width = Self.nameWidth(changed.map(\.key))
    var lines = changed.flatMap { key, pair in
      self.lines(.name(key, width: width), before: pair.0, after: pair.1, column: column)
    }
    if let hidden = hidden(members.count - changed.count, "element", column) { lines.append(hidden) }
    return lines
  }

  private func hidden(_ count: Int, _ word: String, _ column: Int) -> String? {
    count == 0 ? nil : comment("(\(count) unchanged \(word)\(count == 1 ? "" : "s") hidden)", column: column)
  }

  /// The room for the names of one block: the longest, but none so long that it pushes every value off the screen.
  static func nameWidth(_ names: [String]) -> Int {
    names.map { TerminalText.width(of: ValueText.key($0)) }.filter { $0 <= 40 }.max() ?? 0
  }

  // MARK: Two values

  private func changed(_ before: Value, _ after: Value, column: Int) -> [String] {
    switch (before, after) {
    case (.map(let old), .map(let new)) where !old.isEmpty && !new.isEmpty:
      return block("{", "}", column) { column in
        var pairs: [String: (Value?, Value?)] = [:]
        for key in Set(old.keys).union(new.keys) { pairs[key] = (old[key], new[key]) }
        return members(pairs, column)
      }
    case (.list(let old), .list(let new)) where !old.isEmpty && !new.isEmpty:
      return block("[", "]", column) { items(from: old, to: new, $0) }
    case (.string(let old), .string(let new)):
      if let olds = ValueText.embeddedJSON(old), let news = ValueText.embeddedJSON(new) {
        return wrapped("json(", changed(olds, news, column: column), ")")
      }
      if text.isMultiline(old) || text.isMultiline(new) {
        return heredoc(edits(from: Self.lines(of: old), to: Self.lines(of: new)), column, marksLines: true)
      }
      let (left, right) = text.quotedPair(old, new)
      return ["\(left) \(arrow) \(right)"]
    default:
      var lines = whole(before, .remove, column: column)
      let others = whole(after, .add, column: column)
      lines[lines.count - 1] += " \(arrow) \(others[0])"
      return lines + others.dropFirst()
    }
  }

  private func items(from old: [Value], to new: [Value], _ column: Int) -> [String] {
    let edits = edits(from: old, to: new) {
      ($0.map != nil && $1.map != nil) || ($0.list != nil && $1.list != nil)
    }
    let changed = edits.flatMap { edit -> [String] in
      switch edit {
      case .same: []
      case .removed(let item): single(.item, .remove, item, column: column)
      case .added(let item): single(.item, .add, item, column: column)
      case .replaced(let before, let after): lines(.item, before: before, after: after, column: column)
      }
    }
    return changed + [hidden(edits.count(where: \.isSame), "element", column)].compactMap(\.self)
  }

  // MARK: Text of several lines

  /// A block of text, `marksLines` with a sign before each line that differs and far-off equal ones left out.
  private func heredoc(_ edits: [SequenceEdit<String>], _ column: Int, marksLines: Bool) -> [String] {
    var lines = ["<<-EOT"]
    let near = Set(edits.indices.filter { !edits[$0].isSame }.flatMap { ($0 - 2)...($0 + 2) })
    var skipped = 0
    func flush() {
      if let line = hidden(skipped, "line", column + 4) { lines.append(line) }
      skipped = 0
    }
    for (index, edit) in edits.enumerated() {
      if marksLines, !near.contains(index) {
        skipped += 1
        continue
      }
      flush()
      let (sign, line): (Sign, String) =
        switch edit {
        case .same(let line): (.none, line)
        case .removed(let line): (marksLines ? .remove : .none, line)
        case .added(let line), .replaced(_, let line): (marksLines ? .add : .none, line)
        }
      lines.append(prefix(sign, column + 4) + TerminalText.printable(line))
    }
    flush()
    return lines + [String(repeating: " ", count: column + 2) + "EOT"]
  }

  private static func lines(of text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
