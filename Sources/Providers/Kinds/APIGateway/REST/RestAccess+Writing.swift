import Planner

/// Takes the API keys and usage plans of a REST API to what is wanted. The stage must be there.
struct RestAccessChange: Sendable {
  private let resource: Resource
  private let stage: String
  private let owner: Owner
  private let aws: WritingClient
  private var live: RestAccess

  init(to resource: Resource, stage: String, owner: Owner, from live: RestAccess, _ aws: WritingClient) {
    self.resource = resource
    self.stage = stage
    self.owner = owner
    self.live = live
    self.aws = aws
  }

  /// If one of the two properties is not declared, the live ones stay; a property that was taken out is null.
  mutating func apply() async throws(ProviderError) {
    if let wanted = resource["apiKeys"] { try await changeKeys(wanted.map ?? [:]) }
    if let wanted = resource["usagePlans"] {
      try await changePlans(wanted.map ?? [:])
    } else {
      try await move()
    }
    guard let wanted = resource["apiKeys"] else { return }
    for (entry, item) in live.keys.sorted(by: { $0.key < $1.key }) where wanted[entry] == nil {
      try await Self.delete(key: item, aws)
    }
  }

  private func tags(_ entry: String) -> Value {
    owner.tags.merging([RestAccess.apiTag: live.apiID, RestAccess.entryTag: entry]) { $1 }.tagMap
  }

  private func name(_ entry: String) -> Value {
    .string("\(resource.name ?? resource.address.name)-\(entry)")
  }

  // MARK: Keys

  private mutating func changeKeys(_ wanted: [String: Value]) async throws(ProviderError) {
    for (entry, key) in wanted.sorted(by: { $0.key < $1.key }) {
      guard let item = live.keys[entry] else {
        live.keys[entry] = try await create(key, entry)
        continue
      }
      // A key's value can't be changed.
      if let value = key["value"], !value.isEmpty, value != item["value"] {
        try await Self.delete(key: item, aws)
        live.keys[entry] = try await create(key, entry)
        continue
      }
      var operations: [Value] = []
      if (key["enabled"] != false) != (item["enabled"] != false && item["enabled"] != "false") {
        operations.append(.replace("/enabled", .boolean(key["enabled"] != false)))
      }
      for name in ["customerId", "description"] {
        let (new, old) = (key[name]?.string ?? "", item[name]?.string ?? "")
        if new != old { operations.append(.replace("/\(name)", .string(new))) }
      }
      let id = try item.identity(at: "id", from: APIGateway.getApiKeys)
      try await aws.patch(APIGateway.updateApiKey, ["api_Key": .string(id)], operations)
    }
  }

  private func create(_ key: Value, _ entry: String) async throws(ProviderError) -> Value {
    var input: [String: Value] = [
      "name": name(entry), "enabled": .boolean(key["enabled"] != false), "tags": tags(entry),
    ]
    for name in ["customerId", "description", "value"] {
      if let text = key[name], !text.isEmpty { input[name] = text }
    }
    return try await aws.write(APIGateway.createApiKey, input)
  }

  // MARK: Plans

  private mutating func changePlans(_ wanted: [String: Value]) async throws(ProviderError) {
    let shown = live.properties(wanted: resource, stage: stage)["usagePlans"] ?? [:]
    for (entry, plan) in wanted.sorted(by: { $0.key < $1.key }) {
      let id: String
      if let item = live.plans[entry] {
        id = try await change(item, entry, to: plan, shown: shown[entry])
      } else {
        id = try await create(plan, entry)
      }
      try await enrol(plan, entry, planID: id)
    }
    for (entry, item) in live.plans.sorted(by: { $0.key < $1.key }) where wanted[entry] == nil {
      try await Self.delete(plan: item, aws)
    }
  }

  private func create(_ plan: Value, _ entry: String) async throws(ProviderError) -> String {
    var here: [String: Value] = ["apiId": .string(live.apiID), "stage": .string(stage)]
    let routes = limits(of: plan)
    if !routes.isEmpty { here["throttle"] = .map(routes) }
    var input: [String: Value] = [
      "name": name(entry), "apiStages": .list([.map(here)]), "tags": tags(entry),
    ]
    for (name, wire) in [("description", "description"), ("quota", "quota"), ("throttling", "throttle")] {
      if let value = plan[name]?.withoutNulls, !value.isEmpty { input[wire] = value }
    }
    return try await aws.write(APIGateway.createUsagePlan, input).identity(
      at: "id", from: APIGateway.createUsagePlan)
  }

  /// By the place that plans know a route by.
  private func limits(of plan: Value?) -> [String: Value] {
    var limits: [String: Value] = [:]
    for (name, value) in plan?["routeThrottling"]?.map ?? [:] {
      if let key = RouteKey(name) { limits["\(key.path)/\(key.method)"] = value.withoutNulls }
    }
    return limits
  }

  /// Returns the plan's id: another one if the plan is created again.
  private mutating func change(
    _ item: Value, _ entry: String, to plan: Value, shown: Value?
  ) async throws(ProviderError) -> String {
    let id = try item.identity(at: "id", from: APIGateway.getUsagePlans)
    let operations = Self.operations(to: plan, from: shown, item, place: "\(live.apiID):\(stage)")
    guard !operations.isEmpty else { return id }
    guard aws.target.has(.breaksUsagePlans) else {
      try await aws.patch(APIGateway.updateUsagePlan, ["usageplanId": .string(id)], operations)
      return id
    }
    try await aws.delete(APIGateway.deleteUsagePlan, ["usageplanId": .string(id)])
    live.members[entry] = []
    return try await create(plan, entry)
  }

  /// Fact: UpdateUsagePlan in "Patch operations" of the API Gateway reference.
  static func operations(to plan: Value, from shown: Value?, _ item: Value, place: String) -> [Value] {
    var operations: [Value] = []
    if (plan["description"]?.string ?? "") != (item["description"]?.string ?? "") {
      operations.append(.replace("/description", plan["description"]?.string.map(Value.string) ?? ""))
    }
    for (property, wire) in [("quota", "quota"), ("throttling", "throttle")] {
      let (new, old) = (plan[property]?.withoutNulls ?? .null, item[wire] ?? .null)
      if new.isEmpty, !old.isEmpty { operations.append(.remove("/\(wire)")) }
      for (name, value) in (new.map ?? [:]).sorted(by: { $0.key < $1.key })
      where Shape.number.normalised(value) != Shape.number.normalised(old[name] ?? .null) {
        operations.append(.replace("/\(wire)/\(name)", value))
      }
    }
    let here = "/apiStages/\(place)/throttle"
    if shown == nil { operations.append(["op": "add", "path": "/apiStages", "value": .string(place)]) }
    let (new, old) = (plan["routeThrottling"]?.map ?? [:], shown?["routeThrottling"]?.map ?? [:])
    for name in old.keys.sorted() where new[name] == nil {
      if let key = RouteKey(name) {
        operations.append(.remove("\(here)/\(Value.pointer(key.path))/\(key.method)"))
      }
    }
    for (name, limits) in new.sorted(by: { $0.key < $1.key }) {
      guard let key = RouteKey(name) else { continue }
      for (limit, value) in (limits.withoutNulls.map ?? [:]).sorted(by: { $0.key < $1.key })
      where Shape.number.normalised(value) != Shape.number.normalised(old[name]?[limit] ?? .null) {
        operations.append(.replace("\(here)/\(Value.pointer(key.path))/\(key.method)/\(limit)", value))
      }
    }
    return operations
  }

  /// Puts just the wanted keys into the plan.
  private func enrol(_ plan: Value, _ entry: String, planID: String) async throws(ProviderError) {
    let names = (plan["apiKeys"]?.list ?? []).compactMap(\.string)
    let wanted = Set(names.compactMap { live.keys[$0]?["id"]?.string })
    let there = live.members[entry] ?? []
    for key in there.subtracting(wanted).sorted() {
      try await aws.delete(
        APIGateway.deleteUsagePlanKey, ["usageplanId": .string(planID), "keyId": .string(key)])
    }
    for key in wanted.subtracting(there).sorted() {
      try await aws.write(
        APIGateway.createUsagePlanKey,
        ["usageplanId": .string(planID), "keyId": .string(key), "keyType": "API_KEY"])
    }
  }

  /// Plans that are not declared move along with a stage that is renamed.
  private func move() async throws(ProviderError) {
    for (_, plan) in live.plans.sorted(by: { $0.key < $1.key }) {
      let stages = (plan["apiStages"]?.list ?? []).filter { $0["apiId"]?.string == live.apiID }
      guard !stages.contains(where: { $0["stage"]?.string == stage }) else { continue }
      try await Self.change("add", ["\(live.apiID):\(stage)"], inStagesOf: plan, aws)
    }
  }

  // MARK: Deletion

  /// Takes the stage of another name out of all plans: API Gateway deletes no stage that a plan holds.
  func leave(_ oldStage: String) async throws(ProviderError) {
    // The plans were created again, with only the new stage.
    if aws.target.has(.breaksUsagePlans) { return }
    for (_, plan) in live.plans.sorted(by: { $0.key < $1.key }) {
      let stages = plan["apiStages"]?.list ?? []
      guard stages.contains(where: { $0["apiId"]?.string == live.apiID && $0["stage"]?.string == oldStage })
      else { continue }
      try await Self.change("remove", ["\(live.apiID):\(oldStage)"], inStagesOf: plan, aws)
    }
  }

  /// Everything that belongs to the API, before the API itself is deleted. If the run is killed in between,
  /// the next one finds the rest.
  static func deleteAll(of access: RestAccess, _ aws: WritingClient) async throws(ProviderError) {
    for (_, plan) in access.plans.sorted(by: { $0.key < $1.key }) { try await delete(plan: plan, aws) }
    for (_, key) in access.keys.sorted(by: { $0.key < $1.key }) { try await delete(key: key, aws) }
  }

  /// API Gateway deletes a plan only when it holds no stage any more.
  private static func delete(plan: Value, _ aws: WritingClient) async throws(ProviderError) {
    if !aws.target.has(.deletesUsagePlansWithStages) {
      let places = (plan["apiStages"]?.list ?? []).compactMap { stage in
        stage["apiId"]?.string.flatMap { api in stage["stage"]?.string.map { "\(api):\($0)" } }
      }
      try await change("remove", places, inStagesOf: plan, aws)
    }
    let id = try plan.identity(at: "id", from: APIGateway.getUsagePlans)
    try await aws.delete(APIGateway.deleteUsagePlan, ["usageplanId": .string(id)])
  }

  private static func delete(key: Value, _ aws: WritingClient) async throws(ProviderError) {
    let id = try key.identity(at: "id", from: APIGateway.getApiKeys)
    try await aws.delete(APIGateway.deleteApiKey, ["api_Key": .string(id)])
  }

  /// Adds stages to a plan, or removes them: `<API's id>:<stage>`.
  private static func change(
    _ operation: Value, _ places: [String], inStagesOf plan: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    let id = try plan.identity(at: "id", from: APIGateway.getUsagePlans)
    try await aws.patch(
      APIGateway.updateUsagePlan, ["usageplanId": .string(id)],
      places.map { ["op": operation, "path": "/apiStages", "value": .string($0)] })
  }
}
