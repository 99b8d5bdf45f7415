import Foundation

/// A terminal small enough to see what a sequence of writes leaves on it: lines, cursor up, carriage return, clear to the end.
struct TestScreen {
  let columns: Int
  let rows: Int
  private var lines: [[Character]] = [[]]
  private var row = 0
  private var column = 0

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  var text: String { lines.map { String($0) }.joined(separator: "\n") }

  mutating func write(_ text: String) {
    var rest = Array(text)[...]
    while let character = rest.popFirst() {
      switch character {
      case "\n":
        row += 1
        column = 0
        if row == lines.count { lines.append([]) }
      case "\r": column = 0
      case "\u{1B}":
        let sequence = rest.prefix { !$0.isLetter }
        rest = rest.dropFirst(sequence.count)
        obey(rest.popFirst() ?? " ", Int(String(sequence.filter(\.isNumber))) ?? 1)
      default:
        while lines[row].count <= column { lines[row].append(" ") }
        lines[row][column] = character
        column += 1
      }
    }
  }

  private mutating func obey(_ command: Character, _ count: Int) {
    switch command {
    case "A": row = max(0, row - count)
    case "J":
      lines[row].removeSubrange(min(column, lines[row].count)...)
      lines.removeSubrange((row + 1)...)
    default: break
    }
  }
}

/// What was written, from whatever thread.
final class Written: @unchecked Sendable {
  // The lock guards `content`, and nothing else touches it.
  private let lock = NSLock()
  private var content = ""

  var text: String { lock.withLock { content } }
  func append(_ text: String) { lock.withLock { content += text } }
}
