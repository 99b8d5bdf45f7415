import Planner

/// A setting of a function that has calls of its own, and is one property: read where it is declared, written where it changed.
struct LambdaSubresource: Sendable {
  let property: String
  let read: Operation<Reads>
  let put: Operation<Writes>
  /// nil where ``put`` resets it.
  var clear: Operation<Writes>?
  /// The property in the answer to ``read``.
  let value: @Sendable (Value) -> Value?
  /// What ``put`` takes for a value of the property.
  let fields: @Sendable (Value) -> [String: Value]

  static let all = [
    LambdaSubresource(
      property: "eventInvokeConfig", read: Lambda.getFunctionEventInvokeConfig,
      put: Lambda.putFunctionEventInvokeConfig, clear: Lambda.deleteFunctionEventInvokeConfig,
      value: eventInvokeConfig, fields: eventInvokeFields),
    LambdaSubresource(
      property: "codeSigningConfigArn", read: Lambda.getFunctionCodeSigningConfig,
      put: Lambda.putFunctionCodeSigningConfig, clear: Lambda.deleteFunctionCodeSigningConfig,
      value: { $0["CodeSigningConfigArn"] }, fields: { ["CodeSigningConfigArn": $0] }),
    LambdaSubresource(
      property: "runtimeManagementConfig", read: Lambda.getRuntimeManagementConfig,
      put: Lambda.putRuntimeManagementConfig, value: { $0.uncapitalised },
      fields: { $0.capitalised.map ?? [:] }),
    LambdaSubresource(
      property: "recursiveLoop", read: Lambda.getFunctionRecursionConfig,
      put: Lambda.putFunctionRecursionConfig, value: { $0["RecursiveLoop"] },
      fields: { ["RecursiveLoop": $0.isEmpty ? "Terminate" : $0] }),
  ]

  /// The property as it is; nil where nothing is set. An endpoint without the operation has nothing set, either: LocalStack's
  /// `GetRuntimeManagementConfig` answers 501. A write of the property there fails.
  func read(_ function: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    do throws(ProviderError) {
      return try await aws.readIfPresent(read, ["FunctionName": .string(function)]).flatMap(value)
    } catch {
      guard error.kind == .unsupported else { throw error }
      return nil
    }
  }

  /// Sets the property, or clears it.
  func write(_ value: Value, _ function: String, _ aws: WritingClient) async throws(ProviderError) {
    let function: [String: Value] = ["FunctionName": .string(function)]
    if value.isEmpty, let clear { return try await aws.delete(clear, function) }
    try await aws.write(put, fields(value).merging(function) { $1 })
  }

  static func eventInvokeFields(_ value: Value) -> [String: Value] {
    var fields: [String: Value] = [:]
    fields["MaximumRetryAttempts"] = value["maximumRetryAttempts"] ?? 2
    fields["MaximumEventAgeInSeconds"] = value["maximumEventAgeInSeconds"] ?? 21_600
    var ends: [String: Value] = [:]
    if let arn = value["onSuccess"], !arn.isEmpty { ends["OnSuccess"] = ["Destination": arn] }
    if let arn = value["onFailure"], !arn.isEmpty { ends["OnFailure"] = ["Destination": arn] }
    if !ends.isEmpty { fields["DestinationConfig"] = .map(ends) }
    return fields
  }

  static func eventInvokeConfig(_ answer: Value) -> Value? {
    var members: [String: Value] = [:]
    members["maximumRetryAttempts"] = answer["MaximumRetryAttempts"] ?? 2
    members["maximumEventAgeInSeconds"] = answer["MaximumEventAgeInSeconds"] ?? 21_600
    members["onSuccess"] = answer["DestinationConfig"]?["OnSuccess"]?["Destination"]
    members["onFailure"] = answer["DestinationConfig"]?["OnFailure"]?["Destination"]
    return .map(members)
  }
}
