/// Percent-encoding as signatures demand it: everything but RFC 3986's unreserved characters, digits in upper case.
enum URLEscaping {
  /// Percent-encodes everything except RFC 3986's unreserved characters; slashes only on request.
  static func escape(_ text: String, keepingSlashes: Bool = false) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/")) {
        escaped.append(byte)
      } else {
        escaped.append(UInt8(ascii: "%"))
        escaped.append(digits[Int(byte >> 4)])
        escaped.append(digits[Int(byte & 15)])
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  /// The query as it goes on the wire, without its question mark: `list-type=2&versioning`.
  static func query(_ parameters: [(name: String, value: String?)]) -> String {
    parameters.map { parameter in
      guard let value = parameter.value else { return escape(parameter.name) }
      return "\(escape(parameter.name))=\(escape(value))"
    }.joined(separator: "&")
  }

  /// The query as it is signed: sorted by escaped name, then value; a parameter without a value has an empty one.
  static func canonicalQuery(_ parameters: [(name: String, value: String?)]) -> String {
    parameters.map { (escape($0.name), escape($0.value ?? "")) }
      .sorted {
        $0.0 == $1.0
          ? $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) : $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
      }
      .map { "\($0.0)=\($0.1)" }
      .joined(separator: "&")
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
