import Planner

/// HTTP APIs: version 2 of API Gateway, with `protocolType` HTTP.
///
/// Reads: four an API (GetApi, GetRoutes, GetIntegrations, GetStages), and GetAuthorizers where authorizers
/// are declared. Writes: one each for API, authorizer, stage, route and integration; routes of one target
/// share its integration. Integrations are never changed. A route is pointed at a new one, and integrations
/// without a route are deleted. So a route is never without a target. The stage deploys what changes by
/// itself.
///
/// Facts: the API Gateway V2 API reference, and `AWS::ApiGatewayV2::*` in CloudFormation.
enum HttpApi: ApiVersion {
  static let idName = "apiId"
  static let isHTTP = true

  static func request(_ id: String) -> Request<Reads> {
    Request(APIGatewayV2.getApi, ["apiId": .string(id)])
  }

  /// The same where there may be no HTTP APIs at all. Finds nothing if the endpoint does not offer them
  /// (LocalStack's community edition), or if a REST API is wanted and the credentials may not list others.
  static func readIfSupported(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    var answers = await read(queries, aws)
    for query in queries {
      guard case .failure(let error) = answers[query.address] else { continue }
      let isOther = query.wanted != nil && error.kind == .denied
      if isOther || [.notFound, .unsupported].contains(error.kind) { answers[query.address] = .success(nil) }
    }
    return answers
  }

  static func list(_ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.everyItemOfPresent(APIGatewayV2.getApis, ["maxResults": 500])
      .filter { $0["protocolType"] == "HTTP" }
  }

  static func live(
    _ api: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let id = try api.identity(at: idName, from: APIGatewayV2.getApi)
    let contents: HttpContents
    let tags: LiveTags?
    do throws(ProviderError) {
      contents = try await HttpContents(
        of: id, needsRoutes: ["role", "routes"].contains(where: query.wants),
        needsAuthorizers: query.wants("authorizers"), aws)
      tags = try await liveTags(of: id, api, aws)
    } catch {
      // Deleted since it was listed.
      if error.kind == .notFound { return nil }
      throw error
    }
    guard let tags else { return nil }
    var properties = HttpSettings.properties(of: api, wanted: query.wanted)
    let wantedStage = ApiKind.stage(of: query.wanted)
    let stage = HttpStage(among: contents.stages, wanted: wantedStage)
    properties.merge(stage?.properties(wanted: query.wanted) ?? [:]) { $1 }
    var untold: Set<String> = []
    if contents.hasRoutes {
      let limits = stage?.limits(wanted: query.wanted) ?? [:]
      let (routes, role) = contents.routes(wanted: query.wanted, limits: limits)
      properties["routes"] = .map(routes)
      properties["role"] = role.map(Value.string)
      if role == nil, aws.target.has(.dropsRolesOfIntegrations) { untold.insert("role") }
    }
    properties["authorizers"] = contents.declaredAuthorizers(wanted: query.wanted)
    properties["tags"] = tags.declared
    let attributes = ApiKind.attributes(
      id: id, name: api["name"]?.string ?? "", stage: stage?.name ?? wantedStage, isHTTP: true, in: aws.target
    )
    return LiveResource(
      id: id, properties: properties, attributes: attributes, owner: tags.owner, untold: untold)
  }

  static func withPresentTags(
    _ api: Value, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    guard let id = api[idName]?.string, let tags = try await liveTags(of: id, api, aws) else { return nil }
    return .map((api.map ?? [:]).merging(["tags": tags.all.tagMap]) { $1 })
  }

  /// nil for an API that is not there any more.
  private static func liveTags(
    of id: String, _ api: Value, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags? {
    // Owner tags are among them: they change when the entry, the stack's name or the stack itself does.
    guard aws.target.has(.showsCreationTagsOnly) else { return LiveTags(map: api["tags"]) }
    return try await APIGatewayV2.tags.read(reference(id, in: aws.target), aws)
  }

  /// An API as tag calls name it.
  static func reference(_ id: String, in target: Target) -> [String: Value] {
    ["resource-arn": .string(ApiKind.arn(id, isHTTP: true, in: target))]
  }
}

/// What of an HTTP API is listed next to the API itself, all side by side.
struct HttpContents: Sendable {
  private(set) var stages: [Value] = []
  private(set) var routes: [Value] = []
  private(set) var integrations: [String: HttpIntegration] = [:]
  /// nil when they were not asked for.
  private(set) var authorizers: [Value]?
  let hasRoutes: Bool

  /// Throws `notFound` when the API is not there.
  init(
    of id: String, needsRoutes: Bool, needsAuthorizers: Bool, _ aws: ReadingClient
  ) async throws(ProviderError) {
    hasRoutes = needsRoutes
    var listings = [APIGatewayV2.getStages]
    if needsRoutes { listings += [APIGatewayV2.getRoutes, APIGatewayV2.getIntegrations] }
    if needsAuthorizers { listings.append(APIGatewayV2.getAuthorizers) }
    let answers = try await sideBySide(listings) { listing throws(ProviderError) in
      try await aws.everyItemOfPresent(listing, ["apiId": .string(id), "maxResults": 500])
    }
    for (listing, items) in zip(listings, answers) {
      switch listing.name {
      case APIGatewayV2.getStages.name: stages = items
      case APIGatewayV2.getRoutes.name: routes = items
      case APIGatewayV2.getAuthorizers.name: authorizers = items
      default:
        for item in items {
          if let id = item["integrationId"]?.string { integrations[id] = HttpIntegration(wire: item) }
        }
      }
    }
  }

  /// Ids by name.
  var authorizerIDs: [String: String] {
    var ids: [String: String] = [:]
    for item in authorizers ?? [] {
      if let name = item["name"]?.string, let id = item["authorizerId"]?.string { ids[name] = id }
    }
    return ids
  }

  /// In the schema's words; nil when they were not asked for.
  func declaredAuthorizers(wanted: Resource?) -> Value? {
    guard let authorizers else { return nil }
    var declared: [String: Value] = [:]
    for item in authorizers {
      guard let name = item["name"]?.string else { continue }
      declared[name] = ApiAuthorizer(http: item).declared(wanted: wanted?["authorizers"]?[name], isHTTP: true)
    }
    return .map(declared)
  }

  /// In the schema's words, with the role that messages are sent with.
  func routes(wanted: Resource?, limits: [String: Value]) -> (routes: [String: Value], role: String?) {
    let used = routes.compactMap { integration(of: $0)?.credentials }.sorted()
    let role = used.first { $0 == wanted?["role"]?.string } ?? used.first
    var declared: [String: Value] = [:]
    for route in routes {
      guard let name = route["routeKey"]?.string else { continue }
      let live = HttpRoute(wire: route, integration: integration(of: route))
      let spelt = wanted?["routes"]?[name]
      var value = live.declared(RouteKey(name), wanted: spelt, role: role, authorizers: authorizerIDs)
      if let limit = limits[name], let members = value.map {
        value = .map(members.merging(["throttling": limit]) { $1 })
      }
      declared[name] = value
    }
    return (declared, role)
  }

  func integration(of route: Value) -> HttpIntegration? {
    let target = route["target"]?.string ?? ""
    return target.hasPrefix("integrations/")
      ? integrations[String(target.dropFirst("integrations/".count))] : nil
  }
}
