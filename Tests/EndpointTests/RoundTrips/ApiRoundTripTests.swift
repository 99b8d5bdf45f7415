import Foundation
import Planner
import Testing

@testable import Providers

@Suite(.enabled(if: !LiveEndpoint.all.isEmpty))
struct `An API on a real endpoint` {
  @Test(arguments: LiveEndpoint.all)
  func `goes through all its verbs`(_ endpoint: LiveEndpoint) async throws {
    let subject = Resource(
      Address("apis", "subject"), name: "subject",
      properties: [
        "protocol": "rest", "description": "Orders", "stage": "v1", "stageVariables": ["mode": "fast"],
        "binaryMediaTypes": ["image/png", "application/zip"], "minimumCompressionSize": 1000,
        "endpointType": "REGIONAL", "apiKeySource": "AUTHORIZER", "disableExecuteApiEndpoint": true,
        "tracingEnabled": true, "throttling": ["rateLimit": .number(10.5), "burstLimit": 5],
        "logging": ["level": "INFO", "metrics": true], "tags": ["team": "blue"],
        "accessLogs": ["destination": logGroup("one", endpoint), "format": "$context.requestId"],
        "cors": ["allowOrigin": "https://shop.example", "allowHeaders": ["Content-Type"], "maxAge": 600],
        "role": .string("arn:aws:iam::\(account(endpoint)):role/api"), "routes": routes(endpoint),
      ])
    var otherRoutes = routes(endpoint).map ?? [:]
    otherRoutes["GET /orders/{id}"] = ["lambda": lambda("other", endpoint), "timeoutInMillis": 5000]
    otherRoutes["ANY /{proxy+}"] = nil
    otherRoutes["GET /{shop}/hours"] = ["mock": ["status": 204]]
    try await KindRoundTrip(
      ApiKind(), on: endpoint, subject: subject,
      mutations: [
        "description": "All orders", "stageVariables": ["mode": "slow", "level": "2"], "stage": "v2",
        "binaryMediaTypes": ["image/png", "image/gif"], "minimumCompressionSize": 0, "endpointType": "EDGE",
        "apiKeySource": "HEADER", "disableExecuteApiEndpoint": false, "tracingEnabled": false,
        "throttling": ["rateLimit": .number(20.5), "burstLimit": 6],
        "logging": ["level": "ERROR", "metrics": false],
        "tags": ["owner": "red", "team": "green"],
        "accessLogs": ["destination": logGroup("two", endpoint), "format": "$context.status"],
        "cors": ["allowOrigin": "*", "allowMethods": ["POST"]],
        "role": .string("arn:aws:iam::\(account(endpoint)):role/other"), "routes": .map(otherRoutes),
      ]
    ).run()
  }

  private func routes(_ endpoint: LiveEndpoint) -> Value {
    [
      "POST /orders": ["queue": .string("\(endpoint.target.endpoint ?? "")/\(account(endpoint))/orders")],
      "POST /events": ["topic": endpoint.target.arn("sns", "events") ?? .null, "apiKeyRequired": true],
      "GET /orders/{id}": ["lambda": lambda("status", endpoint), "authorization": "AWS_IAM"],
      "GET /docs/{page}": ["http": "https://docs.example/{page}"],
      "GET /": ["mock": ["status": 200, "body": #"{"ok": true}"#]],
      "ANY /{proxy+}": ["lambda": lambda("rest", endpoint)],
    ]
  }

  private func account(_ endpoint: LiveEndpoint) -> String { endpoint.target.account ?? "" }
  private func lambda(_ name: String, _ endpoint: LiveEndpoint) -> Value {
    endpoint.target.arn("lambda", "function:\(name)") ?? .null
  }
  private func logGroup(_ name: String, _ endpoint: LiveEndpoint) -> Value {
    endpoint.target.arn("logs", "log-group:\(name)") ?? .null
  }
}
