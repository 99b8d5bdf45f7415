/// Repaints a block at the bottom of what was written, with lines scrolling by above it.
struct LivePainter: Sendable {
  static let hideCursor = "\u{1B}[?25l"
  static let showCursor = "\u{1B}[?25h"

  /// The widths of the lines that are shown now.
  private var painted: [Int] = []
  private var isCursorHidden = false

  /// The text that takes the old block away, writes the lines for good, and the block below them. The first
  /// begins with a blank line.
  mutating func paint(above lines: [String], block: [String], size: TerminalSize) -> String {
    var output = isCursorHidden ? "" : "\n" + Self.hideCursor
    isCursorHidden = true
    output += erasure(size: size)
    output += lines.map { $0 + "\n" }.joined()
    output += block.map { $0 + "\n" }.joined()
    painted = block.map(TerminalText.width)
    return output
  }

  /// The text that removes the block, writes the last lines, and shows the cursor again.
  mutating func end(above lines: [String], size: TerminalSize) -> String {
    let lines = lines.map { $0 + "\n" }.joined()
    guard isCursorHidden else { return lines }
    isCursorHidden = false
    defer { painted = [] }
    return erasure(size: size) + lines + Self.showCursor
  }

  /// A window that was made narrower since has wrapped the old lines: each takes as many rows as its width now needs.
  private func erasure(size: TerminalSize) -> String {
    let rows = painted.reduce(0) { $0 + max(1, ($1 + size.columns - 1) / max(1, size.columns)) }
    let up = min(rows, size.rows - 1)
    return up == 0 ? "" : "\r\u{1B}[\(up)A\u{1B}[J"
  }
}
