import Planner

/// Who may call an API, how often, and what other callers get as an answer. Facts:
/// `AWS::ApiGateway::Authorizer`, `ApiKey`, `UsagePlan` and `GatewayResponse`, and
/// `AWS::ApiGatewayV2::Authorizer` in CloudFormation.
extension ApiKind {
  static let authorizer = [
    Property(
      "authorizerCredentials", .arn,
      "The role with which the lambda is called; a permission of the lambda's is derived when left out."),
    Property(
      "authorizerPayloadFormatVersion", .choice(["1.0", "2.0"]), default: "2.0",
      "HTTP, with a lambda: the form of the event that it is given."),
    Property(
      "authorizerResultTtlInSeconds", .integer(0...3600), default: 300,
      "Seconds that an answer of the lambda is remembered for a caller."),
    Property(
      "enableSimpleResponses", .boolean, default: false,
      "HTTP, with a lambda: it answers `{\"isAuthorized\": true}` instead of a policy."),
    Property(
      "identitySource", .set(.text),
      "Where a caller's token is: `method.request.header.Authorization` of a REST API, `$request.header.Authorization` of an HTTP API, each when left out."
    ),
    Property(
      "identityValidationExpression", .text,
      "REST, with TOKEN: a regular expression that tokens must match before the lambda is asked."),
    Property(
      "jwtConfiguration", .object(jwtConfiguration),
      "With JWT: the issuer and the audience of accepted tokens."),
    Property(
      "lambda",
      .string(
        TextRule(pattern: "arn:[^:]+:lambda:[^:]+:[0-9]{12}:function:.+", says: "a lambda's ARN")),
      need: .value, "With TOKEN and REQUEST: the lambda that is asked."),
    Property(
      "providerARNs", .set(.arn), "With COGNITO_USER_POOLS: the user pools that issue accepted tokens."),
    Property(
      "type", .choice(["COGNITO_USER_POOLS", "JWT", "REQUEST", "TOKEN"]), required: true,
      "What is looked at: a token, by a lambda (REST: TOKEN) or against user pools (REST: COGNITO_USER_POOLS) or an issuer (HTTP: JWT), or the whole request, by a lambda (REQUEST)."
    ),
  ]

  private static let jwtConfiguration = [
    Property("audience", .set(.text), required: true, "Whom a token must be for: one of these."),
    Property(
      "issuer", .string(TextRule(pattern: "https?://[^\\s]+", says: "a URL")), required: true,
      "Who must have issued it, as `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc`."),
  ]

  static let apiKey = [
    Property("customerId", .text, "The caller's id in the AWS Marketplace."),
    Property("description", .text, "Whose it is."),
    Property("enabled", .boolean, default: true, "Whether it is taken."),
    Property(
      "value",
      .string(TextRule(length: 20...128, pattern: "[A-Za-z0-9_+/=.-]+", says: "letters, digits and _+/=.-")),
      secret: true,
      "What callers show in `x-api-key`; API Gateway makes one up when left out. Another value makes another key."
    ),
  ]

  static let usagePlan = [
    Property("apiKeys", .set(.text), "Whom it is for: names of `apiKeys`."),
    Property("description", .text, "What it is for."),
    Property("quota", .object(quota), "How many requests a key has."),
    Property(
      "routeThrottling", .map(.object(throttling)),
      "How many requests of each key some routes take, by route."
    ),
    Property("throttling", .object(throttling), "How many requests of each key are taken."),
  ]

  private static let quota = [
    Property("limit", .integer(0...Int(Int32.max)), required: true, "Requests in a period."),
    Property(
      "offset", .integer(0...31), default: 0, "Requests that are taken off in the first period."),
    Property("period", .choice(["DAY", "MONTH", "WEEK"]), required: true, "How long a period is."),
  ]

  static let gatewayResponse = [
    Property(
      "responseParameters", .map(.text),
      "Headers, as `gatewayresponse.header.Access-Control-Allow-Origin: \"'*'\"`."),
    Property("responseTemplates", .map(.text), "The body, as a mapping template, by content type."),
    Property("statusCode", .integer(100...599), "The status; that of the type when left out."),
  ]

  /// The types of API Gateway's own answers, with their statuses. Fact: "Gateway response types" in its
  /// guide.
  static let gatewayResponseTypes: [String: Int?] = [
    "ACCESS_DENIED": 403, "API_CONFIGURATION_ERROR": 500, "AUTHORIZER_CONFIGURATION_ERROR": 500,
    "AUTHORIZER_FAILURE": 500, "BAD_REQUEST_BODY": 400, "BAD_REQUEST_PARAMETERS": 400, "DEFAULT_4XX": nil,
    "DEFAULT_5XX": nil, "EXPIRED_TOKEN": 403, "INTEGRATION_FAILURE": 504, "INTEGRATION_TIMEOUT": 504,
    "INVALID_API_KEY": 403, "INVALID_SIGNATURE": 403, "MISSING_AUTHENTICATION_TOKEN": 403,
    "QUOTA_EXCEEDED": 429, "REQUEST_TOO_LARGE": 413, "RESOURCE_NOT_FOUND": 404, "THROTTLED": 429,
    "UNAUTHORIZED": 401, "UNSUPPORTED_MEDIA_TYPE": 415, "WAF_FILTERED": 403,
  ]
}
