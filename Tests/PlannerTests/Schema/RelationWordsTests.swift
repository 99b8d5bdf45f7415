import Foundation
import Planner
import Testing

/// How relations are said, and what is said where one is broken: one wording for all kinds.
struct `A relation's words` {
  private static let queue = Condition.arn(
    "source", of: Condition.ARNOwner(service: "sqs", section: "queues", says: "a queue"))

  static let sentences: [(Relation, String)] = [
    (.goesWith(["key"], .value("kind", "fifo")), "key goes only with kind: fifo."),
    (
      .goesWith(["key", .value("scope", "all"), "least"], .value("kind", "fifo", "standard")),
      "key, scope: all and least go only with kind: fifo or standard."
    ),
    (.goesWith(["key"], .any(["least", "labels"])), "key goes only with least or labels."),
    (.needs(.value("kind", "fifo"), "key", "least"), "kind: fifo needs key and least."),
    (.needs(.not("code.image"), "key"), "Without code.image, key is needed."),
    (.needs(.all(["key", .not("least")]), "labels"), "key without least needs labels."),
    (
      .needs(.number("size", 11...), .number("least", 1...)), "size of at least 11 needs least of at least 1."
    ),
    (.needs(queue, "key"), "A queue as source needs key."),
    (
      .excludes(["key", "least"], .value("managed", true), because: "It has its own."),
      "key and least do not go with managed: true. It has its own."
    ),
    (
      .needs(.all(["key", .not(.text("source", endsWith: ".fifo"))]), "least"),
      "key with a source that does not end in .fifo needs least."
    ),
    (
      .excludes("key", .text("source", endsWith: ".fifo")),
      "key does not go with a source that ends in .fifo."
    ),
    (.exactlyOne(of: "key", "least", "labels"), "Exactly one of key, least and labels is needed."),
    (
      .exactlyOne(of: "key", "least", when: "labels"), "Exactly one of key and least is needed with labels."
    ),
    (
      .atLeastOne(of: "key", "least", when: .not("labels")),
      "At least one of key and least is needed without labels."
    ),
    (.atLeastOne(of: "key"), "key is needed."),
    (.atMostOne(of: "key", "least"), "At most one of key and least can be set."),
    (.atMost(5, of: "labels", what: "labels"), "At most 5 labels can be here."),
    (.count(1...10, of: "labels", what: "words"), "labels takes 1 to 10 words."),
    (.count(1...1, of: "people", what: "names"), "people takes exactly 1 name."),
    (.count(1 ... .max, of: "people", what: "people"), "At least 1 people must be here."),
    (.distinct("rules.*.id"), "No two entries of rules have the same id."),
    (.distinct("labels.*"), "No two of labels are the same."),
    (.compared("size", .moreThan, "least"), "size must be more than least."),
    (
      .entry("key", of: "people", besides: ["all", "none"]), "key is a name in people, or all or none."
    ),
    (Relation.inside("routes.*", .goesWith(["http"], "/key"))[0], "http goes only with the thing's key."),
  ]

  @Test(arguments: sentences)
  func `say it in a sentence`(_ relation: Relation, _ sentence: String) {
    let words = RelationWords(schema: RelationSample().schema, relation: relation)
    #expect(words.sentence == sentence)
  }

  @Test func `set names in backticks for Markdown`() {
    let relation = Relation.goesWith(["key"], .value("kind", "fifo"))
    let words = RelationWords(schema: RelationSample().schema, relation: relation, mark: "`")
    #expect(words.sentence == "`key` goes only with `kind: fifo`.")
  }

  @Test func `are on the reference page, each below the properties that it is about`() throws {
    let kind = RelationSample(
      [.goesWith(["key"], .value("kind", "fifo"))]
        + Relation.inside("routes.*", .exactlyOne(of: "http", "lambda", because: "They lead somewhere.")))
    let page = ReferencePage.markdown(for: kind.schema)
    #expect(page.contains("\n\nRules:\n\n- `key` goes only with `kind: fifo`.\n\n### "))
    let routes = try #require(page.components(separatedBy: "### ").first { $0.hasPrefix("routes\n") })
    #expect(
      routes.hasSuffix(
        "\n\nRules:\n\n- Exactly one of `http` and `lambda` is needed. They lead somewhere.\n\n"))
  }

  static let problems: [(Relation, [String: Value], String)] = [
    (
      .goesWith(["key"], .value("kind", "fifo"), because: "Others have none."), ["key": "k"],
      "Options that don't go together: key goes only with kind: fifo. Others have none. Set kind: fifo, or take key out."
    ),
    (
      .needs("key", "kind"), ["key": "k"],
      "Missing property: key needs kind. Set kind: standard or fifo."
    ),
    (
      .needs("key", .value("kind", "fifo")), ["key": "k"],
      "Options that don't go together: key needs kind: fifo. Set kind: fifo."
    ),
    (
      .needs("key", .number("size", 6...)), ["key": "k"],
      "Options that don't go together: key needs size of at least 6. Set size to 6 or more."
    ),
    (
      .excludes("key", "least"), ["key": "k", "least": 1],
      "Options that don't go together: key does not go with least. Take key or least out."
    ),
    (
      .excludes(.any(["key", "labels"]), .number("size", 6...)), ["labels": ["a"], "size": 9],
      "Options that don't go together: labels does not go with size of at least 6. Take labels out, or set size to 5 or less."
    ),
    (
      .needs(.value("kind", "fifo", "standard"), "key", "least"), ["kind": "fifo"],
      "Missing property: kind: fifo needs key and least. Set key and least."
    ),
    (
      .excludes("key", queue), ["key": "k", "source": "arn:aws:sqs:r:1:q"],
      "Options that don't go together: key does not go with a queue as source. Take key out."
    ),
    (
      .exactlyOne(of: "key", "least"), [:],
      "Missing property: Exactly one of key and least is needed. Set key or least."
    ),
    (
      .exactlyOne(of: "key", "least"), ["key": "k", "least": 1],
      "Options that don't go together: Exactly one of key and least is needed. Keep one of key and least."
    ),
    (
      .atMost(1, of: "labels", what: "labels"), ["labels": ["a", "b"]],
      "Too many labels: At most 1 label can be here. There are 2."
    ),
    (
      .count(2...3, of: "labels", what: "labels"), ["labels": ["a"]],
      "Too few labels: 2 to 3 labels can be here. There are 1."
    ),
    (
      .distinct("rules.*.id"), ["rules": [["id": "a"], ["id": "a"]]],
      "Duplicate id: No two entries of rules have the same id. \"a\" is there twice. Give each another one."
    ),
    (
      .distinct("secrets.*.value"), ["secrets": ["a": ["value": "hidden"], "b": ["value": "hidden"]]],
      "Duplicate value: No two entries of secrets have the same value. Give each another one."
    ),
    (
      .compared("least", .atMost, "size"), ["least": 9],
      "Out of range: least must be at most size. They are 9 and 5."
    ),
    (
      .entry("key", of: "people"), ["key": "an", "people": ["ann": [:]]],
      "Unknown name: key is a name in people. \"an\" is not. Did you mean \"ann\"?"
    ),
    (
      .entry("key", of: "people"), ["key": "x"],
      "Unknown name: key is a name in people. \"x\" is not. Add it to people."
    ),
  ]

  @Test(arguments: problems)
  func `say what is wrong, why, and what to do`(
    _ relation: Relation, _ properties: [String: Value], _ said: String
  ) {
    let problems = RelationSample([relation]).problems(of: properties)
    #expect(problems.map { "\($0.summary): \($0.detail)" + ($0.fix.map { " \($0)" } ?? "") } == [said])
  }
}
