import Planner

/// What the two services refuse. Facts: "Choose between REST APIs and HTTP APIs" in API Gateway's guide, and its API references.
extension ApiKind {
  static let relations = protocolRelations + corsRelations + routeRelations + accessRelations

  private static let isREST = Condition.value("/protocol", "rest")
  private static let isHTTP = Condition.value("/protocol", "http")

  /// What one protocol has and the other has not.
  private static let protocolRelations =
    [
      Relation.goesWith(
        [
          "apiKeySource", "apiKeys", "binaryMediaTypes", "endpointType", "gatewayResponses",
          "minimumCompressionSize", "models", "policy", "tracingEnabled", "usagePlans",
        ], isREST),
      .goesWith(
        [.value("stage", "$default")], isHTTP,
        because: "It is the stage of HTTP APIs that is not a part of the path."),
    ] + Relation.inside("logging", .goesWith(["dataTrace", "level"], isREST))

  private static let corsRelations = Relation.inside(
    "cors", .goesWith(["allowOrigins"], isHTTP),
    .atLeastOne(
      of: "allowOrigin", "allowOrigins",
      because: "They are the origins of pages that may call, as https://shop.example or *."),
    .excludes(
      .value("allowCredentials", true), .any([.value("allowOrigin", "*"), .value("allowOrigins.*", "*")]),
      because: "Browsers send no cookies to an API that lets every origin call it."))

  // MARK: Routes

  static let targets = ["http", "lambda", "mock", "queue", "topic"]

  private static let routeRelations =
    [
      Relation.count(
        1 ... .max, of: "routes", what: "routes",
        because: "API Gateway publishes an API only when it has one, as `GET /health`.")
    ]
    + Relation.inside(
      "routes.*",
      Relation(
        .choice(targets.map(Condition.set), 1...1, when: nil), because: "They say where the requests go."),
      .goesWith(
        [
          "apiKeyRequired", "integrationResponses", "mock", "requestModels", "requestTemplates",
          "requiredParameters", "topic",
        ], isREST),
      .goesWith(["payloadFormatVersion"], isHTTP),
      .goesWith(["payloadFormatVersion"], "lambda"),
      .goesWith(["integrationResponses"], .any(["http", "queue", "topic"])),
      .goesWith(["requestTemplates"], .any(["http", "queue"])),
      .goesWith(["requestParameters"], .any(["http", "queue", .all(["lambda", isHTTP])])),
      .needs(
        .all(["requestTemplates", "http"]), "integrationResponses",
        because: "API Gateway takes the server's answers only where it says what becomes of them."),
      .entry("requestModels.*", of: "/models", besides: ["Empty", "Error"]))
    + timeouts

  /// REST: 29 seconds, and more only where an account has asked for it, which it can't for EDGE.
  private static let timeouts = Relation.inside(
    "routes.*", .excludes("timeoutInMillis", "mock"),
    .excludes(
      .number("timeoutInMillis", (HttpIntegration.longestTimeout + 1)...), isHTTP,
      because: "An HTTP API waits 30 seconds at most."),
    .needs(
      .all([.number("timeoutInMillis", (RestIntegration.longestTimeout + 1)...), .not(isHTTP)]),
      .value("/endpointType", "REGIONAL", "PRIVATE"),
      because: "Even there AWS must be asked for more than 29 seconds."))

  // MARK: Who may call

  private static let accessRelations =
    authorizers
    + Relation.inside(
      "routes.*",
      .excludes(
        "authorization", "authorizer",
        because: "A route uses an authorizer or signatures, not both."),
      .entry("authorizer", of: "/authorizers"))
    + [
      .distinct("apiKeys.*.value", because: "The keys could not be distinguished."),
      .entry("usagePlans.*.apiKeys.*", of: "apiKeys"),
      .distinct("usagePlans.*.apiKeys.*", because: "A key has one plan for a stage."),
    ]
    + Relation.inside(
      "usagePlans.*.routeThrottling.*", .needs("rateLimit", "burstLimit"), .needs("burstLimit", "rateLimit"))
    + Relation.inside(
      "usagePlans.*.quota", .excludes(.number("offset", 1...), .value("period", "DAY")),
      .excludes(.number("offset", 7...), .value("period", "WEEK")),
      .excludes(.number("offset", 28...), .value("period", "MONTH")))

  private static let asksLambda = Condition.value("type", "REQUEST", "TOKEN")

  private static let authorizers = Relation.inside(
    "authorizers.*", .goesWith([.value("type", "COGNITO_USER_POOLS", "TOKEN")], isREST),
    .goesWith([.value("type", "JWT")], isHTTP),
    .needs(.value("type", "COGNITO_USER_POOLS"), "providerARNs"),
    .goesWith(["providerARNs"], .value("type", "COGNITO_USER_POOLS")),
    .needs(.value("type", "JWT"), "jwtConfiguration"),
    .goesWith(["jwtConfiguration"], .value("type", "JWT")), .needs(asksLambda, "lambda"),
    .goesWith(["authorizerCredentials", "authorizerResultTtlInSeconds", "lambda"], asksLambda),
    .goesWith(["authorizerPayloadFormatVersion", "enableSimpleResponses"], isHTTP),
    .goesWith(["authorizerPayloadFormatVersion", "enableSimpleResponses"], .value("type", "REQUEST")),
    .goesWith(["identityValidationExpression"], .value("type", "TOKEN")),
    .excludes(.value("enableSimpleResponses", true), .value("authorizerPayloadFormatVersion", "1.0")))
}
