import Planner

/// How a route of the schema becomes a method of API Gateway, and how a live method becomes a route again.
struct RouteTarget: Sendable {
  let target: Target
  /// With which queues and topics are sent to.
  let role: String?
  let cors: CORSPolicy?
  /// The ids of what routes name.
  let names: RestIDs

  init(target: Target, role: String? = nil, cors: CORSPolicy? = nil, names: RestIDs = RestIDs()) {
    self.names = names
    self.target = target
    self.role = role
    self.cors = cors
  }

  // MARK: Route to method

  /// The method that a route makes.
  func method(for route: Value, _ key: RouteKey) -> RestMethod {
    var method = RestMethod(integration: RestIntegration(type: "MOCK"))
    if let address = route["lambda"]?.string {
      method.integration = RestIntegration(
        type: "AWS_PROXY", method: "POST", uri: LambdaAddress.invocation(of: address, in: target))
    } else if let address = route["http"]?.string {
      // With templates or answers of its own it is a custom integration, else a proxy.
      let isCustom = ["integrationResponses", "requestTemplates"].contains { !(route[$0] ?? .null).isEmpty }
      method.integration = RestIntegration(
        type: isCustom ? "HTTP" : "HTTP_PROXY", method: key.method, uri: address)
      for name in Self.parameters(in: address) {
        method.integration.parameters["integration.request.path.\(name)"] = "method.request.path.\(name)"
      }
    } else if let queue = route["queue"]?.string.flatMap({ SendTarget(queue: $0, target: target) }) {
      send(to: queue, &method)
    } else if let topic = route["topic"]?.string {
      send(to: SendTarget(topic: topic, target: target), &method)
    } else if let mock = route["mock"], !mock.isNull {
      let status = "\(mock["status"]?.integer ?? 200)"
      method.integration.templates = Self.templates(#"{"statusCode": \#(status)}"#)
      let body = mock["body"]?.string ?? ""
      method.responses = [status: RestResponse(templates: body.isEmpty ? [:] : ["application/json": body])]
    }
    options(of: route, &method)
    if let answers = route["integrationResponses"]?.map, !answers.isEmpty {
      method.responses = answers.mapValues(RestResponse.init(declared:))
    }
    if let cors {
      for status in method.responses.keys {
        method.responses[status]?.headers.merge(cors.answerHeaders) { $1 }
      }
    }
    return method
  }

  private func options(of route: Value, _ method: inout RestMethod) {
    method.authorization = route["authorization"]?.string ?? "NONE"
    if let authorizer = route["authorizer"]?.string {
      method.authorization = names.authorization(by: authorizer)
      method.authorizer = names.authorizers[authorizer]?.id ?? "none of the name \(authorizer)"
    }
    method.scopes = Set((route["authorizationScopes"]?.list ?? []).compactMap(\.string))
    method.isAPIKeyRequired = route["apiKeyRequired"] == true
    if let timeout = route["timeoutInMillis"]?.integer { method.integration.timeout = timeout }
    if let templates = route["requestTemplates"], !templates.isEmpty {
      method.integration.templates = templates.texts
    }
    method.integration.parameters.merge(route["requestParameters"]?.texts ?? [:]) { $1 }
    // API Gateway hands on only what the method names.
    for source in method.integration.parameters.values where source.hasPrefix("method.request.") {
      method.parameters[source] = source.hasPrefix("method.request.path.")
    }
    for name in (route["requiredParameters"]?.list ?? []).compactMap(\.string) {
      method.parameters["method.request.\(name)"] = true
    }
    method.models = route["requestModels"]?.texts ?? [:]
    method.validator = RestValidator(of: route).map { names.validators[$0] ?? "none: \($0.name)" }
  }

  private func send(to target: SendTarget, _ method: inout RestMethod) {
    method.integration = RestIntegration(
      type: "AWS", method: "POST", uri: target.uri, credentials: role,
      parameters: ["integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"],
      templates: Self.templates(target.template),
      passthrough: "NEVER")
    method.responses = [
      "200": RestResponse(templates: ["application/json": target.answer]),
      "400": RestResponse(selection: #"4\d{2}"#, templates: ["application/json": target.refusal]),
      "500": RestResponse(selection: #"5\d{2}"#, templates: ["application/json": target.failure]),
    ]
  }

  /// What a body may be: JSON, text, and curl's default type of a body.
  private static let bodyTypes = ["application/json", "application/x-www-form-urlencoded", "text/plain"]

  private static func templates(_ template: String) -> [String: String] {
    Dictionary(bodyTypes.map { ($0, template) }) { first, _ in first }
  }

  /// The `{…}` in a URL.
  static func parameters(in address: String) -> [String] {
    address.split(separator: "{").dropFirst().compactMap { piece in
      guard let end = piece.firstIndex(of: "}") else { return nil }
      let name = piece[..<end]
      return String(name.hasSuffix("+") ? name.dropLast() : name)
    }
  }

  // MARK: Method to route

  /// The route that makes just this method; `custom` with the live method, when none does. If a method can be
  /// spelt in several ways, `wanted` says how the file spells it. Otherwise the same method is always the
  /// same route.
  func route(for method: RestMethod, _ key: RouteKey, wanted: Value?) -> Value {
    guard var route = target(of: method) else { return ["custom": method.shown] }
    if let name = method.authorizer.flatMap(names.authorizer(withID:)) {
      route["authorizer"] = .string(name)
    } else {
      route["authorization"] = .string(method.authorization)
    }
    if !method.scopes.isEmpty {
      route["authorizationScopes"] = .list(method.scopes.sorted().map(Value.string))
    }
    if method.isAPIKeyRequired { route["apiKeyRequired"] = true }
    if !method.models.isEmpty { route["requestModels"] = .texts(method.models) }
    if method.integration.timeout != RestIntegration.longestTimeout {
      route["timeoutInMillis"] = .integer(method.integration.timeout)
    }
    let bare = self.method(for: .map(route), key)
    let plain = bare.integration
    if !["lambda", "mock"].contains(where: { route[$0] != nil }), method.responses != bare.responses {
      let added = cors?.answerHeaders ?? [:]
      route["integrationResponses"] = .map(method.responses.mapValues { $0.declared(without: added) })
    }
    if route["queue"] != nil || route["http"] != nil, method.integration.templates != plain.templates {
      route["requestTemplates"] = .texts(method.integration.templates)
    }
    let further = method.integration.parameters.filter { plain.parameters[$0.key] != $0.value }
    if !further.isEmpty, route["queue"] != nil || route["http"] != nil {
      route["requestParameters"] = .texts(further)
    }
    addRequired(method, wanted, &route, key)
    let made = self.method(for: .map(route), key)
    guard made == method else { return changed(route, made, method) }
    if let wanted, !wanted.isPending, self.method(for: wanted, key) == method {
      // A queue has many URLs, and a file may spell out what would be sent anyway.
      for name in ["queue", "requestParameters", "requestTemplates", "timeoutInMillis"] {
        if let spelt = wanted[name], !spelt.isEmpty { route[name] = spelt }
      }
    }
    return .map(route)
  }

  /// Parameters that the method asks for, and that nothing else of the route makes.
  private func addRequired(
    _ method: RestMethod, _ wanted: Value?, _ route: inout [String: Value], _ key: RouteKey
  ) {
    let mapped = self.method(for: .map(route), key).parameters
    var required = method.parameters.filter { $0.value && mapped[$0.key] != true }.map(\.key)
    // Parameters that the target uses are required anyway; if the file names them, they are returned, too.
    let named = (wanted?["requiredParameters"]?.list ?? []).compactMap(\.string).map {
      "method.request.\($0)"
    }
    required += named.filter { method.parameters[$0] == true && !required.contains($0) }
    guard !required.isEmpty else { return }
    route["requiredParameters"] = .list(
      required.sorted().map { .string(String($0.dropFirst("method.request.".count))) })
  }

  /// A method that differs from what the route would make: its target shows that, so it is another value than
  /// the file's.
  private func changed(_ route: [String: Value], _ made: RestMethod, _ live: RestMethod) -> Value {
    let differences = live.differences(from: made).joined(separator: ", ")
    guard let (name, target) = route.first(where: { ApiKind.targets.contains($0.key) }),
      let text = target.string
    else { return ["custom": live.shown] }
    return .map(route.merging([name: .string("\(text) (with another \(differences))")]) { $1 })
  }

  private func target(of method: RestMethod) -> [String: Value]? {
    let uri = method.integration.uri ?? ""
    switch method.integration.type {
    case "AWS_PROXY":
      guard let start = uri.range(of: "/functions/"), uri.hasSuffix("/invocations") else { return nil }
      return ["lambda": .string(String(uri[start.upperBound...].dropLast("/invocations".count)))]
    case "HTTP", "HTTP_PROXY": return ["http": .string(uri)]
    case "AWS":
      if let queue = SendTarget.queue(uri: uri) {
        return ["queue": .string(url(ofQueue: queue))]
      }
      return SendTarget.topic(template: method.integration.templates["application/json"] ?? "").map {
        ["topic": .string($0)]
      }
    case "MOCK":
      guard let (status, response) = method.responses.first, let number = Int(status) else { return nil }
      var mock: [String: Value] = ["status": .integer(number)]
      mock["body"] = response.templates["application/json"].map(Value.string)
      return ["mock": .map(mock)]
    default: return nil
    }
  }

  private func url(ofQueue queue: (region: String, path: String)) -> String {
    if let endpoint = target.substitute { return "\(endpoint)/\(queue.path)" }
    return "https://sqs.\(queue.region).\(Partition(region: queue.region).hostSuffix)/\(queue.path)"
  }
}

extension String {
  /// The position of a piece of text: Foundation's search, without Foundation.
  fileprivate func range(of piece: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      let rest = self[start...]
      if rest.hasPrefix(piece) { return start..<index(start, offsetBy: piece.count) }
      start = index(after: start)
    }
    return nil
  }
}
