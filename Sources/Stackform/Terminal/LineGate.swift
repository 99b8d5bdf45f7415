import Planner

/// Lets a program's output through by whole lines, so that what is to be masked is never cut in two; and no more of them
/// than somebody reads.
struct LineGate: Sendable {
  /// The most that is let through, and the longest line, in bytes.
  private let most: Int
  private let longest: Int
  /// The line that has not ended yet; empty while the rest of one that is too long is skipped.
  private var line: [UInt8] = []
  private var isSkipping = false
  private var shown = 0

  init(most: Int = 4 << 20, longest: Int = 64 << 10) {
    self.most = most
    self.longest = longest
  }

  /// What is to be shown now that these bytes have come: whole lines, or nothing.
  mutating func take(_ bytes: some Sequence<UInt8>) -> String {
    var lines = ""
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lines += endOfLine()
      } else if !isSkipping {
        line.append(byte)
        // It is not gathered for ever; and half of it may hold half of a secret.
        if line.count > longest { (line, isSkipping) = ([], true) }
      }
    }
    return lines
  }

  /// What is to be shown of a last line without an end.
  mutating func finish() -> String { line.isEmpty && !isSkipping ? "" : endOfLine() }

  private mutating func endOfLine() -> String {
    defer { (line, isSkipping) = ([], false) }
    guard shown <= most else { return "" }
    shown += line.count + 1
    let text =
      isSkipping
      ? "(a line of more than \(ByteCount(longest)))\n" : String(decoding: line, as: UTF8.self) + "\n"
    return shown > most ? text + "(The rest is not shown: it is more than \(ByteCount(most)).)\n" : text
  }
}
