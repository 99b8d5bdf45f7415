import Planner

extension HttpApi {
  static func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let id = try await aws.write(APIGatewayV2.createApi, HttpSettings.creation(creation))
      .identity(at: idName, from: APIGatewayV2.createApi)
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
    if update.changes("tags") {
      try await APIGatewayV2.tags.change(update, of: reference(id, in: aws.target), aws)
    }
    let settings = HttpSettings.change(update)
    if !settings.isEmpty {
      try await aws.write(APIGatewayV2.updateApi, settings.merging(["apiId": .string(id)]) { $1 })
    }
    if update.changes("cors"), resource["cors"]?.isEmpty ?? true {
      try await aws.delete(APIGatewayV2.deleteCorsConfiguration, ["apiId": .string(id)])
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

  /// Everything in an API is deleted with it.
  static func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    try await aws.delete(APIGatewayV2.deleteApi, ["apiId": .string(deletion.live.id)])
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
    // API Gateway does not delete an authorizer that a route still names.
    for item in live {
      guard let name = item["name"]?.string, let authorizer = item["authorizerId"]?.string,
        update.resource["authorizers"]?[name] == nil
      else { continue }
      try await aws.delete(
        APIGatewayV2.deleteAuthorizer, ["apiId": .string(id), "authorizerId": .string(authorizer)])
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
    var renamed = renamable(left, unlike: Set((resource["routes"]?.map ?? [:]).keys))
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
      let former = left[name] == nil ? renamed.removeValue(forKey: RouteKey(name)?.pattern ?? name) : name
      try await put(wanted, name, target, over: former.flatMap { left.removeValue(forKey: $0) }, of: id, aws)
    }
    for route in (left.sorted { $0.key < $1.key }.map(\.value) + surplus).compactMap({ $0["routeId"]?.string }
    ) {
      try await aws.delete(APIGatewayV2.deleteRoute, ["apiId": .string(id), "routeId": .string(route)])
    }
    for integration in (live?.integrations ?? [:]).keys.sorted() where !used.contains(integration) {
      try await aws.delete(
        APIGatewayV2.deleteIntegration, ["apiId": .string(id), "integrationId": .string(integration)])
    }
  }

  /// Live routes that are not wanted, by what they match: API Gateway takes no second route of the same paths, so that
  /// one whose parameters get other names is renamed.
  private static func renamable(_ live: [String: Value], unlike wanted: Set<String>) -> [String: String] {
    Dictionary(live.keys.filter { !wanted.contains($0) }.map { (RouteKey($0)?.pattern ?? $0, $0) }) { $1 }
  }

  private static func create(
    _ integration: HttpIntegration, of id: String, _ aws: WritingClient
  ) async throws(ProviderError) -> String {
    let input = integration.input.merging(["apiId": .string(id)]) { $1 }
    return try await aws.write(APIGatewayV2.createIntegration, input)
      .identity(at: "integrationId", from: APIGatewayV2.createIntegration)
  }

  private static func put(
    _ wanted: HttpRoute, _ name: String, _ target: String, over old: Value?, of id: String,
    _ aws: WritingClient
  ) async throws(ProviderError) {
    var input = wanted.input(target: target)
    input["apiId"] = .string(id)
    guard let old, let route = old["routeId"]?.string else {
      input["routeKey"] = .string(name)
      if wanted.scopes.isEmpty { input["authorizationScopes"] = nil }
      try await aws.write(APIGatewayV2.createRoute, input)
      return
    }
    let live = HttpRoute(wire: old, integration: wanted.integration)
    let isRenamed = old["routeKey"]?.string != name
    if live == wanted, old["target"] == input["target"], !isRenamed { return }
    if isRenamed { input["routeKey"] = .string(name) }
    if wanted.scopes.isEmpty, live.scopes.isEmpty { input["authorizationScopes"] = nil }
    // The empty text takes an authorizer out.
    if wanted.authorizer == nil, live.authorizer != nil { input["authorizerId"] = "" }
    input["routeId"] = .string(route)
    try await aws.write(APIGatewayV2.updateRoute, input)
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

  /// Makes and changes; what is not wanted any more stays until no route names it.
  private static func changeAuthorizers(
    of id: String, to resource: Resource, live: [Value], _ aws: WritingClient
  ) async throws(ProviderError) -> [String: (id: String, type: String)] {
    var made = ids(of: live)
    for (name, value) in (resource["authorizers"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let wanted = ApiAuthorizer(declared: value, isHTTP: true)
      var input = wanted.httpInput(in: aws.target)
      input["name"] = .string(name)
      input["apiId"] = .string(id)
      guard let item = live.first(where: { $0["name"]?.string == name }),
        let old = item["authorizerId"]?.string
      else {
        if wanted.credentials == nil { input["authorizerCredentialsArn"] = nil }
        let answer = try await aws.write(APIGatewayV2.createAuthorizer, input)
        made[name] = (
          try answer.identity(at: "authorizerId", from: APIGatewayV2.createAuthorizer), wanted.type
        )
        continue
      }
      let there = ApiAuthorizer(http: item)
      guard there != wanted else { continue }
      if wanted.credentials == nil, there.credentials == nil { input["authorizerCredentialsArn"] = nil }
      made[name] = (old, wanted.type)
      input["authorizerId"] = .string(old)
      try await aws.write(APIGatewayV2.updateAuthorizer, input)
    }
    return made
  }

  // MARK: Stage

  private static func createStage(
    _ name: String, of id: String, _ resource: Resource, _ aws: WritingClient
  ) async throws(ProviderError) {
    let input = HttpStage.creation(name, resource).merging(["apiId": .string(id)]) { $1 }
    try await aws.write(APIGatewayV2.createStage, input)
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
        try await aws.delete(
          APIGatewayV2.deleteStage, ["apiId": .string(id), "stageName": .string(former)])
      }
      return name
    }
    let stage: [String: Value] = ["apiId": .string(id), "stageName": .string(name)]
    if update.changes("accessLogs"), resource["accessLogs"]?.isEmpty ?? true {
      try await clear(APIGatewayV2.deleteAccessLogSettings, stage, orSet: ["accessLogSettings": [:]], aws)
    }
    if update.changes("routes") {
      var others = old.wire["routeSettings"]?.map ?? [:]
      for route in old.unlimited(in: resource) {
        others[route] = nil
        try await clear(
          APIGatewayV2.deleteRouteSettings, stage, ["routeKey": .string(route)],
          orSet: ["routeSettings": .map(others)], aws)
      }
    }
    let input = old.change(to: resource, update.changed)
    if !input.isEmpty { try await aws.write(APIGatewayV2.updateStage, stage.merging(input) { $1 }) }
    return name
  }

  /// Takes a setting out of a stage; where that deletes the whole stage, sets what is left instead.
  private static func clear(
    _ operation: Operation<Writes>, _ stage: [String: Value], _ place: [String: Value] = [:],
    orSet rest: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    if aws.target.has(.deletesStagesForTheirSettings) {
      try await aws.write(APIGatewayV2.updateStage, stage.merging(rest) { $1 })
    } else {
      try await aws.delete(operation, stage.merging(place) { $1 })
    }
  }
}
