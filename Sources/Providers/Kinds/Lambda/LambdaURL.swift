import Planner

/// A function's URL. Lambda allows one for the function itself and one for each alias; a function of ours has
/// one in all.
enum LambdaURL {
  private static func key(_ function: String, _ qualifier: String?) -> [String: Value] {
    ["FunctionName": .string(function), "Qualifier": qualifier.map(Value.string) ?? .null]
  }

  /// The URL where it is wanted, else any that the function has; with its address.
  static func read(
    _ function: String, wanted: Value?, _ aws: ReadingClient
  ) async throws(ProviderError) -> (property: Value, address: Value)? {
    if let wanted, !wanted.isNull {
      let qualifier = wanted["qualifier"]?.string
      let found = try await aws.readIfPresent(Lambda.getFunctionURLConfig, key(function, qualifier))
      if let found { return (property(found, qualifier: qualifier), found["FunctionUrl"] ?? .null) }
    }
    let list = try await aws.readIfPresent(
      Lambda.listFunctionURLConfigs, ["FunctionName": .string(function)])
    guard let other = list?.items("FunctionUrlConfigs").first else { return nil }
    var qualifier = other["FunctionArn"]?.string.flatMap { FunctionReference($0).qualifier }
    if qualifier == nil, aws.target.has(.hidesAliasesOfURLs) {
      qualifier = try await alias(of: other, function, aws)
    }
    return (property(other, qualifier: qualifier), other["FunctionUrl"] ?? .null)
  }

  /// The alias that a URL is of, where the listing does not say it.
  private static func alias(
    of config: Value, _ function: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> String? {
    for alias in try await LambdaAliases.list(function, aws).keys.sorted() {
      let own = try await aws.readIfPresent(Lambda.getFunctionURLConfig, key(function, alias))
      if let own, own["FunctionUrl"] == config["FunctionUrl"] { return alias }
    }
    return nil
  }

  private static func property(_ config: Value, qualifier: String?) -> Value {
    var members: [String: Value] = ["authType": config["AuthType"] ?? .null]
    members["invokeMode"] = config["InvokeMode"] ?? "BUFFERED"
    if let cors = config["Cors"], !cors.isEmpty { members["cors"] = cors.uncapitalised }
    members["qualifier"] = qualifier.map(Value.string)
    return .map(members)
  }

  /// Deletes a URL that is not wanted, or was another alias's, before its alias is deleted.
  static func remove(
    unless wanted: Value, live: Value?, _ function: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    guard let live, !live.isNull else { return }
    let qualifier = live["qualifier"]?.string
    guard wanted.isNull || qualifier != wanted["qualifier"]?.string else { return }
    try await aws.delete(Lambda.deleteFunctionURLConfig, key(function, qualifier))
  }

  /// Makes or changes the URL; its address.
  static func write(
    _ wanted: Value, live: Value?, _ function: String, _ aws: WritingClient
  ) async throws(ProviderError) -> Value {
    let qualifier = wanted["qualifier"]?.string
    guard !wanted.isNull else { return .null }
    var fields: [String: Value] = ["AuthType": wanted["authType"] ?? "AWS_IAM"]
    fields["InvokeMode"] = wanted["invokeMode"] ?? "BUFFERED"
    // An empty structure removes what was allowed.
    fields["Cors"] = wanted["cors"]?.isEmpty == false ? wanted["cors"]?.capitalised : [:]
    let isThere = live?.isNull == false && live?["qualifier"]?.string == qualifier
    if !isThere, fields["Cors"]?.isEmpty == true { fields["Cors"] = nil }
    let operation = isThere ? Lambda.updateFunctionURLConfig : Lambda.createFunctionURLConfig
    return try await aws.write(operation, fields.merging(key(function, qualifier)) { $1 })["FunctionUrl"]
      ?? .null
  }
}
