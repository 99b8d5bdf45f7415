import Planner

/// The ids that API Gateway gave to what the methods of one REST API name.
struct RestIDs: Sendable {
  /// By name.
  var authorizers: [String: (id: String, type: String)] = [:]
  var validators: [RestValidator: String] = [:]

  /// The entry's name of the authorizer with this id; nil for an unknown one.
  func authorizer(withID id: String) -> String? {
    authorizers.filter { $0.value.id == id }.keys.min()
  }

  /// The `authorizationType` of a method with this authorizer.
  func authorization(by name: String) -> String {
    authorizers[name]?.type == "COGNITO_USER_POOLS" ? "COGNITO_USER_POOLS" : "CUSTOM"
  }
}

/// What is validated of a request before its target is called. A REST API never needs more than three.
struct RestValidator: Sendable, Hashable {
  let body: Bool
  let parameters: Bool

  init(body: Bool, parameters: Bool) {
    self.body = body
    self.parameters = parameters
  }

  /// What a route asks for; nil for nothing.
  init?(of route: Value) {
    body = !(route["requestModels"] ?? .null).isEmpty
    parameters = !(route["requiredParameters"] ?? .null).isEmpty
    if !body, !parameters { return nil }
  }

  init(wire: Value) {
    body = wire["validateRequestBody"] == true
    parameters = wire["validateRequestParameters"] == true
  }

  /// How it is called there.
  var name: String {
    switch (body, parameters) {
    case (true, true): "body and parameters"
    case (true, false): "body"
    case (false, true): "parameters"
    case (false, false): "nothing"
    }
  }

  /// What CreateRequestValidator takes, without the API.
  var input: [String: Value] {
    [
      "name": .string(name), "validateRequestBody": .boolean(body),
      "validateRequestParameters": .boolean(parameters),
    ]
  }
}
