import Planner

/// A function's URL: at most one of the function itself, and one of each alias, of which a function of ours has one.
enum LambdaURL {
  private static func path(_ function: String, _ noun: String) -> [String] {
    ["2021-10-31", "functions", function, noun]
  }

  private static func request(
    _ verb: String, _ method: AWSRequest.Method, _ function: String, qualifier: String?
  ) -> AWSRequest {
    AWSRequest(
      .lambda, "\(verb)FunctionUrlConfig", method, path(function, "url"),
      query: qualifier.map { [(name: "Qualifier", value: $0)] } ?? [])
  }

  /// The URL where it is wanted, else any that the function has; with its address.
  static func read(
    _ function: String, wanted: Value?, _ aws: ReadingClient
  ) async throws(ProviderError) -> (property: Value, address: Value)? {
    let qualifier = wanted?["qualifier"]?.string
    if wanted?.isNull == false {
      let found = try await aws.readIfPresent(request("Get", .get, function, qualifier: qualifier))?.value
      if let found { return (property(found, qualifier: qualifier), found["FunctionUrl"] ?? .null) }
    }
    let list = AWSRequest(.lambda, "ListFunctionUrlConfigs", .get, path(function, "urls"))
    let configs = try await aws.readIfPresent(list)?.value.items("FunctionUrlConfigs") ?? []
    guard let other = configs.first else { return nil }
    let told = FunctionReference(other["FunctionArn"]?.string ?? "").qualifier
    let isSure = told != nil || aws.target.endpoint == nil
    let alias = isSure ? told : try await found(other, function, aws)
    return (property(other, qualifier: alias), other["FunctionUrl"] ?? .null)
  }

  /// The alias that a URL is of, where the listing does not tell it: MiniStack's never does.
  private static func found(
    _ config: Value, _ function: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> String? {
    for alias in try await LambdaAliases.list(function, aws).keys.sorted() {
      let own = try await aws.readIfPresent(request("Get", .get, function, qualifier: alias))?.value
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

  /// Takes away a URL that is not wanted, or was another alias's: before its alias goes.
  static func remove(
    unless wanted: Value, live: Value?, _ function: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    guard let live, !live.isNull else { return }
    let qualifier = live["qualifier"]?.string
    guard wanted.isNull || qualifier != wanted["qualifier"]?.string else { return }
    try await aws.delete(request("Delete", .delete, function, qualifier: qualifier))
  }

  /// Makes or changes the URL; its address.
  static func write(
    _ wanted: Value, live: Value?, _ function: String, _ aws: WritingClient
  ) async throws(ProviderError) -> Value {
    let qualifier = wanted["qualifier"]?.string
    guard !wanted.isNull else { return .null }
    var fields: [String: Value] = ["AuthType": wanted["authType"] ?? "AWS_IAM"]
    fields["InvokeMode"] = wanted["invokeMode"] ?? "BUFFERED"
    // An empty structure takes away what was allowed.
    fields["Cors"] = wanted["cors"]?.isEmpty == false ? wanted["cors"]?.capitalised : [:]
    let isThere = live?.isNull == false && live?["qualifier"]?.string == qualifier
    if !isThere, fields["Cors"]?.isEmpty == true { fields["Cors"] = nil }
    var call =
      isThere
      ? request("Update", .put, function, qualifier: qualifier)
      : request("Create", .post, function, qualifier: qualifier)
    call.body = .value(.map(fields))
    return try await aws.write(call).value["FunctionUrl"] ?? .null
  }
}
