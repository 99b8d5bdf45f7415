import Planner
import Providers

/// The last guard before text leaves: whatever a service, an error or a careless message says, no secret's text is in it.
///
/// A secret is found in every spelling that an endpoint or a parser may use (see ``SecretSpelling``). Blanks match
/// any blanks, because text is laid out before it is written. Where a text was shortened its beginning is found.
final class Redaction: Sendable {
  /// Shorter texts occur by chance everywhere, and masks would show where.
  static let shortest = 4
  private static let mask = "(sensitive value)"
  private let spellings = Locked<[SecretSpelling]>([])

  /// Takes up the texts to mask.
  func add(_ texts: some Sequence<String>) {
    let known = Set(texts.filter(Self.canMask).flatMap(SecretSpelling.all))
    spellings.withLock { kept in
      kept = Set(kept).union(known).sorted { ($0.bytes.count, $1.text) > ($1.bytes.count, $0.text) }
    }
  }

  /// Whether a secret's text is long enough to be masked.
  static func canMask(_ text: String) -> Bool { text.count >= shortest }

  func callAsFunction(_ text: String) -> String {
    let spellings = spellings.withLock { $0 }
    if spellings.isEmpty { return text }
    let bytes = Array(text.utf8)
    var isStart = [Bool](repeating: false, count: 256)
    for spelling in spellings { for byte in spelling.starts { isStart[Int(byte)] = true } }
    var masked: [UInt8] = []
    var index = 0
    var isMasked = false
    while index < bytes.count {
      if isStart[Int(bytes[index])],
        let end = spellings.lazy.compactMap({ $0.end(in: bytes, from: index) }).first
      {
        masked += Array(Self.mask.utf8)
        index = end
        isMasked = true
      } else {
        masked.append(bytes[index])
        index += 1
      }
    }
    return isMasked ? String(decoding: masked, as: UTF8.self) : text
  }
}
