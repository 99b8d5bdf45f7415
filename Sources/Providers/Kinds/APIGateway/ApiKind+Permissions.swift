import Planner

/// What lets an API call the lambdas of its routes and authorizers.
extension ApiKind {
  /// So many routes of an API to one lambda have a permission each, for just their calls. Lambda takes 20,480 bytes of policy,
  /// which is about sixty of them, of all APIs together: with more routes, one permission lets in every route of the API.
  private static let mostOfOneLambda = 10

  /// One a route, so that each lambda can be called for its own routes alone (or one for all routes, where they are many), and
  /// one an authorizer.
  static func permissions(of api: Resource, in stack: Stack) -> [Derived] {
    var parts: Set<String> = []
    var derived: [Derived] = []
    for caller in routeCallers(of: api) + authorizerCallers(of: api) {
      derived += permission(for: caller, of: api, in: stack, &parts)
    }
    return derived
  }

  /// What in an API calls a lambda: the place in the file, and the ARNs of its calls.
  private struct Caller {
    let function: Value
    /// What tells it from another one of the same slug.
    var distinction: String { isMany ? function.string ?? function.templates.first?.source ?? "" : name }
    /// As in "the authorizer a of apis.x calls it".
    let name: String
    let slug: String
    let path: String
    let place: String
    var isMany = false
  }

  private static func routeCallers(of api: Resource) -> [Caller] {
    let routes = (api["routes"]?.map ?? [:]).compactMap { name, route -> (RouteKey, Value)? in
      guard let key = RouteKey(name), let function = route["lambda"], !function.isNull else { return nil }
      return (key, function)
    }.sorted { $0.0 < $1.0 }
    let counts = Dictionary(grouping: routes, by: \.1).mapValues(\.count)
    var joined: Set<Value> = []
    return routes.compactMap { key, function in
      let path = "routes.\(key).lambda"
      guard counts[function, default: 0] > mostOfOneLambda else {
        return Caller(
          function: function, name: key.description, slug: slug(key.description), path: path,
          place: "*/\(key.sourcePattern)")
      }
      guard joined.insert(function).inserted else { return nil }
      return Caller(
        function: function, name: "routes", slug: "routes-\(slug(name(of: function, at: path, in: api)))",
        path: path, place: "*/*", isMany: true)
    }
  }

  private static func authorizerCallers(of api: Resource) -> [Caller] {
    (api["authorizers"]?.map ?? [:]).sorted { $0.key < $1.key }.compactMap { name, authorizer in
      guard let function = authorizer["lambda"], !function.isNull,
        authorizer["authorizerCredentials"]?.isNull ?? true
      else { return nil }
      return Caller(
        function: function, name: "the authorizer \(name)", slug: "authorizer-\(slug(name))",
        path: "authorizers.\(name).lambda", place: "authorizers/*")
    }
  }

  /// The lambda and its alias, for an address: `worker live`.
  private static func name(of function: Value, at path: String, in api: Resource) -> String {
    let written = function.string.map { FunctionReference($0) }
    var alias = written?.qualifier ?? ""
    if case .text(let end) = function.templates.first?.parts.last { alias = end }
    return "\(api.referenced(at: path)?.name ?? written?.name ?? "") \(alias)"
  }

  private static func permission(
    for caller: Caller, of api: Resource, in stack: Stack, _ parts: inout Set<String>
  ) -> [Derived] {
    var part = "permission-\(caller.slug)"
    if !parts.insert(part).inserted { part += "-\(digest(caller.distinction).prefix(8))" }
    parts.insert(part)
    let lambda = api.references.first { $0.path == caller.path }
    let source =
      "arn:\(stack.target.partition):execute-api:\(stack.target.region):"
      + "\(stack.target.account ?? "*"):${\(api.address).id}/\(caller.place)"
    let reference = lambda.map {
      Reference($0.address, attribute: $0.attribute, property: "function", path: "function")
    }
    let reason = "\(caller.name) of \(api.address) \(caller.isMany ? "call" : "calls") it"
    return [
      .resource(
        Resource(
          Address(api.address.section, api.address.name, part: part), section: "permissions",
          properties: [
            "function": caller.function, "principal": "apigateway.amazonaws.com",
            "sourceArn": .pending(source),
          ],
          references: [reference].compactMap(\.self), derivations: ["": reason]))
    ]
  }

  /// For addresses: `GET-orders-id`.
  private static func slug(_ text: String) -> String {
    text.split { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "_") }.joined(separator: "-")
  }
}

extension RouteKey {
  /// The end of an ARN of calls of this route: a parameter may be anything.
  fileprivate var sourcePattern: String {
    if self == .fallback { return path }
    let path = segments.map { Self.isParameter($0) ? "*" : $0 }.joined(separator: "/")
    return "\(method == "ANY" ? "*" : method)/\(path)"
  }
}
