extension KindSample {
  /// A REST API with all that one can have by itself.
  static let api = KindSample(
    section: "apis",
    surroundings: [
      "queues": """
        orders: {}
        returns: {}
      """,
      "topics": """
        events: {}
      """,
    ],
    properties: [
      "protocol": "rest", "description": "Orders", "stage": "v1", "stageVariables": "{ mode: fast }",
      "binaryMediaTypes": "[image/png, application/zip]", "minimumCompressionSize": "1000",
      "endpointType": "REGIONAL", "apiKeySource": "AUTHORIZER", "disableExecuteApiEndpoint": "true",
      "tracingEnabled": "true", "throttling": "{ rateLimit: 10.5, burstLimit: 5 }",
      "logging": "{ level: INFO, metrics: true, dataTrace: true }", "tags": "{ team: blue }",
      "accessLogs": "{ destination: \"\(group)one\", format: \"$context.requestId\" }",
      "cors":
        "{ allowOrigin: \"https://shop.example\", allowHeaders: [Content-Type], exposeHeaders: [ETag], "
        + "maxAge: 600, allowCredentials: true }",
      "policy": policy("Allow"),
      "gatewayResponses":
        "{ UNAUTHORIZED: { statusCode: 403 }, DEFAULT_4XX: { responseParameters: "
        + "{ gatewayresponse.header.Access-Control-Allow-Origin: \"'*'\" }, "
        + "responseTemplates: { application/json: '{\"error\": true}' } } }",
      "models": "{ Order: { type: object, required: [id] }, Spare: '{\"type\": \"array\"}' }",
      "authorizers":
        "{ people: { type: COGNITO_USER_POOLS, providerARNs: [\(pool)one\"], "
        + "identitySource: [method.request.header.Token] } }",
      "apiKeys":
        "{ mobile: { value: 0123456789abcdefghij, description: The app }, "
        + "partner: { enabled: false, customerId: acme } }",
      "usagePlans":
        "{ basic: { apiKeys: [mobile], description: Everyone, quota: { limit: 1000, period: DAY }, "
        + "throttling: { rateLimit: 7.5, burstLimit: 3 }, "
        + "routeThrottling: { \"POST /orders\": { rateLimit: 2, burstLimit: 1 } } }, gold: { apiKeys: [partner] } }",
      "routes":
        "{ \"POST /orders\": { queue: \"${queues.orders.url}\", throttling: { rateLimit: 3.5, burstLimit: 2 } }, "
        + "\"POST /events\": { topic: \"${topics.events.arn}\", apiKeyRequired: true }, "
        + "\"GET /orders/{id}\": { http: \"https://orders.example/{id}\", authorization: AWS_IAM }, "
        + "\"GET /health\": { mock: { status: 200, body: '{\"ok\": true}' } } }",
    ],
    mutations: [
      "description": "All orders", "stage": "v2", "stageVariables": "{ mode: slow, level: \"2\" }",
      "binaryMediaTypes": "[image/png, image/gif]", "minimumCompressionSize": "0", "endpointType": "EDGE",
      "apiKeySource": "HEADER", "disableExecuteApiEndpoint": "false", "tracingEnabled": "false",
      "throttling": "{ rateLimit: 20.5, burstLimit: 6 }",
      "logging": "{ level: ERROR, metrics: false, dataTrace: false }",
      "tags": "{ owner: red }", "accessLogs": "{ destination: \"\(group)two\", format: \"$context.status\" }",
      "cors": "{ allowOrigin: \"*\", allowMethods: [POST] }",
      "policy": policy("Deny"),
      "gatewayResponses":
        "{ UNAUTHORIZED: {}, THROTTLED: { responseTemplates: { text/plain: Later } } }",
      "models": "{ Order: { type: object, required: [id, name] }, Return: { type: object } }",
      "authorizers":
        "{ people: { type: COGNITO_USER_POOLS, providerARNs: [\(pool)two\"] }, "
        + "others: { type: COGNITO_USER_POOLS, providerARNs: [\(pool)one\", \(pool)two\"] } }",
      "apiKeys":
        "{ mobile: { value: abcdefghij0123456789, enabled: false }, partner: { description: A partner }, "
        + "third: {} }",
      "usagePlans":
        "{ basic: { apiKeys: [partner], quota: { limit: 500, period: WEEK, offset: 2 }, "
        + "routeThrottling: { \"GET /health\": { rateLimit: 4.5, burstLimit: 2 } } }, "
        + "silver: { throttling: { burstLimit: 9 } } }",
      "routes":
        "{ \"POST /orders\": { queue: \"${queues.orders.url}\", throttling: { burstLimit: 4 } }, "
        + "\"POST /returns\": { queue: \"${queues.returns.url}\", timeoutInMillis: 5000 }, "
        + "\"GET /orders/{id}\": { http: \"https://orders.example/{id}/status\" }, "
        + "\"GET /health\": { mock: { status: 204 } } }",
      // The name is no identity: it changes in place.
      "name": "another",
    ],
    // A plan names keys, and routes.
    companions: ["apiKeys": ["usagePlans"]],
    outsideChanges: [
      "accessLogs": stage("/accessLogSettings/format", "$context.ip"),
      "apiKeySource": api("/apiKeySource", "HEADER"),
      "apiKeys": """
      gateway = client("apigateway")
      for key in gateway.get_api_keys(limit=500)["items"]:
        if key["name"].endswith("mobile"):
          change = {"op": "replace", "path": "/description", "value": "Changed"}
          gateway.update_api_key(apiKey=key["id"], patchOperations=[change])
      """,
      "authorizers": """
      gateway = client("apigateway")
      for item in gateway.get_authorizers(restApiId=id)["items"]:
        change = {"op": "replace", "path": "/identitySource", "value": "method.request.header.Other"}
        gateway.update_authorizer(restApiId=id, authorizerId=item["id"], patchOperations=[change])
      """,
      "binaryMediaTypes": """
      change = {"op": "add", "path": "/binaryMediaTypes/text~1css"}
      client("apigateway").update_rest_api(restApiId=id, patchOperations=[change])
      """,
      "cors": """
      gateway = client("apigateway")
      for item in gateway.get_resources(restApiId=id, embed=["methods"], limit=500)["items"]:
        if "OPTIONS" in item.get("resourceMethods", {}):
          gateway.delete_method(restApiId=id, resourceId=item["id"], httpMethod="OPTIONS")
      """,
      "description": api("/description", "Changed"),
      "disableExecuteApiEndpoint": api("/disableExecuteApiEndpoint", "false"),
      "endpointType": api("/endpointConfiguration/types/0", "EDGE"),
      "gatewayResponses": """
      client("apigateway").put_gateway_response(restApiId=id, responseType="UNAUTHORIZED", statusCode="404")
      """,
      "logging": stage("/*/*/logging/loglevel", "ERROR"),
      "minimumCompressionSize": api("/minimumCompressionSize", "2000"),
      "models": """
      change = {"op": "replace", "path": "/schema", "value": json.dumps({"type": "string"})}
      client("apigateway").update_model(restApiId=id, modelName="Order", patchOperations=[change])
      """,
      "policy": """
      policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}
      change = {"op": "replace", "path": "/policy", "value": json.dumps(policy)}
      client("apigateway").update_rest_api(restApiId=id, patchOperations=[change])
      """,
      "routes": """
      gateway = client("apigateway")
      for item in gateway.get_resources(restApiId=id, embed=["methods"], limit=500)["items"]:
        if item["path"] == "/health":
          gateway.delete_method(restApiId=id, resourceId=item["id"], httpMethod="GET")
      """,
      "stage": """
      gateway = client("apigateway")
      stage = gateway.get_stage(restApiId=id, stageName="v1")
      gateway.create_stage(restApiId=id, stageName="other", deploymentId=stage["deploymentId"])
      gateway.delete_stage(restApiId=id, stageName="v1")
      """,
      "stageVariables": stage("/variables/mode", "changed"),
      "tags": api("/tags/team", "green"),
      "throttling": stage("/*/*/throttling/burstLimit", "77"),
      "tracingEnabled": stage("/tracingEnabled", "false"),
      "usagePlans": """
      gateway = client("apigateway")
      for plan in gateway.get_usage_plans(limit=500)["items"]:
        if plan["name"].endswith("basic"):
          change = {"op": "replace", "path": "/quota/limit", "value": "9"}
          gateway.update_usage_plan(usagePlanId=plan["id"], patchOperations=[change])
      """,
    ])

  static let group = "arn:aws:logs:us-east-1:{account}:log-group:"
  private static let pool = "\"arn:aws:cognito-idp:us-east-1:{account}:userpool/us-east-1_"

  private static func policy(_ effect: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: \(effect), Principal: '*', "
      + "Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }] }"
  }

  private static func api(_ path: String, _ value: String) -> String {
    """
    change = {"op": "replace", "path": "\(path)", "value": "\(value)"}
    client("apigateway").update_rest_api(restApiId=id, patchOperations=[change])
    """
  }

  private static func stage(_ path: String, _ value: String) -> String {
    """
    gateway = client("apigateway")
    for stage in gateway.get_stages(restApiId=id)["item"]:
      change = {"op": "replace", "path": "\(path)", "value": "\(value)"}
      gateway.update_stage(restApiId=id, stageName=stage["stageName"], patchOperations=[change])
    """
  }
}
