import Planner

/// What one protocol has and the other has not. Facts: "Choose between REST APIs and HTTP APIs" in API Gateway's guide.
extension ApiKind {
  private static let restProperties = [
    "apiKeySource", "apiKeys", "binaryMediaTypes", "endpointType", "gatewayResponses",
    "minimumCompressionSize", "models", "policy", "tracingEnabled", "usagePlans",
  ]
  private static let restMembers = [
    "cors": [], "logging": ["dataTrace", "level"],
    "routes": [
      "apiKeyRequired", "integrationResponses", "mock", "requestModels", "requestTemplates",
      "requiredParameters",
      "topic",
    ],
    "authorizers": ["identityValidationExpression", "providerARNs"],
  ]
  private static let httpMembers = [
    "cors": ["allowOrigins"], "logging": [], "routes": ["payloadFormatVersion"],
    "authorizers": ["authorizerPayloadFormatVersion", "enableSimpleResponses", "jwtConfiguration"],
  ]

  func protocolProblems(of resource: Resource) -> [PropertyProblem] {
    let isHTTP = Self.isHTTP(resource)
    var problems: [PropertyProblem] = []
    if isHTTP {
      problems += Self.restProperties.filter { resource[$0].map { !$0.isNull } ?? false }.map { name in
        Self.misplaced([name], isHTTP: true)
      }
    }
    let members = isHTTP ? Self.restMembers : Self.httpMembers
    for (property, names) in members.sorted(by: { $0.key < $1.key }) {
      guard let value = resource[property], !value.isNull else { continue }
      let entries = ["authorizers", "routes"].contains(property) ? value.map ?? [:] : ["": value]
      for (entry, members) in entries.sorted(by: { $0.key < $1.key }) {
        for name in names where !(members[name] ?? .null).isNull {
          let path = entry.isEmpty ? [property, name] : [property, entry, name]
          problems.append(Self.misplaced(path, isHTTP: isHTTP))
        }
      }
    }
    return problems + stageProblems(of: resource) + timeoutProblems(of: resource)
  }

  private static func misplaced(_ path: [String], isHTTP: Bool) -> PropertyProblem {
    let (mine, other) = isHTTP ? ("HTTP", "rest") : ("REST", "http")
    let why = isHTTP ? "REST APIs alone have it" : "HTTP APIs alone have it"
    return PropertyProblem(
      path, "Not for \(mine) APIs", "\(path.last ?? "") is nothing that \(mine) APIs know: \(why).",
      fix: "Take it out, or write `protocol: \(other)`.")
  }

  private func stageProblems(of resource: Resource) -> [PropertyProblem] {
    guard !Self.isHTTP(resource), resource["stage"]?.string == Self.defaultHTTPStage else { return [] }
    return [
      PropertyProblem(
        ["stage"], "Not for REST APIs", "$default is the stage of HTTP APIs that is no part of the path.",
        fix: "Give it a name of letters, digits, _ and -.")
    ]
  }

  /// REST: 29 seconds, and more only where an account has asked for it, which it can't for EDGE.
  private func timeoutProblems(of resource: Resource) -> [PropertyProblem] {
    let isHTTP = Self.isHTTP(resource)
    let isEdge = ["EDGE", nil].contains(resource["endpointType"]?.string)
    let longest = isHTTP ? HttpIntegration.longestTimeout : isEdge ? RestIntegration.longestTimeout : 300_000
    let routes = (resource["routes"]?.map ?? [:]).sorted { $0.key < $1.key }
    return routes.compactMap { name, route in
      guard let timeout = route["timeoutInMillis"]?.integer, timeout > longest else { return nil }
      let fix = isHTTP || !isEdge ? "" : ", or write `endpointType: REGIONAL` and ask AWS for more"
      return PropertyProblem(
        ["routes", name, "timeoutInMillis"], "Out of range",
        "\(isHTTP ? "An HTTP API" : "This API") waits \(longest) milliseconds at most.",
        fix: "Write \(longest) or less\(fix).")
    }
  }
}
