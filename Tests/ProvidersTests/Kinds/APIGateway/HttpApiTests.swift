import Testing

@testable import Planner
@testable import Providers

private let aws = Target(account: "123456789012", region: "eu-west-1")
private let role = "arn:aws:iam::123456789012:role/api"
private let lambda: Value = "arn:aws:lambda:eu-west-1:123456789012:function:one"

struct `A route of an HTTP API` {
  private static let queue: Value = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"

  static let all: [(String, Value)] = [
    ("GET /a/{id}", ["lambda": lambda, "payloadFormatVersion": "2.0", "authorizer": "people"]),
    ("$default", ["lambda": lambda, "payloadFormatVersion": "1.0", "authorization": "AWS_IAM"]),
    (
      "ANY /docs/{proxy+}",
      [
        "http": "https://docs.example/{proxy}", "authorization": "NONE", "timeoutInMillis": 5000,
        "requestParameters": ["append:header.X-From": "api"],
      ]
    ),
    ("POST /a", ["queue": queue, "authorizer": "people", "authorizationScopes": ["a/read", "a/write"]]),
    (
      "POST /b",
      [
        "queue": "https://sqs.eu-west-1.amazonaws.com/123456789012/orders.fifo", "authorization": "NONE",
        "requestParameters": ["MessageGroupId": "$request.header.Shop"],
      ]
    ),
  ]

  /// What botocore's CreateIntegration and CreateRoute know.
  private let integrationMembers: Set<String> = [
    "connectionId", "connectionType", "contentHandlingStrategy", "credentialsArn", "description",
    "integrationMethod", "integrationSubtype", "integrationType", "integrationUri", "passthroughBehavior",
    "payloadFormatVersion", "requestParameters", "requestTemplates", "responseParameters",
    "templateSelectionExpression", "timeoutInMillis", "tlsConfig",
  ]
  private let routeMembers: Set<String> = [
    "apiKeyRequired", "authorizationScopes", "authorizationType", "authorizerId", "modelSelectionExpression",
    "operationName", "requestModels", "requestParameters", "routeKey", "routeResponseSelectionExpression",
    "target",
  ]

  @Test(arguments: all) func `is read back from what it sends`(_ name: String, _ route: Value) throws {
    let key = RouteKey(name)
    let made = HttpRoute(of: route, key, role: role, authorizers: ["people": ("a1", "JWT")])
    let integration = try #require(made.integration)
    let wire = made.input(target: "i1")
    #expect(Set(integration.input.keys).isSubset(of: integrationMembers))
    #expect(Set(wire.keys).isSubset(of: routeMembers))
    let live = HttpRoute(wire: .map(wire), integration: HttpIntegration(wire: .map(integration.input)))
    #expect(live == made)
    #expect(live.declared(key, wanted: nil, role: role, authorizers: ["people": "a1"]) == route)
  }

  @Test func `to a queue is SQS's SendMessage, with the API's role`() throws {
    let integration = HttpIntegration(of: ["queue": Self.queue], RouteKey("POST /a"), role: role)
    #expect(
      integration?.input == [
        "integrationType": "AWS_PROXY", "integrationSubtype": "SQS-SendMessage",
        "payloadFormatVersion": "1.0",
        "timeoutInMillis": 30000, "credentialsArn": .string(role),
        "requestParameters": ["QueueUrl": Self.queue, "MessageBody": "$request.body"],
      ])
  }

  @Test func `that leads to what it can't say shows that`() {
    let wire: Value = [
      "integrationType": "AWS_PROXY", "integrationSubtype": "EventBridge-PutEvents",
      "requestParameters": ["Detail": "$request.body"],
    ]
    let live = HttpRoute(wire: [:], integration: HttpIntegration(wire: wire))
    let route = live.declared(RouteKey("POST /a"), wanted: nil, role: nil, authorizers: [:])
    #expect(route["custom"]?["integrationSubtype"] == "EventBridge-PutEvents")
  }
}

struct `An authorizer` {
  static let rest: [Value] = [
    [
      "type": "TOKEN", "lambda": lambda, "identityValidationExpression": "Bearer .*",
      "authorizerResultTtlInSeconds": 0,
    ],
    [
      "type": "REQUEST", "lambda": lambda, "authorizerCredentials": .string(role),
      "identitySource": ["method.request.header.A", "method.request.querystring.b"],
    ],
    [
      "type": "COGNITO_USER_POOLS", "providerARNs": ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/a"],
    ],
  ]
  static let http: [Value] = [
    ["type": "JWT", "jwtConfiguration": ["issuer": "https://issuer.example", "audience": ["a", "b"]]],
    [
      "type": "REQUEST", "lambda": lambda, "enableSimpleResponses": true, "authorizerResultTtlInSeconds": 60,
      "identitySource": ["$request.header.X"],
    ],
    [
      "type": "REQUEST", "lambda": lambda, "authorizerPayloadFormatVersion": "1.0",
      "authorizerCredentials": .string(role),
    ],
  ]

  @Test(arguments: rest) func `of a REST API is read back from what it sends`(_ value: Value) {
    let authorizer = ApiAuthorizer(declared: value, isHTTP: false)
    let live = ApiAuthorizer(rest: .map(authorizer.restInput(in: aws)))
    #expect(live == authorizer)
    #expect(live.declared(wanted: nil, isHTTP: false) == value)
  }

  @Test(arguments: http) func `of an HTTP API is read back from what it sends`(_ value: Value) {
    let authorizer = ApiAuthorizer(declared: value, isHTTP: true)
    let live = ApiAuthorizer(http: .map(authorizer.httpInput(in: aws)))
    #expect(live == authorizer)
    #expect(live.declared(wanted: nil, isHTTP: true) == value)
  }

  @Test func `is patched where it differs`() {
    func pools(_ names: String...) -> Value {
      .list(names.map { .string("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/\($0)") })
    }
    let old: Value = ["type": "COGNITO_USER_POOLS", "providerARNs": pools("a", "b")]
    let new: Value = [
      "type": "COGNITO_USER_POOLS", "providerARNs": pools("b", "c"),
      "identitySource": ["method.request.header.X"],
    ]
    let patches = ApiAuthorizer(declared: new, isHTTP: false)
      .patches(from: ApiAuthorizer(declared: old, isHTTP: false), in: aws)
    #expect(
      patches == [
        .replace("/identitySource", "method.request.header.X"),
        ["op": "add", "path": "/providerARNs", "value": pools("c")[0] ?? ""],
        ["op": "remove", "path": "/providerARNs", "value": pools("a")[0] ?? ""],
      ])
  }
}

struct `An HTTP API` {
  private let owner = Owner(stack: "orders", address: Address("apis", "shop"))

  private func api(_ properties: [String: Value]) -> Resource {
    Resource(
      Address("apis", "shop"), name: "shop", properties: properties.merging(["protocol": "http"]) { $1 })
  }

  private static let shop: Value = [
    "apiId": "a", "name": "shop", "protocolType": "HTTP",
    "tags": ["stackform:stack": "orders", "stackform:address": "apis.shop", "team": "blue"],
    "corsConfiguration": ["allowOrigins": ["*"], "allowHeaders": ["content-type"]],
  ]

  private static let answers: [String: Value] = [
    "GetApi": shop, "GetApis": ["items": [shop]],
    "GetStages": [
      "items": [
        [
          "stageName": "$default", "autoDeploy": true, "stageVariables": ["a": "1", "gone": ""],
          "defaultRouteSettings": ["throttlingBurstLimit": 5000, "throttlingRateLimit": 20],
          "routeSettings": ["GET /a": ["throttlingBurstLimit": 3]],
          "accessLogSettings": ["destinationArn": "arn:aws:logs:eu-west-1:1:log-group:a", "format": "x"],
        ]
      ]
    ],
    "GetRoutes": ["items": [["routeId": "r", "routeKey": "GET /a", "target": "integrations/i"]]],
    "GetIntegrations": [
      "items": [
        [
          "integrationId": "i", "integrationType": "AWS_PROXY", "integrationUri": lambda,
          "payloadFormatVersion": "2.0",
        ]
      ]
    ],
    "GetAuthorizers": ["items": [["authorizerId": "x", "name": "people", "authorizerType": "JWT"]]],
  ]

  private let plain: Value = ["GET /a": ["lambda": lambda]]

  @Test func `is read in four requests, and told in the file's words`() async throws {
    let sender = AnsweringSender(Self.answers)
    let wanted = api(["routes": plain, "cors": ["allowOrigin": "*", "allowHeaders": ["Content-Type"]]])
    let query = LiveQuery(wanted, id: "a", depth: .declared(["cors", "protocol", "routes"]), owner: owner)
    let live = try #require(try await ApiKind().read(query, ReadingClient(target: aws, sender: sender)))
    #expect(await sender.operations.sorted() == ["GetApis", "GetIntegrations", "GetRoutes", "GetStages"])
    #expect(live.properties["protocol"] == "http")
    #expect(live.properties["cors"] == ["allowOrigin": "*", "allowHeaders": ["Content-Type"]])
    #expect(live.properties["throttling"] == ["rateLimit": 20])
    #expect(live.properties["stageVariables"] == ["a": "1"])
    #expect(live.properties["deployment"] == "automatic")
    #expect(live.properties["routes"]?["GET /a"]?["throttling"] == ["burstLimit": 3])
    #expect(live.properties["tags"] == ["team": "blue"])
    #expect(live.attributes["url"] == "https://a.execute-api.eu-west-1.amazonaws.com")
    #expect(live.attributes["arn"] == "arn:aws:apigateway:eu-west-1::/apis/a")
    #expect(Set(live.attributes.keys) == Set(ApiKind().schema.attributes.map(\.name)))
  }

  @Test func `that bears the owner tags of a known one is its twin`() async throws {
    var answers = Self.answers
    let twin: Value = [
      "apiId": "b", "name": "shop", "protocolType": "HTTP",
      "tags": ["stackform:stack": "orders", "stackform:address": "apis.shop"],
    ]
    answers["GetApis"] = [
      "items": [twin, Self.shop, ["apiId": "c", "name": "shop", "protocolType": "HTTP"]]
    ]
    let query = LiveQuery(
      api(["routes": plain]), id: "a", depth: .declared(["protocol"]), owner: owner)
    let live = try #require(
      try await ApiKind().read(query, ReadingClient(target: aws, sender: AnsweringSender(answers))))
    #expect(live.id == "a" && live.twins.map(\.id) == ["b"])
    let sender = AnsweringSender(["DeleteApi": .null])
    try await ApiKind().delete(
      Deletion(address: owner.address, section: "apis", live: live.twins[0]),
      WritingClient(target: aws, sender: sender))
    #expect(await sender.requests.map(\.path).last?.last == "b")
  }

  private func update(
    _ properties: [String: Value], from live: [String: Value], changed: Set<String>,
    stage: String = "$default", route: String = "GET /a"
  ) async throws -> AnsweringSender {
    let live = live.merging(["protocol": "http"]) { $1 }
    let routes: Value = ["items": [["routeId": "r", "routeKey": .string(route), "target": "integrations/i"]]]
    let sender = AnsweringSender(
      Self.answers.merging(
        Dictionary(
          uniqueKeysWithValues: [
            "UpdateApi", "UpdateStage", "UpdateRoute", "CreateRoute", "DeleteRoute", "DeleteIntegration",
            "CreateStage", "DeleteStage", "DeleteAccessLogSettings", "DeleteRouteSettings",
            "DeleteAuthorizer",
            "DeleteCorsConfiguration",
          ].map { ($0, Value.map([:])) })
      ) { $1 }.merging(["CreateIntegration": ["integrationId": "new"], "GetRoutes": routes]) { $1 })
    let resource = LiveResource(
      id: "a", properties: live,
      attributes: ["name": "shop", "stage": .string(stage)], owner: owner)
    let update = Update(live: resource, resource: api(properties), owner: owner, changed: changed)
    _ = try await ApiKind().update(update, WritingClient(target: aws, sender: sender))
    return sender
  }

  private func writes(_ sender: AnsweringSender) async -> [String] {
    await sender.operations.filter { !$0.hasPrefix("Get") }
  }

  @Test func `gets another integration, never a changed one, and loses what nothing leads to`() async throws {
    let sender = try await update(
      ["routes": ["GET /a": ["http": "https://a.example"]]], from: ["routes": plain], changed: ["routes"])
    #expect(
      await writes(sender) == [
        "CreateIntegration", "UpdateRoute", "DeleteIntegration", "DeleteRouteSettings",
      ])
    #expect(await sender.input("UpdateRoute")?["target"] == "integrations/new")
    #expect(
      await sender.requests.last?.path == [
        "v2", "apis", "a", "stages", "$default", "routesettings", "GET /a",
      ])
  }

  @Test func `renames the route whose parameters get other names`() async throws {
    let sender = try await update(
      ["routes": ["GET /orders/{order}/{rest+}": ["lambda": lambda]]],
      from: ["routes": ["GET /orders/{id}/{all+}": ["lambda": lambda]]], changed: ["routes"],
      route: "GET /orders/{id}/{all+}")
    #expect(await writes(sender).filter { !$0.contains("Settings") } == ["UpdateRoute"])
    #expect(await sender.input("UpdateRoute")?["routeKey"] == "GET /orders/{order}/{rest+}")
    #expect(await sender.input("UpdateRoute")?["routeId"] == nil)
    #expect(RouteKey("GET /orders/{id}")?.pattern != RouteKey("GET /orders/{id+}")?.pattern)
  }

  @Test func `shares the integration of two routes to one lambda`() async throws {
    let sender = try await update(
      [
        "routes": [
          "GET /a": ["lambda": lambda, "throttling": ["burstLimit": 3]], "PUT /a": ["lambda": lambda],
        ]
      ],
      from: ["routes": plain], changed: ["routes"])
    #expect(await writes(sender) == ["CreateRoute"])
    #expect(await sender.input("CreateRoute")?["target"] == "integrations/i")
  }

  @Test func `loses a policy and access logs by operations of their own`() async throws {
    let sender = try await update(
      ["cors": .null, "accessLogs": .null, "throttling": .null, "stageVariables": ["b": "2"]], from: [:],
      changed: ["accessLogs", "cors", "stageVariables", "throttling"])
    #expect(await writes(sender) == ["DeleteCorsConfiguration", "DeleteAccessLogSettings", "UpdateStage"])
    #expect(
      await sender.input("UpdateStage") == [
        "stageVariables": ["a": "", "b": "2"],
        "defaultRouteSettings": ["throttlingBurstLimit": 5000, "throttlingRateLimit": 10000],
      ])
  }

  @Test func `moves to a stage of another name with all its settings`() async throws {
    let sender = try await update(
      ["stage": "v2", "routes": plain], from: ["throttling": ["rateLimit": 20]], changed: ["stage"])
    #expect(await writes(sender) == ["CreateStage", "DeleteStage"])
    #expect(
      await sender.input("CreateStage") == [
        "stageName": "v2", "autoDeploy": true, "description": "Published by Stackform",
        "defaultRouteSettings": ["throttlingRateLimit": 20],
      ])
  }

  @Test func `is deleted with all that it has, in one request`() async throws {
    let sender = AnsweringSender(["DeleteApi": .map([:])])
    let live = LiveResource(id: "a", properties: ["protocol": "http"], attributes: [:], owner: owner)
    try await ApiKind().delete(
      Deletion(address: owner.address, section: "apis", live: live),
      WritingClient(target: aws, sender: sender))
    #expect(await sender.operations == ["DeleteApi"])
  }

  @Test func `that the file has as a REST API now is found all the same`() async throws {
    let sender = AnsweringSender(Self.answers.merging(["GetRestApis": ["item": []]]) { $1 })
    let wanted = Resource(
      Address("apis", "shop"), name: "shop", properties: ["protocol": "rest", "routes": plain])
    let query = LiveQuery(wanted, id: "a", depth: .declared(["protocol"]), owner: owner)
    let live = try await ApiKind().read(query, ReadingClient(target: aws, sender: sender))
    #expect(live?.properties["protocol"] == "http")
  }
}
