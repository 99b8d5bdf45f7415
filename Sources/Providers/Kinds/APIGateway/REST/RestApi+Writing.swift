import Planner

extension RestApi {
  static func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let api = try await aws.write(APIGateway.createRestApi, RestSettings.creation(creation))
    let id = try api.identity(at: "id", from: APIGateway.createRestApi)
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
    var published: Published?
    if !update.changed.isDisjoint(with: ApiKind.publishedProperties + ["deployment", "stage"]) {
      let stages = try await stages(of: id, aws.reading)
      published = try await publish(id, resource, stages: stages, live: live, aws)
      retired = published?.retired
    } else {
      let operations = RestStage.operations(to: resource, from: live, changed: update.changed)
      try await patchStage(stage, of: id, operations, aws)
    }
    if update.changes("apiKeys", "stage", "usagePlans") {
      let there = try await RestAccess.read(of: id, aws.reading)
      var access = RestAccessChange(to: resource, stage: stage, owner: update.owner, from: there, aws)
      try await access.apply()
      if let retired, retired.stage != stage { try await access.leave(retired.stage) }
    }
    if let retired, retired.stage != stage {
      try await aws.delete(
        APIGateway.deleteStage, ["restapi_id": .string(id), "stage_name": .string(retired.stage)])
    }
    try await parts?.clear(update.changed)
    if let published { try await clearDeployments(of: id, published, aws) }
    let name = update.changes("name") ? resource.name : update.live.attributes["name"]?.string
    return ApiKind.attributes(id: id, name: name ?? "", stage: stage, in: aws.target)
  }

  /// The API is deleted last: if the run is killed before, the next one finds by it what belongs to it.
  static func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let id = deletion.live.id
    do throws(ProviderError) {
      try await RestAccessChange.deleteAll(of: try await RestAccess.read(of: id, aws.reading), aws)
    } catch {
      // Credentials that may not list keys have made none.
      guard error.kind == .denied || error.kind == .unsupported else { throw error }
    }
    try await aws.delete(APIGateway.deleteRestApi, ["restapi_id": .string(id)])
  }

  // MARK: Settings and contents

  private static let partProperties: Set<String> = ["authorizers", "gatewayResponses", "models", "routes"]

  private static func changeSettings(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let api: [String: Value] = ["restapi_id": .string(update.live.id)]
    var operations = RestSettings.operations(
      to: update.resource, from: update.live.properties, changed: update.changed)
    if update.changes("name"), let name = update.resource.name {
      operations.append(.replace("/name", .string(name)))
    }
    let changed = try await aws.patch(APIGateway.updateRestApi, api, operations)
    if update.changes("binaryMediaTypes"), aws.target.has(.breaksMediaTypeLists) {
      try await aws.patch(
        APIGateway.updateRestApi, api, RestSettings.repair(of: changed, to: update.resource))
    }
  }

  /// Authorizers, models and the like, then the methods that name them. Returns what is left to clear away after the deployment.
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
    let api: [String: Value] = ["restapi_id": .string(id)]
    var ids = live.nodes.mapValues(\.id)
    for (resource, method) in change.deletedMethods {
      let place: [String: Value] = ["resource_id": .string(resource), "http_method": .string(method)]
      try await aws.delete(APIGateway.deleteMethod, api.merging(place) { $1 })
    }
    for resource in change.deletedPaths {
      try await aws.delete(APIGateway.deleteResource, api.merging(["resource_id": .string(resource)]) { $1 })
    }
    for path in change.createdPaths {
      let key = RouteKey(method: "ANY", path: path)
      guard let part = key.segments.last else { throw missing(path) }
      let parent = try pathID(at: key.ancestry.dropLast().last ?? "/", in: ids)
      let input: [String: Value] = ["parent_id": .string(parent), "pathPart": .string(part)]
      ids[path] = try await aws.write(APIGateway.createResource, api.merging(input) { $1 })
        .identity(at: "id", from: APIGateway.createResource)
    }
    for (key, method) in change.putMethods {
      let place: [String: Value] = [
        "resource_id": .string(try pathID(at: key.path, in: ids)), "http_method": .string(key.method),
      ]
      for call in method.calls {
        try await aws.write(call.operation, call.input.merging(api) { $1 }.merging(place) { $1 })
      }
    }
  }

  /// The id of a path, which GetResources must have listed: the root is always there.
  private static func pathID(at path: String, in ids: [String: String]) throws(ProviderError) -> String {
    if let id = ids[path] { return id }
    throw missing(path)
  }

  private static func missing(_ path: String) -> ProviderError {
    ProviderError(
      .malformed, message: "the endpoint listed the paths without \(path)",
      operation: APIGateway.getResources.label)
  }

  // MARK: Stage

  /// A stage as it was before a deployment.
  private struct Retired {
    let stage: String
    let deployment: String
  }

  /// What a publication made, and what it took the place of.
  private struct Published {
    let retired: Retired?
    /// The deployments that stages show from now on, our own and others'.
    let shown: Set<String>
  }

  /// Makes a deployment of the methods as they are now, and has the stage show it.
  private static func publish(
    _ id: String, _ resource: Resource, stages: [Value], live: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> Published {
    let hash = ApiKind.deployment(of: resource).string ?? ""
    let name = resource["stage"]?.string ?? live["stage"]?.string ?? ApiKind.defaultStage
    let input: [String: Value] = [
      "restapi_id": .string(id), "description": .string("\(ownDeployment)\(hash)"),
    ]
    let deployment = try await aws.write(APIGateway.createDeployment, input)
      .identity(at: "id", from: APIGateway.createDeployment)
    let description = RestStage.description(hash: hash, deployment: deployment)
    let old = stages.first { $0["stageName"]?.string == name }
    if let old {
      let operations: [Value] = [
        .replace("/deploymentId", .string(deployment)), .replace("/description", .string(description)),
      ]
      let further = furtherOperations(on: old, name, resource)
      try await patchStage(name, of: id, operations + further, aws)
    } else {
      try await createStage(name, id, deployment, description, resource, live, aws)
    }
    let before = old ?? stages.first { $0["stageName"] == live["stage"] }
    let others = stages.filter { $0["stageName"] != before?["stageName"] }
    let shown = Set(others.compactMap { $0["deploymentId"]?.string } + [deployment])
    guard let before, let stage = before["stageName"]?.string, let retired = before["deploymentId"]?.string
    else { return Published(retired: nil, shown: shown) }
    return Published(retired: Retired(stage: stage, deployment: retired), shown: shown)
  }

  /// What the description of each of our deployments begins with.
  private static let ownDeployment = "stackform "

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
    var input: [String: Value] = [
      "restapi_id": .string(id), "stageName": .string(name), "deploymentId": .string(deployment),
      "description": .string(description),
    ]
    // What was never declared moves along with a stage that is renamed.
    let settings = Resource(resource.address, properties: live.merging(resource.properties) { $1 })
    if let variables = settings["stageVariables"], !variables.isEmpty { input["variables"] = variables }
    if settings["tracingEnabled"] == true { input["tracingEnabled"] = true }
    try await aws.write(APIGateway.createStage, input)
    let operations = RestStage.operations(
      to: settings, from: [:], changed: ["accessLogs", "logging", "routes", "throttling"])
    try await patchStage(name, of: id, operations, aws)
  }

  private static func patchStage(
    _ name: String, of id: String, _ operations: [Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let takesRemovals = !aws.target.has(.rejectsRemovalOfRouteLimits)
    try await aws.patch(
      APIGateway.updateStage, ["restapi_id": .string(id), "stage_name": .string(name)],
      takesRemovals ? operations : operations.flatMap(RestStage.substitutes))
  }

  /// Deletes the deployment that our stage showed, and each of ours that no stage shows: the answer to an earlier
  /// CreateDeployment was lost, and nobody knew its id.
  private static func clearDeployments(
    of id: String, _ published: Published, _ aws: WritingClient
  ) async throws(ProviderError) {
    let api: [String: Value] = ["restapi_id": .string(id)]
    var old = try await ownDeployments(of: id, aws.reading)
    if let retired = published.retired?.deployment, !old.contains(retired) { old.append(retired) }
    for deployment in old where !published.shown.contains(deployment) {
      do throws(ProviderError) {
        try await aws.delete(
          APIGateway.deleteDeployment, api.merging(["deployment_id": .string(deployment)]) { $1 })
      } catch {
        // Another stage, which was made meanwhile, shows it.
        guard error.kind == .invalid else { throw error }
      }
    }
  }

  /// Those that are told by their description. None where the credentials, or the endpoint, allow no listing: the
  /// update itself is done.
  private static func ownDeployments(
    of id: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String] {
    do throws(ProviderError) {
      return try await aws.everyItem(APIGateway.getDeployments, ["restapi_id": .string(id)])
        .filter { $0["description"]?.string?.hasPrefix(ownDeployment) ?? false }
        .compactMap { $0["id"]?.string }
    } catch {
      guard [.denied, .notFound, .unsupported].contains(error.kind) else { throw error }
      return []
    }
  }
}
