extension KindSample {
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
      "logging": "{ level: INFO, metrics: true }", "tags": "{ team: blue }",
      "accessLogs": "{ destination: \"\(group)one\", format: \"$context.requestId\" }",
      "cors": "{ allowOrigin: \"https://shop.example\", allowHeaders: [Content-Type], maxAge: 600 }",
      "routes":
        "{ \"POST /orders\": { queue: \"${queues.orders.url}\" }, "
        + "\"POST /events\": { topic: \"${topics.events.arn}\", apiKeyRequired: true }, "
        + "\"GET /orders/{id}\": { http: \"https://orders.example/{id}\", authorization: AWS_IAM }, "
        + "\"GET /health\": { mock: { status: 200, body: '{\"ok\": true}' } } }",
    ],
    mutations: [
      "description": "All orders", "stage": "v2", "stageVariables": "{ mode: slow, level: \"2\" }",
      "binaryMediaTypes": "[image/png, image/gif]", "minimumCompressionSize": "0", "endpointType": "EDGE",
      "apiKeySource": "HEADER", "disableExecuteApiEndpoint": "false", "tracingEnabled": "false",
      "throttling": "{ rateLimit: 20.5, burstLimit: 6 }", "logging": "{ level: ERROR, metrics: false }",
      "tags": "{ owner: red }", "accessLogs": "{ destination: \"\(group)two\", format: \"$context.status\" }",
      "cors": "{ allowOrigin: \"*\", allowMethods: [POST] }",
      "routes":
        "{ \"POST /orders\": { queue: \"${queues.orders.url}\" }, "
        + "\"POST /returns\": { queue: \"${queues.returns.url}\", timeoutInMillis: 5000 }, "
        + "\"GET /orders/{id}\": { http: \"https://orders.example/{id}/status\" }, "
        + "\"GET /health\": { mock: { status: 204 } } }",
      // The name is no identity: it changes in place.
      "name": "another",
    ],
    outsideChanges: [
      "routes": """
      gateway = client("apigateway")
      for item in gateway.get_resources(restApiId=id, embed=["methods"], limit=500)["items"]:
        if item["path"] == "/health":
          gateway.delete_method(restApiId=id, resourceId=item["id"], httpMethod="GET")
      """
    ])

  private static let group = "arn:aws:logs:us-east-1:{account}:log-group:"
}
