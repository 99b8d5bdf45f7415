import Planner

/// Text as Markdown takes it, GitHub's flavour: what a value holds stays a value, and never becomes markup, a
/// mention or a closed fence.
enum MarkdownText {
  /// A piece of code inside of a line or of a table's cell.
  static func code(_ text: String) -> String {
    let plain = oneLine(text)
    guard !plain.isEmpty else { return "" }
    // In a cell a bar ends it even in a code span, unless it is escaped, which GitHub takes back there.
    let cell = plain.replacing("|", with: "\\|")
    let ticks = String(repeating: "`", count: longestRun(of: "`", in: plain) + 1)
    let needsRoom = ticks.count > 1 || plain.hasPrefix(" ") || plain.hasSuffix(" ")
    return needsRoom ? "\(ticks) \(cell) \(ticks)" : "\(ticks)\(cell)\(ticks)"
  }

  /// Plain words inside of a line or of a cell.
  static func words(_ text: String) -> String {
    var result = ""
    for character in oneLine(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      // A mention would send people mail.
      case "@": result += "&#64;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  /// Several lines as a block of code; the fence is longer than any in the text.
  static func block(_ text: String, language: String = "") -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    let end = text.hasSuffix("\n") ? "" : "\n"
    return "\(fence)\(language)\n\(TerminalText.printable(text))\(end)\(fence)"
  }

  /// A part that is shown on a click.
  static func details(_ summary: String, _ body: String) -> String {
    "<details><summary>\(html(summary))</summary>\n\n\(body)\n\n</details>"
  }

  /// Words inside of an HTML element.
  static func html(_ text: String) -> String {
    oneLine(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("@", with: "&#64;")
  }

  /// Cells as a row of a table. They must be escaped.
  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  /// A table's head: the titles and the rule below them.
  static func head(_ titles: [String]) -> String {
    row(titles) + "\n|" + String(repeating: "---|", count: titles.count)
  }

  private static func oneLine(_ text: String) -> String {
    TerminalText.printable(text).replacing("\n", with: " ").replacing("\t", with: " ")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for other in text {
      run = other == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
