import Foundation
import Planner
import Testing

struct JSONTests {
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

  private let tree: Value = [
    "a": [1, .number(0.1), "\u{1}\u{1f} \u{2028} \"é🌍\\/\t\n\r\u{8}\u{c}"], "": .null, "n": .number(1e300),
    "t": true, "f": false,
    "e": [:], "l": [], "whole": .number(60), "least": .integer(.min),
  ]

  @Test func `what is written is sorted, without blanks, and read back the same`() throws {
    #expect(
      tree.json
        == #"{"":null,"a":[1,0.1,"\u0001\u001f \#u{2028} \"é🌍\\/\t\n\r\u0008\u000c"],"e":{},"f":false,"l":[],"#
        + #""least":-9223372036854775808,"n":1e+300,"t":true,"whole":60}"#)
    #expect(read(tree.json)?["a"] == tree["a"])
    #expect(Value.list([.number(.infinity)]).json == "[null]")
  }

  @Test func `Foundation reads what is written, and writes what is read`() throws {
    #expect(try JSONDecoder().decode(Value.self, from: Data(tree.json.utf8)) == read(tree.json))
    #expect(read(String(decoding: try JSONEncoder().encode(tree), as: UTF8.self)) == read(tree.json))
  }

  @Test func `a pending value is written, and read back as what it looks like`() throws {
    let pending = Value.map(["x": .pending(try Template(parsing: "${queues.q.arn}/a"))])
    #expect(pending.json == ##"{"x":{"$pending":"${queues.q.arn}/a"}}"##)
    #expect(Value(json: pending.json) == ["x": ["$pending": "${queues.q.arn}/a"]])
  }
}
