import Planner
import Testing

/// Every case of ``Relation``: what breaks it, and what does not; for the check and for the JSON Schema of editors.
struct `A relation` {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var relations: [Relation]
    var properties: [String: Value]
    /// Where something is wrong; empty for nowhere.
    var paths: [[String]] = []
    /// Whether editors take it, where that differs: JSON Schema can't say everything, and an editor knows of
    /// no expression what it becomes.
    var isAcceptedByEditor: Bool?

    init(
      _ name: String, _ relations: [Relation], _ properties: [String: Value], _ paths: [[String]] = [],
      editor isAcceptedByEditor: Bool? = nil
    ) {
      testDescription = name
      self.relations = relations
      self.properties = properties
      self.paths = paths
      self.isAcceptedByEditor = isAcceptedByEditor
    }
  }

  @Test(arguments: goesWith + needs + excludes + choices + counts + values + nested + arns)
  func `is broken by what certainly breaks it, and by nothing else`(_ row: Case) {
    let kind = RelationSample(row.relations)
    #expect(kind.problems(of: row.properties).map(\.path) == row.paths)
    #expect(kind.isAcceptedByEditor(row.properties) == row.isAcceptedByEditor ?? row.paths.isEmpty)
  }

  private static let pending = RelationSample.pending

  private static let fifo = [
    Relation.goesWith([.value("scope", "all"), "key"], .value("kind", "fifo"))
  ]
  static let goesWith = [
    Case("goes with: neither", fifo, [:]),
    Case("goes with: both", fifo, ["kind": "fifo", "scope": "all", "key": "k"]),
    Case("goes with: another value", fifo, ["scope": "one"]),
    Case("goes with: without, twice", fifo, ["scope": "all", "key": "k"], [["scope"], ["key"]]),
    Case("goes with: another value of the other", fifo, ["kind": "standard", "key": "k"], [["key"]]),
    Case("goes with: empty says nothing", fifo, ["key": ""]),
    // A run takes a key without a value for one that is left out. Editors mark it: no shape takes null there.
    Case("goes with: null says nothing", fifo, ["scope": .null]),
    Case("goes with: the other is pending", fifo, ["kind": pending, "key": "k"]),
    Case("goes with: pending is there", fifo, ["key": pending], [["key"]], editor: true),
    Case("goes with: a pending value may be another", fifo, ["scope": pending]),
    Case("goes with: a default is enough", [.goesWith(["key"], .value("managed", true))], ["key": "k"]),
    Case(
      "goes with: a default is not enough", [.goesWith(["key"], .value("managed", true))],
      ["key": "k", "managed": false], [["key"]]),
  ]

  private static let limit = [Relation.needs(.value("kind", "fifo"), .value("scope", "all"), "key")]
  static let needs = [
    Case("needs: nothing", limit, [:]), Case("needs: not of this kind", limit, ["kind": "standard"]),
    Case("needs: all there", limit, ["kind": "fifo", "scope": "all", "key": "k"]),
    Case("needs: one missing", limit, ["kind": "fifo", "scope": "all"], [["kind"]]),
    Case("needs: both missing", limit, ["kind": "fifo", "scope": "one"], [["kind"]]),
    Case("needs: pending is there", limit, ["kind": "fifo", "scope": pending, "key": pending]),
    Case("needs: of a pending value", limit, ["kind": pending]),
    Case("needs: a default is no reason", [.needs(.value("managed", true), "key")], [:]),
    Case("needs: without", [.needs(.not("key"), "least")], [:], [[]]),
    Case("needs: with", [.needs(.not("key"), "least")], ["key": "k"]),
    Case(
      "needs: two together", [.needs(.all(["key", .not("source")]), "least")], ["key": "k"], [["key"]]),
    Case("needs: a number", [.needs("key", .number("size", 6...))], ["key": "k"], [["key"]]),
    Case("needs: a number that is there", [.needs("key", .number("size", 6...))], ["key": "k", "size": 6]),
    Case("needs: a pending number", [.needs("key", .number("size", 6...))], ["key": "k", "size": pending]),
    Case("needs: one of two", [.needs("key", .any(["least", "labels"]))], ["key": "k"], [["key"]]),
    Case(
      "needs: one of two is there", [.needs("key", .any(["least", "labels"]))], ["key": "k", "least": 0]),
  ]

  private static let keys = [Relation.excludes([.value("managed", true), "least"], "key")]
  static let excludes = [
    Case("excludes: neither", keys, [:]), Case("excludes: one", keys, ["key": "k"]),
    Case("excludes: the other", keys, ["managed": true, "least": 1]),
    Case(
      "excludes: both, twice", keys, ["key": "k", "managed": true, "least": 1], [["managed"], ["least"]]),
    Case("excludes: another value", keys, ["key": "k", "managed": false]),
    Case("excludes: pending", keys, ["key": "k", "managed": pending]),
    Case("excludes: by what is pending", keys, ["key": pending, "least": 1], [["least"]], editor: true),
    Case(
      "excludes: a number", [.excludes(.number("size", 11...), "key")], ["key": "k", "size": 11], [["size"]]),
    Case("excludes: a smaller number", [.excludes(.number("size", 11...), "key")], ["key": "k", "size": 10]),
    Case(
      "excludes: a text's end", [.excludes("key", .text("source", endsWith: ".fifo"))],
      ["key": "k", "source": "arn:aws:sqs:r:1:a.fifo"], [["key"]]),
    Case(
      "excludes: another end", [.excludes("key", .text("source", endsWith: ".fifo"))],
      ["key": "k", "source": "arn:aws:sqs:r:1:afifo"]),
    Case(
      "excludes: a pending text", [.excludes("key", .text("source", endsWith: ".fifo"))],
      ["key": "k", "source": pending]),
    Case(
      "excludes: what is misplaced needs nothing else", keys + [.needs("least", "labels")],
      ["key": "k", "least": 1], [["least"]]),
  ]

  private static let one = [Relation.exactlyOne(of: "key", "least", "labels")]
  static let choices = [
    Case("exactly one: none", one, [:], [[]]), Case("exactly one: one", one, ["least": 0]),
    Case("exactly one: two", one, ["key": "k", "labels": ["a"]], [["labels"]]),
    Case("exactly one: an empty one is none", one, ["key": "k", "labels": []]),
    Case("exactly one: pending", one, ["key": pending]),
    Case("exactly one: one where that matters", [.exactlyOne(of: "key", "least", when: "labels")], [:]),
    Case(
      "exactly one: none where it matters", [.exactlyOne(of: "key", "least", when: "labels")],
      ["labels": ["a"]], [[]]),
    Case("at least one: none", [.atLeastOne(of: "key", "least")], [:], [[]]),
    Case("at least one: two", [.atLeastOne(of: "key", "least")], ["key": "k", "least": 1]),
    Case("at most one: none", [.atMostOne(of: "key", .value("managed", true))], [:]),
    Case(
      "at most one: two", [.atMostOne(of: "key", .value("managed", true))], ["key": "k", "managed": true],
      [["managed"]]),
    Case(
      "at most one: a pending one", [.atMostOne(of: "key", .value("managed", true))],
      ["key": "k", "managed": pending]),
  ]
}
