import Planner

/// HTTP APIs: version 2 of API Gateway, with `protocolType` HTTP.
///
/// Reads: four an API (GetApi, GetRoutes, GetIntegrations, GetStages), and GetAuthorizers where authorizers are declared. Writes: one each for API,
/// authorizer, stage, route and integration; routes of one target share its integration. Integrations are never changed: a route is pointed at
/// another one, and what nothing is pointed at goes, so that a route is never without a target. The stage deploys what changes by itself.
///
/// Facts: the API Gateway V2 API reference, and `AWS::ApiGatewayV2::*` in CloudFormation.
enum HttpApi: ApiVersion {
  static let idName = "apiId"

  static func request(_ id: String) -> AWSRequest {
    AWSRequest(.apiGatewayV2, "GetApi", .get, path(id))
  }

  /// The same where there may be no HTTP APIs at all: nothing, when the endpoint has none (LocalStack's community edition), or when a REST
  /// API is wanted and the credentials may not look for others.
  static func readIfSupported(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError)
    -> LiveResource?
  {
    do throws(ProviderError) {
      return try await read(query, aws)
    } catch {
      let isOther = query.wanted != nil && error.kind == .denied
      guard [.notFound, .unsupported].contains(error.kind) || isOther else { throw error }
      return nil
    }
  }

  static func path(_ id: String, _ rest: String...) -> [String] { ["v2", "apis", id] + rest }

  static func list(_ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.httpPages("GetApis", ["v2", "apis"]).filter { $0["protocolType"] == "HTTP" }
  }

  static func live(
    _ api: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let id = api["apiId"]?.string ?? ""
    let contents: HttpContents
    let tags: LiveTags
    do throws(ProviderError) {
      contents = try await HttpContents(
        of: id, needsRoutes: ["role", "routes"].contains(where: query.wants),
        needsAuthorizers: query.wants("authorizers"), aws)
      tags = try await liveTags(of: api, query, aws)
    } catch {
      // Deleted since it was listed.
      if error.kind == .notFound { return nil }
      throw error
    }
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
      // MiniStack forgets the role of an integration.
      if aws.target.endpoint != nil, role == nil { untold.insert("role") }
    }
    properties["authorizers"] = contents.declaredAuthorizers(wanted: query.wanted)
    properties["tags"] = tags.declared
    let attributes = ApiKind.attributes(
      id: id, name: api["name"]?.string ?? "", stage: stage?.name ?? wantedStage, isHTTP: true, in: aws.target
    )
    return LiveResource(
      id: id, properties: properties, attributes: attributes, owner: tags.owner, untold: untold)
  }

  /// AWS tells tags with the API; MiniStack tells there those that it was created with alone.
  private static func liveTags(
    of api: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags {
    guard aws.target.endpoint != nil, query.wants("tags") else { return LiveTags(map: api["tags"]) }
    let arn = ApiKind.arn(api["apiId"]?.string ?? "", isHTTP: true, in: aws.target)
    let answer = try await aws.read(AWSRequest(.apiGatewayV2, "GetTags", .get, ["v2", "tags", arn])).value
    return LiveTags(map: answer["tags"])
  }
}

/// What of an HTTP API is listed beside the API itself, all side by side.
struct HttpContents: Sendable {
  private(set) var stages: [Value] = []
  private(set) var routes: [Value] = []
  private(set) var integrations: [String: HttpIntegration] = [:]
  /// nil when nobody asked for them.
  private(set) var authorizers: [Value]?
  let hasRoutes: Bool

  init(
    of id: String, needsRoutes: Bool, needsAuthorizers: Bool, _ aws: ReadingClient
  ) async throws(ProviderError) {
    hasRoutes = needsRoutes
    var listings = [("GetStages", "stages")]
    if needsRoutes { listings += [("GetRoutes", "routes"), ("GetIntegrations", "integrations")] }
    if needsAuthorizers { listings.append(("GetAuthorizers", "authorizers")) }
    let answers = try await sideBySide(listings) { listing throws(ProviderError) in
      try await aws.httpPages(listing.0, HttpApi.path(id, listing.1))
    }
    for (listing, items) in zip(listings, answers) {
      switch listing.1 {
      case "stages": stages = items
      case "routes": routes = items
      case "authorizers": authorizers = items
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

  /// In the schema's words; nil when nobody asked for them.
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

extension ReadingClient {
  /// Every page of a listing of API Gateway's version 2.
  func httpPages(_ operation: String, _ path: [String]) async throws(ProviderError) -> [Value] {
    var items: [Value] = []
    var token: String?
    var tokens: Set<String> = []
    repeat {
      let query = [("maxResults", "500")] + (token.map { [("nextToken", $0)] } ?? [])
      let page = try await read(
        AWSRequest(.apiGatewayV2, operation, .get, path, query: query.map { (name: $0.0, value: $0.1) })
      ).value
      items += page.items("items")
      token = page["nextToken"]?.string
      // A token that comes again would lead round in a circle.
      if let token, token.isEmpty || !tokens.insert(token).inserted { return items }
    } while token != nil
    return items
  }
}
