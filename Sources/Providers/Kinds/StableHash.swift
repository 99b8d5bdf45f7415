/// FNV-1a over UTF-8: the same on every machine and in every run, for short names that must not change.
enum StableHash {
  /// Sixteen hexadecimal digits.
  static func hex(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The text, or its beginning and a hash of all of it when it is longer than the limit.
  static func shortened(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    return "\(text.prefix(limit - 9))-\(hex(text).prefix(8))"
  }
}
