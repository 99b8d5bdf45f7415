/// Columns that align, with a heading.
struct TextTable: Sendable {
  enum Side: Sendable { case left, right }

  let style: TerminalStyle
  var columns: [(title: String, side: Side)]
  var rows: [[String]] = []

  /// The table without the columns that no row has anything in.
  var withoutEmptyColumns: TextTable {
    let filled = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    return TextTable(
      style: style, columns: filled.map { columns[$0] }, rows: rows.map { row in filled.map { row[$0] } })
  }

  /// The table without those of these columns, in this order, that must go for its lines to fit.
  func fitting(_ width: Int, dropping titles: [String]) -> TextTable {
    var table = self
    for title in titles {
      let widest = table.text().split(separator: "\n").map { TerminalText.width(of: String($0)) }.max() ?? 0
      guard widest > width, let column = table.columns.firstIndex(where: { $0.title == title }) else {
        continue
      }
      table.columns.remove(at: column)
      for row in table.rows.indices { table.rows[row].remove(at: column) }
    }
    return table
  }

  /// A line for the titles and one for each row, two blanks between columns, nothing at the ends of lines.
  func text(indent: Int = 0) -> String {
    let widths = columns.indices.map { column in
      ([columns[column].title] + rows.map { $0[column] }).map(TerminalText.width).max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: max(0, widths[column] - TerminalText.width(of: cell)))
        return columns[column].side == .left ? cell + blanks : blanks + cell
      }
      let joined = String(repeating: " ", count: indent) + padded.joined(separator: "  ")
      return joined.reversed().drop { $0 == " " }.reversed().map(String.init).joined() + "\n"
    }
    let titles = columns.map { style($0.title, .dim) }
    return line(titles) + rows.map(line).joined()
  }
}
