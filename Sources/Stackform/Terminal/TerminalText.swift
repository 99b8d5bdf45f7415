import Planner

/// The size of a terminal in character cells.
struct TerminalSize: Sendable, Hashable {
  var columns: Int
  var rows: Int

  /// What is assumed where there is no terminal.
  static let standard = TerminalSize(columns: 80, rows: 24)
}

/// Text as a terminal shows it: escape sequences take no room, wide characters take two cells.
enum TerminalText {
  /// How many cells a line takes.
  static func width(of line: String) -> Int {
    if line.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return line.utf8.count }
    var width = 0
    forEachPiece(of: line) { piece, isEscape in
      if !isEscape { width += cells(of: piece) }
      return true
    }
    return width
  }

  /// The line cut to a width, its escape sequences kept whole and closed.
  static func cut(_ line: String, to limit: Int, ellipsis: String) -> String {
    guard width(of: line) > limit else { return line }
    let room = max(0, limit - width(of: ellipsis))
    var result = ""
    var used = 0
    var hasEscapes = false
    forEachPiece(of: line) { piece, isEscape in
      if isEscape {
        hasEscapes = true
      } else {
        used += cells(of: piece)
        if used > room { return false }
      }
      result += piece
      return true
    }
    return result + (limit > 0 ? ellipsis : "") + (hasEscapes ? TerminalStyle.reset : "")
  }

  /// The text broken at blanks into lines of at most `width` cells; words longer than that stay whole.
  static func wrapped(_ text: String, to width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph -> [String] in
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, self.width(of: line) + 1 + self.width(of: String(word)) > width {
          lines.append(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      return lines + [line]
    }
  }

  /// The text with blanks up to the width, in cells of a terminal.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - self.width(of: text)))
  }

  /// The text without anything that a terminal would obey: what a service or a file says must not move the cursor.
  static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isControl) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" || !scalar.isControl {
        result.unicodeScalars.append(scalar)
      } else if scalar != "\r" {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result
  }

  /// Walks the characters and the escape sequences (`ESC [ … letter`) of a line until `body` says stop.
  private static func forEachPiece(of line: String, _ body: (_ piece: String, _ isEscape: Bool) -> Bool) {
    var index = line.startIndex
    while index < line.endIndex {
      var end = line.index(after: index)
      let isEscape = line[index] == "\u{1B}"
      if isEscape {
        while end < line.endIndex, !line[end].isLetter { end = line.index(after: end) }
        if end < line.endIndex { end = line.index(after: end) }
      }
      guard body(String(line[index..<end]), isEscape) else { return }
      index = end
    }
  }

  private static func cells(of piece: String) -> Int {
    guard let scalar = piece.unicodeScalars.first else { return 0 }
    if scalar.properties.isEmojiPresentation { return 2 }
    // The East Asian wide blocks, as UAX #11 lists them, in rough ranges.
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default: return scalar.isControl ? 0 : 1
    }
  }
}
