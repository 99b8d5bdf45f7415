import Planner

/// Two texts as `diff -u` shows them: hunks with three lines around what differs.
struct UnifiedDiff: Sendable {
  private static let context = 3

  let style: TerminalStyle

  /// The difference of two texts as a unified diff, in colour on a terminal.
  func text(_ path: String, from before: String, to after: String) -> String {
    let edits = edits(from: Self.lines(before), to: Self.lines(after))
    let changed = edits.indices.filter { !edits[$0].isSame }
    guard !changed.isEmpty else { return "" }
    var hunks: [Range<Int>] = []
    for index in changed {
      let range = max(0, index - Self.context)..<min(edits.count, index + Self.context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    let head = style("--- \(path)", .bold) + "\n" + style("+++ \(path)", .bold) + "\n"
    return head + hunks.map { hunk($0, of: edits) }.joined()
  }

  private func hunk(_ range: Range<Int>, of edits: [SequenceEdit<String>]) -> String {
    let old = edits[..<range.lowerBound].reduce(1) { $0 + $1.oldCount }
    let new = edits[..<range.lowerBound].reduce(1) { $0 + $1.newCount }
    let counts = edits[range].reduce((0, 0)) { ($0.0 + $1.oldCount, $0.1 + $1.newCount) }
    let title = style("@@ -\(old),\(counts.0) +\(new),\(counts.1) @@", .cyan)
    let lines = edits[range].flatMap { edit -> [String] in
      switch edit {
      case .same(let line): [" " + TerminalText.printable(line)]
      case .removed(let line): [style("-" + TerminalText.printable(line), .red)]
      case .added(let line): [style("+" + TerminalText.printable(line), .green)]
      case .replaced(let old, let new):
        [style("-" + TerminalText.printable(old), .red), style("+" + TerminalText.printable(new), .green)]
      }
    }
    return ([title] + lines).joined(separator: "\n") + "\n"
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

extension SequenceEdit {
  fileprivate var oldCount: Int { if case .added = self { 0 } else { 1 } }
  fileprivate var newCount: Int { if case .removed = self { 0 } else { 1 } }
}
