import Planner

/// Diagnostics as text: what, where with the line and a mark under it, why, how to fix.
struct DiagnosticRenderer: Sendable {
  let style: TerminalStyle
  let width: Int
  /// Each warning in one line.
  let isCompact: Bool

  init(style: TerminalStyle, width: Int, isCompact: Bool = false) {
    self.style = style
    self.width = max(width, 40)
    self.isCompact = isCompact
  }

  /// All of them in the order of their files, and a count when there are several.
  func render(_ diagnostics: Diagnostics) -> String {
    let items = diagnostics.inFileOrder.items
    var parts: [String] = []
    for (index, item) in items.enumerated() {
      var item = item
      // A dozen mistakes of one cause need its fix once.
      if index > 0, items[index - 1].detail == item.detail, items[index - 1].fix == item.fix {
        item.fix = nil
      }
      parts.append(render(item))
    }
    if items.count > 1 { parts.append(Self.count(items) + "\n") }
    return parts.joined(separator: "\n")
  }

  /// One diagnostic with its line of the file and its fix, and a line end.
  func render(_ diagnostic: Diagnostic) -> String {
    if isCompact, diagnostic.severity == .warning { return compact(diagnostic) }
    var lines = [heading(diagnostic)]
    if let span = diagnostic.span {
      lines += excerpt(span, detail: TerminalText.printable(diagnostic.detail), severity: diagnostic.severity)
    } else {
      lines += indented(TerminalText.printable(diagnostic.detail))
    }
    if let fix = diagnostic.fix { lines += indented(TerminalText.printable(fix)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `2 errors, 1 warning.`
  static func count(_ items: [Diagnostic]) -> String {
    let errors = items.count { $0.severity == .error }
    let warnings = items.count - errors
    let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
    return parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
  }

  private func heading(_ diagnostic: Diagnostic) -> String {
    let address =
      diagnostic.address.map { style(" (\(TerminalText.printable($0.description)))", .dim) } ?? ""
    return style("\(diagnostic.severity.rawValue):", .bold, colour(diagnostic.severity)) + " "
      + style(TerminalText.printable(diagnostic.summary), .bold) + address
  }

  private func colour(_ severity: Diagnostic.Severity) -> TerminalStyle.Colour {
    switch severity {
    case .error: .red
    case .warning: .yellow
    }
  }

  private func compact(_ diagnostic: Diagnostic) -> String {
    let place =
      diagnostic.span.map { " \(TerminalText.printable($0.source.name)):\($0.line):\($0.column):" } ?? ""
    let words = TerminalText.printable(diagnostic.detail).split(separator: "\n").joined(separator: " ")
    return style("warning:", .bold, .yellow) + "\(place) \(diagnostic.summary): \(words)\n"
  }

  private func indented(_ text: String) -> [String] {
    TerminalText.wrapped(text, to: width - 2).map { "  " + $0 }
  }

  /// The place, the line with its number, the mark under the fault, and the reason next to the mark or below
  /// it.
  private func excerpt(_ span: SourceSpan, detail: String, severity: Diagnostic.Severity) -> [String] {
    let place = "  " + style("\(TerminalText.printable(span.source.name)):\(span.line):\(span.column)", .cyan)
    guard span.source.shows(line: span.line) else { return [place] + indented(detail) }
    let number = String(span.line)
    let gutter = style(style.symbols.gutter, .dim)
    let blank = "  " + String(repeating: " ", count: number.count + 2) + gutter + " "
    let room = width - number.count - 6
    let window = SourceWindow(line: span.source.lines[span.line - 1], span: span, room: room, style: style)
    let code = "   " + style(number, .dim) + " " + gutter + " " + window.text
    let indent = String(repeating: " ", count: window.markColumn)
    let mark = style(String(repeating: "^", count: window.markWidth), .bold, colour(severity))
    if window.markColumn + window.markWidth + 1 + TerminalText.width(of: detail) <= room,
      !detail.contains("\n")
    {
      return [place, code, "\(blank)\(indent)\(mark) \(detail)"]
    }
    return [place, code, "\(blank)\(indent)\(mark)"] + indented(detail)
  }
}

/// The part of a source line that fits, and where the mark goes under it.
private struct SourceWindow {
  let text: String
  let markColumn: Int
  let markWidth: Int

  init(line: Substring, span: SourceSpan, room: Int, style: TerminalStyle) {
    // Of a line of megabytes only what is near the fault is looked at.
    let far = max(0, min(span.column - 1, line.count) - room)
    let near = line.dropFirst(far).prefix(4 * room)
    let characters = near.map { $0 == "\t" ? " " : $0 }.filter { $0 != "\r" && $0 != "\r\n" }
    let start = min(max(span.column - 1 - far, 0), characters.count)
    let end =
      span.endLine > span.line
      ? characters.count : min(max(span.endColumn - 1 - far, start), characters.count)
    // A fault far to the right is shown with a little of the text before it.
    let skipped = end > room && start > 20 ? start - 16 : 0
    let lead = skipped + far > 0 ? style.symbols.ellipsis : ""
    let shown = lead + TerminalText.printable(String(characters[skipped...]))
    text = TerminalText.cut(shown, to: room, ellipsis: style.symbols.ellipsis)
    markColumn = TerminalText.width(of: lead + String(characters[skipped..<start]))
    let width = TerminalText.width(of: String(characters[start..<end]))
    markWidth = max(1, min(width, room - markColumn))
  }
}
