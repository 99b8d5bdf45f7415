import Planner

/// REST APIs: version 1 of API Gateway.
///
/// Reads: three for an API (GetRestApi, GetResources with the methods embedded, GetStages). One more for each
/// of authorizers, models, validators and gateway responses that is declared. Those of ``RestAccess`` for API
/// keys and usage plans. Writes: one each for API, path, deployment, stage and part; two for a method, and
/// two more for each of its answers. A changed route is its method deleted and made again, then a new
/// deployment. API Gateway takes few of these calls a second (CreateRestApi one in 3 s, DeleteRestApi one in
/// 30 s), which the client's patience is for.
///
/// Facts: the API Gateway REST API reference, "Patch operations" there, and `AWS::ApiGateway::*` in CloudFormation.
enum RestApi: ApiVersion {
  static let idName = "id"
  static let isHTTP = false

  static func request(_ id: String) -> Request<Reads> {
    Request(APIGateway.getRestApi, ["restapi_id": .string(id)])
  }

  static func list(_ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.everyItemOfPresent(APIGateway.getRestApis, ["limit": 500])
  }

  /// A listing has them: an emulator that keeps those of the creation there has them patched with each change.
  static func withPresentTags(
    _ api: Value, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? { api }

  static func live(
    _ api: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let id = try api.identity(at: "id", from: APIGateway.getRestApi)
    let found: Found
    do throws(ProviderError) {
      found = try await Found(of: id, query, aws)
    } catch {
      // Deleted since it was listed.
      if error.kind == .notFound { return nil }
      throw error
    }
    var properties = RestSettings.properties(of: api)
    let wantedStage = ApiKind.stage(of: query.wanted)
    let stage = RestStage(among: found.stages, wanted: wantedStage)
    properties.merge(stage?.properties(wanted: query.wanted) ?? [:]) { $1 }
    if let resources = found.resources {
      let names = found.parts.names
      properties.merge(
        RestPaths(items: resources).properties(wanted: query.wanted, in: aws.target, names: names)
      ) { $1 }
      properties["routes"] =
        stage?.limiting(properties["routes"], wanted: query.wanted) ?? properties["routes"]
    }
    properties.merge(found.parts.properties(wanted: query.wanted)) { $1 }
    let stageName = stage?.name ?? wantedStage
    if let access = found.access {
      properties.merge(access.properties(wanted: query.wanted, stage: stageName)) { $1 }
    }
    properties["policy"] = RestSettings.policy(of: api, wanted: query.wanted?["policy"], in: aws.target)
    let tags = LiveTags(map: api["tags"])
    properties["tags"] = tags.declared
    let attributes = ApiKind.attributes(
      id: id, name: api["name"]?.string ?? "", stage: stageName, in: aws.target)
    return LiveResource(id: id, properties: properties, attributes: attributes, owner: tags.owner)
  }

  /// The stages of an API.
  static func stages(of id: String, _ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.read(APIGateway.getStages, ["restapi_id": .string(id)]).items(at: "item")
  }

  /// The paths of an API, with their methods embedded; empty when the API does not exist.
  static func resources(of id: String, _ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.everyItemOfPresent(
      APIGateway.getResources, ["restapi_id": .string(id), "embed": "methods", "limit": 500])
  }
}

/// What is read of an API besides the API itself, all at the same time.
private struct Found: Sendable {
  var stages: [Value] = []
  /// nil when the routes were not asked for.
  var resources: [Value]?
  var parts = RestComponents()
  var access: RestAccess?

  init(of id: String, _ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) {
    let needsRoutes = ["cors", "role", "routes"].contains(where: query.wants)
    let needsAccess = ["apiKeys", "usagePlans"].contains(where: query.wants)
    let needed = RestComponents.needed(by: query)
    var reads = ["stages"]
    if needsRoutes { reads.append("resources") }
    if !needed.isEmpty { reads.append("parts") }
    if needsAccess { reads.append("access") }
    let answers = try await sideBySide(reads) { what throws(ProviderError) in
      var found = Found()
      switch what {
      case "stages": found.stages = try await RestApi.stages(of: id, aws)
      case "resources": found.resources = try await RestApi.resources(of: id, aws)
      case "parts": found.parts = try await RestComponents.read(of: id, needed, aws)
      default: found.access = try await RestAccess.read(of: id, aws)
      }
      return found
    }
    for (what, answer) in zip(reads, answers) {
      switch what {
      case "stages": stages = answer.stages
      case "resources": resources = answer.resources
      case "parts": parts = answer.parts
      default: access = answer.access
      }
    }
  }

  private init() {}
}
