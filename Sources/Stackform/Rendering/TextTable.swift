/// Columns that align, for people.
struct TextTable: Sendable {
  let style: TerminalStyle
  let titles: [String]
  var rows: [[String]] = []

  /// Without blanks at the ends of lines. Widths count characters, which all that stands here has one column for.
  func render() -> String {
    let widths = titles.indices.map { column in
      ([titles] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let text = padded.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    return ([style(line(titles), .bold)] + rows.map(line)).map { $0 + "\n" }.joined()
  }
}
