import Planner

/// What names something else of the API, and what an authorizer, a key or a plan can't be.
extension ApiKind {
  func accessProblems(of resource: Resource) -> [PropertyProblem] {
    authorizerProblems(of: resource) + routeAccessProblems(of: resource) + modelProblems(of: resource)
      + keyProblems(of: resource) + planProblems(of: resource) + answerProblems(of: resource)
  }

  // MARK: Authorizers

  /// What each type needs, of what belongs to some types alone.
  private static let needs = [
    "COGNITO_USER_POOLS": "providerARNs", "JWT": "jwtConfiguration", "REQUEST": "lambda", "TOKEN": "lambda",
  ]
  /// What goes with a lambda, and with which types.
  private static let lambdaMembers = [
    "authorizerCredentials": ["REQUEST", "TOKEN"], "authorizerPayloadFormatVersion": ["REQUEST"],
    "authorizerResultTtlInSeconds": ["REQUEST", "TOKEN"], "enableSimpleResponses": ["REQUEST"],
    "identityValidationExpression": ["TOKEN"],
  ]

  private func authorizerProblems(of resource: Resource) -> [PropertyProblem] {
    let types = Self.isHTTP(resource) ? ["JWT", "REQUEST"] : ["COGNITO_USER_POOLS", "REQUEST", "TOKEN"]
    var problems: [PropertyProblem] = []
    for (name, authorizer) in (resource["authorizers"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let path = ["authorizers", name]
      guard let type = authorizer["type"]?.string else { continue }
      guard types.contains(type) else {
        problems.append(
          PropertyProblem(
            path + ["type"], "Not for this protocol",
            "\(Self.isHTTP(resource) ? "HTTP" : "REST") APIs have no \(type) authorizers.",
            fix: "Use one of \(types.joined(separator: ", "))."))
        continue
      }
      let needed = Self.needs[type] ?? ""
      if (authorizer[needed] ?? .null).isEmpty {
        problems.append(
          PropertyProblem(
            path, "Not enough said", "A \(type) authorizer needs \(needed).", fix: "Add `\(needed)`."))
      }
      let others = Set(Self.needs.values).subtracting([needed])
        .union(Self.lambdaMembers.filter { !$0.value.contains(type) }.keys)
      for member in others.sorted() where !(authorizer[member] ?? .null).isNull {
        problems.append(
          PropertyProblem(
            path + [member], "Options that don't go together", "A \(type) authorizer takes no \(member).",
            fix: "Take it out."))
      }
      if authorizer["enableSimpleResponses"] == true, authorizer["authorizerPayloadFormatVersion"] == "1.0" {
        problems.append(
          PropertyProblem(
            path + ["enableSimpleResponses"], "Options that don't go together",
            "Simple answers go with the payload format 2.0.",
            fix: "Take out `authorizerPayloadFormatVersion`."))
      }
    }
    return problems
  }

  private func routeAccessProblems(of resource: Resource) -> [PropertyProblem] {
    let authorizers = resource["authorizers"]?.map ?? [:]
    var problems: [PropertyProblem] = []
    for (name, route) in (resource["routes"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let path = ["routes", name]
      let authorizer = route["authorizer"]?.string
      if let authorizer, authorizers[authorizer] == nil {
        let known = authorizers.keys.sorted().joined(separator: ", ")
        problems.append(
          PropertyProblem(
            path + ["authorizer"], "Unknown authorizer", "\"\(authorizer)\" is none of `authorizers`.",
            fix: known.isEmpty ? "Add it to `authorizers`." : "There are: \(known)."))
      }
      if authorizer != nil, !(route["authorization"]?.isNull ?? true) {
        problems.append(
          PropertyProblem(
            path + ["authorization"], "Options that don't go together",
            "A route goes by an authorizer or by signatures, not by both.", fix: "Take one of them out."))
      }
      let type = authorizer.flatMap { authorizers[$0]?["type"]?.string }
      if !(route["authorizationScopes"] ?? .null).isEmpty, !["COGNITO_USER_POOLS", "JWT"].contains(type) {
        problems.append(
          PropertyProblem(
            path + ["authorizationScopes"], "Scopes without tokens",
            "Scopes are looked for in the tokens of a JWT or COGNITO_USER_POOLS authorizer.",
            fix: "Name such a one in `authorizer`, or take them out."))
      }
    }
    return problems
  }

  // MARK: Models and answers

  private func modelProblems(of resource: Resource) -> [PropertyProblem] {
    let models = resource["models"]?.map ?? [:]
    var problems = models.keys.sorted().filter { !Self.isAlphanumeric($0) }.map { name in
      PropertyProblem(
        ["models", name], "Name not allowed", "A model's name is letters and digits; \"\(name)\" is not.",
        fix: "Call it \(String(name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })).")
    }
    for (name, route) in (resource["routes"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      for (type, model) in (route["requestModels"]?.texts ?? [:]).sorted(by: { $0.key < $1.key })
      where models[model] == nil && !["Empty", "Error"].contains(model) {
        problems.append(
          PropertyProblem(
            ["routes", name, "requestModels", type], "Unknown model", "\"\(model)\" is none of `models`.",
            fix: "Add it to `models`."))
      }
    }
    return problems
  }

  private static func isAlphanumeric(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  private func answerProblems(of resource: Resource) -> [PropertyProblem] {
    (resource["gatewayResponses"]?.map ?? [:]).keys.sorted()
      .filter { Self.gatewayResponseTypes[$0] == nil }
      .map { type in
        PropertyProblem(
          ["gatewayResponses", type], "Not a type of answer",
          "API Gateway has no answers of the type \(type).",
          fix: "Use one of \(Self.gatewayResponseTypes.keys.sorted().joined(separator: ", ")).")
      }
  }

  // MARK: Keys and plans

  private func keyProblems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    var owners: [String: String] = [:]
    for (name, key) in (resource["apiKeys"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      if let problem = nameProblem(name, in: "apiKeys") { problems.append(problem) }
      guard let value = key["value"]?.string else { continue }
      if let other = owners[value] {
        problems.append(
          PropertyProblem(
            ["apiKeys", name, "value"], "Two keys of one value", "\(other) and \(name) can't be told apart.",
            fix: "Give each a value of its own."))
      }
      owners[value] = name
    }
    return problems
  }

  private func nameProblem(_ name: String, in property: String) -> PropertyProblem? {
    let isAllowed =
      !name.isEmpty && name.count <= 128
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    return isAllowed
      ? nil
      : PropertyProblem(
        [property, name], "Name not allowed", "Such a name is letters, digits and ._-; \"\(name)\" is not.")
  }

  /// How many requests a period may begin with: by the days that it has.
  private static let longestOffsets = ["DAY": 0, "MONTH": 27, "WEEK": 6]

  private func planProblems(of resource: Resource) -> [PropertyProblem] {
    let routes = resource["routes"]?.map ?? [:]
    var problems: [PropertyProblem] = []
    var plans: [String: String] = [:]
    for (name, plan) in (resource["usagePlans"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let path = ["usagePlans", name]
      if let problem = nameProblem(name, in: "usagePlans") { problems.append(problem) }
      for key in (plan["apiKeys"]?.list ?? []).compactMap(\.string).sorted() {
        if resource["apiKeys"]?[key] == nil {
          problems.append(
            PropertyProblem(
              path + ["apiKeys"], "Unknown key", "\"\(key)\" is none of `apiKeys`.",
              fix: "Add it to `apiKeys`."))
        } else if let other = plans[key] {
          problems.append(
            PropertyProblem(
              path + ["apiKeys"], "A key in two plans",
              "\(key) is in \(other), too; a key has one plan for a stage.",
              fix: "Take it out of one of them."))
        }
        plans[key] = name
      }
      for route in (plan["routeThrottling"]?.map ?? [:]).keys.sorted() where routes[route] == nil {
        problems.append(
          PropertyProblem(
            path + ["routeThrottling", route], "Unknown route", "\"\(route)\" is none of `routes`.",
            fix: "Write it as it stands there."))
      }
      let quota = plan["quota"]
      if let period = quota?["period"]?.string, let offset = quota?["offset"]?.integer,
        let longest = Self.longestOffsets[period], offset > longest
      {
        problems.append(
          PropertyProblem(
            path + ["quota", "offset"], "Out of range", "With \(period) it is \(longest) at most."))
      }
    }
    return problems
  }
}
