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

  /// What services, parsers and quoting tools make of one secret.
  @Test(arguments: [
    "Kü&'n\"<\\4711/x", #"\u004bü&'n"<\4711/x"#, #"K\u00fc&'n\"<\\4711\/x"#,
    #"K\\u00fc\\u0026\\u0027n\\\"<\\\\4711/x"#, #"K\xc3\xbc&\'n"<\\4711/x"#, #"K\xfc&'n"<\\4711/x"#,
    "K&#252;&amp;&#39;n&quot;&lt;\\4711/x", "K&#xFC;&amp;&#x27;n&#34;&#x3c;&#92;4711&#47;x",
    "&#75;ü&#038;&#0039;n&QUOT;&LT;\\4711/x", "Kü&amp;amp;&amp;#39;n&amp;quot;&amp;lt;\\4711/x",
    "K%C3%BC%26%27n%22%3C%5C4711%2Fx", "K%25C3%25BC%2526%2527n%2522%253C%255C4711%252Fx",
    "Kü&''n\"<\\4711/x", "Kü&'n\"\"<\\4711/x", #"K\u{fc}&'n"<\4711/x"#,
    "4bc3bc26276e223c5c343731312f78", "4BC3BC26276E223C5C343731312F78",
  ])
  func `a secret is masked however it is escaped`(spelling: String) {
    let redaction = Redaction()
    redaction.add(["Kü&'n\"<\\4711/x"])
    #expect(redaction("before \(spelling) after") == "before (sensitive value) after")
  }

  @Test func `a beginning that is no chance is masked, and so is each long line`() {
    let redaction = Redaction()
    redaction.add(["correct-horse-battery-staple", "-----BEGIN-----\nMIIEvQIBADANBgkq\nhkiG9w0B\n"])
    #expect(redaction("bad value 'correct-horse-batt'") == "bad value '(sensitive value)'")
    #expect(redaction("line 2: MIIEvQIBADANBgkq is no key") == "line 2: (sensitive value) is no key")
    #expect(redaction("the correct-horsemen are correct") == "the correct-horsemen are correct")
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
