/// One file's name and text. A diagnostic holds it, so that a renderer need not read the file again.
package final class SourceText: Sendable {
  /// Which lines a message may not repeat, because values of variables stand there: they may be secrets.
  package enum Privacy: Sendable { case none, variables, everything }

  /// As the user wrote it on the command line or in `include`.
  package let name: String
  package let text: String
  /// The text's lines without their ends. A line ends where libyaml ends one: CR, LF, CR LF, NEL, LS, PS.
  package let lines: [Substring]
  /// Nothing beyond ASCII, so that bytes, code points and characters count alike.
  let isASCII: Bool
  private let privacy: Privacy

  package init(name: String, text: String, privacy: Privacy = .none) {
    self.name = name
    self.text = text
    self.privacy = privacy
    (lines, isASCII) = Self.split(text)
  }

  /// Whether a message may repeat a line, which counts from 1. It may not when the line is private; and not
  /// either when there is no such line.
  package func shows(line: Int) -> Bool {
    guard lines.indices.contains(line - 1) else { return false }
    switch privacy {
    case .none: return true
    case .everything: return false
    case .variables: return !isBelowVariables(line)
    }
  }

  /// Whether a line is one of `variables`, or stands below it with a deeper indentation. By the text alone:
  /// what is asked about may be no YAML. A line without a key belongs to the key above it, wherever it begins.
  private func isBelowVariables(_ line: Int) -> Bool {
    var depth = Int.max
    for text in lines[..<line].reversed() {
      let content = text.drop { $0 == " " || $0 == "\t" }
      let indentation = text.count - content.count
      guard indentation < depth, content.contains(":"), !content.hasPrefix("#") else { continue }
      if content.contains("variables") { return true }
      let key = content.prefix { $0 != ":" }
      if key.allSatisfy({ $0.isLetter || $0.isNumber || "-_\"'".contains($0) }) { depth = indentation }
    }
    return false
  }

  /// The place of a byte, counted from the start of the text.
  func place(ofByte offset: Int) -> SourceSpan {
    let bytes = text.utf8
    let index = bytes.index(bytes.startIndex, offsetBy: offset, limitedBy: bytes.endIndex) ?? bytes.endIndex
    let before = Self.split(String(decoding: bytes[..<index], as: UTF8.self)).lines
    let column = (before.last?.count ?? 0) + 1
    return SourceSpan(
      source: self, line: before.count, column: column, endLine: before.count, endColumn: column + 1)
  }

  /// A column counted in code points from 0, as libyaml does, as one counted in characters from 1. Lines count from 1.
  func characterColumn(line: Int, codePoints: Int) -> Int {
    guard !isASCII, lines.indices.contains(line - 1) else { return codePoints + 1 }
    var passed = 0
    var column = 1
    for character in lines[line - 1] {
      if passed >= codePoints { break }
      passed += character.unicodeScalars.count
      column += 1
    }
    return column
  }

  private static func split(_ text: String) -> (lines: [Substring], isASCII: Bool) {
    let bytes = text.utf8
    var lines: [Substring] = []
    var isASCII = true
    var start = bytes.startIndex
    var index = start
    while index < bytes.endIndex {
      let byte = bytes[index]
      var next = bytes.index(after: index)
      var isBreak = byte == 0x0A
      if byte == 0x0D {
        isBreak = true
        if next < bytes.endIndex, bytes[next] == 0x0A { next = bytes.index(after: next) }
      } else if byte >= 0x80 {
        isASCII = false
        if byte == 0xC2 || byte == 0xE2, let end = unicodeBreak(bytes, at: index) {
          isBreak = true
          next = end
        }
      }
      if isBreak {
        lines.append(text[start..<index])
        start = next
      }
      index = next
    }
    lines.append(text[start...])
    return (lines, isASCII)
  }

  /// The end of a NEL (C2 85), LS (E2 80 A8) or PS (E2 80 A9) that begins here.
  private static func unicodeBreak(_ bytes: String.UTF8View, at index: String.Index) -> String.Index? {
    let rest = Array(bytes[index...].prefix(3))
    if rest.starts(with: [0xC2, 0x85]) { return bytes.index(index, offsetBy: 2) }
    if rest == [0xE2, 0x80, 0xA8] || rest == [0xE2, 0x80, 0xA9] { return bytes.index(index, offsetBy: 3) }
    return nil
  }
}

/// A stretch of a file: the place of a node or of a mistake. Lines and columns count from 1, columns in
/// characters.
package struct SourceSpan: Sendable, Hashable {
  package let source: SourceText
  package let line: Int
  package let column: Int
  package let endLine: Int
  /// The column behind the last character.
  package let endColumn: Int

  /// Whether a message may repeat what stands here.
  package var isShown: Bool { (line...max(line, endLine)).allSatisfy { source.shows(line: $0) } }

  /// The first occurrence of `text` inside this stretch, if it is on one line and spelt the same; otherwise
  /// the whole stretch.
  func narrowed(to text: String) -> SourceSpan {
    // A line that no editor shows is not searched: each of its characters would cost sixteen bytes.
    guard !text.isEmpty, source.lines.indices.contains(line - 1), source.lines[line - 1].utf8.count < 65536
    else { return self }
    let wanted = Array(text)
    for line in line...max(line, endLine)
    where source.lines.indices.contains(line - 1) && source.lines[line - 1].utf8.count < 65536 {
      let characters = Array(source.lines[line - 1])
      let first = line == self.line ? column - 1 : 0
      let last = (line == endLine ? min(endColumn - 1, characters.count) : characters.count) - wanted.count
      guard first <= last else { continue }
      for start in first...last where characters[start..<(start + wanted.count)].elementsEqual(wanted) {
        return SourceSpan(
          source: source, line: line, column: start + 1, endLine: line, endColumn: start + 1 + wanted.count)
      }
    }
    return self
  }

  package static func == (left: SourceSpan, right: SourceSpan) -> Bool {
    left.source === right.source && left.line == right.line && left.column == right.column
      && left.endLine == right.endLine && left.endColumn == right.endColumn
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(source))
    hasher.combine(line)
    hasher.combine(column)
  }
}
