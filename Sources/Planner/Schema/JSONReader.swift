/// Reads JSON (RFC 8259) strictly. By hand, because answers are large and Foundation's readers are slow on Linux.
struct JSONReader {
  /// Lists and members may be nested this deep.
  static let depthLimit = 200

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The one value of the text; nil when the text is anything else.
  mutating func document() -> Value? {
    guard let value = value() else { return nil }
    skipBlanks()
    return position == bytes.count ? value : nil
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() -> Value? {
    skipBlanks()
    switch current {
    case UInt8(ascii: "{"): return nested { $0.members() }
    case UInt8(ascii: "["): return nested { $0.items() }
    case UInt8(ascii: "\""): return string().map(Value.string)
    case UInt8(ascii: "t"): return word("true", true)
    case UInt8(ascii: "f"): return word("false", false)
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func nested(_ read: (inout JSONReader) -> Value?) -> Value? {
    guard depth < Self.depthLimit else { return nil }
    depth += 1
    position += 1
    defer { depth -= 1 }
    return read(&self)
  }

  private mutating func members() -> Value? {
    var members: [String: Value] = [:]
    if take("}") { return .map(members) }
    repeat {
      skipBlanks()
      guard let name = string(), take(":"), let value = value() else { return nil }
      members[name] = value
    } while take(",")
    return take("}") ? .map(members) : nil
  }

  private mutating func items() -> Value? {
    var items: [Value] = []
    if take("]") { return .list(items) }
    repeat {
      guard let value = value() else { return nil }
      items.append(value)
    } while take(",")
    return take("]") ? .list(items) : nil
  }

  private mutating func word(_ word: StaticString, _ value: Value) -> Value? {
    let length = word.utf8CodeUnitCount
    guard position + length <= bytes.count else { return nil }
    for offset in 0..<length where bytes[position + offset] != word.utf8Start[offset] { return nil }
    position += length
    return value
  }

  private mutating func number() -> Value? {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let first = position
    let whole = digits()
    if whole == 0 || whole > 1 && bytes[first] == UInt8(ascii: "0") { return nil }
    var isWhole = true
    if current == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      if digits() == 0 { return nil }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      if digits() == 0 { return nil }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let number = Int(text) { return .integer(number) }
    return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    return position - start
  }

  private mutating func string() -> String? {
    guard current == UInt8(ascii: "\"") else { return nil }
    position += 1
    var text: [UInt8]?
    var start = position
    while let byte = current {
      position += 1
      if byte == UInt8(ascii: "\"") {
        let rest = bytes[start..<(position - 1)]
        guard var text else { return String(decoding: rest, as: UTF8.self) }
        text += rest
        return String(decoding: text, as: UTF8.self)
      }
      if byte < 0x20 { return nil }
      guard byte == UInt8(ascii: "\\") else { continue }
      text = (text ?? []) + bytes[start..<(position - 1)]
      guard let scalar = escape() else { return nil }
      text?.append(contentsOf: String(Character(scalar)).utf8)
      start = position
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = current else { return nil }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let unit = hexadecimal() else { return nil }
      guard unit >= 0xD800, unit <= 0xDFFF else { return Unicode.Scalar(unit) }
      return surrogate(unit)
    default: return nil
    }
  }

  /// The second half of a pair; a lone half stands for nothing, as most readers have it.
  private mutating func surrogate(_ high: UInt32) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard high < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return replacement }
    let before = position
    position += 2
    guard let low = hexadecimal(), low >= 0xDC00, low <= 0xDFFF else {
      position = before
      return replacement
    }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? replacement
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var number: UInt32 = 0
    for byte in bytes[position..<(position + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
      number = number << 4 | UInt32(digit)
    }
    position += 4
    return number
  }
}
