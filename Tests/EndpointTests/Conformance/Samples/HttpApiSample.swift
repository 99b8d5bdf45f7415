extension KindSample {
  static let httpApi = KindSample(
    section: "apis",
    surroundings: [
      "queues": "  orders: {}",
      "lambdas": """
        guard: { code: function, runtime: python3.12, handler: app.handler }
        worker: { code: other-function, runtime: python3.12, handler: app.handler }
      """,
    ],
    properties: [
      "protocol": "http", "description": "Orders", "stage": "v1",
      "stageVariables": "{ mode: fast, level: \"2\" }",
      "disableExecuteApiEndpoint": "true", "throttling": "{ rateLimit: 10.5, burstLimit: 5 }",
      "logging": "{ metrics: true }", "tags": "{ team: blue }",
      "accessLogs": "{ destination: \"\(group)one\", format: \"$context.requestId\" }",
      "cors":
        "{ allowOrigins: [\"https://shop.example\", \"https://www.example\"], allowHeaders: [Content-Type], "
        + "allowMethods: [GET, POST], exposeHeaders: [ETag], maxAge: 600, allowCredentials: true }",
      "authorizers":
        "{ people: { type: JWT, jwtConfiguration: { issuer: \"https://issuer.example\", audience: [shop] } }, "
        + "keys: { type: REQUEST, lambda: \"${lambdas.guard.arn}\", enableSimpleResponses: true, "
        + "identitySource: [$request.header.X-Key], authorizerResultTtlInSeconds: 60 } }",
      "routes":
        "{ \"GET /orders/{id}\": { lambda: \"${lambdas.worker.arn}\", authorizer: people, "
        + "authorizationScopes: [orders/read], throttling: { rateLimit: 3.5, burstLimit: 2 } }, "
        + "\"PUT /orders/{id}\": { lambda: \"${lambdas.worker.arn}\", authorization: AWS_IAM }, "
        + "\"POST /orders\": { queue: \"${queues.orders.url}\", authorizer: keys, "
        + "requestParameters: { DelaySeconds: \"5\" } }, "
        + "\"ANY /docs/{proxy+}\": { http: \"https://docs.example/{proxy}\", timeoutInMillis: 5000, "
        + "requestParameters: { append:header.X-From: api } }, "
        + "$default: { lambda: \"${lambdas.worker.arn}\", payloadFormatVersion: \"1.0\" } }",
    ],
    mutations: [
      "description": "All orders", "stage": "$default", "stageVariables": "{ mode: slow }",
      "disableExecuteApiEndpoint": "false", "throttling": "{ rateLimit: 20.5 }",
      "logging": "{ metrics: false }",
      "tags": "{ owner: red }", "accessLogs": "{ destination: \"\(group)two\", format: \"$context.status\" }",
      "cors": "{ allowOrigin: \"*\", allowMethods: [POST] }",
      "authorizers":
        "{ people: { type: JWT, identitySource: [$request.querystring.token], "
        + "jwtConfiguration: { issuer: \"https://other.example\", audience: [shop, app] } }, "
        + "keys: { type: REQUEST, lambda: \"${lambdas.guard.arn}\", authorizerPayloadFormatVersion: \"1.0\", "
        + "authorizerCredentials: \"arn:aws:iam::{account}:role/caller\" } }",
      "routes":
        "{ \"GET /orders/{id}\": { lambda: \"${lambdas.guard.arn}\", authorizer: keys }, "
        + "\"PUT /orders/{id}\": { http: \"https://orders.example/{id}\", throttling: { burstLimit: 9 } }, "
        + "\"POST /orders\": { queue: \"${queues.orders.url}\", authorizer: people }, "
        + "\"POST /returns\": { lambda: \"${lambdas.worker.arn}\" } }",
      "name": "another",
    ],
    // Routes name these.
    indispensable: ["authorizers"],
    outsideChanges: [
      "accessLogs": stage(
        "AccessLogSettings={\"DestinationArn\": stage[\"AccessLogSettings\"][\"DestinationArn\"], \"Format\": \"x\"}"
      ),
      "authorizers": """
      gateway = client("apigatewayv2")
      for item in gateway.get_authorizers(ApiId=id)["Items"]:
        if item["AuthorizerType"] == "JWT":
          gateway.update_authorizer(
            ApiId=id, AuthorizerId=item["AuthorizerId"],
            JwtConfiguration={"Issuer": "https://evil.example", "Audience": ["shop"]})
      """,
      "cors": "client(\"apigatewayv2\").update_api(ApiId=id, CorsConfiguration={\"AllowOrigins\": [\"*\"]})",
      "description": "client(\"apigatewayv2\").update_api(ApiId=id, Description=\"Changed\")",
      "disableExecuteApiEndpoint":
        "client(\"apigatewayv2\").update_api(ApiId=id, DisableExecuteApiEndpoint=False)",
      "logging": stage(
        "DefaultRouteSettings={**stage[\"DefaultRouteSettings\"], \"DetailedMetricsEnabled\": False}"),
      "routes": """
      gateway = client("apigatewayv2")
      for route in gateway.get_routes(ApiId=id)["Items"]:
        if route["RouteKey"].startswith("PUT"):
          gateway.update_route(ApiId=id, RouteId=route["RouteId"], AuthorizationType="NONE")
      """,
      "stage": """
      gateway = client("apigatewayv2")
      gateway.get_stage(ApiId=id, StageName="v1")
      gateway.create_stage(ApiId=id, StageName="other", AutoDeploy=True)
      gateway.delete_stage(ApiId=id, StageName="v1")
      """,
      "stageVariables": stage("StageVariables={\"mode\": \"changed\"}"),
      "tags":
        "client(\"apigatewayv2\").tag_resource(ResourceArn=\"arn:aws:apigateway:us-east-1::/apis/\" + id, "
        + "Tags={\"team\": \"green\"})",
      "throttling": stage(
        "DefaultRouteSettings={**stage[\"DefaultRouteSettings\"], \"ThrottlingBurstLimit\": 77}"),
    ],
    defects: [KindSample.missingHttpApis])

  /// The other protocol is another API.
  static let replacedApi = KindSample(
    section: "apis",
    properties: ["protocol": "http", "routes": "{ \"GET /health\": { http: \"https://shop.example\" } }"],
    mutations: ["routes": "{ \"GET /health\": { http: \"https://shop.example/health\" } }"],
    replacements: ["protocol": "rest"],
    defects: [KindSample.missingHttpApis])

  private static let missingHttpApis = Defect(
    endpoint: .localstack, property: nil,
    evidence:
      "CreateApi → 501 InternalFailure: The API for service 'apigatewayv2' is either not included in your current license plan or has not yet been emulated by LocalStack."
  )

  private static func stage(_ change: String) -> String {
    """
    gateway = client("apigatewayv2")
    for stage in gateway.get_stages(ApiId=id)["Items"]:
      gateway.update_stage(ApiId=id, StageName=stage["StageName"], \(change))
    """
  }
}
