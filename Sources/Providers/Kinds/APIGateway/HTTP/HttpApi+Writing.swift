import Planner

extension HttpApi {
  static func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let request = AWSRequest(
      .apiGatewayV2, "CreateApi", .post, ["v2", "apis"], body: .value(HttpSettings.creation(creation)))
    let id = try await aws.write(request).value["apiId"]?.string ?? ""
    let authorizers = try await changeAuthorizers(of: id, to: resource, live: [], aws)
    try await changeRoutes(of: id, to: resource, from: nil, authorizers, aws)
    let stage = ApiKind.stage(of: resource)
    // Last, so that all routes are deployed at once.
    try await createStage(stage, of: id, resource, aws)
    return Created(
      id: id,
      attributes: ApiKind.attributes(
        id: id, name: resource.name ?? "", stage: stage, isHTTP: true, in: aws.target))
  }

  static func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let id = update.live.id
    let resource = update.resource
    if update.changes("tags") { try await setTags(update, aws) }
    if let input = HttpSettings.change(update) {
      try await aws.write(AWSRequest(.apiGatewayV2, "UpdateApi", .patch, path(id), body: .value(input)))
    }
    if update.changes("cors"), resource["cors"]?.isEmpty ?? true {
      try await aws.delete(AWSRequest(.apiGatewayV2, "DeleteCorsConfiguration", .delete, path(id, "cors")))
    }
    var stage =
      resource["stage"]?.string ?? update.live.attributes["stage"]?.string ?? ApiKind.defaultHTTPStage
    let touchesRoutes = update.changes("authorizers", "role", "routes")
    let touchesStage = update.changes(
      "accessLogs", "deployment", "logging", "routes", "stage", "stageVariables", "throttling")
    if touchesRoutes || touchesStage {
      let needsAuthorizers = update.changes("authorizers") || !(resource["authorizers"] ?? .null).isEmpty
      let contents = try await HttpContents(
        of: id, needsRoutes: touchesRoutes, needsAuthorizers: touchesRoutes && needsAuthorizers, aws.reading)
      if touchesRoutes { try await changeContents(update, contents, aws) }
      if touchesStage { stage = try await changeStage(stage, update, contents.stages, aws) }
    }
    let name = update.changes("name") ? resource.name : update.live.attributes["name"]?.string
    return ApiKind.attributes(id: id, name: name ?? "", stage: stage, isHTTP: true, in: aws.target)
  }

  /// All that an API has goes with it.
  static func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    try await aws.delete(AWSRequest(.apiGatewayV2, "DeleteApi", .delete, path(deletion.live.id)))
  }

  // MARK: Routes

  private static func changeContents(
    _ update: Update, _ contents: HttpContents, _ aws: WritingClient
  ) async throws(ProviderError) {
    let id = update.live.id
    let live = contents.authorizers ?? []
    var authorizers = ids(of: live)
    if update.changes("authorizers") {
      authorizers = try await changeAuthorizers(of: id, to: update.resource, live: live, aws)
    }
    try await changeRoutes(of: id, to: update.resource, from: contents, authorizers, aws)
    guard update.changes("authorizers") else { return }
    // API Gateway deletes none that a route still goes by.
    for item in live {
      guard let name = item["name"]?.string, let authorizer = item["authorizerId"]?.string,
        update.resource["authorizers"]?[name] == nil
      else { continue }
      try await aws.delete(
        AWSRequest(.apiGatewayV2, "DeleteAuthorizer", .delete, path(id, "authorizers", authorizer)))
    }
  }

  /// Integrations that are missing, then routes that are missing or lead elsewhere, then what is left over.
  private static func changeRoutes(
    of id: String, to resource: Resource, from live: HttpContents?,
    _ authorizers: [String: (id: String, type: String)], _ aws: WritingClient
  ) async throws(ProviderError) {
    var integrations: [HttpIntegration: String] = [:]
    for (integration, made) in (live?.integrations ?? [:]).sorted(by: { $0.key < $1.key }).map({ ($1, $0) })
    where integrations[integration] == nil { integrations[integration] = made }
    var left: [String: Value] = [:]
    var surplus: [Value] = []
    for route in live?.routes ?? [] {
      guard let name = route["routeKey"]?.string, left[name] == nil else {
        surplus.append(route)
        continue
      }
      left[name] = route
    }
    var used: Set<String> = []
    for (name, value) in (resource["routes"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let wanted = HttpRoute(
        of: value, RouteKey(name), role: resource["role"]?.string, authorizers: authorizers)
      guard let integration = wanted.integration else { continue }
      let target: String
      if let made = integrations[integration] {
        target = made
      } else {
        target = try await create(integration, of: id, aws)
        integrations[integration] = target
      }
      used.insert(target)
      try await put(wanted, name, target, over: left.removeValue(forKey: name), of: id, aws)
    }
    for route in (left.sorted { $0.key < $1.key }.map(\.value) + surplus).compactMap({ $0["routeId"]?.string }
    ) {
      try await aws.delete(AWSRequest(.apiGatewayV2, "DeleteRoute", .delete, path(id, "routes", route)))
    }
    for integration in (live?.integrations ?? [:]).keys.sorted() where !used.contains(integration) {
      try await aws.delete(
        AWSRequest(.apiGatewayV2, "DeleteIntegration", .delete, path(id, "integrations", integration)))
    }
  }

  private static func create(
    _ integration: HttpIntegration, of id: String, _ aws: WritingClient
  ) async throws(ProviderError) -> String {
    let request = AWSRequest(
      .apiGatewayV2, "CreateIntegration", .post, path(id, "integrations"), body: .value(integration.input))
    return try await aws.write(request).value["integrationId"]?.string ?? ""
  }

  private static func put(
    _ wanted: HttpRoute, _ name: String, _ target: String, over old: Value?, of id: String,
    _ aws: WritingClient
  ) async throws(ProviderError) {
    var input = wanted.input(target: target)
    guard let old, let route = old["routeId"]?.string else {
      input["routeKey"] = .string(name)
      if wanted.scopes.isEmpty { input["authorizationScopes"] = nil }
      try await aws.write(
        AWSRequest(.apiGatewayV2, "CreateRoute", .post, path(id, "routes"), body: .value(.map(input))))
      return
    }
    let live = HttpRoute(wire: old, integration: wanted.integration)
    if live == wanted, old["target"] == input["target"] { return }
    if wanted.scopes.isEmpty, live.scopes.isEmpty { input["authorizationScopes"] = nil }
    // The empty text takes an authorizer out.
    if wanted.authorizer == nil, live.authorizer != nil { input["authorizerId"] = "" }
    try await aws.write(
      AWSRequest(.apiGatewayV2, "UpdateRoute", .patch, path(id, "routes", route), body: .value(.map(input))))
  }

  // MARK: Authorizers

  private static func ids(of items: [Value]) -> [String: (id: String, type: String)] {
    var ids: [String: (id: String, type: String)] = [:]
    for item in items {
      guard let name = item["name"]?.string, let id = item["authorizerId"]?.string else { continue }
      ids[name] = (id, item["authorizerType"]?.string ?? "")
    }
    return ids
  }

  /// Makes and changes; what is not wanted any more stays until no route goes by it.
  private static func changeAuthorizers(
    of id: String, to resource: Resource, live: [Value], _ aws: WritingClient
  ) async throws(ProviderError) -> [String: (id: String, type: String)] {
    var made = ids(of: live)
    for (name, value) in (resource["authorizers"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let wanted = ApiAuthorizer(declared: value, isHTTP: true)
      var input = wanted.httpInput(in: aws.target)
      input["name"] = .string(name)
      guard let item = live.first(where: { $0["name"]?.string == name }),
        let old = item["authorizerId"]?.string
      else {
        if wanted.credentials == nil { input["authorizerCredentialsArn"] = nil }
        let request = AWSRequest(
          .apiGatewayV2, "CreateAuthorizer", .post, path(id, "authorizers"), body: .value(.map(input)))
        made[name] = (try await aws.write(request).value["authorizerId"]?.string ?? "", wanted.type)
        continue
      }
      let there = ApiAuthorizer(http: item)
      guard there != wanted else { continue }
      if wanted.credentials == nil, there.credentials == nil { input["authorizerCredentialsArn"] = nil }
      made[name] = (old, wanted.type)
      try await aws.write(
        AWSRequest(
          .apiGatewayV2, "UpdateAuthorizer", .patch, path(id, "authorizers", old), body: .value(.map(input))))
    }
    return made
  }

  // MARK: Stage

  /// What a stage says of limits on a route that was made just before.
  private static let unknownRoute = [
    RetriedError("NotFoundException", "Unable to find Route by key")
  ]

  private static func createStage(
    _ name: String, of id: String, _ resource: Resource, _ aws: WritingClient
  ) async throws(ProviderError) {
    var request = AWSRequest(
      .apiGatewayV2, "CreateStage", .post, path(id, "stages"),
      body: .value(HttpStage.creation(name, resource)))
    request.retriedErrors = unknownRoute
    try await aws.write(request)
  }

  /// Returns the stage's name.
  private static func changeStage(
    _ name: String, _ update: Update, _ stages: [Value], _ aws: WritingClient
  ) async throws(ProviderError) -> String {
    let id = update.live.id
    let resource = update.resource
    guard let old = HttpStage(among: stages, wanted: name), old.name == name else {
      // What was never declared moves along with a stage that is renamed.
      let properties = update.live.properties.merging(resource.properties) { $1 }
      try await createStage(name, of: id, Resource(resource.address, properties: properties), aws)
      let former = update.live.attributes["stage"]?.string
      if let former, stages.contains(where: { $0["stageName"]?.string == former }) {
        try await aws.delete(AWSRequest(.apiGatewayV2, "DeleteStage", .delete, path(id, "stages", former)))
      }
      return name
    }
    if update.changes("accessLogs"), resource["accessLogs"]?.isEmpty ?? true {
      try await clear(
        "DeleteAccessLogSettings", ["accesslogsettings"], orSet: "accessLogSettings", to: [:], id, name, aws)
    }
    if update.changes("routes") {
      var others = old.wire["routeSettings"]?.map ?? [:]
      for route in old.unlimited(in: resource) {
        others[route] = nil
        try await clear(
          "DeleteRouteSettings", ["routesettings", route], orSet: "routeSettings", to: .map(others), id, name,
          aws)
      }
    }
    if let input = old.change(to: resource, update.changed) {
      try await updateStage(name, id, input, aws)
    }
    return name
  }

  private static func updateStage(
    _ name: String, _ id: String, _ input: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    var request = AWSRequest(
      .apiGatewayV2, "UpdateStage", .patch, path(id, "stages", name), body: .value(input))
    request.retriedErrors = unknownRoute
    try await aws.write(request)
  }

  /// Takes a setting out. MiniStack 1.5.33 has no such operations (it deletes the whole stage instead), and sets what it is given.
  private static func clear(
    _ operation: String, _ rest: [String], orSet member: String, to value: Value, _ id: String,
    _ stage: String,
    _ aws: WritingClient
  ) async throws(ProviderError) {
    if aws.target.endpoint != nil { return try await updateStage(stage, id, [member: value], aws) }
    try await aws.delete(
      AWSRequest(.apiGatewayV2, operation, .delete, path(id, "stages", stage) + rest))
  }

  // MARK: Tags

  private static func setTags(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let path = ["v2", "tags", ApiKind.arn(update.live.id, isHTTP: true, in: aws.target)]
    let removed = update.tagsToRemove
    if !removed.isEmpty {
      try await aws.write(
        AWSRequest(.apiGatewayV2, "UntagResource", .delete, path, query: removed.map { ("tagKeys", $0) }))
    }
    let added = update.tagsToAdd
    if !added.isEmpty {
      try await aws.write(
        AWSRequest(.apiGatewayV2, "TagResource", .post, path, body: .value(["tags": added.tagMap])))
    }
  }
}
