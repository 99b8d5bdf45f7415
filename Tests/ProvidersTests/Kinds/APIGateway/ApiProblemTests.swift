import Planner
import Testing

@testable import Providers

struct `What an API of one protocol or the other can't be` {
  private static let mock: Value = ["mock": ["status": 200]]
  private static let web: Value = ["http": "https://a.example"]
  private static let lambda: Value = "arn:aws:lambda:eu-west-1:123456789012:function:one"
  private static let pools: Value = [
    "type": "COGNITO_USER_POOLS", "providerARNs": ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/a"],
  ]
  private static let token: Value = [
    "type": "JWT", "jwtConfiguration": ["issuer": "https://a", "audience": ["b"]],
  ]

  static let cases: [(String, [String: Value], [[String]])] = [
    (
      "an HTTP API with all that it has",
      [
        "protocol": "http", "authorizers": ["people": token],
        "cors": ["allowOrigins": ["https://a", "https://b"]],
        "routes": [
          "$default": web,
          "GET /a": [
            "lambda": lambda, "authorizer": "people", "authorizationScopes": ["a"],
            "payloadFormatVersion": "1.0",
          ],
        ],
      ], []
    ),
    (
      "properties of REST APIs",
      [
        "protocol": "http", "routes": ["GET /a": web], "apiKeys": ["a": [:]], "endpointType": "EDGE",
        "policy": ["Statement": []],
      ],
      [["apiKeys"], ["endpointType"], ["policy"]]
    ),
    (
      "options of REST routes", ["protocol": "http", "routes": ["GET /a": mock]],
      [["routes", "GET /a", "mock"]]
    ),
    (
      "options of HTTP routes",
      [
        "routes": ["GET /a": ["lambda": lambda, "payloadFormatVersion": "2.0"]],
        "cors": ["allowOrigins": ["https://a"]],
      ],
      [["cors", "allowOrigins"], ["routes", "GET /a", "payloadFormatVersion"]]
    ),
    (
      "$default of a REST API", ["routes": ["$default": mock], "stage": "$default"],
      [["stage"], ["routes", "$default"]]
    ),
    (
      "a timeout beyond the longest",
      ["protocol": "http", "routes": ["GET /a": ["http": "https://a.example", "timeoutInMillis": 30001]]],
      [["routes", "GET /a", "timeoutInMillis"]]
    ),
    (
      "a long timeout of a regional API",
      [
        "endpointType": "REGIONAL",
        "routes": ["GET /a": ["http": "https://a.example", "timeoutInMillis": 60000]],
      ], []
    ),
    ("a policy without an origin", ["routes": ["GET /a": mock], "cors": ["maxAge": 5]], [["cors"]]),
    (
      "an authorizer of the other protocol",
      [
        "protocol": "http", "routes": ["GET /a": web],
        "authorizers": ["a": ["type": "TOKEN", "lambda": lambda]],
      ],
      [["authorizers", "a", "type"]]
    ),
    (
      "an authorizer without what it needs",
      ["routes": ["GET /a": mock], "authorizers": ["a": ["type": "TOKEN"]]],
      [["authorizers", "a", "type"]]
    ),
    (
      "an authorizer with what it has no use for",
      [
        "routes": ["GET /a": mock],
        "authorizers": ["a": .map((pools.map ?? [:]).merging(["authorizerResultTtlInSeconds": 5]) { $1 })],
      ],
      [["authorizers", "a", "authorizerResultTtlInSeconds"]]
    ),
    (
      "an authorizer that is not there",
      ["routes": ["GET /a": ["mock": ["status": 200], "authorizer": "x"]]],
      [["routes", "GET /a", "authorizer"]]
    ),
    (
      "both ways to ask who calls",
      [
        "authorizers": ["a": pools],
        "routes": ["GET /a": ["mock": ["status": 200], "authorizer": "a", "authorization": "AWS_IAM"]],
      ],
      [["routes", "GET /a", "authorization"]]
    ),
    (
      "scopes without tokens",
      ["routes": ["GET /a": ["mock": ["status": 200], "authorizationScopes": ["a"]]]],
      [["routes", "GET /a", "authorizationScopes"]]
    ),
    (
      "a model that is not there",
      ["routes": ["POST /a": ["mock": ["status": 200], "requestModels": ["application/json": "Order"]]]],
      [["routes", "POST /a", "requestModels", "application/json"]]
    ),
    ("a model's name", ["routes": ["GET /a": mock], "models": ["my-order": [:]]], [["models", "my-order"]]),
    (
      "a template without answers",
      ["routes": ["POST /a": ["http": "https://a.example", "requestTemplates": ["application/json": "x"]]]],
      [["routes", "POST /a", "requestTemplates"]]
    ),
    (
      "a type of answer", ["routes": ["GET /a": mock], "gatewayResponses": ["NOPE": [:]]],
      [["gatewayResponses", "NOPE"]]
    ),
    (
      "two keys of one value",
      ["routes": ["GET /a": mock], "apiKeys": ["a": ["value": "0123"], "b": ["value": "0123"]]],
      [["apiKeys", "b", "value"]]
    ),
    (
      "plans of what is not there, and of what is in another",
      [
        "routes": ["GET /a": mock], "apiKeys": ["a": [:]],
        "usagePlans": [
          "one": ["apiKeys": ["a", "x"], "routeThrottling": ["GET /b": ["rateLimit": 1, "burstLimit": 1]]],
          "two": ["apiKeys": ["a"]],
        ],
      ],
      [
        ["usagePlans", "one", "apiKeys", "1"], ["usagePlans", "two", "apiKeys", "0"],
        ["usagePlans", "one", "routeThrottling", "GET /b"],
      ]
    ),
    (
      "an offset beyond the period",
      [
        "routes": ["GET /a": mock],
        "usagePlans": ["one": ["quota": ["limit": 5, "period": "DAY", "offset": 1]]],
      ],
      [["usagePlans", "one", "quota", "offset"]]
    ),
  ]

  @Test(arguments: cases)
  func `is told by its path`(_ name: String, _ properties: [String: Value], _ paths: [[String]]) {
    let api = Resource(Address("apis", "shop"), name: "shop", properties: properties)
    #expect(ApiKind().allProblems(of: api).map(\.path) == paths)
  }

  @Test func `is told with the protocol that has it`() throws {
    let api = Resource(
      Address("apis", "shop"),
      properties: ["protocol": "http", "routes": ["GET /a": Self.web], "models": ["Order": [:]]])
    let problem = try #require(ApiKind().allProblems(of: api).first)
    #expect(problem.detail == "models goes only with protocol: rest.")
    #expect(problem.fix == "Set protocol: rest, or take models out.")
  }

  @Test func `is not what an entry leaves open`() {
    let api = Resource(
      Address("apis", "shop"),
      properties: ["protocol": "http", "routes": ["GET /a": Self.web], "authorizers": ["people": Self.token]])
    let completed = ApiKind().completed(api)
    #expect(completed["routes"]?["GET /a"]?["authorization"] == "NONE")
    #expect(completed["routes"]?["GET /a"]?["timeoutInMillis"] == .null)
    #expect(completed["stage"] == "$default")
    #expect(ApiKind().allProblems(of: completed).isEmpty)
  }
}
