import Planner
import Testing

/// When a live value is what is wanted, and where it is not: a plan after an apply must be empty on every endpoint.
@Suite struct ComparisonTests {
  private func differs(
    _ shape: Shape, default standard: Value? = nil, live: Value?, wanted: Value, pendingMatches: Bool = false
  ) -> [String] {
    Property("p", shape, default: standard, "")
      .differences(live: live, wanted: wanted, pendingMatches: pendingMatches)
      .map { "\($0.path.joined(separator: ".")): \($0.before?.json ?? "-") -> \($0.after?.json ?? "-")" }
  }

  static let redrive = Shape.object([
    Property("target", .arn, ""), Property("count", .integer(1...1000), ""),
    Property("mode", .text, default: "on", ""),
  ])

  @Test(
    arguments: [
      // Numbers and booleans that come as text, and texts that come as numbers.
      (.integer(nil), "60", 60), (.integer(nil), 60, "60"), (.integer(nil), .number(60), 60),
      (.number, "1.50", .number(1.5)), (.number, 1, .number(1)), (.boolean, "true", true),
      (.boolean, "True", true),
      (.text, 3, "3"), (.text, true, "true"),
      // AWS's words in another case.
      (.choice(["Enabled", "Suspended"]), "ENABLED", "Enabled"),
      // Sets in any order, lists as they are.
      (.set(.text), ["b", "a"], ["a", "b"]), (.set(.integer(nil)), ["2", 1], [1, 2]),
      (.set(.text), "a", ["a"]),
      // JSON in a string.
      (.document, "{\"b\": 1.0, \"a\": [1]}", ["a": [1], "b": 1]), (.document, ["a": [:]], "{\"a\":{}}"),
      // Only declared members of an object count.
      (redrive, ["target": "x", "count": "3", "extra": true], ["count": 3]),
      (redrive, ["count": 3], ["count": 3, "mode": "on"]),
      (redrive, ["count": 3, "mode": ""], ["count": 3, "mode": "on"]),
      (.list(redrive), [["count": "3", "id": "random"]], [["count": 3]]),
      // Items of a set are matched by what they declare.
      (.set(redrive), [["count": 1, "id": "x"], ["count": 2, "id": "y"]], [["count": 2], ["count": 1]]),
      (.map(.text), ["a": 1], ["a": "1"]), (.map(.text), ["a": "", "b": "x"], ["a": "", "b": "x"]),
      (.either([.boolean, redrive]), "true", true), (.either([.integer(nil), .text]), "5", 5),
      (.either([.text, .list(.text)]), ["a"], ["a"]),
    ] as [(Shape, Value, Value)])
  func `one value in two spellings is the same`(_ shape: Shape, _ live: Value, _ wanted: Value) {
    #expect(differs(shape, live: live, wanted: wanted) == [])
    #expect(shape.normalised(shape.normalised(live)) == shape.normalised(live))
  }

  @Test(arguments: [nil, .null, "", [], [:]] as [Value?])
  func `nothing live is a wanted default and a wanted nothing`(_ live: Value?) {
    #expect(differs(.integer(nil), default: 30, live: live, wanted: 30) == [])
    #expect(differs(.boolean, live: live, wanted: false) == [])
    #expect(differs(.boolean, default: false, live: live, wanted: false) == [])
    #expect(differs(.map(.text), live: live, wanted: [:]) == [])
    #expect(differs(.text, live: live, wanted: "") == [])
    #expect(differs(.text, live: live, wanted: .null) == [])
    #expect(differs(Self.redrive, live: live, wanted: ["mode": "on"]) == [])
    #expect(differs(.policy, live: live, wanted: ["Version": "2012-10-17", "Statement": []]) == [])
  }

  @Test func `nothing live is not a wanted something`() {
    #expect(differs(.boolean, default: true, live: nil, wanted: false) == [": - -> false"])
    #expect(differs(.integer(nil), default: 30, live: nil, wanted: 60) == [": - -> 60"])
    #expect(differs(.integer(nil), live: .null, wanted: 0) == [": - -> 0"])
  }

  @Test func `a reset is to the default, and is none where the default is there`() {
    #expect(differs(.integer(nil), default: 30, live: "30", wanted: .null) == [])
    #expect(differs(.integer(nil), default: 30, live: 60, wanted: .null) == [": 60 -> 30"])
    #expect(differs(.text, live: "x", wanted: .null) == [": \"x\" -> -"])
    #expect(differs(.list(.text), live: ["x"], wanted: []) == [": [\"x\"] -> []"])
  }

  @Test func `a difference stands at its path`() {
    #expect(
      differs(Self.redrive, live: ["target": "a", "count": "3"], wanted: ["target": "b", "count": 5])
        == ["target: \"a\" -> \"b\"", "count: \"3\" -> 5"])
    #expect(
      differs(.list(Self.redrive), live: [["count": 1], ["count": 2]], wanted: [["count": 1], ["count": 3]])
        == ["1.count: 2 -> 3"])
    #expect(
      differs(.map(.text), live: ["a": "1", "gone": "x"], wanted: ["a": "2", "new": "y"])
        == ["a: \"1\" -> \"2\"", "gone: \"x\" -> -", "new: - -> \"y\""])
  }

  @Test func `lists of another length and sets differ as a whole`() {
    #expect(differs(.list(.text), live: ["a"], wanted: ["a", "b"]) == [": [\"a\"] -> [\"a\",\"b\"]"])
    #expect(
      differs(.list(.text), live: ["b", "a"], wanted: ["a", "b"]) == [
        "0: \"b\" -> \"a\"", "1: \"a\" -> \"b\"",
      ])
    #expect(
      differs(.set(.text), live: ["c", "a"], wanted: ["b", "a"]) == [": [\"a\",\"c\"] -> [\"a\",\"b\"]"])
    #expect(
      differs(
        .set(Self.redrive), live: [["count": 3], ["count": 1, "id": "x"], ["count": 2]],
        wanted: [["count": 2], ["count": 4], ["count": 1]])
        == [
          ": [{\"count\":2},{\"count\":1},{\"count\":3}] -> [{\"count\":2},{\"count\":1},{\"count\":4}]"
        ])
    // What is named twice is there once.
    #expect(differs(.set(.text), live: ["a"], wanted: ["a", "a"]) == [])
    #expect(differs(.set(Self.redrive), live: [["count": 1]], wanted: [["count": 2]]).count == 1)
  }

  @Test func `what is pending differs unless it is told to match`() throws {
    let pending = Value.pending(try Template(parsing: "${apis.shop.id}"))
    #expect(
      differs(.text, live: "abc", wanted: pending) == [": \"abc\" -> {\"$pending\":\"${apis.shop.id}\"}"])
    #expect(differs(.text, live: nil, wanted: pending).count == 1)
    #expect(differs(.text, live: "abc", wanted: pending, pendingMatches: true) == [])
    #expect(differs(.map(.text), live: ["a": "1"], wanted: ["a": pending]).count == 1)
    #expect(differs(.document, live: ["a": "1"], wanted: ["a": pending], pendingMatches: true) == [])
  }

  @Test func `a secret or a document in a string is shown as the tree that it spells`() {
    #expect(differs(.document, live: "{\"a\":1}", wanted: ["a": 2]) == [": {\"a\":1} -> {\"a\":2}"])
  }
}

/// Policies are compared as IAM reads them.
@Suite struct PolicyComparisonTests {
  private func isSame(_ live: Value, _ wanted: Value) -> Bool {
    Property("policy", .policy, "").differences(live: live, wanted: wanted).isEmpty
  }

  static let wanted: Value = [
    "Version": "2012-10-17",
    "Statement": [
      [
        "Effect": "Allow", "Principal": ["Service": "s3.amazonaws.com"], "Action": "sqs:SendMessage",
        "Resource": ["arn:aws:sqs:us-east-1:111111111111:b", "arn:aws:sqs:us-east-1:111111111111:a"],
        "Condition": ["ArnLike": ["aws:SourceArn": "arn:aws:s3:::x"], "Bool": ["aws:SecureTransport": true]],
      ],
      ["Effect": "Deny", "Principal": "*", "Action": ["sqs:*"], "Resource": "*"],
    ],
  ]

  @Test func `order, one or many, case and spelling say nothing`() {
    let live = """
      {"Statement": [
        {"Sid": "", "Resource": ["*"], "Action": "SQS:*", "Principal": {"AWS": ["*"]}, "Effect": "Deny"},
        {"Action": ["sqs:sendmessage"], "Effect": "Allow", "Principal": {"Service": ["s3.amazonaws.com"]},
         "Condition": {"Bool": {"aws:SecureTransport": "true"}, "ArnLike": {"AWS:SourceArn": ["arn:aws:s3:::x"]}},
         "Resource": ["arn:aws:sqs:us-east-1:111111111111:a", "arn:aws:sqs:us-east-1:111111111111:b"]}
      ], "Version": "2012-10-17", "Id": ""}
      """
    #expect(isSame(.string(live), Self.wanted))
  }

  @Test(
    arguments: ["111111111111", "arn:aws:iam::111111111111:root", "arn:aws-cn:iam::111111111111:root"]
      as [Value])
  func `an account is its root`(_ principal: Value) {
    let policy = { (principal: Value) -> Value in
      [
        "Version": "2012-10-17",
        "Statement": ["Effect": "Allow", "Principal": ["AWS": principal], "Action": "s3:*"],
      ]
    }
    #expect(isSame(policy([principal]), policy("111111111111")))
    #expect(!isSame(policy("222222222222"), policy(principal)))
    #expect(!isSame(policy("arn:aws:iam::111111111111:user/x"), policy(principal)))
  }

  @Test func `a missing version is the old one`() {
    let statement: Value = ["Effect": "Allow", "Action": "s3:*", "Resource": "*"]
    #expect(isSame(["Version": "2008-10-17", "Statement": statement], ["Statement": [statement]]))
    #expect(!isSame(["Version": "2012-10-17", "Statement": statement], ["Statement": [statement]]))
  }

  @Test func `another effect, action, resource, condition or sid is another policy`() {
    func policy(_ changes: [String: Value]) -> Value {
      let base: [String: Value] = ["Effect": "Allow", "Action": "s3:*", "Resource": "x", "Sid": "a"]
      return ["Statement": .map(base.merging(changes) { $1 })]
    }
    for change in [
      ["Effect": "Deny"], ["Action": "s3:GetObject"], ["Resource": "X"], ["Sid": "b"],
      ["Condition": ["Bool": ["aws:SecureTransport": "true"]]],
    ] as [[String: Value]] {
      #expect(!isSame(policy(change), policy([:])))
    }
  }

  @Test func `a statement given twice is given once`() {
    let statement: Value = ["Effect": "Allow", "Action": "s3:*", "Resource": "*"]
    #expect(isSame(["Statement": [statement, statement]], ["Statement": statement]))
  }
}
