import Planner

/// Amazon API Gateway, version 1 (REST APIs): its operations.
package enum APIGateway {
  package static let service = AWSService(
    "apigateway", environmentID: "API_GATEWAY", .restJSON, errors: errors)

  /// Both versions answer with one code for different things.
  static let errors = ServiceErrors(messages: [
    ServiceErrors.MessageRow("ConflictException", "concurrent modification", .conflict),
    ServiceErrors.MessageRow("ConflictException", "try again later", .conflict),
    ServiceErrors.MessageRow("ConflictException", "already", .alreadyExists),
  ])
}

/// Amazon API Gateway, version 2 (HTTP APIs): its operations.
package enum APIGatewayV2 {
  package static let service = AWSService(
    "apigateway", environmentID: "APIGATEWAYV2", .restJSON, errors: APIGateway.errors)
}
