import Planner

extension `A relation` {
  private static let pending = RelationSample.pending
  private static func labels(_ count: Int) -> Value { .list((0..<count).map { .string("l\($0)") }) }

  static let counts = [
    Case("at most: none", [.atMost(2, of: "labels", what: "labels")], [:]),
    Case("at most: as many", [.atMost(2, of: "labels", what: "labels")], ["labels": labels(2)]),
    Case(
      "at most: one more", [.atMost(2, of: "labels", what: "labels")], ["labels": labels(3)], [["labels"]]),
    Case(
      "exactly: entries of a map", [.count(1...1, of: "people", what: "people")],
      ["people": ["a": [:], "b": [:]]], [["people"]]),
    Case(
      "exactly: none in a map", [.count(1...1, of: "people", what: "people")], ["people": [:]], [["people"]]),
    Case("exactly: left out", [.count(1...1, of: "people", what: "people")], [:]),
    Case(
      "at most: values over items", [.atMost(1, of: "rules.*.id", what: "ids")],
      ["rules": [["id": "a"], ["id": "b"], [:]]], [["rules"]], editor: true),
    Case(
      "at most: in each item", Relation.inside("rules.*", .atMost(1, of: "moves", what: "moves")),
      ["rules": [["moves": [["days": 1]]], ["moves": [["days": 1], ["days": 2]]]]], [["rules", "1", "moves"]]),
  ]

  static let values = [
    Case(
      "distinct: two alike", [.distinct("rules.*.id")], ["rules": [["id": "a"], ["id": "b"], ["id": "a"]]],
      [["rules", "2", "id"]], editor: true),
    Case("distinct: without", [.distinct("rules.*.id")], ["rules": [[:], [:]]]),
    Case("distinct: pending", [.distinct("rules.*.id")], ["rules": [["id": pending], ["id": pending]]]),
    Case(
      "distinct: a default counts", [.distinct("rules.*.priority")], ["rules": [["priority": 0], [:]]],
      [["rules", "1", "priority"]], editor: true),
    Case("compared: less", [.compared("least", .atMost, "size")], ["least": 1, "size": 2]),
    Case("compared: as much", [.compared("least", .atMost, "size")], ["least": 2, "size": 2]),
    Case(
      "compared: more", [.compared("least", .atMost, "size")], ["least": 3, "size": 2], [["least"]],
      editor: true),
    Case(
      "compared: to a default", [.compared("least", .atMost, "size")], ["least": 6], [["least"]], editor: true
    ),
    Case(
      "compared: at least", [.compared("least", .atLeast, "size")], ["least": 4], [["least"]], editor: true),
    Case(
      "compared: to something pending", [.compared("least", .atMost, "size")], ["least": 6, "size": pending]),
    Case(
      "compared: to each item", Relation.inside("rules.*", .compared("days", .moreThan, "moves.*.days")),
      ["rules": [["days": 5, "moves": [["days": 4]]], ["days": 5, "moves": [["days": 1], ["days": 5]]]]],
      [["rules", "1", "days"]], editor: true),
    Case(
      "an entry: there", Relation.inside("routes.*", .entry("person", of: "/people")),
      ["people": ["ann": [:]], "routes": ["r": ["person": "ann"]]]),
    Case(
      "an entry: not there", Relation.inside("routes.*", .entry("person", of: "/people")),
      ["people": ["ann": [:]], "routes": ["r": ["person": "bob"]]], [["routes", "r", "person"]], editor: true),
    Case("an entry: one of those besides", [.entry("key", of: "people", besides: ["all"])], ["key": "all"]),
    Case("an entry: pending", [.entry("key", of: "people")], ["key": pending]),
    // To editors a mapping is no place for an expression.
    Case(
      "an entry: of something pending", [.entry("key", of: "people")], ["key": "ann", "people": pending],
      editor: false),
  ]

  private static let targets = Relation.inside("routes.*", .exactlyOne(of: "http", "lambda"))
  private static let moves = Relation.inside("rules.*", .excludes("days", "moves.*.date"))
  private static let outer = Relation.inside(
    "routes.*", .goesWith(["http"], .value("/kind", "fifo")), .excludes("lambda", .value("/kind", "fifo")))
  static let nested = [
    Case("inside a map: each", targets, ["routes": ["a": ["http": "u"], "b": ["lambda": "l"]]]),
    Case("inside a map: an empty entry", targets, ["routes": ["a": [:]]], [["routes", "a"]]),
    Case("inside a map: none", targets, [:]),
    Case(
      "inside a map: one of them", targets,
      ["routes": ["a": ["http": "u"], "b": ["http": "u", "lambda": "l"]]], [["routes", "b", "lambda"]]),
    Case("inside a list: another list, none", moves, ["rules": [["days": 1, "moves": [["days": 2]]]]]),
    Case(
      "inside a list: another list, one of it", moves,
      ["rules": [["moves": [["date": "d"]]], ["days": 1, "moves": [[:], ["date": "d"]]]]],
      [["rules", "1", "days"]]),
    Case("outside: its default", outer, ["routes": ["a": ["http": "u"]]], [["routes", "a", "http"]]),
    Case("outside: as it should be", outer, ["kind": "fifo", "routes": ["a": ["http": "u"]]]),
    Case(
      "outside: as it should not be", outer, ["kind": "fifo", "routes": ["a": ["lambda": "l"]]],
      [["routes", "a", "lambda"]]),
    Case("outside: a default excludes nothing", outer, ["routes": ["a": ["lambda": "l"]]]),
    Case("outside: pending", outer, ["kind": pending, "routes": ["a": ["http": "u", "lambda": "l"]]]),
    Case("a member: of a path", [.needs(.not("code.image"), "key")], ["code": "folder"], [[]]),
    Case("a member: of an object", [.needs(.not("code.image"), "key")], ["code": ["image": "i"]]),
    Case(
      "a member: of nothing", [.goesWith(["key"], "code.image")], ["code": "folder", "key": "k"], [["key"]]),
    Case("an object: empty", Relation.inside("limits", .atLeastOne(of: "most")), ["limits": [:]]),
    Case(
      "an object: without", Relation.inside("limits", .atLeastOne(of: "most")), ["limits": ["mode": "on"]],
      [["limits"]]),
    Case(
      "an object: a member's default", Relation.inside("limits", .goesWith(["most"], .value("mode", "off"))),
      ["limits": ["most": 1]]),
    // As any null: a run takes it for left out, and editors mark it.
    Case(
      "an object: null", Relation.inside("limits", .atLeastOne(of: "most")), ["limits": .null]),
  ]

  private static let queue = Condition.arn(
    "source", of: Condition.ARNOwner(service: "sqs", section: "queues", says: "a queue"))
  static let arns = [
    Case(
      "an ARN: of the service", [.excludes("key", queue)], ["key": "k", "source": "arn:aws:sqs:r:1:q"],
      [["key"]]),
    Case(
      "an ARN: of another service", [.excludes("key", queue)], ["key": "k", "source": "arn:aws:sns:r:1:t"]),
    Case(
      "an ARN: goes with another", [.goesWith(["key"], queue)], ["key": "k", "source": "arn:aws:sns:r:1:t"],
      [["key"]]),
    Case("an ARN: a reference", [.excludes("key", queue)], ["key": "k", "source": pending], [["key"]]),
    Case(
      "an ARN: a reference to something else", [.goesWith(["key"], queue)],
      ["key": "k", "source": .pending(.reference(to: Address("topics", "t"), "arn"))]),
  ]
}
