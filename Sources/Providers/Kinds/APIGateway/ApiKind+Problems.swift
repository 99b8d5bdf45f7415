package import Planner

extension ApiKind {
  static let targets = ["http", "lambda", "mock", "queue", "topic"]

  package func problems(of resource: Resource) -> [PropertyProblem] {
    if resource["protocol"]?.string == "websocket" {
      return [
        PropertyProblem(
          ["protocol"], "Not there yet",
          "This version of Stackform makes REST and HTTP APIs; WebSocket APIs are not there yet.",
          fix: "Write `protocol: rest` or `protocol: http`.")
      ]
    }
    let isHTTP = Self.isHTTP(resource)
    let routes = resource["routes"]?.map ?? [:]
    guard !routes.isEmpty else {
      let answer = isHTTP ? "{ http: \"https://example.com\" }" : "{ mock: { status: 200 } }"
      return [
        PropertyProblem(
          ["routes"], "No routes", "API Gateway publishes an API only when it has a route.",
          fix: "Add one, as `GET /health: \(answer)`.")
      ]
    }
    var problems = protocolProblems(of: resource)
    for (name, route) in routes.sorted(by: { $0.key < $1.key }) {
      if isHTTP, RouteKey(name) == .fallback {
        problems += targetProblems(of: route, .fallback, isHTTP: true)
      } else if let problem = RouteKey.problem(in: name) {
        problems.append(PropertyProblem(["routes", name], "Not a route", problem.detail, fix: problem.fix))
      } else if let key = RouteKey(name) {
        problems += targetProblems(of: route, key, isHTTP: isHTTP)
      }
    }
    if !isHTTP { problems += siblingProblems(routes.keys.compactMap(RouteKey.init).sorted()) }
    return problems + accessProblems(of: resource) + corsProblems(of: resource)
      + variableProblems(of: resource) + logProblems(of: resource)
  }

  // MARK: Routes

  private func targetProblems(of route: Value, _ key: RouteKey, isHTTP: Bool) -> [PropertyProblem] {
    let path = ["routes", key.description]
    let found = Self.targets.filter { !(route[$0]?.isNull ?? true) }
    guard found.count == 1, let target = found.first else {
      let list = (isHTTP ? ["http", "lambda", "queue"] : Self.targets).joined(separator: ", ")
      return [
        PropertyProblem(
          path, found.isEmpty ? "A route to nowhere" : "A route to several targets",
          found.isEmpty
            ? "\(key) does not say where its requests go."
            : "\(key) goes to \(found.joined(separator: " and to ")); it can go to one alone.",
          fix: "Give it one of \(list).")
      ]
    }
    var problems = optionProblems(of: route, to: target, at: path, isHTTP: isHTTP)
    if ["queue", "topic"].contains(target), ["DELETE", "GET", "HEAD", "OPTIONS"].contains(key.method),
      route["requestTemplates"]?.isEmpty ?? true
    {
      problems.append(
        PropertyProblem(
          path + [target], "A message without a body",
          "\(key.method) requests have no body, and \(target == "queue" ? "SQS" : "SNS") refuses an empty message.",
          fix: "Use POST or PUT."))
    }
    return problems + addressProblems(of: route, key)
  }

  /// Options that the target has no use for.
  private func optionProblems(
    of route: Value, to target: String, at path: [String], isHTTP: Bool
  ) -> [PropertyProblem] {
    let allowed = [
      "integrationResponses": ["http", "queue", "topic"], "payloadFormatVersion": ["lambda"],
      "requestParameters": isHTTP ? ["http", "lambda", "queue"] : ["http", "queue"],
      "requestTemplates": ["http", "queue"], "timeoutInMillis": ["http", "lambda", "queue", "topic"],
    ]
    var problems: [PropertyProblem] = []
    for (option, targets) in allowed.sorted(by: { $0.key < $1.key }) {
      guard !(route[option]?.isEmpty ?? true), !targets.contains(target) else { continue }
      problems.append(
        PropertyProblem(
          path + [option], "Options that don't go together", "A route to a \(target) takes no \(option).",
          fix: "Take it out."))
    }
    if !isHTTP, target == "http", !(route["requestTemplates"] ?? .null).isEmpty,
      route["integrationResponses"]?.isEmpty ?? true
    {
      problems.append(
        PropertyProblem(
          path + ["requestTemplates"], "No answers",
          "With a template of its own, API Gateway takes the server's answers only where `integrationResponses` says what becomes of them.",
          fix: "Add `integrationResponses: { \"200\": {} }`."))
    }
    return problems
  }

  private func addressProblems(of route: Value, _ key: RouteKey) -> [PropertyProblem] {
    guard let address = route["http"]?.string else { return [] }
    return RouteTarget.parameters(in: address).filter { !key.parameters.contains($0) }.map { name in
      PropertyProblem(
        ["routes", key.description, "http"], "Unknown parameter",
        "The URL holds {\(name)}, which is no parameter of \(key.path).",
        fix: "Put {\(name)} into the route's path, or take it out of the URL.")
    }
  }

  /// Under one path there can be one parameter, whatever follows it.
  private func siblingProblems(_ keys: [RouteKey]) -> [PropertyProblem] {
    var first: [String: (segment: String, key: RouteKey)] = [:]
    var problems: [PropertyProblem] = []
    for key in keys {
      for (parent, segment) in zip(key.ancestry, key.segments) where RouteKey.isParameter(segment) {
        guard let other = first[parent] else {
          first[parent] = (segment, key)
          continue
        }
        guard other.segment != segment else { continue }
        problems.append(
          PropertyProblem(
            ["routes", key.description], "Two parameters in one place",
            "\(segment) here and \(other.segment) in \(other.key) stand in the same place; API Gateway takes one name there.",
            fix: "Call both \(other.segment)."))
        break
      }
    }
    return problems
  }

  // MARK: The rest

  private func corsProblems(of resource: Resource) -> [PropertyProblem] {
    guard let cors = resource["cors"], !cors.isNull else { return [] }
    let origins = [cors["allowOrigin"]].compactMap { $0 } + (cors["allowOrigins"]?.list ?? [])
    guard origins.contains(where: { !$0.isEmpty }) else {
      return [
        PropertyProblem(
          ["cors"], "No origin", "A CORS policy says whose pages may call.",
          fix: "Add `allowOrigin: https://shop.example`, or `allowOrigin: \"*\"`.")
      ]
    }
    guard cors["allowCredentials"] == true, origins.contains("*") else { return [] }
    return [
      PropertyProblem(
        ["cors", "allowCredentials"], "Options that don't go together",
        "Browsers send no cookies to an API that lets every origin call it.",
        fix: "Name the origin in allowOrigin.")
    ]
  }

  private func variableProblems(of resource: Resource) -> [PropertyProblem] {
    (resource["stageVariables"]?.map ?? [:]).keys.sorted().compactMap { name in
      let isAllowed =
        !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      guard !isAllowed else { return nil }
      return PropertyProblem(
        ["stageVariables", name], "Name not allowed",
        "A stage variable's name is letters, digits and underscores; \"\(name)\" is not.")
    }
  }

  private func logProblems(of resource: Resource) -> [PropertyProblem] {
    guard let destination = resource["accessLogs"]?["destination"]?.string, destination.hasSuffix(":*") else {
      return []
    }
    return [
      PropertyProblem(
        ["accessLogs", "destination"], "Not a log group's ARN",
        "API Gateway takes the ARN of the group itself, without \":*\" at the end.",
        fix: "Write \"\(destination.dropLast(2))\".")
    ]
  }
}
