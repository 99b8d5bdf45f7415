import Planner

/// What names something else of the API, and what an authorizer, a key or a plan can't be.
extension ApiKind {
  /// What is wrong with authorizers, API keys, usage plans and models, beyond relations.
  func accessProblems(of resource: Resource) -> [PropertyProblem] {
    scopeProblems(of: resource) + modelProblems(of: resource) + nameProblems(of: resource)
      + planProblems(of: resource) + answerProblems(of: resource)
  }

  private func scopeProblems(of resource: Resource) -> [PropertyProblem] {
    (resource["routes"]?.map ?? [:]).sorted { $0.key < $1.key }.compactMap { name, route in
      let authorizer = route["authorizer"]?.string.flatMap { resource["authorizers"]?[$0] }
      guard !(route["authorizationScopes"] ?? .null).isEmpty,
        !["COGNITO_USER_POOLS", "JWT"].contains(authorizer?["type"]?.string)
      else { return nil }
      return PropertyProblem(
        ["routes", name, "authorizationScopes"], "Scopes without tokens",
        "Scopes are looked for in the tokens of a JWT or COGNITO_USER_POOLS authorizer.",
        fix: "Name such a one in `authorizer`, or take them out.")
    }
  }

  // MARK: Models and answers

  private func modelProblems(of resource: Resource) -> [PropertyProblem] {
    (resource["models"]?.map ?? [:]).keys.sorted().filter { !Self.isAlphanumeric($0) }.map { name in
      PropertyProblem(
        ["models", name], "Name not allowed", "A model's name is letters and digits; \"\(name)\" is not.",
        fix: "Call it \(String(name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })).")
    }
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

  private func nameProblems(of resource: Resource) -> [PropertyProblem] {
    ["apiKeys", "usagePlans"].flatMap { property in
      (resource[property]?.map ?? [:]).keys.sorted().filter { !Self.isName($0) }.map { name in
        PropertyProblem(
          [property, name], "Name not allowed",
          "Such a name is letters, digits and ._-; \"\(name)\" is not.")
      }
    }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 128
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
  }

  private func planProblems(of resource: Resource) -> [PropertyProblem] {
    let routes = resource["routes"]?.map ?? [:]
    return (resource["usagePlans"]?.map ?? [:]).sorted { $0.key < $1.key }.flatMap { name, plan in
      (plan["routeThrottling"]?.map ?? [:]).keys.sorted().filter { routes[$0] == nil }.map { route in
        PropertyProblem(
          ["usagePlans", name, "routeThrottling", route], "Unknown route",
          "\"\(route)\" is not one of `routes`.", fix: "Write it as it is written there.")
      }
    }
  }
}
