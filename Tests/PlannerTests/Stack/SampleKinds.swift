import Planner

/// A few kinds that look like AWS's, with everything that a kind can ask of the language.
enum SampleKinds {
  static let registry = KindRegistry([
    SampleAPI(), SampleLambda(), SampleMapping(), SampleQueue(), SampleRole(), SampleTable(),
  ])
}

struct SampleQueue: ResourceKind {
  let schema = Schema(
    section: "queues", kind: "queue", title: "Amazon SQS queue", summary: "A message queue.",
    naming: Naming(
      TextRule(length: 1...80, pattern: "[A-Za-z0-9_-]+(\\.fifo)?", says: "letters, digits, - and _"),
      suffix: ("fifo", ".fifo")),
    holdsData: true,
    properties: [
      Property("visibilityTimeout", .integer(0...43200), default: 30, "Seconds that a message is hidden."),
      Property("fifo", .boolean, default: false, change: .replaces, "Keeps the order of messages."),
      Property(
        "redrivePolicy",
        .object([
          Property("deadLetterTargetArn", .arn, required: true, "Where messages go."),
          Property("maxReceiveCount", .integer(1...1000), required: true, "After so many tries."),
        ]), "Where messages go that nobody could handle."),
      Property("policy", .policy, need: .value, "Who may do what with it."),
      Property("encryption", .choice(["NONE", "SSE-SQS", "KMS"]), "How messages are encrypted."),
      Property("retention", .integerChoice([1, 3, 5, 7, 14]), "Days that messages are kept."),
    ],
    attributes: [
      Attribute("name", early: true, "Its name."), Attribute("arn", early: true, "Its ARN."),
      Attribute("url", early: true, "Its URL."),
    ],
    example: "jobs:\n  visibilityTimeout: 60\n")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard let name = resource.name else { return [:] }
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = target.arn("sqs", name)
    if let account = target.account, let endpoint = target.endpoint {
      attributes["url"] = .string("\(endpoint)/\(account)/\(name)")
    }
    return attributes
  }

  func problems(of resource: Resource) -> [PropertyProblem] {
    guard resource["fifo"]?.boolean == true, resource.name?.hasSuffix(".fifo") == false else { return [] }
    return [
      PropertyProblem(
        ["name"], "Bad name", "A FIFO queue's name ends in .fifo.",
        fix: "Take the name out, or end it in .fifo.")
    ]
  }
}

struct SampleRole: ResourceKind {
  let schema = Schema(
    section: "roles", kind: "role", title: "AWS IAM role", summary: "What code may do.",
    naming: Naming(TextRule(length: 1...64, pattern: "[\\w+=,.@-]+", says: "letters, digits and +=,.@_-")),
    properties: [
      Property("path", .text, default: "/", change: .replaces, "Its path."),
      Property("assumedBy", .set(.text), "The services that take it on."),
      Property("policy", .policy, need: .value, "What it may do."),
    ],
    attributes: [Attribute("name", early: true, "Its name."), Attribute("arn", early: true, "Its ARN.")],
    example: "reader:\n  assumedBy: [lambda.amazonaws.com]\n")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard let name = resource.name, let account = target.account else { return [:] }
    let path = resource["path"]?.string ?? "/"
    return ["name": .string(name), "arn": .string("arn:aws:iam::\(account):role\(path)\(name)")]
  }
}

struct SampleLambda: ResourceKind {
  let schema = Schema(
    section: "lambdas", kind: "lambda", title: "AWS Lambda function", summary: "Code that runs on events.",
    naming: Naming(TextRule(length: 1...64, pattern: "[A-Za-z0-9_-]+", says: "letters, digits, - and _")),
    properties: [
      Property("code", .path, required: true, "The folder of its code."),
      Property(
        "runtime", .choice(["python3.11", "python3.12", "nodejs20.x"]), required: true, "What runs it."),
      Property("timeout", .integer(1...900), default: 3, "Seconds that it may take."),
      Property("environment", .map(.text), need: .value, "Environment variables."),
      Property("role", .arn, "The role that it takes on."),
      Property("password", .text, secret: true, "A secret of its own."),
      Property("layers", .list(.arn), "Layers, in order."),
      Property("settings", .document, "Free settings."),
      Property("rate", .number, "How often."),
      Property(
        "tracing",
        .either([.boolean, .object([Property("mode", .choice(["Active", "PassThrough"]), "How.")])]),
        "Whether it is traced."),
      Property("codeSha256", .text, derived: true, "The digest of its code."),
      Property(
        "grants",
        .list(
          .object([
            Property("allow", .list(.text), required: true, "Actions."),
            Property("on", .either([.text, .list(.text)]), required: true, "ARNs."),
          ])), need: .value, local: true, "What it may do."),
    ],
    attributes: [
      Attribute("name", early: true, "Its name."), Attribute("arn", early: true, "Its ARN."),
      Attribute("version", early: false, "The newest version."),
    ],
    example: "worker:\n  code: lambdas/worker\n  runtime: python3.12\n")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard let name = resource.name else { return [:] }
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = target.arn("lambda", "function:\(name)")
    return attributes
  }

  func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    guard resource["role"] == nil else { return [] }
    let address = Address("lambdas", resource.address.name, part: "role")
    let role = Resource(
      address, section: "roles", name: "\(stack.name)-\(resource.address.name)",
      properties: ["assumedBy": ["lambda.amazonaws.com"]], derivations: ["": "grants of \(resource.address)"])
    var derived: [Derived] = [
      .resource(role),
      .property(
        on: resource.address, name: "role", value: .pending(.reference(to: address, "arn")),
        because: "its own role"),
    ]
    for grant in resource["grants"]?.list ?? [] {
      derived.append(
        .statement(
          on: address, property: "policy",
          statement: ["Effect": "Allow", "Action": grant["allow"] ?? [], "Resource": grant["on"] ?? []],
          because: "grants of \(resource.address)"))
    }
    return derived
  }
}

struct SampleMapping: ResourceKind {
  let schema = Schema(
    section: "eventMappings", kind: "event mapping", title: "AWS Lambda event source mapping",
    summary: "Feeds a lambda from a queue.", naming: nil,
    properties: [
      Property("source", .arn, required: true, change: .replaces, "The queue."),
      Property("lambda", .text, required: true, "The lambda."),
      Property("batchSize", .integer(1...10000), default: 10, "How many at once."),
    ],
    attributes: [Attribute("id", early: false, "Its id.")],
    example: "jobs:\n  source: \"${queues.jobs.arn}\"\n  lambda: \"${lambdas.worker.arn}\"\n")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }

  func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    guard let lambda = resource.referenced(by: "lambda") else { return [] }
    let role = Address(lambda.section, lambda.name, part: "role")
    return [
      .statement(
        on: role, property: "policy",
        statement: [
          "Effect": "Allow", "Action": ["sqs:ReceiveMessage"], "Resource": resource["source"] ?? [],
        ],
        because: "\(resource.address) reads its source"),
      .dependency(of: resource.address, on: role, because: "the role must be there"),
    ]
  }
}

struct SampleAPI: ResourceKind {
  let schema = Schema(
    section: "apis", kind: "API", title: "Amazon API Gateway REST API", summary: "An HTTP endpoint.",
    naming: Naming(TextRule(length: 1...128), isIdentity: false),
    properties: [
      Property(
        "routes",
        .map(.object([Property("lambda", .arn, "A lambda."), Property("queue", .text, "A queue.")])),
        "Routes.")
    ],
    attributes: [
      Attribute("id", early: false, "Its id."), Attribute("url", early: false, "Its URL."),
      Attribute("name", early: true, "Its name."),
    ],
    example: "shop:\n  routes:\n    GET /: { lambda: \"${lambdas.worker.arn}\" }\n")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    resource.name.map { ["name": .string($0)] } ?? [:]
  }
}

struct SampleTable: ResourceKind {
  let schema = Schema(
    section: "tables", kind: "table", title: "Amazon DynamoDB table", summary: "A table.",
    naming: Naming(
      TextRule(length: 3...255, pattern: "[A-Za-z0-9_.-]+", says: "letters, digits, _, - and .")),
    holdsData: true, isTaggable: false,
    properties: [
      Property(
        "partitionKey", .map(.choice(["S", "N", "B"])), required: true, change: .replaces, "The key."),
      Property("indexes", .set(.text), "Indexed attributes."),
    ],
    attributes: [Attribute("name", early: true, "Its name.")], example: "orders:\n  partitionKey: { id: S }\n"
  )

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    resource.name.map { ["name": .string($0)] } ?? [:]
  }
}
