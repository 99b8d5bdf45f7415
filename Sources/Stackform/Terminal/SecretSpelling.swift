import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One way in which a secret may turn up in a text.
struct SecretSpelling: Hashable, Sendable {
  let text: String
  let bytes: [UInt8]

  private init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  /// As it is; in JSON, and in JSON that is a text in JSON; without the signs that quoting costs; in XML; in
  /// base64. A URL or a form may have each of these, see ``end(in:from:)``.
  static func all(of secret: String) -> [SecretSpelling] {
    let json = escapedInJSON(secret)
    var spellings = [
      secret, json, escapedInJSON(json), json.replacing("/", with: "\\/"), escapedInXML(secret),
    ]
    spellings += [secret, json].map { $0.filter { $0 != "\"" && $0 != "\\" } }
    spellings += [secret, json].flatMap(base64)
    return Set(spellings).filter { $0.utf8.count >= 4 }.map(SecretSpelling.init)
  }

  private static func escapedInJSON(_ text: String) -> String {
    String(Value.string(text).json.dropFirst().dropLast())
  }

  private static func escapedInXML(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&apos;")
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
  var starts: [UInt8] { [bytes[0], UInt8(ascii: "%")] + (Self.isBlank(bytes[0]) ? [UInt8(ascii: "+")] : []) }

  /// The end of an occurrence at `start`; also of one that was cut short there, if at least four of its bytes
  /// are before the cut. Any byte may be spelt as `%41`, a blank as `+` or as many blanks.
  func end(in text: [UInt8], from start: Int) -> Int? {
    // Only the following text shows whether "%25" is a percent sign or three characters.
    end(in: text, from: start, isEncoded: false) ?? end(in: text, from: start, isEncoded: true)
  }

  private func end(in text: [UInt8], from start: Int, isEncoded: Bool) -> Int? {
    var index = start
    var position = 0
    while position < bytes.count {
      if Self.isBlank(bytes[position]), index < text.count, Self.isBlank(text[index]) {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        while index < text.count, Self.isBlank(text[index]) { index += 1 }
        continue
      }
      guard let next = Self.step(over: bytes[position], in: text, at: index, isEncoded: isEncoded) else {
        return position >= 4 && Self.isCut(text, at: index) ? index : nil
      }
      index = next
      position += 1
    }
    return index
  }

  private static func step(over byte: UInt8, in text: [UInt8], at index: Int, isEncoded: Bool) -> Int? {
    guard index < text.count else { return nil }
    if text[index] == byte, !isEncoded || byte != UInt8(ascii: "%") { return index + 1 }
    if text[index] == UInt8(ascii: "+"), byte == 32 { return index + 1 }
    guard text[index] == UInt8(ascii: "%"), index + 2 < text.count else { return nil }
    let digits = text[(index + 1)...(index + 2)].compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return digits.count == 2 && digits[0] * 16 + digits[1] == Int(byte) ? index + 3 : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Whether an ellipsis is there.
  private static func isCut(_ text: [UInt8], at index: Int) -> Bool {
    let rest = text[min(index, text.count)...].prefix(3)
    return rest.elementsEqual([0xE2, 0x80, 0xA6]) || rest.elementsEqual([0x2E, 0x2E, 0x2E])
  }
}
