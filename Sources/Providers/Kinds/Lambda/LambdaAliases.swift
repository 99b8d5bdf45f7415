import Planner

/// The aliases of a function, as the property `aliases` and in the API.
enum LambdaAliases {
  /// Every member of every alias spelt out, so that each is compared.
  static func spelledOut(_ aliases: Value) -> Value {
    let implied: [String: Value] = [
      "version": "newest", "weights": .null, "description": .null,
      "provisionedConcurrentExecutions": .null,
      "eventInvokeConfig": .null,
    ]
    return .map(
      (aliases.map ?? [:]).mapValues { alias in
        var members = (alias.map ?? [:]).merging(implied) { given, _ in given }
        if let config = members["eventInvokeConfig"]?.map {
          members["eventInvokeConfig"] = .map(
            config.merging(impliedInvocation) { given, _ in given })
        }
        return .map(members)
      })
  }

  private static let impliedInvocation: [String: Value] = [
    "maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 21_600, "onSuccess": .null,
    "onFailure": .null,
  ]

  /// The live aliases as the API returns them, by name.
  static func list(
    _ function: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value] {
    var found: [String: Value] = [:]
    for alias in try await aws.everyItem(Lambda.listAliases, ["FunctionName": .string(function)]) {
      if let name = alias["Name"]?.string { found[name] = alias }
    }
    return found
  }

  /// The property. A version that is the newest, and is wanted as `newest`, is returned as `newest`.
  static func read(
    _ function: String, wanted: Value?, versions: LambdaVersions, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value {
    let live = try await list(function, aws)
    let names = live.keys.sorted()
    let kept = try await sideBySide(names) { name throws(ProviderError) in
      try await sideBySide(
        { () throws(ProviderError) in try await provisioned(function, name, aws) ?? .null },
        { () throws(ProviderError) in try await invocation(function, name, aws) ?? .null })
    }
    var aliases: [String: Value] = [:]
    for (name, (executions, invocation)) in zip(names, kept) {
      guard let alias = live[name] else { continue }
      var members = property(alias, wanted: wanted?[name], versions)
      if !executions.isNull { members["provisionedConcurrentExecutions"] = executions }
      if !invocation.isNull { members["eventInvokeConfig"] = invocation }
      aliases[name] = .map(members)
    }
    return .map(aliases)
  }

  private static func property(
    _ alias: Value, wanted: Value?, _ versions: LambdaVersions
  ) -> [String: Value] {
    func isNewest(_ number: String?) -> Bool { versions.isPublished && number == versions.newest }
    var members: [String: Value] = [:]
    let number = alias["FunctionVersion"]?.string
    let followsNewest = wanted.map { ($0["version"] ?? "newest") == "newest" } ?? false
    members["version"] = isNewest(number) && followsNewest ? "newest" : number.map(Value.string)
    members["description"] = alias["Description"].flatMap { $0.isEmpty ? nil : $0 }
    var weights: [String: Value] = [:]
    for (number, weight) in alias["RoutingConfig"]?["AdditionalVersionWeights"]?.map ?? [:] {
      let isMeant = isNewest(number) && wanted?["weights"]?["newest"] != nil
      weights[isMeant ? "newest" : number] = weight
    }
    if !weights.isEmpty { members["weights"] = .map(weights) }
    return members
  }

  /// Makes, changes and deletes aliases until they are the wanted ones.
  static func write(
    _ wanted: Value, _ function: String, newest: String?, _ aws: WritingClient
  ) async throws(ProviderError) {
    let live = try await list(function, aws.reading)
    let wanted = wanted.map ?? [:]
    for name in live.keys.sorted() where wanted[name] == nil {
      try await aws.delete(Lambda.deleteAlias, key(function, name))
    }
    for (name, alias) in wanted.sorted(by: { $0.key < $1.key }) {
      let fields = fields(of: alias, newest: newest)
      let input = fields.merging(key(function, name)) { $1 }
      switch live[name] {
      case nil: try await aws.write(Lambda.createAlias, input)
      case let live? where !isSame(live, fields): try await aws.write(Lambda.updateAlias, input)
      default: break
      }
      try await invoke(alias["eventInvokeConfig"] ?? .null, function, name, aws)
      try await provision(alias["provisionedConcurrentExecutions"] ?? .null, function, name, aws)
    }
  }

  private static func key(_ function: String, _ alias: String) -> [String: Value] {
    ["FunctionName": .string(function), "Name": .string(alias)]
  }

  /// An alias as the API takes it. Whole, so that members that were taken out are removed.
  static func fields(of alias: Value, newest: String?) -> [String: Value] {
    func number(_ version: String) -> String { version == "newest" ? newest ?? "$LATEST" : version }
    var weights: [String: Value] = [:]
    for (version, weight) in alias["weights"]?.map ?? [:] { weights[number(version)] = weight }
    return [
      "FunctionVersion": .string(number(alias["version"]?.string ?? "newest")),
      "Description": .string(alias["description"]?.string ?? ""),
      "RoutingConfig": ["AdditionalVersionWeights": .map(weights)],
    ]
  }

  private static func isSame(_ live: Value, _ fields: [String: Value]) -> Bool {
    let weights = live["RoutingConfig"]?["AdditionalVersionWeights"]?.map ?? [:]
    let wanted = fields["RoutingConfig"]?["AdditionalVersionWeights"]?.map ?? [:]
    return live["FunctionVersion"] == fields["FunctionVersion"]
      && (live["Description"]?.string ?? "") == fields["Description"]?.string
      && weights.mapValues(\.number) == wanted.mapValues(\.number)
  }

  private static func qualified(_ function: String, _ alias: String) -> [String: Value] {
    ["FunctionName": .string(function), "Qualifier": .string(alias)]
  }

  /// What becomes of asynchronous calls of an alias; the function's own settings are for calls without one.
  private static func invocation(
    _ function: String, _ alias: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    let answer = try await aws.readIfPresent(
      Lambda.getFunctionEventInvokeConfig, qualified(function, alias))
    return answer.flatMap(LambdaSubresource.eventInvokeConfig)
  }

  private static func invoke(
    _ config: Value, _ function: String, _ alias: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    let key = qualified(function, alias)
    let live = try await invocation(function, alias, aws.reading)
    if config.isNull {
      if live != nil { try await aws.delete(Lambda.deleteFunctionEventInvokeConfig, key) }
      return
    }
    if live?.withoutNulls == config.withoutNulls { return }
    let fields = LambdaSubresource.eventInvokeFields(config.withoutNulls)
    try await aws.write(Lambda.putFunctionEventInvokeConfig, fields.merging(key) { $1 })
  }

  /// One call an alias: MiniStack's ListProvisionedConcurrencyConfigs returns none.
  private static func provisioned(
    _ function: String, _ alias: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    try await aws.readIfPresent(Lambda.getProvisionedConcurrencyConfig, qualified(function, alias))?[
      "RequestedProvisionedConcurrentExecutions"]
  }

  /// Keeps that many environments ready, and waits until they are.
  private static func provision(
    _ executions: Value, _ function: String, _ alias: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    let key = qualified(function, alias)
    let live = try await provisioned(function, alias, aws.reading)
    if executions.isNull {
      if live != nil { try await aws.delete(Lambda.deleteProvisionedConcurrencyConfig, key) }
      return
    }
    guard live != executions else { return }
    let answer = try await aws.write(
      Lambda.putProvisionedConcurrencyConfig,
      key.merging(["ProvisionedConcurrentExecutions": executions]) { $1 })
    let what = "the provisioned concurrency of \(function):\(alias)"
    _ = try await aws.settled(
      what, through: Lambda.phases, by: Lambda.getProvisionedConcurrencyConfig, from: answer
    ) { () throws(ProviderError) in
      try await aws.reading.readIfPresent(Lambda.getProvisionedConcurrencyConfig, key)
    }
  }
}
