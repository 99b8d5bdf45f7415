/// One file's name and text. A diagnostic carries it, so that whoever renders one need not read the file again.
package final class SourceText: Sendable {
  /// As the user wrote it on the command line or in `include`.
  package let name: String
  package let text: String
  /// The text's lines without their ends.
  package let lines: [Substring]

  package init(name: String, text: String) {
    self.name = name
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}

/// A stretch of a file: where a node or a mistake stands. Lines and columns count from 1, columns in characters.
package struct SourceSpan: Sendable, Hashable {
  package let source: SourceText
  package let line: Int
  package let column: Int
  package let endLine: Int
  /// The column behind the last character.
  package let endColumn: Int

  package init(source: SourceText, line: Int, column: Int, endLine: Int, endColumn: Int) {
    self.source = source
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
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
