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

  /// Without one of the two properties, what is there of it stays; one that was taken out is null.
  mutating func apply() async throws(ProviderError) {
    if let wanted = resource["apiKeys"] { try await changeKeys(wanted.map ?? [:]) }
    if let wanted = resource["usagePlans"] {
      try await changePlans(wanted.map ?? [:])
    } else {
      try await move()
    }
    guard let wanted = resource["apiKeys"] else { return }
    for (entry, item) in live.keys.sorted(by: { $0.key < $1.key }) where wanted[entry] == nil {
      try await Self.delete("DeleteApiKey", ["apikeys"], item, aws)
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
      guard let item = live.keys[entry], let id = item["id"]?.string else {
        live.keys[entry] = try await create(key, entry)
        continue
      }
      // A key's value can't be changed.
      if let value = key["value"], !value.isEmpty, value != item["value"] {
        try await Self.delete("DeleteApiKey", ["apikeys"], item, aws)
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
      try await aws.patch("UpdateApiKey", ["apikeys", id], operations)
    }
  }

  private func create(_ key: Value, _ entry: String) async throws(ProviderError) -> Value {
    var input: [String: Value] = [
      "name": name(entry), "enabled": .boolean(key["enabled"] != false), "tags": tags(entry),
    ]
    for name in ["customerId", "description", "value"] {
      if let text = key[name], !text.isEmpty { input[name] = text }
    }
    return try await aws.write(
      AWSRequest(.apiGateway, "CreateApiKey", .post, ["apikeys"], body: .value(.map(input)))
    ).value
  }

  // MARK: Plans

  private mutating func changePlans(_ wanted: [String: Value]) async throws(ProviderError) {
    let told = live.properties(wanted: resource, stage: stage)["usagePlans"] ?? [:]
    for (entry, plan) in wanted.sorted(by: { $0.key < $1.key }) {
      let id: String
      if let item = live.plans[entry], item["id"]?.string != nil {
        id = try await change(item, entry, to: plan, told: told[entry])
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
    return try await aws.write(
      AWSRequest(.apiGateway, "CreateUsagePlan", .post, ["usageplans"], body: .value(.map(input)))
    ).value["id"]?.string ?? ""
  }

  /// By the place that plans know a route by.
  private func limits(of plan: Value?) -> [String: Value] {
    var limits: [String: Value] = [:]
    for (name, value) in plan?["routeThrottling"]?.map ?? [:] {
      if let key = RouteKey(name) { limits["\(key.path)/\(key.method)"] = value.withoutNulls }
    }
    return limits
  }

  /// Returns the plan's id, which is another one on an emulator.
  private mutating func change(
    _ item: Value, _ entry: String, to plan: Value, told: Value?
  ) async throws(ProviderError) -> String {
    let id = item["id"]?.string ?? ""
    let operations = Self.operations(to: plan, from: told, item, place: "\(live.apiID):\(stage)")
    guard !operations.isEmpty else { return id }
    // LocalStack 4.8.1 refuses rates with a fraction (500 "invalid literal for int()") and forgets limits of routes; MiniStack 1.5.33
    // makes a text of `apiStages`, after which its listing of plans can't be read.
    guard aws.target.endpoint != nil else {
      try await aws.patch("UpdateUsagePlan", ["usageplans", id], operations)
      return id
    }
    try await aws.delete(AWSRequest(.apiGateway, "DeleteUsagePlan", .delete, ["usageplans", id]))
    live.members[entry] = []
    return try await create(plan, entry)
  }

  /// Fact: UpdateUsagePlan in "Patch operations" of the API Gateway reference.
  static func operations(to plan: Value, from told: Value?, _ item: Value, place: String) -> [Value] {
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
    if told == nil { operations.append(["op": "add", "path": "/apiStages", "value": .string(place)]) }
    let (new, old) = (plan["routeThrottling"]?.map ?? [:], told?["routeThrottling"]?.map ?? [:])
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
    let path = ["usageplans", planID, "keys"]
    for key in there.subtracting(wanted).sorted() {
      try await aws.delete(AWSRequest(.apiGateway, "DeleteUsagePlanKey", .delete, path + [key]))
    }
    for key in wanted.subtracting(there).sorted() {
      let input: Value = ["keyId": .string(key), "keyType": "API_KEY"]
      try await aws.write(
        AWSRequest(.apiGateway, "CreateUsagePlanKey", .post, path, body: .value(input)))
    }
  }

  /// Plans that nobody declared go along with a stage that is renamed.
  private func move() async throws(ProviderError) {
    for (_, plan) in live.plans.sorted(by: { $0.key < $1.key }) {
      let stages = (plan["apiStages"]?.list ?? []).filter { $0["apiId"]?.string == live.apiID }
      guard let id = plan["id"]?.string, !stages.contains(where: { $0["stage"]?.string == stage }) else {
        continue
      }
      let place: Value = .string("\(live.apiID):\(stage)")
      try await aws.patch(
        "UpdateUsagePlan", ["usageplans", id], [["op": "add", "path": "/apiStages", "value": place]])
    }
  }

  // MARK: Deletion

  /// Takes the stage of another name out of all plans: API Gateway deletes no stage that a plan holds.
  func leave(_ oldStage: String) async throws(ProviderError) {
    // An emulator's plans were made anew, with the new stage alone.
    guard aws.target.endpoint == nil else { return }
    for (_, plan) in live.plans.sorted(by: { $0.key < $1.key }) where plan["id"]?.string != nil {
      let stages = plan["apiStages"]?.list ?? []
      guard stages.contains(where: { $0["apiId"]?.string == live.apiID && $0["stage"]?.string == oldStage })
      else { continue }
      let place: Value = .string("\(live.apiID):\(oldStage)")
      try await aws.patch(
        "UpdateUsagePlan", ["usageplans", plan["id"]?.string ?? ""],
        [["op": "remove", "path": "/apiStages", "value": place]])
    }
  }

  /// Everything that belongs to the API, before the API itself goes: killed in between, the next run finds the rest.
  static func deleteAll(of access: RestAccess, _ aws: WritingClient) async throws(ProviderError) {
    for (_, plan) in access.plans.sorted(by: { $0.key < $1.key }) { try await delete(plan: plan, aws) }
    for (_, key) in access.keys.sorted(by: { $0.key < $1.key }) {
      try await delete("DeleteApiKey", ["apikeys"], key, aws)
    }
  }

  /// A plan goes only when it holds no stage any more. The emulators take it as it is, and LocalStack 4.8.1 fails to take a stage out
  /// that has limits of routes (500 "list.remove(x): x not in list").
  private static func delete(plan: Value, _ aws: WritingClient) async throws(ProviderError) {
    if aws.target.endpoint == nil, let id = plan["id"]?.string {
      let places = (plan["apiStages"]?.list ?? []).map {
        Value.string("\($0["apiId"]?.string ?? ""):\($0["stage"]?.string ?? "")")
      }
      try await aws.patch(
        "UpdateUsagePlan", ["usageplans", id],
        places.map { ["op": "remove", "path": "/apiStages", "value": $0] })
    }
    try await delete("DeleteUsagePlan", ["usageplans"], plan, aws)
  }

  private static func delete(
    _ operation: String, _ path: [String], _ item: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    guard let id = item["id"]?.string else { return }
    try await aws.delete(AWSRequest(.apiGateway, operation, .delete, path + [id]))
  }
}
