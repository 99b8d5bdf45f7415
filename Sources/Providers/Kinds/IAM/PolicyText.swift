import Planner

/// Policy documents as IAM gives them: percent-encoded JSON (RFC 3986).
enum PolicyText {
  /// A policy without a version is read by IAM's rules of 2008, which know no variables, and refused by LocalStack: what is meant is today's.
  static func versioned(_ policy: Value) -> Value {
    guard let members = policy.map, members["Version"] == nil else { return policy }
    return .map(members.merging(["Version": "2012-10-17"]) { $1 })
  }

  /// The document; the text itself when it is no JSON.
  static func document(_ text: String) -> Value {
    let plain = text.hasPrefix("%") ? decoded(text) : text
    return Value(json: plain) ?? .string(plain)
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let high = digit(rest.first), let low = digit(rest.dropFirst().first) {
        bytes.append(high << 4 | low)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8?) -> UInt8? {
    byte.flatMap { Character(UnicodeScalar($0)).hexDigitValue }.map { UInt8($0) }
  }
}
