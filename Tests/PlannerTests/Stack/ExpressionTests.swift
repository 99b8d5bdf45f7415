import Planner
import Testing

/// What expressions become, and what is left of them.
@Suite struct ExpressionTests {
  private func tag(
    _ expression: String, variables: String = "", environment: [String: String] = [:],
    others: [String: String] = [:]
  ) throws -> Value? {
    let yaml = """
      stack: shop
      variables: { list: [a, b], map: { default: { size: 3, name: x } }, n: 7, flag: true\(variables) }
      queues:
        dead: {}
      apis:
        shop: {}
      outputs:
        x: \(expression)
      """
    return try resolved(yaml, others: others, environment: environment).outputs.first?.value
  }

  @Test(
    arguments: [
      ("\"${var.n}\"", .integer(7)), ("\"n=${var.n}\"", "n=7"), ("\"${var.flag}\"", true),
      ("\"${var.list}\"", ["a", "b"]),
      ("\"${var.list.1}\"", "b"), ("\"${var.map.size}\"", 3), ("\"${ var.n }\"", 7),
      ("\"$${var.n}\"", "${var.n}"),
      ("\"$$${var.n}\"", "$${var.n}"), ("\"a $ b $$ c\"", "a $ b $$ c"),
      ("\"${profile.region}\"", "us-east-1"),
      ("\"${profile.account}\"", "000000000000"), ("\"${profile.name}-${profile.namePrefix}.\"", "local-."),
      ("\"${env.HOME}\"", "/home/me"), ("\"${queues.dead.arn}\"", "arn:aws:sqs:us-east-1:000000000000:dead"),
      ("${queues.dead.name}", "dead"), ("{ a: [\"${var.n}\"] }", ["a": [7]]),
      ("'${join(\",\", var.list)}'", "a,b"), ("'${join(\"-\", var.n, \"x\", true)}'", "7-x-true"),
      ("'${split(\",\", \"a,,b\")}'", ["a", "", "b"]), ("'${upper(\"ab\")}${lower(\"CD\")}'", "ABcd"),
      ("'${replace(\"a-b-c\", \"-\", \"\")}'", "abc"), ("'${base64(\"hi\")}'", "aGk="),
      ("'${json(var.map)}'", "{\"name\":\"x\",\"size\":3}"),
      ("'${parseJson(\"[1, {}]\")}'", [1, [:]]), ("'${length(var.list)}'", 2), ("'${length(\"größe\")}'", 5),
      ("'${trim(\"  a b\t\")}'", "a b"),
      ("'${default(env.NONE, \"none\")}'", "none"), ("'${default(env.HOME, \"none\")}'", "/home/me"),
      ("'${default(null, 3)}'", 3),
      ("'${file(\"notes.txt\")}'", "hello\n"), ("\"${'it\\\\'s'}\"", "it's"), ("\"${1.5}\"", .number(1.5)),
      ("\"${-3}\"", -3),
    ] as [(String, Value)])
  func `an expression is worked out`(_ expression: String, _ expected: Value) throws {
    #expect(
      try tag(expression, environment: ["HOME": "/home/me"], others: ["notes.txt": "hello\n"]) == expected)
  }

  @Test func `all texts that expressions make have a bound together`() throws {
    let text =
      "stack: shop\nvariables: { a: \(String(repeating: "a", count: 9_000)) }\n"
      + "outputs:\n  one: &x '\(String(repeating: "${var.a}", count: 400))'\n"
    let aliases = (0..<80).map { "  o\($0): *x\n" }.joined()
    let error = #expect(throws: Diagnostics.self) { _ = try resolved(text + aliases) }
    #expect(error?.items.first?.summary == "Too much text", "\(error?.items.first?.detail ?? "")")
  }

  /// A few lines of a file must not take all memory: nothing is made that is larger than it may be.
  @Test(arguments: [
    "'${replace(var.a, \"a\", var.a)}'", "'${join(var.a, split(\"a\", var.a))}'",
    "'${json(json(json(json(json(json(json(json(json(json(json(json(var.q))))))))))))}'",
    "'${file(\"large\")}'",
    "'${var.a}\(String(repeating: "${var.a}", count: 600))'",
  ])
  func `a text that an expression makes has a bound`(expression: String) throws {
    let variables =
      ", a: \(String(repeating: "a", count: 9_000)), q: '\(String(repeating: "\"", count: 9_000))'"
    let error = #expect(throws: Diagnostics.self) {
      _ = try tag(expression, variables: variables, others: ["large": String(repeating: "x", count: 5 << 20)])
    }
    #expect(error?.items.map(\.summary) == ["Text too long"], "\(error?.items.map(\.detail) ?? [])")
    #expect(error?.items.first?.detail.contains("4 MiB is the most that an expression may make") == true)
  }

  @Test(
    arguments: [
      ("\"${apis.shop.id}\"", "${apis.shop.id}"),
      ("\"${apis.shop.url}/${profile.name}/${var.n}\"", "${apis.shop.url}/local/7"),
      ("\"$${x} ${apis.shop.id}\"", "$${x} ${apis.shop.id}"),
      ("'${join(var.n, apis.shop.id, \"a\\\"b\")}'", "${join(7, apis.shop.id, \"a\\\"b\")}"),
      ("'${length(split(\",\", apis.shop.id))}'", "${length(split(\",\", apis.shop.id))}"),
      (
        "'${join(\",\", parseJson(json(var.list)), apis.shop.id)}'",
        "${join(\",\", parseJson(\"[\\\"a\\\",\\\"b\\\"]\"), apis.shop.id)}"
      ),
      ("'cost: $${ $${apis.shop.id}'", "cost: ${ ${apis.shop.id}"),
    ] as [(String, String)])
  func `what is left is self-contained and reads back as itself`(_ expression: String, _ source: String)
    throws
  {
    guard case .pending(let template)? = try tag(expression) else {
      #expect(source == "cost: ${ ${apis.shop.id}")
      return
    }
    #expect(template.source == source)
    #expect(try Template(parsing: template.source) == template)
    #expect(Value(json: Value.pending(template).json)?["$pending"] == .string(source))
  }

  @Test func `a dollar before what is left stays a dollar`() throws {
    let value = try #require(try tag("'$${\"$\"}${apis.shop.id}'"))
    #expect(value.templates.map(\.source) == ["$${\"${\"$\"}\"}${apis.shop.id}"] || value.isPending)
    let template = Template([.text("costs $"), .expression(.reference(["apis", "shop", "id"]))])
    #expect(try Template(parsing: template.source).parts.count == 3)
    #expect(try Value.pending(Template(parsing: template.source)).resolved { _, _ in "5" } == "costs $5")
  }

  @Test func `a pending value is resolved once attributes are known`() throws {
    let pending = Value.map([
      "whole": .pending(try Template(parsing: "${apis.shop.id}")),
      "part": .pending(try Template(parsing: "x/${upper(apis.shop.id)}/${lambdas.w.role.arn}")), "plain": 1,
    ])
    let known: [Address: [String: Value]] = [
      Address("apis", "shop"): ["id": "a1"], Address("lambdas", "w", part: "role"): ["arn": "arn:x"],
    ]
    #expect(
      try pending.resolved { known[$0]?[$1] } == ["whole": "a1", "part": "x/A1/arn:x", "plain": 1])
    #expect(throws: Diagnostic.self) { try pending.resolved { _, _ in nil } }
  }

  @Test func `nothing of a value is an expression once more`() throws {
    let yaml = """
      stack: shop
      variables: { x: { type: string } }
      queues: { jobs: { tags: { a: "${var.x}", b: "${env.Y}" } } }
      """
    let stack = try resolved(yaml, variables: ["x": "${queues.none.arn}"], environment: ["Y": "$${z}"])
    #expect(stack[Address("queues", "jobs")]?["tags"] == ["a": "${queues.none.arn}", "b": "$${z}"])
  }
}

/// Secrets are marked wherever they go.
@Suite struct SecretTests {
  static let yaml = """
    stack: shop
    variables:
      token: { type: string, secret: true }
      plain: fine
    apis: { shop: {} }
    lambdas:
      worker:
        code: code
        runtime: python3.12
        password: "literal"
        environment:
          TOKEN: "${var.token}"
          URL: "https://user:${var.token}@host/${apis.shop.id}"
          CODED: "${base64(var.token)}"
          PLAIN: "${var.plain}"
    outputs:
      token: "${var.token}"
      plain: "${var.plain}"
    """

  @Test func `paths, texts and outputs that hold a secret are known`() throws {
    let stack = try resolved(Self.yaml, others: ["code/app.py": ""], variables: ["token": "hunter2"])
    let worker = try #require(stack[Address("lambdas", "worker")])
    #expect(worker.secretPaths == ["password", "environment.TOKEN", "environment.URL", "environment.CODED"])
    #expect(stack.secretTexts == ["hunter2", "aHVudGVyMg==", "literal"])
    #expect(stack.outputs.map(\.isSecret) == [true, false])
    #expect(
      worker["environment"]?["URL"]?.templates.map(\.source) == ["https://user:hunter2@host/${apis.shop.id}"])
  }

  @Test func `no message tells a secret`() {
    let yaml = Self.yaml.replacing("password: \"literal\"", with: "timeout: \"${var.token}\"")
    let said = mistakes(yaml, others: ["code/app.py": ""], variables: ["token": "hunter2"])
    #expect(said.count == 1)
    #expect(!said.joined().contains("hunter2"))
  }
}
