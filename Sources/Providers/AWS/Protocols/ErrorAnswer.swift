import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The service's code and message in an error's answer, in any of AWS's spellings.
///
/// JSON: the header `x-amzn-errortype`, `__type` or `code`, with a namespace before `#` or a URL after `:`;
/// `message` or `Message`. XML: query's `ErrorResponse/Error/Code`, S3's `Error/Code`. HEAD: nothing but the
/// status. Some endpoints crash into HTML.
struct ErrorAnswer: Hashable {
  var code: String
  var message: String

  init(_ response: HTTPResponse, redact: (String) -> String = { $0 }) {
    var code = response.headers["x-amzn-errortype"].map(Self.bare) ?? ""
    var message = ""
    let text = Answer.text(response.body)
    if let fields = Self.fields(response.body) {
      if code.isEmpty { code = Self.first(["__type", "code", "Code"], in: fields).map(Self.bare) ?? "" }
      message = Self.first(["message", "Message", "errorMessage"], in: fields) ?? ""
    } else if !text.isEmpty {
      message = Self.readable(Self.withoutMarkup(redact(text)), atMost: 200)
    }
    self.code = code
    self.message = Self.readable(Self.withoutSignedText(redact(message)), atMost: 2000)
  }

  private static func fields(_ body: Data) -> [String: Value]? {
    if Answer.looksLike(body, "{") { return JSONReader.read(body)?.map }
    guard Answer.looksLike(body, "<"), let root = try? XMLReader.read(body) else { return nil }
    switch root.name {
    case "Error": return root.content.map
    case "ErrorResponse": return root.content["Error"]?.map ?? root.content.map
    case "Response": return root.content["Errors"]?.items("Error").first?.map
    default: return nil
    }
  }

  private static func first(_ names: [String], in fields: [String: Value]) -> String? {
    for name in names { if let text = fields[name]?.string, !text.isEmpty { return text } }
    return nil
  }

  /// `com.amazonaws.dynamodb#ResourceNotFoundException:http://…` without what is around the name.
  private static func bare(_ code: String) -> String {
    let name = code.split(separator: "#").last ?? ""
    return String(name.prefix { $0 != ":" && $0 != ";" && $0 != " " })
  }

  /// The message of SignatureDoesNotMatch has the whole signed text, with the session token.
  private static func withoutSignedText(_ message: String) -> String {
    guard let start = message.firstRange(of: "The Canonical String") else { return message }
    return String(message[..<start.lowerBound])
  }

  private static func withoutMarkup(_ text: String) -> String {
    guard text.contains("<") else { return text }
    var plain = ""
    var isInTag = false
    for character in text.prefix(4000) {
      switch character {
      case "<": isInTag = true
      case ">":
        isInTag = false
        plain.append(" ")
      default: if !isInTag { plain.append(character) }
      }
    }
    return plain
  }

  /// On one line, without control characters (a terminal would obey them), not longer than `limit`.
  static func readable(_ text: String, atMost limit: Int) -> String {
    let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    var plain = String.UnicodeScalarView()
    for scalar in words.unicodeScalars
    where scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) { plain.append(scalar) }
    let readable = String(plain)
    return readable.count > limit ? "\(readable.prefix(limit))…" : readable
  }
}
