package import Planner

extension ApiKind {
  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let request = AWSRequest(
      .apiGateway, "CreateRestApi", .post, ["restapis"], body: .value(RestSettings.creation(creation)))
    let api = try await aws.write(request).value
    let id = api["id"]?.string ?? ""
    let root = api["rootResourceId"]?.string
    let items: [Value]
    if let root {
      items = [["id": .string(root), "path": "/"]]
    } else {
      items = try await Self.resources(of: id, aws.reading)
    }
    try await changeRoutes(of: id, RestTree(items: items), to: resource, cors: resource["cors"], aws)
    try await publish(id, resource, stages: [], live: [:], aws)
    let stage = resource["stage"]?.string ?? Self.defaultStage
    return Created(
      id: id, attributes: Self.attributes(id: id, name: resource.name ?? "", stage: stage, in: aws.target))
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let id = update.live.id
    let resource = update.resource
    let live = update.live.properties
    if update.changes("tags") { try await setTags(update, aws) }
    var operations = RestSettings.operations(to: resource, from: live, changed: update.changed)
    if update.changes("name"), let name = resource.name {
      operations.append(.replace("/name", .string(name)))
    }
    let changed = try await patch("UpdateRestApi", ["restapis", id], operations, aws)
    if update.changes("binaryMediaTypes"), aws.target.endpoint != nil {
      let operations = RestSettings.repair(of: changed, to: resource)
      try await patch("UpdateRestApi", ["restapis", id], operations, aws)
    }
    if update.changes("cors", "deployment", "role", "routes") {
      let tree = RestTree(items: try await Self.resources(of: id, aws.reading))
      // A policy that was never declared is left alone; one that was taken out is null here.
      try await changeRoutes(of: id, tree, to: resource, cors: resource["cors"] ?? live["cors"], aws)
    }
    let stage = resource["stage"]?.string ?? live["stage"]?.string ?? Self.defaultStage
    if !update.changed.isDisjoint(with: Self.publishedProperties + ["deployment", "stage"]) {
      try await publish(id, resource, stages: try await Self.stages(of: id, aws.reading), live: live, aws)
    } else {
      let operations = RestStage.operations(to: resource, from: live, changed: update.changed)
      try await patch("UpdateStage", ["restapis", id, "stages", stage], operations, aws)
    }
    let name = update.changes("name") ? resource.name : update.live.attributes["name"]?.string
    return Self.attributes(id: id, name: name ?? "", stage: stage, in: aws.target)
  }

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    try await aws.delete(AWSRequest(.apiGateway, "DeleteRestApi", .delete, ["restapis", deletion.live.id]))
  }

  // MARK: Routes

  private func changeRoutes(
    of id: String, _ live: RestTree, to resource: Resource, cors: Value?, _ aws: WritingClient
  ) async throws(ProviderError) {
    let change = RestChange(
      from: live, to: RestChange.methods(of: resource, in: aws.target, cors: cors))
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

  /// Makes a deployment of the methods as they are now, and has the stage show it. The one that it showed goes.
  private func publish(
    _ id: String, _ resource: Resource, stages: [Value], live: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let hash = Self.deployment(of: resource).string ?? ""
    let name = resource["stage"]?.string ?? live["stage"]?.string ?? Self.defaultStage
    let path = ["restapis", id]
    let deployment =
      try await aws.write(
        AWSRequest(
          .apiGateway, "CreateDeployment", .post, path + ["deployments"],
          body: .value(["description": .string("stackform \(hash)")]))
      ).value["id"]?.string ?? ""
    let description = RestStage.description(hash: hash, deployment: deployment)
    let stageNames = ["accessLogs", "logging", "stageVariables", "throttling", "tracingEnabled"]
    let old = stages.first { $0["stageName"]?.string == name }
    if let old {
      let changed = Set(stageNames.filter { resource.properties[$0] != nil })
      let found = RestStage(among: [old], wanted: name)?.properties(wanted: resource) ?? [:]
      let operations: [Value] = [
        .replace("/deploymentId", .string(deployment)), .replace("/description", .string(description)),
      ]
      let further = RestStage.operations(
        to: resource, from: found, changed: changed.filter { resource[$0] != found[$0] })
      try await patch("UpdateStage", path + ["stages", name], operations + further, aws)
    } else {
      var input: [String: Value] = [
        "stageName": .string(name), "deploymentId": .string(deployment), "description": .string(description),
      ]
      // What was never declared moves along with a stage that is renamed.
      let settings = Resource(resource.address, properties: live.merging(resource.properties) { $1 })
      if let variables = settings["stageVariables"], !variables.isEmpty { input["variables"] = variables }
      if settings["tracingEnabled"] == true { input["tracingEnabled"] = true }
      try await aws.write(
        AWSRequest(.apiGateway, "CreateStage", .post, path + ["stages"], body: .value(.map(input))))
      let operations = RestStage.operations(
        to: settings, from: [:], changed: ["accessLogs", "logging", "throttling"])
      try await patch("UpdateStage", path + ["stages", name], operations, aws)
    }
    try await retire(id, old: old ?? stages.first { $0["stageName"] == live["stage"] }, keeping: name, aws)
  }

  /// Takes away the stage of another name that was ours, and the deployment that nothing shows any more.
  private func retire(
    _ id: String, old: Value?, keeping name: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    guard let old, let oldName = old["stageName"]?.string, let deployment = old["deploymentId"]?.string else {
      return
    }
    let path = ["restapis", id]
    if oldName != name {
      try await aws.delete(AWSRequest(.apiGateway, "DeleteStage", .delete, path + ["stages", oldName]))
    }
    do throws(ProviderError) {
      try await aws.delete(
        AWSRequest(.apiGateway, "DeleteDeployment", .delete, path + ["deployments", deployment]))
    } catch {
      // Another stage, made by somebody else, still shows it.
      guard error.kind == .invalid else { throw error }
    }
  }

  // MARK: Calls

  @discardableResult
  private func patch(
    _ operation: String, _ path: [String], _ operations: [Value], _ aws: WritingClient
  ) async throws(ProviderError) -> Value {
    // Removals go ahead, each by itself: LocalStack counts the places of a list as it was before the patch, and MiniStack takes settings
    // out last.
    let removals = operations.filter { $0["op"] == "remove" }
    var answer = Value.null
    for operations in removals.map({ [$0] }) + [operations.filter { $0["op"] != "remove" }] {
      guard !operations.isEmpty else { continue }
      let body: Value = ["patchOperations": .list(operations)]
      answer = try await aws.write(AWSRequest(.apiGateway, operation, .patch, path, body: .value(body))).value
    }
    return answer
  }

  /// On emulators, the tags that TagResource sets and those that reads tell are not the same: there, what a read then lacks is patched into the API.
  private func setTags(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let id = update.live.id
    let path = ["tags", Self.arn(id, in: aws.target)]
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
    try await patch("UpdateRestApi", ["restapis", id], operations, aws)
  }
}
