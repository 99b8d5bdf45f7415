import Planner

/// An authorizer of an API of either protocol, between the schema's words and the wire's.
struct ApiAuthorizer: Sendable, Hashable {
  var type: String
  var lambda: String?
  var credentials: String?
  var providerARNs: Set<String> = []
  var identitySource: Set<String>
  var expression: String?
  var resultTTL = Self.defaultTTL
  /// HTTP alone.
  var issuer: String?
  var audience: Set<String> = []
  var payload = "2.0"
  var isSimple = false

  static let defaultTTL = 300

  private static func standardSource(isHTTP: Bool) -> Set<String> {
    [isHTTP ? "$request.header.Authorization" : "method.request.header.Authorization"]
  }

  /// A member that was never set is not returned in any case: services use different words for it.
  private var asksLambda: Bool { type == "TOKEN" || type == "REQUEST" }

  // MARK: The schema's words

  init(declared: Value, isHTTP: Bool) {
    func items(_ value: Value?) -> Set<String> { Set((value?.list ?? []).compactMap(\.string)) }
    type = declared["type"]?.string ?? ""
    lambda = declared["lambda"]?.string
    credentials = declared["authorizerCredentials"]?.string
    providerARNs = items(declared["providerARNs"])
    let sources = items(declared["identitySource"])
    identitySource = sources.isEmpty ? Self.standardSource(isHTTP: isHTTP) : sources
    expression = declared["identityValidationExpression"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    if asksLambda { resultTTL = declared["authorizerResultTtlInSeconds"]?.integer ?? Self.defaultTTL }
    guard isHTTP else { return }
    issuer = declared["jwtConfiguration"]?["issuer"]?.string
    audience = items(declared["jwtConfiguration"]?["audience"])
    if asksLambda {
      payload = declared["authorizerPayloadFormatVersion"]?.string ?? payload
      isSimple = declared["enableSimpleResponses"] == true
    }
  }

  /// `wanted` shows which defaults the file spells out.
  func declared(wanted: Value?, isHTTP: Bool) -> Value {
    func list(_ items: Set<String>) -> Value { .list(items.sorted().map(Value.string)) }
    var value: [String: Value] = ["type": .string(type)]
    value["lambda"] = lambda.map(Value.string)
    value["authorizerCredentials"] = credentials.map(Value.string)
    if !providerARNs.isEmpty { value["providerARNs"] = list(providerARNs) }
    let isSpelt = !(wanted?["identitySource"] ?? .null).isEmpty
    if isSpelt || identitySource != Self.standardSource(isHTTP: isHTTP) {
      value["identitySource"] = list(identitySource)
    }
    value["identityValidationExpression"] = expression.map(Value.string)
    if resultTTL != Self.defaultTTL { value["authorizerResultTtlInSeconds"] = .integer(resultTTL) }
    if let issuer { value["jwtConfiguration"] = ["issuer": .string(issuer), "audience": list(audience)] }
    if isHTTP, payload != "2.0" { value["authorizerPayloadFormatVersion"] = .string(payload) }
    if isHTTP, isSimple { value["enableSimpleResponses"] = true }
    return .map(value)
  }

  // MARK: The wire's words

  init(rest wire: Value) {
    func text(_ name: String) -> String? { wire[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
    type = wire["type"]?.string ?? ""
    lambda = text("authorizerUri").flatMap(Self.function)
    credentials = text("authorizerCredentials")
    // MiniStack makes a text of the list when one is added.
    providerARNs = Set((wire["providerARNs"]?.list ?? []).compactMap(\.string))
    let sources = (text("identitySource") ?? "").split(separator: ",")
      .map { $0.trimmingBlanks }.filter { !$0.isEmpty }
    identitySource = sources.isEmpty ? Self.standardSource(isHTTP: false) : Set(sources)
    expression = text("identityValidationExpression")
    // MiniStack returns a changed number as text.
    let seconds = wire["authorizerResultTtlInSeconds"]
    if asksLambda { resultTTL = seconds?.integer ?? seconds?.string.flatMap { Int($0) } ?? Self.defaultTTL }
  }

  init(http wire: Value) {
    func text(_ value: Value?) -> String? { value?.string.flatMap { $0.isEmpty ? nil : $0 } }
    type = wire["authorizerType"]?.string ?? ""
    lambda = text(wire["authorizerUri"]).flatMap(Self.function)
    credentials = text(wire["authorizerCredentialsArn"])
    let sources = Set((wire["identitySource"]?.list ?? []).compactMap(\.string))
    identitySource = sources.isEmpty ? Self.standardSource(isHTTP: true) : sources
    let token = wire["jwtConfiguration"]
    issuer = text(token?["issuer"])
    audience = Set((token?["audience"]?.list ?? []).compactMap(\.string))
    guard asksLambda else { return }
    resultTTL = wire["authorizerResultTtlInSeconds"]?.integer ?? Self.defaultTTL
    payload = text(wire["authorizerPayloadFormatVersion"]) ?? payload
    isSimple = wire["enableSimpleResponses"] == true
  }

  /// What CreateAuthorizer of a REST API takes, without the name.
  func restInput(in target: Target) -> [String: Value] {
    var input: [String: Value] = [
      "type": .string(type), "identitySource": .string(identitySource.sorted().joined(separator: ",")),
    ]
    input["authorizerUri"] = lambda.map { .string(LambdaAddress.invocation(of: $0, in: target)) }
    input["authorizerCredentials"] = credentials.map(Value.string)
    if !providerARNs.isEmpty { input["providerARNs"] = .list(providerARNs.sorted().map(Value.string)) }
    input["identityValidationExpression"] = expression.map(Value.string)
    if asksLambda { input["authorizerResultTtlInSeconds"] = .integer(resultTTL) }
    return input
  }

  /// What UpdateAuthorizer of a REST API takes to make another one this. Fact: "Patch operations" of the API Gateway reference.
  func patches(from live: ApiAuthorizer, in target: Target) -> [Value] {
    let (new, old) = (restInput(in: target), live.restInput(in: target))
    var operations: [Value] = []
    for name in Set(new.keys).union(old.keys).sorted() where name != "providerARNs" && new[name] != old[name]
    {
      operations.append(.replace("/\(name)", new[name] ?? ""))
    }
    for arn in providerARNs.subtracting(live.providerARNs).sorted() {
      operations.append(["op": "add", "path": "/providerARNs", "value": .string(arn)])
    }
    for arn in live.providerARNs.subtracting(providerARNs).sorted() {
      operations.append(["op": "remove", "path": "/providerARNs", "value": .string(arn)])
    }
    return operations
  }

  /// What CreateAuthorizer and UpdateAuthorizer of an HTTP API take, without the name.
  func httpInput(in target: Target) -> [String: Value] {
    func list(_ items: Set<String>) -> Value { .list(items.sorted().map(Value.string)) }
    var input: [String: Value] = ["authorizerType": .string(type), "identitySource": list(identitySource)]
    if let issuer { input["jwtConfiguration"] = ["issuer": .string(issuer), "audience": list(audience)] }
    guard asksLambda else { return input }
    input["authorizerUri"] = lambda.map { .string(LambdaAddress.invocation(of: $0, in: target)) }
    // The empty text takes a role out.
    input["authorizerCredentialsArn"] = .string(credentials ?? "")
    input["authorizerPayloadFormatVersion"] = .string(payload)
    input["enableSimpleResponses"] = .boolean(isSimple)
    input["authorizerResultTtlInSeconds"] = .integer(resultTTL)
    return input
  }

  private static func function(_ uri: String) -> String { LambdaAddress.function(in: uri) ?? uri }
}

/// How API Gateway addresses lambdas.
enum LambdaAddress {
  private static let start = ":lambda:path/2015-03-31/functions/"
  private static let end = "/invocations"

  static func invocation(of arn: String, in target: Target) -> String {
    let region = ARN(arn)?.region ?? target.region
    return "arn:\(target.partition):apigateway:\(region)\(start)\(arn)\(end)"
  }

  /// The lambda's ARN in an address; nil when it is not one of a lambda.
  static func function(in uri: String) -> String? {
    guard uri.hasSuffix(end) else { return nil }
    let parts = uri.dropLast(end.count).split(separator: "/functions/", maxSplits: 1)
    return parts.count == 2 ? String(parts[1]) : nil
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
