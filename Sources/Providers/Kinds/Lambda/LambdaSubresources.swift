import Planner

/// A setting of a function, or of an alias, that has calls of its own, and is one property: read where it is declared, written
/// where it changed.
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

  /// What becomes of asynchronous calls.
  static let invocation = LambdaSubresource(
    property: "eventInvokeConfig", read: Lambda.getFunctionEventInvokeConfig,
    put: Lambda.putFunctionEventInvokeConfig, clear: Lambda.deleteFunctionEventInvokeConfig,
    value: eventInvokeConfig, fields: eventInvokeFields)

  /// The environments of an alias that are kept ready.
  static let provisioned = LambdaSubresource(
    property: "provisionedConcurrentExecutions", read: Lambda.getProvisionedConcurrencyConfig,
    put: Lambda.putProvisionedConcurrencyConfig, clear: Lambda.deleteProvisionedConcurrencyConfig,
    value: { $0["RequestedProvisionedConcurrentExecutions"] },
    fields: { ["ProvisionedConcurrentExecutions": $0] })

  /// Those of a function.
  static let all = [
    invocation,
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

  /// The property as it is, of the function or the alias that `key` names; nil where nothing is set. An endpoint without the
  /// operation has nothing set, either: LocalStack's `GetRuntimeManagementConfig` answers 501. A write of the
  /// property there fails.
  func read(_ key: [String: Value], _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    do throws(ProviderError) {
      return try await aws.readIfPresent(read, key).flatMap(value)
    } catch {
      guard error.kind == .unsupported else { throw error }
      return nil
    }
  }

  /// Sets the property, or clears it.
  ///
  /// - Returns: what the service answered; nil where it was cleared.
  @discardableResult func write(
    _ value: Value, _ key: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> Value? {
    if value.isEmpty, let clear {
      try await aws.delete(clear, key)
      return nil
    }
    return try await aws.write(put, fields(value).merging(key) { $1 })
  }

  /// What Lambda does by itself with a failed call.
  static let standardRetries = 2
  /// In seconds.
  static let standardAge = 21_600

  private static func eventInvokeFields(_ value: Value) -> [String: Value] {
    var fields: [String: Value] = [:]
    fields["MaximumRetryAttempts"] = value["maximumRetryAttempts"] ?? .integer(standardRetries)
    fields["MaximumEventAgeInSeconds"] = value["maximumEventAgeInSeconds"] ?? .integer(standardAge)
    var ends: [String: Value] = [:]
    if let arn = value["onSuccess"], !arn.isEmpty { ends["OnSuccess"] = ["Destination": arn] }
    if let arn = value["onFailure"], !arn.isEmpty { ends["OnFailure"] = ["Destination": arn] }
    if !ends.isEmpty { fields["DestinationConfig"] = .map(ends) }
    return fields
  }

  private static func eventInvokeConfig(_ answer: Value) -> Value? {
    var members: [String: Value] = [:]
    members["maximumRetryAttempts"] = answer["MaximumRetryAttempts"] ?? .integer(standardRetries)
    members["maximumEventAgeInSeconds"] = answer["MaximumEventAgeInSeconds"] ?? .integer(standardAge)
    members["onSuccess"] = answer["DestinationConfig"]?["OnSuccess"]?["Destination"]
    members["onFailure"] = answer["DestinationConfig"]?["OnFailure"]?["Destination"]
    return .map(members)
  }
}
