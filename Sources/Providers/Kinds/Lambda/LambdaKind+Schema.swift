import Planner

extension LambdaKind {
  static let code = [
    Property(
      "code", .either([.path, .object(codeMembers)]), required: true, local: true,
      "A folder, packed into a zip that is the same on every machine (`.stackformignore` leaves files out), or a zip file; "
        + "`{ zipFile: … }` with the source itself, which becomes `index`; `{ s3Bucket: …, s3Key: … }`; or `{ imageUri: … }`."
    ),
    CodeSource.digest,
    Property(
      "codeObject", .map(.text), writeOnly: true, derived: true,
      "The object in a bucket with the code. Lambda never returns it."),
    Property("imageUri", .text, derived: true, "The container image that the code is."),
    Property(
      "packageType", .choice(["Zip", "Image"]), default: "Zip", change: .replaces, derived: true,
      "Whether the code is a zip or a container image."),
    Property(
      "runtime", .string(runtime), "What the code is written for. Only a container image brings its own."),
    Property(
      "handler", .string(TextRule(length: 1...128, pattern: "[^\\s]+", says: "no blanks")),
      "What is called: file and function, as `app.handler`. Only a container image says it itself."),
    Property("imageConfig", .object(imageConfig), "What is run in a container image instead of its own."),
    Property(
      "codeSigningConfigArn", .arn, "Which signatures the code must have; none without it."),
    Property(
      "architecture", .choice(["x86_64", "arm64"]), default: "x86_64", "The processor that the code runs on."),
    Property("layers", .list(.arn), "Versions of layers with files for the code, in this order."),
  ]

  private static let codeMembers =
    [
      Property("zipFile", .text, "The source text."),
      Property(
        "imageUri", .string(TextRule(length: 1...2048, pattern: "[^\\s]+", says: "no blanks")),
        "The container image in a registry of AWS, by tag or digest."),
    ] + CodeSource.objectMembers

  private static let imageConfig = [
    Property("entryPoint", .list(.text), "What is run."),
    Property("command", .list(.text), "Its arguments."),
    Property("workingDirectory", .string(TextRule(length: 0...1000)), "Where it is run."),
  ]

  static let settings = [
    Property("description", .string(TextRule(length: 0...256)), "What the function is for."),
    Property(
      "memorySize", .integer(128...10_240), default: 128, "Megabytes; processor time comes with them."),
    Property("timeout", .integer(1...900), default: 3, "Seconds that a call may take."),
    Property(
      "environment", .map(.text), need: .value,
      "Environment variables. Their references are texts, and never make a cycle."),
    Property("ephemeralStorage", .integer(512...10_240), default: 512, "Megabytes under /tmp."),
    Property(
      "reservedConcurrentExecutions", .integer(0...1_000_000), readAsWanted: true,
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

  static let permissions = [
    Property("role", .arn, "The role that the code runs as; without it one is derived from `grants`."),
    Property(
      "grants", .list(.object(grant)), need: .value, local: true,
      "What the code may do: statements of the role that Stackform derives for this function alone."),
  ]

  private static let actions = Shape.list(
    .string(
      TextRule(pattern: "\\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+", says: "an action, as s3:PutObject")))

  private static let grant = [
    Property("actions", actions, "What may be done."),
    Property("allow", actions, "The same as `actions`."),
    Property("condition", .document, need: .value, "When, as IAM's `Condition`."),
    Property(
      "on", .either([.text, .list(.text)]), need: .value,
      "The same as `resources`. YAML 1.1 readers take this key for `true`."),
    Property(
      "resources", .either([.text, .list(.text)]), need: .value,
      "The ARNs that they may be done on."),
  ]

  static let attributes = [
    Attribute("name", early: true, "The function's name."),
    Attribute("arn", early: true, "The function's ARN."),
    Attribute("invokeArn", early: true, "The ARN by which an API calls the function."),
    Attribute(
      "logGroupName", early: true, followsNameWithout: ["loggingConfig.logGroup"],
      "The log group that the function writes to."),
    Attribute("roleArn", early: false, changesWith: ["role"], "The ARN of the role that the code runs as."),
    Attribute(
      "url", early: false, changesWith: ["functionUrl"],
      "The function's URL, where `functionUrl` is declared."),
    Attribute(
      "version", early: false, changesWith: ["published", "aliases"] + LambdaVersions.publishedProperties,
      "The newest version, where `publish` or `aliases` is declared."),
  ]

  /// Any version of what Lambda runs. Which versions it still, or already, takes changes every few months, and an
  /// emulator's answer differs from AWS's: so the endpoint says that.
  static let runtime = TextRule(
    pattern:
      "python[23]\\.[0-9]{1,2}|nodejs[0-9]{1,2}\\.x|nodejs(4\\.3(-edge)?)?|java[0-9]{1,2}(\\.al2(023)?)?|ruby[0-9]\\.[0-9]"
      + "|dotnet[0-9]{1,2}|dotnetcore[0-9]\\.[0-9]|go1\\.x|provided(\\.al[0-9]{1,4})?",
    says: "a runtime, as python3.13, nodejs22.x, java21, dotnet8, ruby3.4 or provided.al2023")
}
