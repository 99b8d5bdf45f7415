/// The one place that text leaves and enters by. Everything else makes strings.
struct Terminal: Sendable {
  /// How standard output is dressed.
  var style: TerminalStyle
  /// How standard error is dressed: it may be a terminal where standard output is a file.
  var errorStyle: TerminalStyle
  /// Standard output is a terminal that can be repainted.
  var canRepaint: Bool
  /// Standard input is a terminal, so questions can be asked.
  var canAsk: Bool
  /// Read afresh at every call: windows are resized.
  var size: @Sendable () -> TerminalSize
  var write: @Sendable (String) -> Void
  var writeError: @Sendable (String) -> Void
  /// Reads a line of the input; nil at its end or when the closure says that it is cancelled.
  var readLine: @Sendable (_ isCancelled: @Sendable () -> Bool) -> String?

  /// The process's own.
  static func standard(
    environment: [String: String], isColourRefused: Bool, redaction: Redaction
  ) -> Terminal {
    let isTerminal = Platform.isTerminal(.output)
    func style(_ isTerminal: Bool) -> TerminalStyle {
      TerminalStyle(environment: environment, isTerminal: isTerminal, isColourRefused: isColourRefused)
    }
    let (outputStyle, errorStyle) = (style(isTerminal), style(Platform.isTerminal(.errors)))
    return Terminal(
      style: outputStyle, errorStyle: errorStyle,
      canRepaint: isTerminal && environment["TERM"] != "dumb" && environment["CI", default: ""].isEmpty,
      canAsk: Platform.isTerminal(.input),
      size: { Platform.terminalSize ?? .standard },
      write: {
        let text = OutputGuard.safe(redaction($0), hasColour: outputStyle.hasColour, canRepaint: isTerminal)
        Platform.write(text, to: .output)
      },
      writeError: {
        let text = OutputGuard.safe(redaction($0), hasColour: errorStyle.hasColour, canRepaint: false)
        Platform.write(text, to: .errors)
      },
      readLine: { Platform.readLine(unless: $0) })
  }

  /// Writes the text and the end of its line.
  func writeLine(_ text: String = "") { write(text + "\n") }

  /// The width for text: the terminal's, or a readable one without a terminal.
  var textWidth: Int { min(max(size().columns, 40), 120) }
}
