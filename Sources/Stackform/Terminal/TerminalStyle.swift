/// How text is dressed for one output: colours or none, Unicode symbols or ASCII ones.
struct TerminalStyle: Sendable, Hashable {
  /// The colours of the sixteen that every terminal theme sets for readability, and weights.
  enum Colour: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case magenta = "35"
    case cyan = "36"
  }

  static let reset = "\u{1B}[0m"

  var hasColour: Bool
  var symbols: Symbols

  /// No colour, ASCII: what tests and dumb terminals see.
  static let plain = TerminalStyle(hasColour: false, symbols: .ascii)

  /// The text in these colours; unchanged where there are none.
  func callAsFunction(_ text: String, _ colours: Colour...) -> String {
    guard hasColour, !text.isEmpty, !colours.isEmpty else { return text }
    return "\u{1B}[\(colours.map(\.rawValue).joined(separator: ";"))m\(text)\(Self.reset)"
  }
}

extension TerminalStyle {
  /// Decides as the conventions say: `--no-color`, then `NO_COLOR` (no-color.org), then `FORCE_COLOR` and `CLICOLOR_FORCE`, then
  /// whether there is a terminal that is not `TERM=dumb` and `CLICOLOR` is not 0.
  init(environment: [String: String], isTerminal: Bool, isColourRefused: Bool) {
    hasColour = Self.wantsColour(environment, isTerminal: isTerminal, isRefused: isColourRefused)
    symbols = Self.isUnicode(environment) ? .unicode : .ascii
  }

  private static func wantsColour(
    _ environment: [String: String], isTerminal: Bool, isRefused: Bool
  ) -> Bool {
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    if isRefused || isSet("NO_COLOR") { return false }
    if ["FORCE_COLOR", "CLICOLOR_FORCE"].contains(where: { isSet($0) && environment[$0] != "0" }) {
      return true
    }
    return isTerminal && environment["TERM"] != "dumb" && environment["CLICOLOR"] != "0"
  }

  /// The locale's encoding, by POSIX's order of precedence.
  private static func isUnicode(_ environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    let encoding = (locale ?? "").lowercased()
    return encoding.hasSuffix("utf-8") || encoding.hasSuffix("utf8")
  }
}

/// The signs beyond letters that output is made of.
struct Symbols: Sendable, Hashable {
  var ellipsis: String
  var bullet: String
  var dash: String
  /// The sign between a line's number and its text.
  var gutter: String
  var spinner: [String]
  var barDone: String
  var barLeft: String
  var branch: String
  var lastBranch: String
  var trunk: String
  var passed: String
  var failed: String
  var unknown: String
  var arrow: String

  static let unicode = Symbols(
    ellipsis: "…", bullet: "·", dash: "—", gutter: "│",
    spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
    barDone: "━", barLeft: "─", branch: "├── ", lastBranch: "└── ", trunk: "│   ",
    passed: "✓", failed: "✗", unknown: "?", arrow: "→")

  static let ascii = Symbols(
    ellipsis: "...", bullet: "|", dash: "-", gutter: "|", spinner: ["-", "\\", "|", "/"],
    barDone: "#", barLeft: "-", branch: "|-- ", lastBranch: "`-- ", trunk: "|   ",
    passed: "+", failed: "x", unknown: "?", arrow: "to")
}
