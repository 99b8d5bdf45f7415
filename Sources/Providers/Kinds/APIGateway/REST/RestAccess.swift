import Planner

/// The API keys and usage plans that belong to one REST API.
///
/// API Gateway keeps them next to its APIs, in lists of the account. Tags say which API they belong to: the
/// owner tags, the API's id and the entry's name. A plan is there only when it holds the API's stage. Reads:
/// GetApiKeys and GetUsagePlans, and GetUsagePlanKeys for each plan of ours.
struct RestAccess: Sendable {
  static let apiTag = "stackform:api"
  static let entryTag = "stackform:entry"

  let apiID: String
  /// By the entry's name.
  var keys: [String: Value] = [:]
  var plans: [String: Value] = [:]
  /// Ids of keys by the plan's entry.
  var members: [String: Set<String>] = [:]

  init(apiID: String) { self.apiID = apiID }

  static func read(of apiID: String, _ aws: ReadingClient) async throws(ProviderError) -> RestAccess {
    let (keys, plans) = try await sideBySide(
      { () throws(ProviderError) in
        try await aws.everyItemOfPresent(APIGateway.getApiKeys, ["includeValues": true, "limit": 500])
      },
      { () throws(ProviderError) in
        try await aws.everyItemOfPresent(APIGateway.getUsagePlans, ["limit": 500])
      })
    var access = RestAccess(apiID: apiID)
    access.keys = entries(keys, of: apiID)
    access.plans = entries(plans, of: apiID)
    let own = access.plans.sorted { $0.key < $1.key }
    let members = try await sideBySide(own) { entry throws(ProviderError) in
      let id = try entry.value.identity(at: "id", from: APIGateway.getUsagePlans)
      return try await aws.everyItem(APIGateway.getUsagePlanKeys, ["usageplanId": .string(id), "limit": 500])
    }
    for ((entry, _), keys) in zip(own, members) {
      access.members[entry] = Set(keys.compactMap { $0["id"]?.string })
    }
    return access
  }

  private static func entries(_ items: [Value], of apiID: String) -> [String: Value] {
    var entries: [String: Value] = [:]
    for item in items where item["tags"]?[apiTag]?.string == apiID {
      if let entry = item["tags"]?[entryTag]?.string, entries[entry] == nil { entries[entry] = item }
    }
    return entries
  }

  // MARK: As properties

  /// The API keys and usage plans as properties. `wanted` shows how the file spells them.
  func properties(wanted: Resource?, stage: String) -> [String: Value] {
    var keys: [String: Value] = [:]
    for (entry, item) in self.keys {
      var key: [String: Value] = ["enabled": .boolean(item["enabled"] != false && item["enabled"] != "false")]
      for name in ["customerId", "description"] {
        if let text = item[name], !text.isEmpty { key[name] = text }
      }
      // A value that API Gateway made up is not compared, and not shown.
      if !(wanted?["apiKeys"]?[entry]?["value"] ?? .null).isEmpty { key["value"] = item["value"] }
      keys[entry] = .map(key)
    }
    var plans: [String: Value] = [:]
    for (entry, item) in self.plans {
      guard let here = stageOf(item, named: stage) else { continue }
      plans[entry] = plan(entry, item, here)
    }
    return ["apiKeys": .map(keys), "usagePlans": .map(plans)]
  }

  /// The plan's word on the API's stage. MiniStack makes a text of the list once one is added.
  private func stageOf(_ plan: Value, named stage: String) -> Value? {
    (plan["apiStages"]?.list ?? []).first { $0["apiId"]?.string == apiID && $0["stage"]?.string == stage }
  }

  private func plan(_ entry: String, _ item: Value, _ here: Value) -> Value {
    var plan: [String: Value] = [:]
    if let text = item["description"], !text.isEmpty { plan["description"] = text }
    if let quota = item["quota"], !quota.isEmpty { plan["quota"] = quota }
    if let throttle = item["throttle"], !throttle.isEmpty { plan["throttling"] = throttle }
    let names = keys.filter { members[entry]?.contains($0.value["id"]?.string ?? "") == true }.keys.sorted()
    if !names.isEmpty { plan["apiKeys"] = .list(names.map(Value.string)) }
    var routes: [String: Value] = [:]
    for (place, limits) in here["throttle"]?.map ?? [:] {
      if let key = Self.route(at: place) { routes[key.description] = limits }
    }
    if !routes.isEmpty { plan["routeThrottling"] = .map(routes) }
    return .map(plan)
  }

  /// `/orders/{id}/GET`, as plans and stages have it; the path's slashes may be escaped, and the first one missing.
  static func route(at place: String) -> RouteKey? {
    guard let slash = place.lastIndex(of: "/") else { return nil }
    var path = String(place[..<slash]).replacing("~1", with: "/").replacing("~0", with: "~")
    if !path.hasPrefix("/") { path = "/" + path }
    while path.hasPrefix("//") { path.removeFirst() }
    return RouteKey(method: String(place[place.index(after: slash)...]), path: path)
  }
}
