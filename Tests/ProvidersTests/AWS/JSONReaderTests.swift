import Foundation
import Planner
import Testing

struct JSONReaderTests {
  private func read(_ text: String) -> Value? { JSONReader.read(Data(text.utf8)) }

  @Test func `every shape is read`() {
    #expect(
      read(#" { "a" : [ 1 , -2.5e1, true, false, null, "x", {}, [] ] , "b":0 } "#)
        == ["a": [1, .number(-25), true, false, .null, "x", [:], []], "b": 0])
    #expect(read("9223372036854775807") == .integer(.max))
    #expect(read("9223372036854775808") == .number(9_223_372_036_854_775_808))
    #expect(read("1.0") == .number(1))
    #expect(read(#"{"a":1,"a":2}"#) == ["a": 2])
  }

  @Test func `escapes are undone`() {
    #expect(
      read(#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83c\udf0d é🌍 \ud83c \udf0d""#)
        == "\"\\/\u{8}\u{c}\n\r\tAé🌍 é🌍 \u{FFFD} \u{FFFD}")
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "+1", "-", "1e", "nul", "\"open",
    "\"\\x\"",
    "\"\\u12\"", "1 2", "[1 2]", "'x'", "1e999", "{\"a\":\"cut off",
  ])
  func `what is no JSON is refused`(_ text: String) { #expect(read(text) == nil) }

  @Test func `nesting has a bound`() {
    #expect(read(String(repeating: "[", count: 200) + String(repeating: "]", count: 200)) != nil)
    #expect(read(String(repeating: "[", count: 100_000)) == nil)
  }

  @Test func `what a service says is never taken for an expression of ours`() {
    #expect(read(##"{"$pending":"${a.b}"}"##) == ["$pending": "${a.b}"])
  }

  @Test func `Foundation's writing is read back`() {
    let tree: Value = ["a": [1, .number(0.1), "\u{1} \u{2028} \"é🌍\\/"], "": .null, "n": .number(1e300)]
    #expect(read(tree.json) == tree)
  }
}
