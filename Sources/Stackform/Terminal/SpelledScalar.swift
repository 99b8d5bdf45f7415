/// The ways in which a service, a parser or a quoting tool may write one character of a secret.
///
/// As it is; percent signs of URLs and forms; escapes of JSON, YAML, Python and Swift; entities of XML and HTML;
/// quotes that stand twice in CSV, SQL and YAML. Each of them may itself have been escaped once more.
enum SpelledScalar {
  /// The bytes that begin an escape.
  static let escapes: [UInt8] = Array("%\\&".utf8)

  private static let (percent, backslash, ampersand) = (
    UInt8(ascii: "%"), UInt8(ascii: "\\"), UInt8(ascii: "&")
  )

  /// Every place behind the character when it is spelt at `start`; none when it is not.
  static func ends(of scalar: Unicode.Scalar, in text: [UInt8], at start: Int) -> [Int] {
    guard start < text.count else { return [] }
    var ends = endOfBytes(Array(scalar.utf8), in: text, at: start).map { [$0] } ?? []
    switch text[start] {
    case percent:
      // "%25" is also the percent sign itself, spelt.
      if scalar == "%" {
        ends += percentEncoded(in: text, at: start).filter { $0.byte == percent }.map(\.end)
      }
    case backslash: ends += escaped(scalar, in: text, at: start)
    case ampersand: ends += entities(scalar, in: text, at: start)
    default: break
    }
    if scalar == "'" || scalar == "\"", start + 1 < text.count, text[start] == text[start + 1],
      text[start] == UInt8(scalar.value)
    {
      ends.append(start + 2)
    }
    return ends
  }

  /// Every place behind one or more blanks: blanks and line ends are laid out anew before they are shown.
  static func endsOfBlanks(in text: [UInt8], from starts: [Int]) -> [Int] {
    var found: [Int] = []
    var open = starts
    while let place = open.popLast() {
      var next: [Int] = []
      if place < text.count,
        text[place] == 32 || (9...13).contains(text[place]) || text[place] == UInt8(ascii: "+")
      {
        next.append(place + 1)
      } else {
        for blank in " \n\t\r".unicodeScalars { next += ends(of: blank, in: text, at: place) }
      }
      for end in next where !found.contains(end) {
        found.append(end)
        open.append(end)
      }
    }
    return found
  }

  // MARK: Bytes

  /// Behind bytes that stand there as they are, as `%41` or as `\x41`.
  private static func endOfBytes(_ bytes: [UInt8], in text: [UInt8], at start: Int) -> Int? {
    var place = start
    for byte in bytes {
      guard place < text.count else { return nil }
      if text[place] == byte {
        place += 1
      } else if let encoded = percentEncoded(in: text, at: place).first(where: { $0.byte == byte }) {
        place = encoded.end
      } else if let hex = hexEscape(in: text, at: place), hex.byte == byte {
        place = hex.end
      } else {
        return nil
      }
    }
    return place
  }

  /// `%41`, and `%2541` for what was encoded twice.
  private static func percentEncoded(in text: [UInt8], at start: Int) -> [(byte: UInt8, end: Int)] {
    guard start < text.count, text[start] == percent else { return [] }
    var found: [(byte: UInt8, end: Int)] = []
    var place = start + 1
    while let byte = hex(text, at: place, count: 2) {
      found.append((UInt8(byte), place + 2))
      guard byte == percent, found.count < 4 else { break }
      place += 2
    }
    return found
  }

  private static func hexEscape(in text: [UInt8], at start: Int) -> (byte: UInt8, end: Int)? {
    let place = behindBackslashes(text, from: start)
    guard place > start, place < text.count, text[place] == UInt8(ascii: "x") else { return nil }
    return hex(text, at: place + 1, count: 2).map { (UInt8($0), place + 3) }
  }

  // MARK: Backslashes

  private static let letters: [Unicode.Scalar: UInt8] = [
    "\n": UInt8(ascii: "n"), "\t": UInt8(ascii: "t"), "\r": UInt8(ascii: "r"), "\u{8}": UInt8(ascii: "b"),
    "\u{C}": UInt8(ascii: "f"), "\u{1B}": UInt8(ascii: "e"), "\0": UInt8(ascii: "0"),
  ]

  private static func behindBackslashes(_ text: [UInt8], from start: Int) -> Int {
    text[start...].firstIndex { $0 != backslash } ?? text.count
  }

  private static func escaped(_ scalar: Unicode.Scalar, in text: [UInt8], at start: Int) -> [Int] {
    let place = behindBackslashes(text, from: start)
    if scalar == "\\" {
      // Each time that it is escaped, its backslashes are twice as many.
      return [2, 4, 8].map { start + $0 }.filter { $0 <= place }
        + (codeEscape(in: text, at: place).map { $0.value == scalar.value ? [$0.end] : [] } ?? [])
    }
    guard place < text.count else { return [] }
    if let letter = letters[scalar], text[place] == letter { return [place + 1] }
    if scalar.isASCII, text[place] == UInt8(scalar.value) { return [place + 1] }
    guard let code = codeEscape(in: text, at: place) else { return [] }
    if code.value == scalar.value { return [code.end] }
    // Half of a pair, as JSON writes what has more than 16 bits.
    guard (0xD800..<0xDC00).contains(code.value), code.end < text.count, text[code.end] == backslash,
      let low = codeEscape(in: text, at: behindBackslashes(text, from: code.end)),
      (0xDC00..<0xE000).contains(low.value)
    else { return [] }
    return 0x10000 + (code.value - 0xD800) << 10 + (low.value - 0xDC00) == scalar.value ? [low.end] : []
  }

  /// `u004b`, `U0000004b`, `u{4b}`, `x4b`, behind the backslash.
  private static func codeEscape(in text: [UInt8], at start: Int) -> (value: UInt32, end: Int)? {
    guard start < text.count else { return nil }
    let count: Int
    switch text[start] {
    case UInt8(ascii: "u") where start + 1 < text.count && text[start + 1] == UInt8(ascii: "{"):
      guard let end = text[start...].prefix(12).firstIndex(of: UInt8(ascii: "}")), end > start + 2 else {
        return nil
      }
      return hex(text, at: start + 2, count: end - start - 2).map { ($0, end + 1) }
    case UInt8(ascii: "u"): count = 4
    case UInt8(ascii: "U"): count = 8
    case UInt8(ascii: "x"): count = 2
    default: return nil
    }
    return hex(text, at: start + 1, count: count).map { ($0, start + 1 + count) }
  }

  // MARK: Entities

  private static let names: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "tab": "\t",
    "newline": "\n", "plus": "+", "sol": "/", "equals": "=", "dollar": "$", "percnt": "%",
  ]

  private static func entities(_ scalar: Unicode.Scalar, in text: [UInt8], at start: Int) -> [Int] {
    var ends: [Int] = []
    var place = start + 1
    // Of what was escaped twice, the first ampersand is an entity itself: `&amp;lt;`.
    for _ in 0..<4 {
      guard let end = text[min(place, text.count)...].prefix(16).firstIndex(of: UInt8(ascii: ";")),
        end > place
      else { break }
      let name = String(decoding: text[place..<end], as: UTF8.self).lowercased()
      if names[name] == scalar || number(name) == scalar.value { ends.append(end + 1) }
      guard name == "amp" else { break }
      place = end + 1
    }
    return ends
  }

  /// The code of `#39` and `#x27`, with any zeros before it.
  private static func number(_ name: String) -> UInt32? {
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    return digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  }

  private static func hex(_ text: [UInt8], at start: Int, count: Int) -> UInt32? {
    guard start + count <= text.count, (1...8).contains(count) else { return nil }
    var value: UInt32 = 0
    for byte in text[start..<start + count] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
