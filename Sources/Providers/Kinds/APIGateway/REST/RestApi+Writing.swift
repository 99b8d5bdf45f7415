import Planner

extension RestApi {
  static func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let request = AWSRequest(
      .apiGateway, "CreateRestApi", .post, ["restapis"], body: .value(RestSettings.creation(creation)))
    let api = try await aws.write(request).value
    let id = api["id"]?.string ?? ""
    let items: [Value]
    if let root = api["rootResourceId"]?.string {
      items = [["id": .string(root), "path": "/"]]
    } else {
      items = try await resources(of: id, aws.reading)
    }
    var parts = RestPartsChange(of: id, to: resource, from: RestComponents(), aws)
    let names = try await parts.apply(partProperties)
    try await changeRoutes(
      of: id, RestPaths(items: items), to: resource, cors: resource["cors"], names: names, aws)
    _ = try await publish(id, resource, stages: [], live: [:], aws)
    let stage = ApiKind.stage(of: resource)
    if resource["apiKeys"]?.isEmpty == false || resource["usagePlans"]?.isEmpty == false {
      var access = RestAccessChange(
        to: resource, stage: stage, owner: creation.owner, from: RestAccess(apiID: id), aws)
      try await access.apply()
    }
    return Created(
      id: id, attributes: ApiKind.attributes(id: id, name: resource.name ?? "", stage: stage, in: aws.target))
  }

  static func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let id = update.live.id
    let resource = update.resource
    let live = update.live.properties
    if update.changes("tags") { try await setTags(update, aws) }
    try await changeSettings(update, aws)
    let parts = try await changeContents(update, aws)
    let stage = resource["stage"]?.string ?? live["stage"]?.string ?? ApiKind.defaultStage
    var retired: Retired?
    if !update.changed.isDisjoint(with: ApiKind.publishedProperties + ["deployment", "stage"]) {
      retired = try await publish(
        id, resource, stages: try await stages(of: id, aws.reading), live: live, aws)
    } else {
      let operations = RestStage.operations(to: resource, from: live, changed: update.changed)
      try await patchStage(["restapis", id, "stages", stage], operations, aws)
    }
    if update.changes("apiKeys", "stage", "usagePlans") {
      let there = try await RestAccess.read(of: id, aws.reading)
      var access = RestAccessChange(to: resource, stage: stage, owner: update.owner, from: there, aws)
      try await access.apply()
      if let retired, retired.stage != stage { try await access.leave(retired.stage) }
    }
    if let retired { try await retire(id, retired, keeping: stage, aws) }
    try await parts?.clear(update.changed)
    let name = update.changes("name") ? resource.name : update.live.attributes["name"]?.string
    return ApiKind.attributes(id: id, name: name ?? "", stage: stage, in: aws.target)
  }

  /// The API goes last: killed before, the next run finds by it what belongs to it.
  static func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let id = deletion.live.id
    do throws(ProviderError) {
      try await RestAccessChange.deleteAll(of: try await RestAccess.read(of: id, aws.reading), aws)
    } catch {
      // Who may not list keys has made none.
      guard error.kind == .denied || error.kind == .unsupported else { throw error }
    }
    try await aws.delete(AWSRequest(.apiGateway, "DeleteRestApi", .delete, ["restapis", id]))
  }

  // MARK: Settings and contents

  private static let partProperties: Set<String> = ["authorizers", "gatewayResponses", "models", "routes"]

  private static func changeSettings(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let path = ["restapis", update.live.id]
    var operations = RestSettings.operations(
      to: update.resource, from: update.live.properties, changed: update.changed)
    if update.changes("name"), let name = update.resource.name {
      operations.append(.replace("/name", .string(name)))
    }
    let changed = try await aws.patch("UpdateRestApi", path, operations)
    if update.changes("binaryMediaTypes"), aws.target.endpoint != nil {
      try await aws.patch("UpdateRestApi", path, RestSettings.repair(of: changed, to: update.resource))
    }
  }

  /// Authorizers, models and the like, then the methods that name them. What is left to clear away behind the deployment is returned.
  private static func changeContents(
    _ update: Update, _ aws: WritingClient
  ) async throws(ProviderError) -> RestPartsChange? {
    let id = update.live.id
    let resource = update.resource
    let touchesRoutes = update.changes("authorizers", "cors", "deployment", "models", "role", "routes")
    guard touchesRoutes || update.changes("gatewayResponses") else { return nil }
    var changed = update.changed.intersection(partProperties)
    // Methods are put with the ids of what they name.
    if touchesRoutes { changed.insert("routes") }
    var listings = changed
    if touchesRoutes {
      listings.insert("validators")
      if !(resource["authorizers"] ?? .null).isEmpty { listings.insert("authorizers") }
    }
    let there = try await RestComponents.read(of: id, listings, aws.reading)
    var parts = RestPartsChange(of: id, to: resource, from: there, aws)
    let names = try await parts.apply(changed)
    if touchesRoutes {
      let tree = RestPaths(items: try await resources(of: id, aws.reading))
      // A policy that was never declared is left alone; one that was taken out is null here.
      let cors = resource["cors"] ?? update.live.properties["cors"]
      try await changeRoutes(of: id, tree, to: resource, cors: cors, names: names, aws)
    }
    return parts
  }

  // MARK: Routes

  private static func changeRoutes(
    of id: String, _ live: RestPaths, to resource: Resource, cors: Value?, names: RestIDs,
    _ aws: WritingClient
  ) async throws(ProviderError) {
    let change = RestChange(
      from: live, to: RestChange.methods(of: resource, in: aws.target, cors: cors, names: names))
    let resources = ["restapis", id, "resources"]
    var ids = live.nodes.mapValues(\.id)
    for (resource, method) in change.deletedMethods {
      try await aws.delete(
        AWSRequest(.apiGateway, "DeleteMethod", .delete, resources + [resource, "methods", method]))
    }
    for resource in change.deletedPaths {
      try await aws.delete(AWSRequest(.apiGateway, "DeleteResource", .delete, resources + [resource]))
    }
    for path in change.createdPaths {
      let key = RouteKey(method: "ANY", path: path)
      guard let parent = ids[key.ancestry.dropLast().last ?? "/"], let part = key.segments.last else {
        continue
      }
      let request = AWSRequest(
        .apiGateway, "CreateResource", .post, resources + [parent], body: .value(["pathPart": .string(part)]))
      ids[path] = try await aws.write(request).value["id"]?.string
    }
    for (key, method) in change.putMethods {
      guard let resource = ids[key.path] else { continue }
      for call in method.calls {
        let path = resources + [resource, "methods", key.method] + call.path
        try await aws.write(AWSRequest(.apiGateway, call.operation, .put, path, body: .value(call.body)))
      }
    }
  }

  // MARK: Stage

  /// A stage as it was before a deployment.
  private struct Retired {
    let stage: String
    let deployment: String
  }

  /// Makes a deployment of the methods as they are now, and has the stage show it. Returns what is left to take away.
  private static func publish(
    _ id: String, _ resource: Resource, stages: [Value], live: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> Retired? {
    let hash = ApiKind.deployment(of: resource).string ?? ""
    let name = resource["stage"]?.string ?? live["stage"]?.string ?? ApiKind.defaultStage
    let path = ["restapis", id]
    let deployment =
      try await aws.write(
        AWSRequest(
          .apiGateway, "CreateDeployment", .post, path + ["deployments"],
          body: .value(["description": .string("stackform \(hash)")]))
      ).value["id"]?.string ?? ""
    let description = RestStage.description(hash: hash, deployment: deployment)
    let old = stages.first { $0["stageName"]?.string == name }
    if let old {
      let operations: [Value] = [
        .replace("/deploymentId", .string(deployment)), .replace("/description", .string(description)),
      ]
      let further = furtherOperations(on: old, name, resource)
      try await patchStage(path + ["stages", name], operations + further, aws)
    } else {
      try await createStage(name, id, deployment, description, resource, live, aws)
    }
    let before = old ?? stages.first { $0["stageName"] == live["stage"] }
    guard let before, let stage = before["stageName"]?.string, let shown = before["deploymentId"]?.string
    else { return nil }
    return Retired(stage: stage, deployment: shown)
  }

  private static let stageProperties = [
    "accessLogs", "logging", "routes", "stageVariables", "throttling", "tracingEnabled",
  ]

  /// What else of a stage differs.
  private static func furtherOperations(on stage: Value, _ name: String, _ resource: Resource) -> [Value] {
    guard let there = RestStage(among: [stage], wanted: name) else { return [] }
    var found = there.properties(wanted: resource)
    found["routes"] = there.limiting(nil, wanted: resource)
    let changed = stageProperties.filter { name in
      guard let value = resource[name] else { return false }
      return name == "routes" || value != found[name]
    }
    return RestStage.operations(to: resource, from: found, changed: Set(changed))
  }

  private static func createStage(
    _ name: String, _ id: String, _ deployment: String, _ description: String, _ resource: Resource,
    _ live: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let path = ["restapis", id, "stages"]
    var input: [String: Value] = [
      "stageName": .string(name), "deploymentId": .string(deployment), "description": .string(description),
    ]
    // What was never declared moves along with a stage that is renamed.
    let settings = Resource(resource.address, properties: live.merging(resource.properties) { $1 })
    if let variables = settings["stageVariables"], !variables.isEmpty { input["variables"] = variables }
    if settings["tracingEnabled"] == true { input["tracingEnabled"] = true }
    try await aws.write(AWSRequest(.apiGateway, "CreateStage", .post, path, body: .value(.map(input))))
    let operations = RestStage.operations(
      to: settings, from: [:], changed: ["accessLogs", "logging", "routes", "throttling"])
    try await patchStage(path + [name], operations, aws)
  }

  private static func patchStage(
    _ path: [String], _ operations: [Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    var operations = operations
    if aws.target.endpoint != nil {
      for removal in operations
      where removal["op"] == "remove" && removal["path"]?.string?.hasPrefix("/~1") == true {
        operations.removeAll { $0 == removal }
        do throws(ProviderError) {
          try await aws.patch("UpdateStage", path, [removal])
        } catch {
          guard error.kind == .invalid else { throw error }
          operations.insert(contentsOf: RestStage.substitutes(for: removal), at: 0)
        }
      }
    }
    try await aws.patch("UpdateStage", path, operations)
  }

  /// Takes away the stage of another name that was ours, and the deployment that nothing shows any more.
  private static func retire(
    _ id: String, _ old: Retired, keeping name: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    let path = ["restapis", id]
    if old.stage != name {
      try await aws.delete(AWSRequest(.apiGateway, "DeleteStage", .delete, path + ["stages", old.stage]))
    }
    do throws(ProviderError) {
      try await aws.delete(
        AWSRequest(.apiGateway, "DeleteDeployment", .delete, path + ["deployments", old.deployment]))
    } catch {
      // Another stage, made by somebody else, still shows it.
      guard error.kind == .invalid else { throw error }
    }
  }

  // MARK: Tags

  /// On emulators, the tags that TagResource sets and those that reads tell are not the same: there, what a read then lacks is patched into the API.
  private static func setTags(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let id = update.live.id
    let path = ["tags", ApiKind.arn(id, in: aws.target)]
    let removed = update.tagsToRemove
    if !removed.isEmpty {
      try await aws.write(
        AWSRequest(.apiGateway, "UntagResource", .delete, path, query: removed.map { ("tagKeys", $0) }))
    }
    let added = update.tagsToAdd
    if !added.isEmpty {
      try await aws.write(
        AWSRequest(.apiGateway, "TagResource", .put, path, body: .value(["tags": added.tagMap])))
    }
    guard aws.target.endpoint != nil, !added.isEmpty || !removed.isEmpty else { return }
    let request = AWSRequest(.apiGateway, "GetRestApi", .get, ["restapis", id])
    let shown = try await aws.reading.read(request).value["tags"]?.map ?? [:]
    let missing = update.tags.filter { shown[$0.key] != .string($0.value) }.sorted { $0.key < $1.key }
    let operations =
      removed.filter { shown[$0] != nil }.map { Value.remove("/tags/\(Value.pointer($0))") }
      + missing.map { .replace("/tags/\(Value.pointer($0.key))", .string($0.value)) }
    try await aws.patch("UpdateRestApi", ["restapis", id], operations)
  }
}
