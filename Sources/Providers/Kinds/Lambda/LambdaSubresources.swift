import Planner

/// Settings of a function that have calls of their own, and one property each: read where they are declared, written where they changed.
struct LambdaSubresource: Sendable {
  let property: String
  /// What the path begins with, which tells the API's version.
  let version: String
  /// What it ends with.
  let noun: String
  /// The operations behind `Get`, `Put` and `Delete`.
  let name: String
  /// Whether it is taken away by a call; else by writing ``reset``.
  let isDeletable: Bool
  let method: AWSRequest.Method

  static let all = [
    LambdaSubresource(
      property: "eventInvokeConfig", version: "2019-09-25", noun: "event-invoke-config",
      name: "FunctionEventInvokeConfig", isDeletable: true),
    LambdaSubresource(
      property: "codeSigningConfigArn", version: "2020-06-30", noun: "code-signing-config",
      name: "FunctionCodeSigningConfig", isDeletable: true),
    LambdaSubresource(
      property: "runtimeManagementConfig", version: "2021-07-20", noun: "runtime-management-config",
      name: "RuntimeManagementConfig", isDeletable: false),
    LambdaSubresource(
      property: "recursiveLoop", version: "2024-08-31", noun: "recursion-config",
      name: "FunctionRecursionConfig", isDeletable: false),
  ]

  private init(property: String, version: String, noun: String, name: String, isDeletable: Bool) {
    self.property = property
    self.version = version
    self.noun = noun
    self.name = name
    self.isDeletable = isDeletable
    method = .put
  }

  private func request(_ verb: String, _ method: AWSRequest.Method, _ function: String) -> AWSRequest {
    AWSRequest(.lambda, verb + name, method, [version, "functions", function, noun])
  }

  /// The property as it is; nil where nothing is set. An endpoint without the operation has nothing set, either: LocalStack's
  /// `GetRuntimeManagementConfig` answers 501. Whoever declares the property is told so when it is written.
  func read(_ function: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    let response: AWSResponse?
    do throws(ProviderError) {
      response = try await aws.readIfPresent(request("Get", .get, function))
    } catch {
      guard error.kind == .unsupported else { throw error }
      return nil
    }
    guard let answer = response?.value else { return nil }
    switch property {
    case "eventInvokeConfig": return Self.eventInvokeConfig(answer)
    case "runtimeManagementConfig": return answer.uncapitalised
    case "recursiveLoop": return answer["RecursiveLoop"]
    default: return answer["CodeSigningConfigArn"]
    }
  }

  /// Sets the property, or takes it away.
  func write(_ value: Value, _ function: String, _ aws: WritingClient) async throws(ProviderError) {
    if value.isEmpty, isDeletable {
      try await aws.delete(request("Delete", .delete, function))
      return
    }
    var request = request("Put", method, function)
    request.body = .value(body(value))
    // Lambda checks that the role may send to the destinations.
    if property == "eventInvokeConfig" { request.retriedErrors = LambdaKind.freshRole }
    try await aws.write(request)
  }

  private func body(_ value: Value) -> Value {
    switch property {
    case "eventInvokeConfig":
      var fields: [String: Value] = [:]
      fields["MaximumRetryAttempts"] = value["maximumRetryAttempts"] ?? 2
      fields["MaximumEventAgeInSeconds"] = value["maximumEventAgeInSeconds"] ?? 21_600
      var ends: [String: Value] = [:]
      if let arn = value["onSuccess"], !arn.isEmpty { ends["OnSuccess"] = ["Destination": arn] }
      if let arn = value["onFailure"], !arn.isEmpty { ends["OnFailure"] = ["Destination": arn] }
      if !ends.isEmpty { fields["DestinationConfig"] = .map(ends) }
      return .map(fields)
    case "runtimeManagementConfig": return value.capitalised
    case "recursiveLoop": return ["RecursiveLoop": value.isEmpty ? "Terminate" : value]
    default: return ["CodeSigningConfigArn": value]
    }
  }

  private static func eventInvokeConfig(_ answer: Value) -> Value {
    var members: [String: Value] = [:]
    members["maximumRetryAttempts"] = answer["MaximumRetryAttempts"] ?? 2
    members["maximumEventAgeInSeconds"] = answer["MaximumEventAgeInSeconds"] ?? 21_600
    members["onSuccess"] = answer["DestinationConfig"]?["OnSuccess"]?["Destination"]
    members["onFailure"] = answer["DestinationConfig"]?["OnFailure"]?["Destination"]
    return .map(members)
  }
}
