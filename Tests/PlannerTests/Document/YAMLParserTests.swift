@testable import Planner
import Testing

/// What YAML text becomes. What it is refused for stands in BadStacks.
@Suite struct YAMLParserTests {
  private func value(_ yaml: String) throws -> Value? {
    try YAMLParser.parse(SourceText(name: "x.yaml", text: yaml))?.described
  }

  @Test(
    arguments: [
      ("12", Value.integer(12)), ("-3", .integer(-3)), ("0x1F", .integer(31)), ("0o17", .integer(15)),
      ("1.5", .number(1.5)), ("1e3", .number(1000)), ("true", true), ("False", false), ("null", .null),
      ("~", .null),
      ("", .null), ("yes", "yes"), ("off", "off"), ("0123", "0123"), ("000000000000", "000000000000"),
      ("12:30", "12:30"), ("1_000", "1_000"), ("2024-01-31", "2024-01-31"), (".inf", ".inf"),
      (".nan", ".nan"),
      ("\"12\"", "12"), ("'true'", "true"), ("!!str 12", "12"), ("!!int \"12\"", .integer(12)), ("-", "-"),
      ("1.2.3", "1.2.3"), ("0", .integer(0)), ("-0.5", .number(-0.5)), ("0x", "0x"), ("+5", .integer(5)),
    ] as [(String, Value)])
  func `a plain scalar is what nobody misreads`(_ yaml: String, _ expected: Value) throws {
    #expect(try value("[ x, \(yaml == "-" ? "'-'" : yaml) ]")?[1] ?? .null == expected)
  }

  @Test func `merge keys give what a mapping does not have itself`() throws {
    let yaml = """
      a: &a { x: 1, y: 2 }
      b: &b { y: 3, z: 4 }
      c:
        y: 0
        <<: [*a, *b]
        w: 5
      """
    let node = try #require(try YAMLParser.parse(SourceText(name: "x", text: yaml))?["c"])
    #expect(node.described == ["x": 1, "y": 0, "z": 4, "w": 5])
    #expect(node.entries?.map(\.key) == ["y", "x", "z", "w"])
  }

  @Test func `a quoted << is a key like any other`() throws {
    #expect(try value("\"<<\": { a: 1 }") == ["<<": ["a": 1]])
  }

  @Test func `an alias is what its anchor is, place and all`() throws {
    let root = try #require(
      try YAMLParser.parse(SourceText(name: "x", text: "a: &here [1, 2]\nb: *here\n")))
    #expect(root["a"] == root["b"])
  }

  @Test func `places count lines and characters from one`() throws {
    let root = try #require(
      try YAMLParser.parse(SourceText(name: "x", text: "# Käse\n\"größe\": { \"e\u{301}\": drei }\n")))
    let inner = try #require(root["größe"]?.entries?.first)
    #expect(inner.keySpan.line == 2)
    #expect(inner.keySpan.column == 12)
    #expect(inner.value.span.column == 17)
    #expect(inner.value.span.endColumn == 21)
  }

  @Test func `a block mapping ends with its last value`() throws {
    let root = try #require(
      try YAMLParser.parse(SourceText(name: "x", text: "a:\n  b: 1\n  c: two\n\n\nd: 3\n")))
    let span = try #require(root["a"]?.span)
    #expect([span.line, span.column, span.endLine, span.endColumn] == [2, 3, 3, 9])
  }

  @Test func `block texts and folded texts keep what they hold`() throws {
    let yaml = "a: |\n  one\n  \ttwo\nb: >-\n  three\n  four\n"
    #expect(try value(yaml) == ["a": "one\n\ttwo\n", "b": "three four"])
  }

  @Test func `a document without content is nothing`() throws {
    #expect(try value("# only a comment\n") == nil)
    #expect(try value("") == nil)
  }

  @Test func `lines end as they end on Windows`() throws {
    let source = SourceText(name: "x", text: "a: 1\r\nb:\r\n  c: 2\r\n")
    #expect(source.lines == ["a: 1", "b:", "  c: 2", ""])
    #expect(try YAMLParser.parse(source)?["b"]?["c"]?.span.line == 3)
  }

  @Test func `a large alias is followed as long as it stays within bounds`() throws {
    let items = (0..<1000).map(String.init).joined(separator: ", ")
    let yaml = "a: &a [\(items)]\nb: [" + Array(repeating: "*a", count: 100).joined(separator: ", ") + "]\n"
    #expect(try value(yaml)?["b"]?.list?.count == 100)
  }

  @Test(arguments: 0..<300)
  func `no text makes the reader fail in any other way than by saying so`(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let pieces = [
      "a", ": ", "- ", "\n", "  ", "{", "}", "[", "]", ",", "&a ", "*a", "<<", "!t ", "|", ">", "\"", "'",
      "#", "\t",
      "?", "%", "@", "---", "...", "é", "\u{2028}", "\r\n", "${", "}", "\\", "1",
    ]
    let text = (0..<(1 + random(40))).map { _ in pieces[random(pieces.count)] }.joined()
    do throws(Diagnostics) {
      _ = try YAMLParser.parse(SourceText(name: "x", text: text))
    } catch {
      #expect(error.hasErrors)
      #expect(error.items.allSatisfy { $0.span != nil && $0.span?.line ?? 0 > 0 && $0.span?.column ?? 0 > 0 })
    }
  }

  @Test func `one text of megabytes is refused where it begins`() {
    let text = "a: 1\nb: \(String(repeating: "x", count: 15 << 20))\n"
    let error = #expect(throws: Diagnostics.self) {
      _ = try YAMLParser.parse(SourceText(name: "x", text: text))
    }
    #expect(error?.items.map(\.summary) == ["Text too long"])
    #expect(error?.items.first?.detail == "This text has 15 MiB, and 1 MiB is the most that a text may have.")
    #expect(error?.items.first?.span?.line == 2)
  }
}

extension YAMLNode {
  /// The tree as values, scalars by what they look like: an entry `x` of a list comes as it is.
  fileprivate var described: Value {
    switch content {
    case .scalar(let text, let isPlain): YAMLScalar.value(text, isPlain: isPlain)
    case .sequence(let items): .list(items.map(\.described))
    case .mapping(let entries):
      .map(Dictionary(entries.map { ($0.key, $0.value.described) }) { first, _ in first })
    }
  }
}
