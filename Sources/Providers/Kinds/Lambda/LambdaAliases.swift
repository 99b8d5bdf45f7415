import Planner

/// The aliases of a function, as the property `aliases` and in the API.
enum LambdaAliases {
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
      let key = qualified(function, name)
      return try await sideBySide(
        { () throws(ProviderError) in try await LambdaSubresource.provisioned.read(key, aws) ?? .null },
        { () throws(ProviderError) in try await LambdaSubresource.invocation.read(key, aws) ?? .null })
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
      _ = try await change(.invocation, to: alias, function, name, aws)
      if let answer = try await change(.provisioned, to: alias, function, name, aws) {
        try await provisioned(answer, function, name, aws)
      }
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

  /// Sets what an alias has of its own, where it differs: how asynchronous calls of it end (the function's own
  /// settings are for calls without an alias), and the environments that are kept ready. One call an alias reads
  /// each: MiniStack's ListProvisionedConcurrencyConfigs returns none.
  ///
  /// - Returns: what the service answered; nil where nothing was set.
  private static func change(
    _ part: LambdaSubresource, to alias: Value, _ function: String, _ name: String, _ aws: WritingClient
  ) async throws(ProviderError) -> Value? {
    let key = qualified(function, name)
    let wanted = alias[part.property]?.withoutNulls ?? .null
    let live = try await part.read(key, aws.reading)
    if wanted.isNull ? live == nil : live?.withoutNulls == wanted { return nil }
    return try await part.write(wanted, key, aws)
  }

  /// Waits until that many environments are kept ready.
  private static func provisioned(
    _ answer: Value, _ function: String, _ alias: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    let what = "the provisioned concurrency of \(function):\(alias)"
    let key = qualified(function, alias)
    _ = try await aws.settled(
      what, through: Lambda.phases, by: Lambda.getProvisionedConcurrencyConfig, from: answer
    ) { () throws(ProviderError) in
      try await aws.reading.readIfPresent(Lambda.getProvisionedConcurrencyConfig, key)
    }
  }
}
