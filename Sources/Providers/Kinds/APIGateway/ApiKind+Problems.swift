package import Planner

extension ApiKind {
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
    var problems: [PropertyProblem] = []
    for (name, route) in routes.sorted(by: { $0.key < $1.key }) {
      if isHTTP, RouteKey(name) == .fallback {
        problems += addressProblems(of: route, .fallback)
      } else if let problem = RouteKey.problem(in: name) {
        problems.append(PropertyProblem(["routes", name], "Not a route", problem.detail, fix: problem.fix))
      } else if let key = RouteKey(name) {
        problems += bodyProblems(of: route, key) + addressProblems(of: route, key)
      }
    }
    if isHTTP { problems += twinProblems(routes.keys.sorted()) }
    if !isHTTP { problems += siblingProblems(routes.keys.compactMap(RouteKey.init).sorted()) }
    return problems + accessProblems(of: resource) + variableProblems(of: resource)
      + logProblems(of: resource)
      + PolicyText.problems(in: resource["policy"], at: ["policy"], of: .resource)
  }

  // MARK: Routes

  /// Two routes that differ in the names of their parameters alone match the same paths.
  private func twinProblems(_ names: [String]) -> [PropertyProblem] {
    var seen: [String: String] = [:]
    return names.compactMap { name in
      guard let pattern = RouteKey(name)?.pattern else { return nil }
      guard let first = seen[pattern] else {
        seen[pattern] = name
        return nil
      }
      return PropertyProblem(
        ["routes", name], "Route given twice", "It matches the same paths as \(first).",
        fix: "Leave one of them.")
    }
  }

  private func bodyProblems(of route: Value, _ key: RouteKey) -> [PropertyProblem] {
    guard ["DELETE", "GET", "HEAD", "OPTIONS"].contains(key.method),
      route["requestTemplates"]?.isEmpty ?? true
    else { return [] }
    return [("queue", "SQS"), ("topic", "SNS")].filter { !(route[$0.0]?.isNull ?? true) }.map {
      target, service in
      PropertyProblem(
        ["routes", key.description, target], "A message without a body",
        "\(key.method) requests have no body, and \(service) refuses an empty message.",
        fix: "Use POST or PUT.")
    }
  }

  private func addressProblems(of route: Value, _ key: RouteKey) -> [PropertyProblem] {
    guard let address = route["http"]?.string else { return [] }
    return RouteTarget.parameters(in: address).filter { !key.parameters.contains($0) }.map { name in
      PropertyProblem(
        ["routes", key.description, "http"], "Unknown parameter",
        "The URL holds {\(name)}, which is not a parameter of \(key.path).",
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
