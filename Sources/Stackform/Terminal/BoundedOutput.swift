/// A program's output, bounded: its first and its last lines, and how much was left out between.
///
/// Only whole lines are left out, so that no text that is to be masked loses its beginning or its end.
struct BoundedOutput: Sendable {
  private let headLimit: Int
  private let tailLimit: Int
  private var head: [[UInt8]] = []
  private var headSize = 0
  private var tail: [[UInt8]] = []
  private var tailSize = 0
  /// The line that has not ended yet; and how long it is, where that is more than is kept of it.
  private var line: [UInt8] = []
  private var lineSize = 0
  private(set) var droppedLines = 0

  init(head: Int = 32 * 1024, tail: Int = 96 * 1024) {
    headLimit = head
    tailLimit = tail
  }

  /// Takes in more of the output.
  mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        endLine()
      } else {
        lineSize += 1
        if line.count < tailLimit { line.append(byte) }
      }
    }
  }

  private mutating func endLine() {
    take(lineSize > line.count ? Array("(a line of \(lineSize) bytes)".utf8) : line)
    (line, lineSize) = ([], 0)
  }

  private mutating func take(_ line: [UInt8]) {
    let size = line.count + 1
    if tail.isEmpty, droppedLines == 0, headSize + size <= headLimit {
      head.append(line)
      headSize += size
      return
    }
    tail.append(line)
    tailSize += size
    var surplus = 0
    while tailSize > tailLimit, surplus < tail.count - 1 {
      tailSize -= tail[surplus].count + 1
      surplus += 1
    }
    tail.removeFirst(surplus)
    droppedLines += surplus
  }

  /// All that is kept, with a note where something is left out.
  var text: String {
    var lines = head
    if droppedLines > 0 { lines.append(Array("(\(droppedLines) lines left out)".utf8)) }
    lines += tail
    if lineSize > 0 {
      lines.append(lineSize > line.count ? Array("(a line of \(lineSize) bytes)".utf8) : line)
    }
    return lines.isEmpty
      ? "" : lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n") + "\n"
  }
}
