import Planner
import Testing

@testable import Providers

private let target = Target(account: "123456789012", region: "eu-west-1")
private let role = "arn:aws:iam::123456789012:role/api"

struct `The name of a route` {
  @Test(arguments: [
    "GET /", "ANY /{proxy+}", "POST /orders", "GET /orders/{id}/items/{item}", "PUT /v1.0/a_b-c:d",
  ])
  func `may be`(_ name: String) {
    #expect(RouteKey.problem(in: name) == nil)
  }

  @Test(arguments: [
    ("/orders", "Write it as `GET /orders/{id}`."), ("GET orders", "Write it as `GET /orders/{id}`."),
    ("get /orders", "Write GET."),
    ("FETCH /orders", "Use one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT."),
    ("GET /orders/", "Write \"/orders\"."), ("GET //orders", "Write \"/orders\"."),
    ("GET /or ders", "Write it as `GET /orders/{id}`."), ("GET  /orders", "Write it as `GET /orders/{id}`."),
    ("GET /{proxy+}/items", "Put it at the end, or write it without the +."),
    ("GET /{id}/{id}", "Give each a name of its own."),
    ("GET /a$b", "Use letters, digits and ._-: there, or a parameter as {id} or, at the end, {proxy+}."),
    ("GET /{}", "Use letters, digits and ._-: there, or a parameter as {id} or, at the end, {proxy+}."),
  ])
  func `may not be`(_ name: String, _ fix: String) {
    #expect(RouteKey.problem(in: name)?.fix == fix)
  }

  @Test func `tells the paths that it lies in`() throws {
    let key = try #require(RouteKey("GET /orders/{id}"))
    #expect(key.ancestry == ["/", "/orders", "/orders/{id}"])
    #expect(key.parameters == ["id"])
  }
}

struct `An API's problems` {
  static let cases: [(String, [String: Value], [[String]])] = [
    (
      "none",
      ["routes": ["GET /a/{id}": ["mock": ["status": 200]], "PUT /a/{id}": ["mock": ["status": 204]]]], []
    ),
    (
      "another protocol", ["protocol": "websocket", "routes": ["GET /a": ["http": "https://a.example"]]],
      [["protocol"]]
    ),
    ("no routes", ["routes": [:]], [["routes"]]),
    ("a route to nowhere", ["routes": ["GET /a": ["authorization": "NONE"]]], [["routes", "GET /a"]]),
    (
      "a route to two targets",
      ["routes": ["GET /a": ["http": "https://a.example", "mock": ["status": 200]]]],
      [["routes", "GET /a", "mock"]]
    ),
    (
      "a message without a body", ["routes": ["GET /a": ["queue": "https://sqs/123456789012/a"]]],
      [["routes", "GET /a", "queue"]]
    ),
    (
      "an option of another target",
      ["routes": ["GET /a": ["mock": ["status": 200], "timeoutInMillis": 100]]],
      [["routes", "GET /a", "timeoutInMillis"]]
    ),
    (
      "a parameter that the path lacks", ["routes": ["GET /a": ["http": "https://a.example/{id}"]]],
      [["routes", "GET /a", "http"]]
    ),
    (
      "two parameters in one place",
      ["routes": ["GET /a/{id}": ["mock": ["status": 200]], "GET /a/{name}/b": ["mock": ["status": 200]]]],
      [["routes", "GET /a/{name}/b"]]
    ),
    (
      "cookies for all origins",
      [
        "routes": ["GET /a": ["mock": ["status": 200]]],
        "cors": ["allowOrigin": "*", "allowCredentials": true],
      ],
      [["cors", "allowCredentials"]]
    ),
    (
      "a stage variable's name",
      ["routes": ["GET /a": ["mock": ["status": 200]]], "stageVariables": ["a-b": "c"]],
      [["stageVariables", "a-b"]]
    ),
  ]

  @Test(arguments: cases)
  func `are told by their path`(_ name: String, _ properties: [String: Value], _ paths: [[String]]) {
    let api = Resource(Address("apis", "shop"), name: "shop", properties: properties)
    #expect(ApiKind().allProblems(of: api).map(\.path) == paths)
  }
}

struct `A route` {
  private let routes = RouteTarget(
    target: target, role: role, cors: CORSPolicy(["allowOrigin": "*", "exposeHeaders": ["ETag"]]))

  static let all: [(String, Value)] = [
    ("POST /orders", ["queue": "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"]),
    ("POST /orders", ["queue": "https://sqs.us-east-2.amazonaws.com/999999999999/orders.fifo"]),
    (
      "POST /orders",
      [
        "queue": "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
        "requestTemplates": ["application/json": "Action=SendMessage&MessageBody=hello"],
        "requestParameters": ["integration.request.header.X-From": "method.request.header.From"],
      ]
    ),
    ("PUT /events", ["topic": "arn:aws:sns:eu-west-1:123456789012:events", "apiKeyRequired": true]),
    ("PUT /events", ["topic": "arn:aws:sns:eu-west-1:123456789012:events.fifo", "timeoutInMillis": 1000]),
    ("ANY /{proxy+}", ["lambda": "arn:aws:lambda:eu-west-1:123456789012:function:all:live"]),
    (
      "GET /a/{id}",
      ["lambda": "arn:aws:lambda:eu-west-1:123456789012:function:one", "authorization": "AWS_IAM"]
    ),
    ("GET /docs/{page}", ["http": "https://docs.example/{page}?lang=en"]),
    ("ANY /docs/{path+}", ["http": "https://docs.example/{path}"]),
    ("GET /health", ["mock": ["status": 200, "body": "{\"ok\": true}"]]),
    ("DELETE /health", ["mock": ["status": 204]]),
  ]

  @Test(arguments: all)
  func `is read back from the method that it makes`(_ name: String, _ route: Value) throws {
    let key = try #require(RouteKey(name))
    var open = route.map ?? [:]
    open["authorization"] = open["authorization"] ?? "NONE"
    #expect(routes.route(for: routes.method(for: route, key), key, wanted: nil) == .map(open))
  }

  @Test(arguments: all)
  func `is made of the calls that its method takes`(_ name: String, _ route: Value) throws {
    let key = try #require(RouteKey(name))
    let method = routes.method(for: route, key)
    #expect(RestMethod(wire: method.wire) == method)
  }

  @Test func `that was changed in a way that it can't say shows that`() throws {
    let key = try #require(RouteKey("POST /orders"))
    let route: Value = ["queue": "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"]
    var method = routes.method(for: route, key)
    method.responses["500"] = nil
    method.validator = "abc"
    let url = route["queue"]?.string ?? ""
    #expect(
      routes.route(for: method, key, wanted: route)["queue"]
        == .string("\(url) (with another requestValidatorId)"))
    method.integration.uri = "arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem"
    method.integration.templates = [:]
    #expect(routes.route(for: method, key, wanted: route)["custom"]?["requestValidatorId"] == "abc")
  }

  @Test func `is told in the file's words when these mean the same`() throws {
    let key = try #require(RouteKey("POST /orders"))
    let emulated = RouteTarget(
      target: Target(account: "123456789012", region: "eu-west-1", endpoint: "http://localhost:4566"))
    let wanted: Value = [
      "queue": "http://sqs.eu-west-1.localhost:4566/123456789012/orders", "authorization": "NONE",
    ]
    let method = emulated.method(for: wanted, key)
    #expect(emulated.route(for: method, key, wanted: wanted) == wanted)
    #expect(
      emulated.route(for: method, key, wanted: nil)["queue"] == "http://localhost:4566/123456789012/orders")
  }
}

struct `A live REST API` {
  private func tree(_ routes: [String: Value], cors: Value? = nil, role: String? = role) -> RestPaths {
    let api = Resource(
      Address("apis", "shop"), name: "shop",
      properties: ["routes": .map(routes), "role": role.map(Value.string) ?? .null])
    let methods = RestChange.methods(of: api, in: target, cors: cors)
    let paths = Set(methods.keys.flatMap(\.ancestry))
    return RestPaths(
      items: paths.sorted().map { path in
        let own = methods.filter { $0.key.path == path }
        return [
          "id": .string("id of \(path)"), "path": .string(path),
          "resourceMethods": .map(
            Dictionary(uniqueKeysWithValues: own.map { ($0.key.method, $0.value.wire) })),
        ]
      })
  }

  private let queue: Value = [
    "queue": "https://sqs.eu-west-1.amazonaws.com/123456789012/orders", "authorization": "NONE",
  ]
  private let mock: Value = ["mock": ["status": 200], "authorization": "NONE"]

  @Test func `is told as routes, CORS and role`() {
    let routes: [String: Value] = ["POST /orders": queue, "GET /orders/{id}": mock, "GET /": mock]
    let cors: Value = ["allowOrigin": "https://shop.example", "allowHeaders": ["X-A"], "maxAge": 60]
    let properties = tree(routes, cors: cors).properties(wanted: nil, in: target)
    #expect(properties == ["routes": .map(routes), "cors": cors, "role": .string(role)])
  }

  @Test func `that answers OPTIONS on some of its paths only has no CORS policy`() {
    let routes: [String: Value] = ["POST /orders": queue, "GET /": mock]
    let options = CORSPolicy(["allowOrigin": "*"])?.preflight(of: ["GET"])
    var items: [Value] = []
    for node in tree(routes).nodes.values.sorted(by: { $0.path < $1.path }) {
      var methods = node.methods.mapValues(\.wire)
      if node.path == "/" { methods["OPTIONS"] = options?.wire }
      items.append(["id": .string(node.id), "path": .string(node.path), "resourceMethods": .map(methods)])
    }
    let properties = RestPaths(items: items).properties(wanted: nil, in: target)
    #expect(properties["cors"] == nil)
    #expect(properties["routes"]?["OPTIONS /"] != nil)
  }

  @Test func `is changed only where it differs`() {
    let live = tree(["POST /orders": queue, "GET /orders/{id}": mock, "GET /a/b/c": mock, "GET /": mock])
    let wanted = tree([
      "POST /orders": mock, "GET /orders/{id}": mock, "GET /orders/{id}/items": mock, "GET /": mock,
    ]).methods
    let change = RestChange(from: live, to: wanted)
    #expect(change.deletedMethods.map(\.resource) == ["id of /orders"])
    #expect(change.deletedPaths == ["id of /a/b/c", "id of /a/b", "id of /a"])
    #expect(change.createdPaths == ["/orders/{id}/items"])
    #expect(change.putMethods.map(\.key.description) == ["POST /orders", "GET /orders/{id}/items"])
    let same = RestChange(from: live, to: live.methods)
    #expect(same.deletedMethods.isEmpty && same.deletedPaths.isEmpty && same.createdPaths.isEmpty)
    #expect(same.putMethods.isEmpty)
  }

  @Test func `whose routes are sent to with several roles shows the ones that are not wanted`() {
    let first = tree(["POST /a": queue]).nodes.values
    let other = tree(["POST /b": queue], role: "arn:aws:iam::123456789012:role/other").nodes.values
    let items = (Array(first) + Array(other)).map { node -> Value in
      [
        "id": .string(node.id), "path": .string(node.path),
        "resourceMethods": .map(node.methods.mapValues(\.wire)),
      ]
    }
    let wanted = Resource(Address("apis", "shop"), properties: ["role": .string(role)])
    let properties = RestPaths(items: items).properties(wanted: wanted, in: target)
    #expect(properties["role"] == .string(role))
    #expect(properties["routes"]?["POST /a"] == queue)
    #expect(
      properties["routes"]?["POST /b"]?["queue"]?.string?.hasSuffix("(with another credentials)") == true)
  }
}

extension RestMethod {
  /// As GetResources embeds it.
  var wire: Value {
    var wire: [String: Value] = [:]
    var integration: [String: Value] = [:]
    var declared: [String: Value] = [:]
    var mapped: [String: Value] = [:]
    for call in calls {
      var body = call.input
      let status = body.removeValue(forKey: "status_code")?.string ?? ""
      switch call.operation.name {
      case "PutMethod": wire = body
      case "PutIntegration": integration = body
      case "PutMethodResponse": declared[status] = .map(body)
      default: mapped[status] = .map(body)
      }
    }
    integration["integrationResponses"] = .map(mapped)
    wire["methodIntegration"] = .map(integration)
    wire["methodResponses"] = .map(declared)
    return .map(wire)
  }
}
