#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Value {
  /// Canonical JSON: members sorted by name, no blanks, slashes as they are. A pending value is `{"$pending": "…source text…"}`.
  package var json: String {
    var writer = JSONWriter()
    writer.write(self)
    return writer.text
  }

  /// The tree that a JSON text spells, or nil when it is not JSON.
  package init?(json: String) {
    guard let value = JSONReader.read(Data(json.utf8)) else { return nil }
    self = value
  }
}

/// Writes JSON. By hand, because Foundation's writer with sorted keys makes two megabytes a second on Linux.
private struct JSONWriter {
  private var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ value: Value) {
    switch value {
    case .null: bytes += "null".utf8
    case .boolean(let flag): bytes += (flag ? "true" : "false").utf8
    case .integer(let number): bytes += String(number).utf8
    case .number(let number): write(number)
    case .string(let text): write(text)
    case .list(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(item)
      }
      bytes.append(UInt8(ascii: "]"))
    case .map(let members): write(members.sorted { $0.key < $1.key })
    case .pending(let template): write([(key: "$pending", value: .string(template.source))])
    }
  }

  private mutating func write(_ members: [(key: String, value: Value)]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(member.key)
      bytes.append(UInt8(ascii: ":"))
      write(member.value)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// JSON has no infinities and no NaN.
  private mutating func write(_ number: Double) {
    if let whole = Int(exactly: number) {
      bytes += String(whole).utf8
    } else {
      bytes += (number.isFinite ? String(number) : "null").utf8
    }
  }

  private mutating func write(_ text: String) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20: bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
