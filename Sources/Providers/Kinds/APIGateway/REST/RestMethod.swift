import Planner

/// One method of a REST API with its integration and answers: what a route is made of, in API Gateway's words.
struct RestMethod: Sendable, Hashable {
  var authorization = "NONE"
  /// The id of the authorizer.
  var authorizer: String?
  var scopes: Set<String> = []
  var isAPIKeyRequired = false
  /// Names of models by content type.
  var models: [String: String] = [:]
  /// The id of the request validator.
  var validator: String?
  /// `method.request.path.id` to whether it must be there.
  var parameters: [String: Bool] = [:]
  var integration: RestIntegration
  /// By status.
  var responses: [String: RestResponse] = [:]
  /// Other settings of a live method, which Stackform never makes, as an operation's name: the method differs
  /// by them.
  var others: [String: Value] = [:]
}

/// Where a method's requests go.
struct RestIntegration: Sendable, Hashable {
  var type: String
  var method: String?
  var uri: String?
  var credentials: String?
  var parameters: [String: String] = [:]
  var templates: [String: String] = [:]
  var passthrough = "WHEN_NO_MATCH"
  var timeout = Self.longestTimeout

  static let longestTimeout = 29000
}

/// One answer of a method, and which of the integration's answers becomes it.
struct RestResponse: Sendable, Hashable {
  /// A regular expression for the integration's status; nil for all that no other takes.
  var selection: String?
  /// `method.response.header.X` to its value, in quotes when it is fixed.
  var headers: [String: String] = [:]
  var templates: [String: String] = [:]
}

// MARK: From the wire

extension RestMethod {
  /// Out of what GetResources embeds. Endpoints differ in which empty members and defaults they spell out.
  init(wire: Value) {
    let live = wire["methodIntegration"] ?? .null
    authorization = wire["authorizationType"]?.string ?? "NONE"
    authorizer = wire["authorizerId"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    scopes = Set((wire["authorizationScopes"]?.list ?? []).compactMap(\.string))
    isAPIKeyRequired = wire["apiKeyRequired"] == true
    models = wire["requestModels"]?.texts ?? [:]
    validator = wire["requestValidatorId"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    parameters = (wire["requestParameters"]?.map ?? [:]).mapValues { $0 == true || $0 == "true" }
    integration = RestIntegration(wire: live)
    let declared = wire["methodResponses"]?.map ?? [:]
    let mapped = live["integrationResponses"]?.map ?? [:]
    for (status, response) in mapped where declared[status] != nil {
      responses[status] = RestResponse(wire: response)
    }
    var others = Self.others(
      wire,
      except: [
        "httpMethod", "authorizationType", "apiKeyRequired", "requestParameters",
        "methodIntegration", "methodResponses", "authorizerId", "authorizationScopes", "requestModels",
        "requestValidatorId",
      ])
    others.merge(Self.others(live, except: RestIntegration.wireNames)) { $1 }
    for (status, response) in declared {
      let models = response["responseModels"] ?? .null
      if !models.isEmpty { others["responseModels \(status)"] = models }
      let headers = Set((response["responseParameters"]?.map ?? [:]).keys)
      if mapped[status] == nil || headers != Set((responses[status]?.headers ?? [:]).keys) {
        others["methodResponse \(status)"] = .list(headers.sorted().map(Value.string))
      }
    }
    for status in mapped.keys where declared[status] == nil { others["integrationResponse \(status)"] = true }
    self.others = others
  }

  private static func others(_ wire: Value, except known: Set<String>) -> [String: Value] {
    (wire.map ?? [:]).filter { !known.contains($0.key) && !isDefault($0.value) }
  }

  /// Values that API Gateway returns although they were never set: empty, false, a map of false, and the
  /// connection to a server outside of a VPC.
  private static func isDefault(_ value: Value) -> Bool {
    value.isEmpty || value == false || value == "INTERNET" || value.map?.values.allSatisfy(isDefault) == true
  }

  /// What differs, in API Gateway's words.
  func differences(from other: RestMethod) -> [String] {
    let (mine, its) = (integration, other.integration)
    let parts = [
      ("authorizerId", authorizer == other.authorizer && authorization == other.authorization),
      ("authorizationScopes", scopes == other.scopes), ("requestModels", models == other.models),
      ("requestValidatorId", validator == other.validator),
      ("credentials", mine.credentials == its.credentials), ("httpMethod", mine.method == its.method),
      ("passthroughBehavior", mine.passthrough == its.passthrough),
      ("requestParameters", mine.parameters == its.parameters && parameters == other.parameters),
      ("requestTemplates", mine.templates == its.templates), ("responses", responses == other.responses),
      ("timeoutInMillis", mine.timeout == its.timeout), ("uri", mine.uri == its.uri),
    ]
    return parts.filter { !$0.1 }.map(\.0) + others.keys.sorted()
  }

  /// As a tree, to show a method that no route of the schema describes.
  var shown: Value {
    var shown: [String: Value] = ["type": .string(integration.type)]
    shown["uri"] = integration.uri.map(Value.string)
    shown["httpMethod"] = integration.method.map(Value.string)
    shown["credentials"] = integration.credentials.map(Value.string)
    shown["passthroughBehavior"] = .string(integration.passthrough)
    shown["timeoutInMillis"] = .integer(integration.timeout)
    shown["requestParameters"] = .texts(integration.parameters)
    shown["requestTemplates"] = .texts(integration.templates)
    shown["methodParameters"] = .map(parameters.mapValues(Value.boolean))
    shown["authorizerId"] = authorizer.map(Value.string)
    shown["authorizationScopes"] = .list(scopes.sorted().map(Value.string))
    shown["requestModels"] = .texts(models)
    shown["requestValidatorId"] = validator.map(Value.string)
    shown["responses"] = .map(
      responses.mapValues { response in
        [
          "selectionPattern": response.selection.map(Value.string) ?? .null,
          "headers": .texts(response.headers),
          "templates": .texts(response.templates),
        ]
      })
    shown.merge(others) { $1 }
    return .map(shown.filter { !$0.value.isEmpty })
  }
}

extension RestIntegration {
  /// Members that are handled separately here, and those that API Gateway adds by itself.
  fileprivate static let wireNames: Set<String> = [
    "type", "httpMethod", "uri", "credentials", "requestParameters", "requestTemplates",
    "passthroughBehavior",
    "timeoutInMillis", "integrationResponses", "cacheNamespace", "responseTransferMode",
  ]

  fileprivate init(wire: Value) {
    type = wire["type"]?.string ?? "NONE"
    // A fixed answer makes no call, yet some endpoints return a method of the call.
    let isMock = type == "MOCK"
    method = isMock ? nil : wire["httpMethod"]?.string
    uri = isMock ? nil : wire["uri"]?.string
    credentials = wire["credentials"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    parameters = wire["requestParameters"]?.texts ?? [:]
    templates = wire["requestTemplates"]?.texts ?? [:]
    passthrough = wire["passthroughBehavior"]?.string?.uppercased() ?? "WHEN_NO_MATCH"
    timeout = wire["timeoutInMillis"]?.integer ?? Self.longestTimeout
  }
}

extension RestResponse {
  /// As the schema has it.
  init(declared: Value) {
    selection = declared["selectionPattern"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    headers = declared["responseParameters"]?.texts ?? [:]
    templates = (declared["responseTemplates"]?.texts ?? [:]).filter { !$0.value.isEmpty }
  }

  /// As the schema has it, without headers that are there for another reason.
  func declared(without added: [String: String]) -> Value {
    var value: [String: Value] = [:]
    value["selectionPattern"] = selection.map(Value.string)
    let own = headers.filter { added[$0.key] != $0.value }
    if !own.isEmpty { value["responseParameters"] = .texts(own) }
    if !templates.isEmpty { value["responseTemplates"] = .texts(templates) }
    return .map(value)
  }

  fileprivate init(wire: Value) {
    selection = wire["selectionPattern"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    headers = wire["responseParameters"]?.texts ?? [:]
    templates = (wire["responseTemplates"]?.texts ?? [:]).filter { !$0.value.isEmpty }
  }
}

// MARK: To the wire

extension RestMethod {
  /// The calls that make the method, in order, without the fields that name the method.
  var calls: [(operation: Operation<Writes>, input: [String: Value])] {
    var method: [String: Value] = [
      "authorizationType": .string(authorization), "apiKeyRequired": .boolean(isAPIKeyRequired),
    ]
    method["authorizerId"] = authorizer.map(Value.string)
    method["requestValidatorId"] = validator.map(Value.string)
    if !scopes.isEmpty { method["authorizationScopes"] = .list(scopes.sorted().map(Value.string)) }
    if !models.isEmpty { method["requestModels"] = .texts(models) }
    if !parameters.isEmpty { method["requestParameters"] = .map(parameters.mapValues(Value.boolean)) }
    var calls: [(operation: Operation<Writes>, input: [String: Value])] = [
      (APIGateway.putMethod, method), (APIGateway.putIntegration, integration.input),
    ]
    for (status, response) in responses.sorted(by: { $0.key < $1.key }) {
      var declared: [String: Value] = ["status_code": .string(status)]
      if !response.headers.isEmpty {
        declared["responseParameters"] = .map(response.headers.mapValues { _ in false })
      }
      calls.append((APIGateway.putMethodResponse, declared))
      calls.append(
        (APIGateway.putIntegrationResponse, response.input.merging(["status_code": .string(status)]) { $1 }))
    }
    return calls
  }
}

extension RestIntegration {
  fileprivate var input: [String: Value] {
    var input: [String: Value] = ["type": .string(type), "passthroughBehavior": .string(passthrough)]
    input["httpMethod"] = method.map(Value.string)
    input["uri"] = uri.map(Value.string)
    input["credentials"] = credentials.map(Value.string)
    if !parameters.isEmpty { input["requestParameters"] = .texts(parameters) }
    if !templates.isEmpty { input["requestTemplates"] = .texts(templates) }
    if timeout != Self.longestTimeout { input["timeoutInMillis"] = .integer(timeout) }
    return input
  }
}

extension RestResponse {
  fileprivate var input: [String: Value] {
    var input: [String: Value] = [:]
    input["selectionPattern"] = selection.map(Value.string)
    if !headers.isEmpty { input["responseParameters"] = .texts(headers) }
    if !templates.isEmpty { input["responseTemplates"] = .texts(templates) }
    return input
  }
}

extension Value {
  /// The texts of a map of texts.
  var texts: [String: String] { (map ?? [:]).compactMapValues(\.string) }

  /// A map of texts.
  static func texts(_ texts: [String: String]) -> Value { .map(texts.mapValues(Value.string)) }
}
