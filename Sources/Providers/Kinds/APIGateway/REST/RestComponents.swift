import Planner

/// What a REST API has besides its paths: authorizers, models, request validators and gateway responses.
struct RestComponents: Sendable {
  /// Out of their listings; nil for what was not read.
  var authorizers: [Value]?
  var models: [Value]?
  var validators: [Value]?
  var gatewayResponses: [Value]?

  /// The listings of one API, read side by side. Each is one request, and made only for what is declared.
  static func read(
    of id: String, _ properties: Set<String>, _ aws: ReadingClient
  ) async throws(ProviderError) -> RestComponents {
    let listings = [
      ("authorizers", APIGateway.getAuthorizers), ("gatewayResponses", APIGateway.getGatewayResponses),
      ("models", APIGateway.getModels), ("validators", APIGateway.getRequestValidators),
    ].filter { properties.contains($0.0) }
    let answers = try await sideBySide(listings) { listing throws(ProviderError) in
      try await aws.everyItemOfPresent(listing.1, ["restapi_id": .string(id), "limit": 500])
    }
    var parts = RestComponents()
    for (listing, items) in zip(listings, answers) {
      switch listing.0 {
      case "authorizers": parts.authorizers = items
      case "gatewayResponses": parts.gatewayResponses = items
      case "models": parts.models = items
      default: parts.validators = items
      }
    }
    return parts
  }

  /// Which listings the properties of a query need.
  static func needed(by query: LiveQuery) -> Set<String> {
    var needed = Set(["authorizers", "gatewayResponses", "models"].filter(query.wants))
    let routes = (query.wanted?["routes"]?.map ?? [:]).values
    if query.depth == .everything || routes.contains(where: { RestValidator(of: $0) != nil }) {
      needed.insert("validators")
    }
    return needed
  }

  var names: RestIDs {
    var names = RestIDs()
    for item in authorizers ?? [] {
      guard let name = item["name"]?.string, let id = item["id"]?.string else { continue }
      names.authorizers[name] = (id, item["type"]?.string ?? "")
    }
    for item in validators ?? [] {
      if let id = item["id"]?.string { names.validators[RestValidator(wire: item)] = id }
    }
    return names
  }

  // MARK: As properties

  /// The components as properties. `wanted` shows how the file spells them.
  func properties(wanted: Resource?) -> [String: Value] {
    var properties: [String: Value] = [:]
    if let authorizers {
      properties["authorizers"] = Self.named(authorizers) { name, item in
        ApiAuthorizer(rest: item).declared(wanted: wanted?["authorizers"]?[name], isHTTP: false)
      }
    }
    if let models {
      let declared = wanted?["models"]?.map ?? [:]
      // API Gateway makes these two with every API.
      let own = models.filter { item in
        !["Empty", "Error"].contains(item["name"]?.string) || declared[item["name"]?.string ?? ""] != nil
      }
      properties["models"] = Self.named(own) { _, item in
        (item["schema"]?.string).flatMap { Value(json: $0) } ?? item["schema"] ?? .null
      }
    }
    if let gatewayResponses { properties["gatewayResponses"] = Self.answers(gatewayResponses, wanted) }
    return properties
  }

  private static func named(_ items: [Value], _ value: (String, Value) -> Value) -> Value {
    var named: [String: Value] = [:]
    for item in items {
      if let name = item["name"]?.string { named[name] = value(name, item) }
    }
    return .map(named)
  }

  /// What API Gateway answers where a type has no template.
  private static let standardTemplates: Value = [
    "application/json": #"{"message":$context.error.messageString}"#
  ]

  private static func answers(_ items: [Value], _ wanted: Resource?) -> Value {
    var answers: [String: Value] = [:]
    for item in items where item["defaultResponse"] != true {
      guard let type = item["responseType"]?.string else { continue }
      let spelt = wanted?["gatewayResponses"]?[type]
      var answer: [String: Value] = [:]
      let status = item["statusCode"]?.string.flatMap { Int($0) } ?? item["statusCode"]?.integer
      if let status,
        status != ApiKind.gatewayResponseTypes[type] ?? nil || spelt?["statusCode"]?.integer != nil
      {
        answer["statusCode"] = .integer(status)
      }
      if let headers = item["responseParameters"], !headers.isEmpty { answer["responseParameters"] = headers }
      if let templates = item["responseTemplates"], !templates.isEmpty,
        templates != standardTemplates || !(spelt?["responseTemplates"] ?? .null).isEmpty
      {
        answer["responseTemplates"] = templates
      }
      answers[type] = .map(answer)
    }
    return .map(answers)
  }
}
