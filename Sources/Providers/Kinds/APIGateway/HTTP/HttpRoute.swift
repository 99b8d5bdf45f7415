import Planner

/// Where routes of an HTTP API lead. Two routes to the same place share one.
struct HttpIntegration: Sendable, Hashable {
  var type: String
  var subtype: String?
  var method: String?
  var uri: String?
  var credentials: String?
  var parameters: [String: String] = [:]
  var payload = "1.0"
  var timeout = Self.longestTimeout

  static let longestTimeout = 30000
  private static let sending = "SQS-SendMessage"

  /// What a route leads to; nil for a target that HTTP APIs have not.
  init?(of route: Value, _ key: RouteKey?, role: String?) {
    if let lambda = route["lambda"]?.string {
      type = "AWS_PROXY"
      uri = lambda
      payload = route["payloadFormatVersion"]?.string ?? "2.0"
    } else if let address = route["http"]?.string {
      type = "HTTP_PROXY"
      uri = address
      method = key?.method ?? "ANY"
    } else if let queue = route["queue"]?.string {
      type = "AWS_PROXY"
      subtype = Self.sending
      credentials = role
      parameters = ["QueueUrl": queue, "MessageBody": "$request.body"]
      if queue.hasSuffix(".fifo") {
        // Order within the whole API, and a repeated request is another message.
        parameters["MessageGroupId"] = "api"
        parameters["MessageDeduplicationId"] = "$context.requestId"
      }
    } else {
      return nil
    }
    timeout = route["timeoutInMillis"]?.integer ?? timeout
    parameters.merge(route["requestParameters"]?.texts ?? [:]) { $1 }
  }

  init(wire: Value) {
    func text(_ name: String) -> String? { wire[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
    type = text("integrationType") ?? ""
    uri = text("integrationUri")
    parameters = wire["requestParameters"]?.texts ?? [:]
    // MiniStack 1.5.33 forgets the subtype and the role.
    let isForgotten = type == "AWS_PROXY" && uri == nil && parameters["QueueUrl"] != nil
    subtype = text("integrationSubtype") ?? (isForgotten ? Self.sending : nil)
    // A lambda is always called by POST, whether an endpoint returns that or not.
    method = type == "AWS_PROXY" ? nil : text("integrationMethod")
    credentials = text("credentialsArn")
    // Only lambdas have a choice.
    payload = subtype == nil && type == "AWS_PROXY" ? text("payloadFormatVersion") ?? payload : payload
    timeout = wire["timeoutInMillis"]?.integer ?? timeout
    if let uri { self.uri = LambdaAddress.function(in: uri) ?? uri }
  }

  /// What CreateIntegration takes, without the API.
  var input: [String: Value] {
    var input: [String: Value] = [
      "integrationType": .string(type), "payloadFormatVersion": .string(payload),
      "timeoutInMillis": .integer(timeout),
    ]
    input["integrationSubtype"] = subtype.map(Value.string)
    input["integrationMethod"] = method.map(Value.string)
    input["integrationUri"] = uri.map(Value.string)
    input["credentialsArn"] = credentials.map(Value.string)
    if !parameters.isEmpty { input["requestParameters"] = .texts(parameters) }
    return input
  }

  /// The route's words for it; nil when it has none.
  fileprivate func declared(_ key: RouteKey?, wanted: Value?, role: String?) -> [String: Value]? {
    var route: [String: Value] = [:]
    switch (type, subtype) {
    case ("AWS_PROXY", Self.sending): route["queue"] = parameters["QueueUrl"].map(Value.string)
    case ("AWS_PROXY", nil): route["lambda"] = uri.map(Value.string)
    case ("HTTP_PROXY", nil): route["http"] = uri.map(Value.string)
    default: return nil
    }
    if route["lambda"] != nil { route["payloadFormatVersion"] = .string(payload) }
    if timeout != Self.longestTimeout || wanted?["timeoutInMillis"]?.integer != nil {
      route["timeoutInMillis"] = .integer(timeout)
    }
    let plain = HttpIntegration(of: .map(route), key, role: role)?.parameters ?? [:]
    var further = parameters.filter { plain[$0.key] != $0.value }
    // A file may spell out what would be sent anyway.
    for (name, value) in wanted?["requestParameters"]?.texts ?? [:] where parameters[name] == value {
      further[name] = value
    }
    if !further.isEmpty { route["requestParameters"] = .texts(further) }
    guard var made = HttpIntegration(of: .map(route), key, role: role) else { return nil }
    if credentials == nil { made.credentials = nil }
    return made == self ? route : nil
  }

  /// As a tree, to show a route that the schema has no words for.
  fileprivate var shown: Value { .map(input) }
}

/// A route of an HTTP API: who may call it, and where it leads.
struct HttpRoute: Sendable, Hashable {
  var authorization = "NONE"
  /// The authorizer's id.
  var authorizer: String?
  var scopes: Set<String> = []
  var integration: HttpIntegration?

  init(of route: Value, _ key: RouteKey?, role: String?, authorizers: [String: (id: String, type: String)]) {
    integration = HttpIntegration(of: route, key, role: role)
    scopes = Set((route["authorizationScopes"]?.list ?? []).compactMap(\.string))
    authorization = route["authorization"]?.string ?? "NONE"
    guard let name = route["authorizer"]?.string else { return }
    authorizer = authorizers[name]?.id
    authorization = authorizers[name]?.type == "JWT" ? "JWT" : "CUSTOM"
  }

  init(wire: Value, integration: HttpIntegration?) {
    self.integration = integration
    authorization = wire["authorizationType"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? "NONE"
    authorizer = wire["authorizerId"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    scopes = Set((wire["authorizationScopes"]?.list ?? []).compactMap(\.string))
  }

  /// What CreateRoute and UpdateRoute take, without the API and the key.
  func input(target: String) -> [String: Value] {
    var input: [String: Value] = [
      "authorizationType": .string(authorization), "target": .string("integrations/\(target)"),
      "authorizationScopes": .list(scopes.sorted().map(Value.string)),
    ]
    input["authorizerId"] = authorizer.map(Value.string)
    return input
  }

  /// In the schema's words.
  func declared(
    _ key: RouteKey?, wanted: Value?, role: String?, authorizers: [String: String]
  ) -> Value {
    var route =
      integration?.declared(key, wanted: wanted, role: role) ?? ["custom": integration?.shown ?? "nothing"]
    let name = authorizer.flatMap { id in authorizers.filter { $0.value == id }.keys.min() }
    if let name {
      route["authorizer"] = .string(name)
    } else {
      route["authorization"] = .string(authorization)
    }
    if !scopes.isEmpty { route["authorizationScopes"] = .list(scopes.sorted().map(Value.string)) }
    return .map(route)
  }
}
