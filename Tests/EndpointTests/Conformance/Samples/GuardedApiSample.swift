extension KindSample {
  /// A REST API whose routes ask who calls, and with what.
  static let guardedApi = KindSample(
    section: "apis",
    surroundings: [
      "queues": "  orders: {}",
      "lambdas": """
        guard: { code: function, runtime: python3.12, handler: app.handler }
        worker: { code: other-function, runtime: python3.12, handler: app.handler }
      """,
    ],
    properties: [
      "role": "\"arn:aws:iam::{account}:role/one\"",
      "authorizers":
        "{ tokens: { type: TOKEN, lambda: \"${lambdas.guard.arn}\", authorizerResultTtlInSeconds: 60, "
        + "identityValidationExpression: \"Bearer .*\" }, "
        + "requests: { type: REQUEST, lambda: \"${lambdas.guard.arn}\", "
        + "identitySource: [method.request.header.X-Key, method.request.querystring.key] }, "
        + "people: { type: COGNITO_USER_POOLS, "
        + "providerARNs: [\"arn:aws:cognito-idp:us-east-1:{account}:userpool/us-east-1_one\"] } }",
      "models": "{ Order: { type: object, required: [id] } }",
      "routes":
        "{ \"POST /orders\": { queue: \"${queues.orders.url}\", authorizer: tokens, "
        + "requestModels: { application/json: Order }, requiredParameters: [header.X-Tenant], integrationResponses: "
        + "{ \"202\": { responseTemplates: { application/json: '{}' } }, \"400\": { selectionPattern: '4\\d{2}' } } }, "
        + "\"GET /orders/{id}\": { lambda: \"${lambdas.worker.arn}\", authorizer: people, "
        + "authorizationScopes: [orders/read] }, "
        + "\"PUT /orders/{id}\": { http: \"https://orders.example/{id}\", authorizer: requests, "
        + "requiredParameters: [querystring.version], "
        + "requestParameters: { integration.request.header.X-From: \"'api'\" }, "
        + "requestTemplates: { application/json: '{\"order\": $input.body}' }, integrationResponses: "
        + "{ \"200\": { responseParameters: { method.response.header.X-From: \"'api'\" } } } } }",
    ],
    mutations: [
      "role": "\"arn:aws:iam::{account}:role/two\"",
      "authorizers":
        "{ tokens: { type: TOKEN, lambda: \"${lambdas.worker.arn}\", "
        + "identitySource: [method.request.header.Token] }, "
        + "requests: { type: REQUEST, lambda: \"${lambdas.guard.arn}\", "
        + "authorizerCredentials: \"arn:aws:iam::{account}:role/caller\", authorizerResultTtlInSeconds: 0 }, "
        + "people: { type: COGNITO_USER_POOLS, "
        + "providerARNs: [\"arn:aws:cognito-idp:us-east-1:{account}:userpool/us-east-1_two\"] } }",
      "models": "{ Order: { type: object, required: [id, name] } }",
      "routes":
        "{ \"POST /orders\": { queue: \"${queues.orders.url}\", authorizer: people, "
        + "requestModels: { application/json: Order } }, "
        + "\"GET /orders/{id}\": { lambda: \"${lambdas.worker.arn}\", requiredParameters: [path.id] }, "
        + "\"PUT /orders/{id}\": { http: \"https://orders.example/{id}\", authorizer: tokens } }",
    ],
    // Routes name these.
    indispensable: ["authorizers", "models"],
    outsideChanges: [
      "role": """
      gateway = client("apigateway")
      for item in gateway.get_resources(restApiId=id, embed=["methods"], limit=500)["items"]:
        if item["path"] == "/orders":
          change = {"op": "replace", "path": "/credentials", "value": "arn:aws:iam::" + account + ":role/other"}
          gateway.update_integration(
            restApiId=id, resourceId=item["id"], httpMethod="POST", patchOperations=[change])
      """,
      "routes": """
      gateway = client("apigateway")
      for item in gateway.get_resources(restApiId=id, embed=["methods"], limit=500)["items"]:
        if item["path"] == "/orders":
          change = {"op": "replace", "path": "/authorizationType", "value": "NONE"}
          gateway.update_method(
            restApiId=id, resourceId=item["id"], httpMethod="POST", patchOperations=[change])
      """,
    ])
}
