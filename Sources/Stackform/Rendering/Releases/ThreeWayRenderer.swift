import Planner

/// A promotion's changes in three columns: source live, target live, wanted. Where there is no room for
/// columns, one below the other.
struct ThreeWayRenderer: Sendable {
  let plan: PlanRenderer
  let width: Int
  /// The profiles' names, as the columns are headed.
  let source: String
  let target: String

  private var style: TerminalStyle { plan.style }
  private static let nothing = "(nothing)"
  /// A narrower column is useless.
  private static let narrowest = 16
  private static let indent = 6
  private static let longest = 8

  init(plan: PlanRenderer, width: Int, source: String, target: String) {
    self.plan = plan
    self.width = width
    self.source = source
    self.target = target
  }

  /// The changes of a promotion in three columns, then the counts of the whole plan.
  func render(_ comparison: ThreeWayComparison, of whole: Plan) -> String {
    comparison.changes.map { resource($0, of: whole) }.joined(separator: "\n\n")
  }

  private func resource(_ change: ThreeWayComparison.Change, of whole: Plan) -> String {
    var lines = plan.heading(
      of: change.change, isDestroy: whole.isDestroy, isDisposable: whole.target.isDisposable)
    if !change.isInSource, change.change.action != .delete, change.change.action != .forget {
      lines.append("  " + style("# is not there in \(source)", .yellow))
    }
    lines.append("\(change.change.action.coloured(style)) \(change.change.address)")
    guard !change.rows.isEmpty else { return lines.joined(separator: "\n") }
    let names = change.rows.map { $0.path.joined(separator: ".") }
    let nameWidth = min(names.map(TerminalText.width).max() ?? 0, max(16, width / 4))
    if let columns = columns(of: change.rows, room: width - Self.indent - nameWidth - 6) {
      lines.append(head(nameWidth: nameWidth, columns))
      lines += change.rows.flatMap { row($0, nameWidth: nameWidth, columns) }
    } else {
      lines += change.rows.flatMap(stacked)
    }
    return lines.joined(separator: "\n")
  }

  private var titles: [String] { ["\(source) live", "\(target) live", "wanted"] }

  /// The width of each column: as wide as it needs if there is room, otherwise the widest are narrowed; nil
  /// if one would be useless.
  private func columns(of rows: [ThreeWayComparison.Row], room: Int) -> [Int]? {
    var needs = titles.map(TerminalText.width)
    for row in rows {
      for (index, text) in cells(row).enumerated() {
        needs[index] = max(needs[index], TerminalText.width(of: text))
      }
    }
    var limit = needs.max() ?? 0
    while limit >= Self.narrowest, needs.reduce(0, { $0 + min($1, limit) }) > room { limit -= 1 }
    return limit >= Self.narrowest || needs.reduce(0, +) <= room ? needs.map { min($0, limit) } : nil
  }

  private func head(nameWidth: Int, _ columns: [Int]) -> String {
    let titles = zip(titles, columns).map { title, width in
      TerminalText.padded(TerminalText.cut(title, to: width, ellipsis: style.symbols.ellipsis), to: width)
    }
    return String(repeating: " ", count: Self.indent + nameWidth + 2)
      + style(titles.joined(separator: "  ").trimmingEnd, .dim)
  }

  private func row(_ row: ThreeWayComparison.Row, nameWidth: Int, _ widths: [Int]) -> [String] {
    let name = wrapped(row.path.joined(separator: "."), to: nameWidth)
    let columns = zip(cells(row), widths).map { wrapped($0, to: $1) }
    let height = max(name.count, columns.map(\.count).max() ?? 1)
    var lines = (0..<height).map { index -> String in
      let cells = columns.indices.map { number -> String in
        let text = index < columns[number].count ? columns[number][index] : ""
        let room = max(0, widths[number] - TerminalText.width(of: text))
        return style(text, Self.colours[number]) + String(repeating: " ", count: room)
      }
      let first = TerminalText.padded(index < name.count ? name[index] : "", to: nameWidth)
      return (String(repeating: " ", count: Self.indent) + ([first] + cells).joined(separator: "  "))
        .trimmingEnd
    }
    if row.forcesReplacement { lines[0] += " " + style("# forces replacement", .red) }
    return lines
  }

  private static let colours: [TerminalStyle.Colour] = [.dim, .red, .green]

  private func stacked(_ row: ThreeWayComparison.Row) -> [String] {
    let indent = String(repeating: " ", count: Self.indent)
    let note = row.forcesReplacement ? " " + style("# forces replacement", .red) : ""
    let titleWidth = titles.map(TerminalText.width).max() ?? 0
    let room = max(Self.narrowest, width - Self.indent - 4 - titleWidth)
    return [indent + row.path.joined(separator: ".") + note]
      + zip(zip(titles, cells(row)), Self.colours).flatMap { pair, colour -> [String] in
        wrapped(pair.1, to: room).enumerated().map { index, text in
          let title = TerminalText.padded(index == 0 ? pair.0 : "", to: titleWidth)
          return indent + "  " + style(title, .dim) + "  " + style(text, colour)
        }
      }
  }

  private func cells(_ row: ThreeWayComparison.Row) -> [String] {
    Self.texts(row, limit: plan.isVerbose ? nil : 120)
  }

  /// The three values as text, secrets masked.
  static func texts(_ row: ThreeWayComparison.Row, limit: Int?) -> [String] {
    [row.source, row.before, row.after].map { value in
      guard let value else { return nothing }
      if row.isSecret { return ValueText.secret }
      let known = value.replacingTemplates { (_: Template) -> Value in .string(ValueText.pending) }
      if value != known, case .pending = value { return ValueText.pending }
      let text = ValueText(limit: limit)
      if let scalar = text.scalar(known) { return scalar }
      let json = known.json
      guard let limit, json.count > limit * 3 else { return TerminalText.printable(json) }
      return TerminalText.printable(String(json.prefix(limit * 3))) + "… (\(json.count) characters)"
    }
  }

  /// Broken wherever it must be: values have few blanks.
  private func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for character in text where character != "\n" {
      let cells = TerminalText.width(of: String(character))
      if used + cells > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      line.append(character)
      used += cells
    }
    lines.append(line)
    guard lines.count > Self.longest, !plan.isVerbose else { return lines }
    return lines.prefix(Self.longest - 1) + [style.symbols.ellipsis]
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate var trimmingEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
