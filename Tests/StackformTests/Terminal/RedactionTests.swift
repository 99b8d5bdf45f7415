import Foundation
import Planner
import Testing

@testable import Stackform

struct RedactionTests {
  private let secret = #"p"a\ss w+örd/<1>%25"#

  private func redact(_ text: String) -> String {
    let redaction = Redaction()
    redaction.add([secret, "abc", "seventeen letters"])
    return redaction(text)
  }

  private var spellings: [String] {
    let json = Value.string(secret).json
    let escaped = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return [
      secret, json, Value.string(json).json, escaped, escaped.lowercased(),
      escaped.replacing("%20", with: "+"),
      secret.replacing(" ", with: "\n    "), secret.filter { $0 != "\"" && $0 != "\\" },
      Data(secret.utf8).base64EncodedString(), String(secret.prefix(9)) + "…",
      String(secret.prefix(9)) + "...",
      #"p&quot;a\ss w+örd/&lt;1&gt;%25"#,
    ] + (0..<3).map { Data((String(repeating: "x", count: $0) + secret + "yz").utf8).base64EncodedString() }
  }

  @Test func `a secret is masked in every spelling`() {
    for spelling in spellings {
      let masked = redact("before \(spelling) after")
      #expect(masked.contains("(sensitive value)"), "\(spelling)")
      #expect(!masked.contains("ss w+"), "\(masked)")
    }
  }

  @Test func `what is no secret stays, to the byte`() {
    let text = "abc %41 + p\"a\\s s é… \u{1F40E}\n"
    #expect(redact(text) == text)
  }

  @Test func `a secret as long as its mask is masked, too`() {
    #expect("seventeen letters".count == "(sensitive value)".count)
    #expect(redact("seventeen letters") == "(sensitive value)")
  }
}
