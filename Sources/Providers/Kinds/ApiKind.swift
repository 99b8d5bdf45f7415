package import Planner

/// APIs of Amazon API Gateway: REST APIs (its version 1), with their paths, methods, integrations, deployment and stage as one resource.
///
/// Reads: three an API (GetRestApi, GetResources with the methods embedded, GetStages), where the first is one listing for all APIs when there is
/// no id or more than one to read. Writes: one each for API, path, deployment and stage; two for a method, and two more for each of its answers.
/// A changed route is its method deleted and made again, then a new deployment. API Gateway takes few of these calls a second (CreateRestApi
/// one in 3 s, DeleteRestApi one in 30 s), which the client's patience is for.
///
/// An API is known by its id; names aren't unique. Without an id in the ledger it is found by its owner tags, which every listing tells.
/// Facts: the API Gateway REST API reference, "Patch operations" there, and `AWS::ApiGateway::*` in CloudFormation.
package struct ApiKind: AWSKind {
  package init() {}

  package var schema: Schema { Self.declaration }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = [:]
    attributes["name"] = resource.name.map(Value.string)
    attributes["stage"] = resource["stage"].flatMap(\.string).map(Value.string) ?? .string(Self.defaultStage)
    return attributes
  }

  /// A route that does not say who may call it is open to all, which is worth showing, and worth enforcing.
  package func packaged(
    _ resource: Resource, directory: String
  ) throws(PropertyProblem) -> (resource: Resource, artifacts: [Artifact]) {
    guard let routes = resource["routes"]?.map else { return (resource, []) }
    var resource = resource
    resource.properties["routes"] = .map(
      routes.mapValues { route in
        guard let members = route.map, members["authorization"]?.isNull ?? true else { return route }
        return .map(members.merging(["authorization": "NONE"]) { $1 })
      })
    return (resource, [])
  }

  static func attributes(id: String, name: String, stage: String, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = [
      "id": .string(id), "name": .string(name), "stage": .string(stage), "arn": .string(arn(id, in: target)),
    ]
    attributes["executionArn"] = target.arn("execute-api", id)
    let host = "\(id).execute-api.\(target.region).\(Partition(region: target.region).hostSuffix)"
    // The one form of address that LocalStack and MiniStack both serve and that needs no name resolved.
    let base = target.endpoint.map { "\($0)/_aws/execute-api/\(id)" } ?? "https://\(host)"
    attributes["url"] = .string("\(base)/\(stage)")
    return attributes
  }

  static func arn(_ id: String, in target: Target) -> String {
    "arn:\(target.partition):apigateway:\(target.region)::/restapis/\(id)"
  }

  // MARK: Reading

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    // The listing tells all that GetRestApi does, so one serves all.
    guard queries.count > 1 || queries.contains(where: { $0.id == nil }) else {
      return await concurrently(queries) { query throws(ProviderError) in try await self.read(query, aws) }
    }
    do throws(ProviderError) {
      let apis = try await Self.list(aws)
      return await concurrently(queries) { query throws(ProviderError) in
        guard let api = Self.find(query, among: apis) else { return nil }
        return try await self.live(api, query, aws)
      }
    } catch {
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    if let id = query.id {
      let request = AWSRequest(.apiGateway, "GetRestApi", .get, ["restapis", id])
      if let api = try await aws.readIfPresent(request)?.value { return try await live(api, query, aws) }
    }
    // No record, or the recorded one went: one that bears our tags is ours, too.
    guard let api = Self.find(query, among: try await Self.list(aws)) else { return nil }
    return try await live(api, query, aws)
  }

  private static func list(_ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.restPages("GetRestApis", ["restapis"])
  }

  /// By id, else by owner. Never by name: another API of that name is somebody else's, and no obstacle.
  private static func find(_ query: LiveQuery, among apis: [Value]) -> Value? {
    let recorded = apis.first { $0["id"]?.string == query.id && query.id != nil }
    return recorded ?? apis.first { LiveTags(map: $0["tags"]).owner == query.owner }
  }

  private func live(
    _ api: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let id = api["id"]?.string ?? ""
    let needsRoutes = ["cors", "role", "routes"].contains(where: query.wants)
    let operations = needsRoutes ? ["GetStages", "GetResources"] : ["GetStages"]
    let answers: [[Value]]
    do throws(ProviderError) {
      answers = try await sideBySide(operations) { operation throws(ProviderError) in
        operation == "GetStages" ? try await Self.stages(of: id, aws) : try await Self.resources(of: id, aws)
      }
    } catch {
      // Deleted since it was listed.
      if error.kind == .notFound { return nil }
      throw error
    }
    var properties = RestSettings.properties(of: api)
    let wantedStage = query.wanted?["stage"]?.string ?? Self.defaultStage
    let stage = RestStage(among: answers[0], wanted: wantedStage)
    properties.merge(stage?.properties(wanted: query.wanted) ?? [:]) { $1 }
    if needsRoutes {
      properties.merge(RestTree(items: answers[1]).properties(wanted: query.wanted, in: aws.target)) { $1 }
    }
    let tags = LiveTags(map: api["tags"])
    properties["tags"] = tags.declared
    let attributes = Self.attributes(
      id: id, name: api["name"]?.string ?? "", stage: stage?.name ?? wantedStage, in: aws.target)
    return LiveResource(id: id, properties: properties, attributes: attributes, owner: tags.owner)
  }

  static func stages(of id: String, _ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.read(AWSRequest(.apiGateway, "GetStages", .get, ["restapis", id, "stages"])).value.items(
      "item")
  }

  static func resources(of id: String, _ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.restPages("GetResources", ["restapis", id, "resources"], query: [("embed", "methods")])
  }
}

extension ReadingClient {
  /// Every page of a listing of API Gateway. Not every endpoint heeds the size of a page, so only the position tells.
  func restPages(
    _ operation: String, _ path: [String], query: [(name: String, value: String?)] = []
  ) async throws(ProviderError) -> [Value] {
    var items: [Value] = []
    var position: String?
    var positions: Set<String> = []
    var count = PageCount()
    repeat {
      let query = query + [("limit", "500")] + (position.map { [("position", $0)] } ?? [])
      let answer = try await read(AWSRequest(.apiGateway, operation, .get, path, query: query))
      try count.add(answer, of: "apigateway:\(operation)")
      let page = answer.value
      items += page.items("item")
      position = page["position"]?.string
      // A position that comes again would lead round in a circle.
      if let position, position.isEmpty || !positions.insert(position).inserted { return items }
    } while position != nil
    return items
  }
}
