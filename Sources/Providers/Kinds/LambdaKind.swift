import Planner

/// Lambda functions from a folder of code.
///
/// One GetFunction reads everything: configuration, tags, concurrency. (A listing would not save it, for it has no tags.) A creation is
/// CreateFunction and polls until the function is active; an update is one call each for settings, code, concurrency and tags, as needed.
struct LambdaKind: AWSKind {
  let schema = Schema(
    section: "lambdas", kind: "lambda", title: "AWS Lambda function",
    summary: "Code that runs when something happens, with a role of its own.",
    naming: Naming(TextRule(length: 1...64, pattern: "[A-Za-z0-9_-]+", says: "letters, digits, - and _")),
    properties: code + settings + permissions, attributes: attributes,
    example: """
      worker:
        code: lambdas/worker
        runtime: python3.12
        handler: app.handler
        environment: { LEVEL: debug }
        grants: [{ allow: ["s3:PutObject"], on: "arn:aws:s3:::reports/*" }]
      """)

  private static let code = [
    Property(
      "code", .either([.path, .object([Property("zipFile", .text, required: true, "The source text.")])]),
      required: true, local: true,
      "A folder, packed into a zip that is the same on every machine (`.stackformignore` leaves files out), or a zip file; or "
        + "`{ zipFile: … }` with the source itself, which becomes `index`."),
    Property(
      "codeSha256", .text, derived: true, "The digest of the code's zip: what is compared with the live code."
    ),
    Property("runtime", .choice(runtimes), required: true, "What the code is written for."),
    Property(
      "handler", .string(TextRule(length: 1...128, pattern: "[^\\s]+", says: "no blanks")), required: true,
      "What is called: file and function, as `app.handler`."),
    Property(
      "architecture", .choice(["x86_64", "arm64"]), default: "x86_64", "The processor that the code runs on."),
    Property("layers", .list(.arn), "Versions of layers whose files the code finds, in this order."),
  ]

  private static let settings = [
    Property("description", .string(TextRule(length: 0...256)), "What the function is for."),
    Property(
      "memorySize", .integer(128...10_240), default: 128, "Megabytes; processor time comes with them."),
    Property("timeout", .integer(1...900), default: 3, "Seconds that a call may take."),
    Property(
      "environment", .map(.text), need: .value,
      "Environment variables. Their references are texts, and never make a cycle."),
    Property("ephemeralStorage", .integer(512...10_240), default: 512, "Megabytes under /tmp."),
    Property(
      "reservedConcurrentExecutions", .integer(0...1_000_000),
      "Calls that can run at a time, kept free for this function; 0 stops it."),
    Property(
      "deadLetterTargetArn", .arn,
      "The queue or topic that gets what failed too often when called asynchronously."),
    Property(
      "tracing", .choice(["Active", "PassThrough"]), default: "PassThrough", "Whether X-Ray samples calls."),
    Property(
      "loggingConfig", .object(logging), default: ["logFormat": "Text"], need: .value,
      "How and where the function logs."),
    Property("kmsKeyArn", .arn, "The key that encrypts the environment; AWS's own without it."),
  ]

  private static let logging = [
    Property("logFormat", .choice(["Text", "JSON"]), default: "Text", "How lines are written."),
    Property(
      "applicationLogLevel", .choice(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]),
      "The least level of the code's lines; for JSON only."),
    Property(
      "systemLogLevel", .choice(["DEBUG", "INFO", "WARN"]),
      "The least level of Lambda's own lines; for JSON only."),
    Property(
      "logGroup",
      .string(
        TextRule(length: 1...512, pattern: "[A-Za-z0-9._/#-]+", says: "letters, digits and . _ / # -")),
      "The log group; `/aws/lambda/` and the function's name without it."),
  ]

  private static let permissions = [
    Property("role", .arn, "The role that the code runs as; without it one is derived from `grants`."),
    Property(
      "grants", .list(.object(grant)), need: .value, local: true,
      "What the code may do: statements of the role that Stackform derives for this function alone."),
  ]

  private static let grant = [
    Property(
      "allow",
      .list(
        .string(TextRule(pattern: "\\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+", says: "an action, as s3:PutObject"))),
      required: true, "The actions."),
    Property(
      "on", .either([.text, .list(.text)]), required: true, need: .value, "The ARNs that they may be done on."
    ),
    Property("condition", .document, need: .value, "When, as IAM's `Condition`."),
  ]

  private static let attributes = [
    Attribute("name", early: true, "The function's name."),
    Attribute("arn", early: true, "The function's ARN."),
    Attribute("invokeArn", early: true, "The ARN by which an API calls the function."),
    Attribute("logGroupName", early: true, "The log group that the function writes to."),
    Attribute("roleArn", early: false, "The ARN of the role that the code runs as."),
  ]

  /// What Lambda still creates functions for; AWS's "Lambda runtimes".
  private static let runtimes = [
    "dotnet8", "dotnet10", "java8.al2", "java11", "java17", "java21", "java25", "nodejs18.x", "nodejs20.x",
    "nodejs22.x", "nodejs24.x", "provided.al2", "provided.al2023", "python3.9", "python3.10", "python3.11",
    "python3.12", "python3.13", "python3.14", "ruby3.2", "ruby3.3", "ruby3.4", "ruby4.0",
  ]

  static func defaultLogGroup(_ function: String) -> String { "/aws/lambda/\(function)" }

  /// The log group that a function writes to.
  static func logGroup(of resource: Resource) -> String? {
    switch resource["loggingConfig"]?["logGroup"] {
    case nil, .null: resource.name.map(defaultLogGroup)
    case .some(let group): group.string
    }
  }

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard let name = resource.name else { return [:] }
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["logGroupName"] = Self.logGroup(of: resource).map(Value.string)
    if let arn = target.arn("lambda", "function:\(name)"), let text = arn.string {
      attributes["arn"] = arn
      attributes["invokeArn"] = .string(
        "arn:\(target.partition):apigateway:\(target.region):lambda:path/2015-03-31/functions/\(text)/invocations"
      )
    }
    return attributes
  }
}
