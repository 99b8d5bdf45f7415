import Planner

/// Lambda functions from a folder of code.
///
/// One GetFunction reads configuration, tags and concurrency. (A listing would not save it, for it has no
/// tags.) Only where they are declared one call more each reads the function URL, the settings of
/// asynchronous calls, aliases and versions, code signing, recursion, and the runtime's management. A
/// creation is CreateFunction and polls until the function is active, then one call for each of these; an
/// update is one call each for what changed. Facts: the Lambda API reference, `AWS::Lambda::Function`,
/// `Alias`, `Url` and `EventInvokeConfig`.
struct LambdaKind: AWSKind {
  let schema = Schema(
    section: "lambdas", kind: "lambda", title: "AWS Lambda function",
    summary: "Code that runs when something happens, with a role of its own.",
    naming: Naming(TextRule(length: 1...64, pattern: "[A-Za-z0-9_-]+", says: "letters, digits, - and _")),
    properties: code + settings + environs + calling + releases + permissions, attributes: attributes,
    relations: relations,
    example: """
      worker:
        code: lambdas/worker
        runtime: python3.12
        handler: app.handler
        environment: { LEVEL: debug }
        grants: [{ actions: ["s3:PutObject"], resources: "arn:aws:s3:::reports/*" }]
      """)

  /// The log group that Lambda writes to unless `loggingConfig` names another.
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
      attributes["invokeArn"] = Self.invokeARN(of: text, in: target)
    }
    return attributes
  }

  /// What an API's integration calls the function by.
  static func invokeARN(of arn: String, in target: Target) -> Value {
    .string(
      "arn:\(target.partition):apigateway:\(target.region):lambda:path/2015-03-31/functions/\(arn)/invocations"
    )
  }
}
