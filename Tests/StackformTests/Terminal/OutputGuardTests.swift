import Planner
import Testing

@testable import Stackform

/// The last guard before text leaves.
struct OutputGuardTests {
  @Test func `every control sign is escaped as JSON has it, and nothing else is touched`() throws {
    let hostile =
      "a\u{1B}[2Jb\u{9B}31mc\u{202E}d\u{2066}e\u{200F}f\u{61C}g\u{7F}h\u{2028}i\u{7}j\rk\tl\né ü \u{1F40E} «»"
    let safe = OutputGuard.safe(hostile, hasColour: false, canRepaint: false)
    #expect(
      safe
        == #"a\u001b[2Jb\u009b31mc\u202ed\u2066e\u200ff\u061cg\u007fh\u2028i\u0007jk"#
        + "\tl\né ü \u{1F40E} «»")
    let event = JSONEvents(timestamp: { "" }).log(hostile)
    let shown = OutputGuard.safe(event, hasColour: false, canRepaint: false)
    let hasControls = shown.dropLast().unicodeScalars.contains { $0.isControl }
    #expect(!hasControls)
    #expect(Value(json: shown)?["@message"]?.string == hostile)
  }

  @Test func `our own colours and the painter's moves pass where they mean something`() {
    let style = TerminalStyle(hasColour: true, symbols: .unicode)
    let text = style("hot", .bold, .red) + "\r\u{1B}[3A\u{1B}[J" + LivePainter.hideCursor
    #expect(OutputGuard.safe(text, hasColour: true, canRepaint: true) == text)
    #expect(
      OutputGuard.safe(text, hasColour: true, canRepaint: false) == style("hot", .bold, .red)
        + #"\u001b[3A\u001b[J\u001b[?25l"#)
    for other in ["\u{1B}[8m", "\u{1B}]0;title\u{7}", "\u{1B}[6n", "\u{1B}c", "\u{1B}["] {
      #expect(OutputGuard.safe(other, hasColour: true, canRepaint: true).hasPrefix(#"\u001b"#), "\(other)")
    }
  }
}
