package import Planner

/// APIs of Amazon API Gateway, with their routes, targets, stage and all that belongs to them as one
/// resource: REST APIs (``RestApi``) and HTTP APIs (``HttpApi``), which are two services behind one name.
///
/// An API is known by its id; names aren't unique. Without an id in the ledger it is found by its owner tags,
/// which every listing has. One listing serves all APIs of a protocol, and shows others with the same owner tags;
/// only a look at one known API does without.
package struct ApiKind: AWSKind {
  package var schema: Schema { Self.declaration }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = [:]
    attributes["name"] = resource.name.map(Value.string)
    attributes["stage"] = .string(Self.stage(of: resource))
    return attributes
  }

  /// Fills in omitted members as null: only declared members are compared, and a removed authorizer must show
  /// as a change.
  package func completed(_ resource: Resource) -> Resource {
    var resource = resource
    for property in schema.properties {
      guard case .map(.object) = property.shape, let value = resource[property.name] else { continue }
      resource.properties[property.name] = property.shape.completed(value)
    }
    if let routes = resource["routes"]?.map {
      resource.properties["routes"] = .map(routes.mapValues(Self.guarded))
    }
    if Self.isHTTP(resource), resource["stage"]?.isNull ?? true {
      resource.properties["stage"] = .string(Self.defaultHTTPStage)
    }
    return resource
  }

  /// A route that does not say who may call it is open to all, which is worth showing, too.
  private static func guarded(_ route: Value) -> Value {
    guard let members = route.map, members["authorization"]?.isNull ?? true,
      members["authorizer"]?.isNull ?? true
    else { return route }
    return .map(members.merging(["authorization": "NONE"]) { $1 })
  }

  /// Whether the file wants an HTTP API; false for a resource that the file does not have.
  static func isHTTP(_ resource: Resource?) -> Bool { resource?["protocol"]?.string == "http" }

  /// The wanted stage, or the protocol's default.
  static func stage(of resource: Resource?) -> String {
    resource?["stage"]?.string ?? (isHTTP(resource) ? defaultHTTPStage : defaultStage)
  }

  /// Every attribute of the schema, of an API with this id.
  static func attributes(
    id: String, name: String, stage: String, isHTTP: Bool = false, in target: Target
  ) -> [String: Value] {
    var attributes: [String: Value] = [
      "id": .string(id), "name": .string(name), "stage": .string(stage),
      "arn": .string(arn(id, isHTTP: isHTTP, in: target)),
    ]
    attributes["executionArn"] = target.arn("execute-api", id)
    attributes["url"] = .string(url(id, stage: stage, in: target))
    return attributes
  }

  private static func url(_ id: String, stage: String, in target: Target) -> String {
    // The one form of address that LocalStack and MiniStack both serve and that needs no name resolved.
    if let endpoint = target.substitute { return "\(endpoint)/_aws/execute-api/\(id)/\(stage)" }
    let host = "\(id).execute-api.\(target.region).\(Partition(region: target.region).hostSuffix)"
    // The default stage of an HTTP API is not a part of its address.
    return stage == defaultHTTPStage ? "https://\(host)" : "https://\(host)/\(stage)"
  }

  /// The ARN by which API Gateway's calls for tags name the API.
  static func arn(_ id: String, isHTTP: Bool = false, in target: Target) -> String {
    "arn:\(target.partition):apigateway:\(target.region)::/\(isHTTP ? "apis" : "restapis")/\(id)"
  }

  // MARK: Verbs

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    let (http, rest) = (queries.filter { Self.isHTTP($0.wanted) }, queries.filter { !Self.isHTTP($0.wanted) })
    async let httpAnswers = HttpApi.read(http, aws)
    var answers = await RestApi.read(rest, aws)
    answers.merge(await httpAnswers) { $1 }
    // An API that the file has with the other protocol now, that it no longer has, or of which only the
    // attributes are read.
    let missing = queries.filter { query in
      switch answers[query.address] {
      case .success(nil): query.id != nil || query.wanted?["routes"] == nil || Self.isHTTP(query.wanted)
      // Its successor was found by the owner tags, after a run that was killed before the known one went.
      case .success(let found?): query.id != nil && found.id != query.id
      case .failure, nil: false
      }
    }
    async let asREST = RestApi.read(missing.filter { Self.isHTTP($0.wanted) }, aws)
    var others = await HttpApi.readIfSupported(missing.filter { !Self.isHTTP($0.wanted) }, aws)
    others.merge(await asREST) { $1 }
    for query in missing {
      guard let other = others[query.address] else { continue }
      // The known one comes before one that only the tags tell of.
      if case .success(.some) = answers[query.address], case .success(let found) = other,
        found?.id != query.id
      {
        continue
      }
      answers[query.address] = other
    }
    return answers
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    try await read([query], aws)[query.address]?.get() ?? nil
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    Self.isHTTP(creation.resource)
      ? try await HttpApi.create(creation, aws) : try await RestApi.create(creation, aws)
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    update.live.properties["protocol"] == "http"
      ? try await HttpApi.update(update, aws) : try await RestApi.update(update, aws)
  }

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    if deletion.live.properties["protocol"] == "http" {
      try await HttpApi.delete(deletion, aws)
    } else {
      try await RestApi.delete(deletion, aws)
    }
  }
}
