import Testing

@testable import Planner

/// Values put into YAML texts that people wrote.
struct `A surgical edit` {
  private func edited(_ yaml: String, _ path: String, _ value: Value?, current: Value? = nil) throws -> String
  {
    let editor = try YAMLEditor(SourceText(name: "stack.yaml", text: yaml))
    let path = path.split(separator: ".").map(String.init)
    guard let value else { return try editor.removing(path) }
    return try editor.setting(path, to: value, current: current)
  }

  @Test(
    arguments: [
      // Scalars keep their quotes, and what stands behind them.
      Case("a: 1 # why\nb: 2\n", "a", .integer(7), "a: 7 # why\nb: 2\n"),
      Case("a: 'x'   # why\n", "a", .string("it's"), "a: 'it''s'   # why\n"),
      Case("a: \"x\"\n", "a", .string("y \"z\""), "a: \"y \\\"z\\\"\"\n"),
      Case("a: plain\n", "a", .string("also plain"), "a: also plain\n"),
      Case("a: plain\n", "a", .string("yes: no"), "a: \"yes: no\"\n"),
      Case("a: plain\n", "a", .string("true"), "a: \"true\"\n"),
      Case("a: 2012-10-17\n", "a", .string("2008-10-17"), "a: 2008-10-17\n"),
      Case("a: true\n", "a", .boolean(false), "a: false\n"),
      Case("a: x\n", "a", .string("${var.x}"), "a: $${var.x}\n"),
      Case("a: {b: 1, c: 2}\n", "a.b", .integer(3), "a: {b: 3, c: 2}\n"),
      Case("a: { b: x, c: 2 }\n", "a.b", .string("y, z"), "a: { b: \"y, z\", c: 2 }\n"),
      Case("\"a\": [1, 2]\n", "a.1", .integer(9), "\"a\": [1, 9]\n"),
      Case("a: x\r\nb: y\r\n", "a", .string("z"), "a: z\r\nb: y\r\n"),
      Case("é: \"ü\" # ö\nb: 1\n", "b", .integer(2), "é: \"ü\" # ö\nb: 2\n"),
      // Texts of several lines.
      Case("a: |\n  one\n  two\nb: 1\n", "a", .string("one\nthree\n"), "a: |\n  one\n  three\nb: 1\n"),
      Case("a: |\n  one\n  two\n\nb: 1\n", "a", .string("short"), "a: short\n\nb: 1\n"),
      Case("a: >\n  one\n  two\nb: 1\n", "a", .string("x\ny"), "a: \"x\\ny\"\nb: 1\n"),
      // Nothing where something goes.
      Case("a:\nb: 1\n", "a", .integer(1), "a: 1\nb: 1\n"),
      Case("a:   # later\nb: 1\n", "a", .integer(1), "a: 1   # later\nb: 1\n"),
      Case("a: ~\n", "a.b", .integer(1), "a: { b: 1 }\n"),
      Case("a: {}\n", "a.b", .integer(1), "a: { b: 1 }\n"),
      Case("a:\n  b: {}\n", "a.b.c.d", .integer(1), "a:\n  b: { c: { d: 1 } }\n"),
      // New members.
      Case("a:\n  b: 1\n\n# next\nc: 2\n", "a.x", .integer(1), "a:\n  b: 1\n  x: 1\n\n# next\nc: 2\n"),
      Case("a:\n    b: 1 # one", "a.x", .string("s"), "a:\n    b: 1 # one\n    x: s"),
      Case("a: { b: 1 }\n", "a.x", .list(["p", "q"]), "a: { b: 1, x: [p, q] }\n"),
      Case("a: {\n  b: 1, # one\n}\n", "a.x", .integer(2), "a: {\n  b: 1, x: 2, # one\n}\n"),
      Case("a:\n  t: |\n    one\n\n\nb: 1\n", "a.x", .integer(2), "a:\n  t: |\n    one\n  x: 2\n\n\nb: 1\n"),
      Case("a:\n  t: |+\n    one\n\nb: 1\n", "a.x", .integer(2), "a:\n  t: |+\n    one\n\n  x: 2\nb: 1\n"),
      // Collections.
      Case("a:\n  - 1 # one\n  - 2\nb: 1\n", "a", .list([1, 2, 3]), "a:\n  - 1 # one\n  - 2\n  - 3\nb: 1\n"),
      Case("a:\n  - 1\n  - 2 # two\n  - 3\nb: 1\n", "a", .list([1, 2]), "a:\n  - 1\n  - 2 # two\nb: 1\n"),
      Case("a: [1, 2, 3] # n\n", "a", .list([1]), "a: [1] # n\n"),
      Case("a:\n  # all\n  b: 1\n  c: 2\n", "a", .map(["b": 1, "d": 3]), "a:\n  # all\n  b: 1\n  d: 3\n"),
      Case("a:\n  b: 1\nc: 2\n", "a", .string("x"), "a: x\nc: 2\n"),
      // Members that go.
      Case("a: 1 # why\nb: 2\n", "a", nil, "b: 2\n"),
      Case("a:\n  b: 1\n  c: 2", "a.c", nil, "a:\n  b: 1"),
      Case("a:\n  b: 1\nc: 2\n", "a.b", nil, "a: {}\nc: 2\n"),
      Case("a: # all\n  b:\n    - 1\n    - 2 # two\nc: 2\n", "a.b", nil, "a: {} # all\nc: 2\n"),
      Case("a: { b: 1, c: 2 }\n", "a.b", nil, "a: { c: 2 }\n"),
      Case("a: { b: 1, c: 2 }\n", "a.c", nil, "a: { b: 1 }\n"),
      Case("a:\n  - b: 1\n    c: 2\n", "a.0.b", nil, "a:\n  - c: 2\n"),
      Case("a: 1\n", "b", nil, "a: 1\n"),
    ] as [Case]) func `changes what it must, and nothing else`(example: Case) throws
  {
    let current: Value? = example.value?.list == nil ? nil : example.current
    #expect(try edited(example.before, example.path, example.value, current: current) == example.after)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let before: String
    let path: String
    let value: Value?
    let after: String

    init(_ before: String, _ path: String, _ value: Value?, _ after: String) {
      self.before = before
      self.path = path
      self.value = value
      self.after = after
    }

    /// What the text says at the path.
    var current: Value? {
      guard let node = try? YAMLParser.parse(SourceText(name: "", text: before)) else { return nil }
      return path.split(separator: ".").reduce(node.plainValue) { $0[String($1)] ?? .null }
    }

    var testDescription: String { "\(before.debugDescription) \(path) = \(value?.json ?? "nothing")" }
  }

  @Test(arguments: [
    ("a: ${var.x}\n", "a", "expression"), ("a: \"p-${var.x}\" # c\n", "a", "expression"),
    ("a: { b: [1, \"${var.x}\"] }\n", "a.b", "expression"),
    ("b: &x 1\na: *x\n", "a", "shared"), ("b: &x 1\na: *x\n", "b", "shared"),
    ("b: &x { c: 1 }\na: *x\n", "a.c", "shared"), ("b: &x { c: 1 }\na: *x\n", "b.c", "shared"),
    ("b: &x { c: 1 }\na:\n  <<: *x\n  d: 1\n", "a.c", "shared"),
    ("a: !!str 1\n", "a", "tagged"), ("a: text\n", "a.b", "noSuchPlace"), ("a: [1]\n", "a.3", "noSuchPlace"),
  ]) func `refuses what would change something else, with its place`(
    yaml: String, path: String, reason: String
  ) {
    let refusal = #expect(throws: YAMLEditor.Refusal.self) { try edited(yaml, path, "new") }
    #expect(refusal.map { "\($0.reason)".hasPrefix(reason) } == true, "\(String(describing: refusal))")
    #expect(refusal?.span != nil)
  }

  @Test func `leaves an expression alone that says the same`() throws {
    let yaml = "a: { b: \"${var.x}\", c: 1 }\n"
    #expect(
      try edited(yaml, "a", ["b": "seven", "c": 2], current: ["b": "seven", "c": 1])
        == "a: { b: \"${var.x}\", c: 2 }\n")
  }

  @Test func `an anchor that nobody uses, and an own member beside a merged one, are this place's own`()
    throws
  {
    #expect(try edited("a: &x 1\n", "a", 2) == "a: &x 2\n")
    #expect(
      try edited("b: &x { c: 1 }\na:\n  <<: *x\n  d: 1\n", "a.d", 5)
        == "b: &x { c: 1 }\na:\n  <<: *x\n  d: 5\n")
  }
}
