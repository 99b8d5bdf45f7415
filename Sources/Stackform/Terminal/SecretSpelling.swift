import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One way in which a secret may turn up in a text.
struct SecretSpelling: Hashable, Sendable {
  let text: String
  let bytes: [UInt8]
  private let scalars: [Unicode.Scalar]

  private init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
    scalars = Array(text.unicodeScalars)
  }

  /// As it is; without the signs that quoting costs; each long line of it; in base64, also of its JSON; in hex.
  /// How each character of these may be escaped says ``SpelledScalar``.
  static func all(of secret: String) -> [SecretSpelling] {
    let json = String(Value.string(secret).json.dropFirst().dropLast())
    var spellings = [secret, secret.filter { $0 != "\"" && $0 != "\\" }, json]
    spellings += secret.split(whereSeparator: \.isNewline).map(String.init).filter { $0.utf8.count >= 12 }
    spellings += [secret, json].flatMap(base64)
    let hex = secret.utf8.map { (($0 < 16) ? "0" : "") + String($0, radix: 16) }.joined()
    spellings += [hex, hex.uppercased()]
    return Set(spellings).filter { $0.utf8.count >= 4 }.map(SecretSpelling.init)
  }

  /// In Base64, alone and inside a longer text. There it begins at any of three positions of a group;
  /// characters that also depend on its neighbours are not matched.
  private static func base64(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    guard bytes.count >= 6 else { return [Data(bytes).base64EncodedString()] }
    let cores = (0..<3).map { shift in
      let padded = [UInt8](repeating: 0, count: shift) + bytes
      let whole = Data(padded[..<(padded.count / 3 * 3)]).base64EncodedString()
      return String(whole.dropFirst(shift == 0 ? 0 : 4))
    }
    let standard = [Data(bytes).base64EncodedString()] + cores
    return standard + standard.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
  }

  /// Bytes that it may begin with in a text.
  var starts: [UInt8] {
    [bytes[0]] + SpelledScalar.escapes + (Self.isBlank(scalars[0]) ? [UInt8(ascii: "+")] : [])
  }

  /// The end of an occurrence at `start`; also of one that was cut short there: before an ellipsis when four of
  /// its bytes are there, and at the end of any word when so much is there that it can't be chance.
  func end(in text: [UInt8], from start: Int) -> Int? {
    guard mayBegin(in: text, at: start) else { return nil }
    // Every place that the text so far may end at: "%25" is a percent sign or three characters.
    var places = [start]
    var position = 0
    var matched = 0
    while position < scalars.count {
      let scalar = scalars[position]
      var next: [Int] = []
      if Self.isBlank(scalar) {
        next = SpelledScalar.endsOfBlanks(in: text, from: places)
        while position < scalars.count, Self.isBlank(scalars[position]) {
          position += 1
          matched += 1
        }
      } else {
        for place in places {
          for end in SpelledScalar.ends(of: scalar, in: text, at: place) where !next.contains(end) {
            next.append(end)
          }
        }
        position += 1
      }
      if next.isEmpty { return places.last { isCut(text, at: $0, after: matched) } }
      if !Self.isBlank(scalar) { matched += scalar.utf8.count }
      places = next
    }
    return places.max()
  }

  /// Rules most places out: what begins with the same byte goes on with the same, or with an escape.
  private func mayBegin(in text: [UInt8], at start: Int) -> Bool {
    guard text[start] == bytes[0], bytes.count > 1, start + 1 < text.count, !Self.isBlank(scalars[0]),
      !SpelledScalar.escapes.contains(bytes[0])
    else { return true }
    let (second, wanted) = (text[start + 1], bytes[1])
    return second == wanted || SpelledScalar.escapes.contains(second) || second == bytes[0] || wanted <= 32
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (9...13).contains(scalar.value)
  }

  private func isCut(_ text: [UInt8], at index: Int, after matched: Int) -> Bool {
    let rest = text[min(index, text.count)...].prefix(3)
    if rest.elementsEqual([0xE2, 0x80, 0xA6]) || rest.elementsEqual([0x2E, 0x2E, 0x2E]) {
      return matched >= 4
    }
    guard matched >= max(8, min(bytes.count / 2, 16)) else { return false }
    return rest.first.map { $0 < 0x80 && !Character(Unicode.Scalar($0)).isLetter && !(48...57).contains($0) }
      ?? true
  }
}
