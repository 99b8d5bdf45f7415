import Planner

extension ApiKind {
  static let declaration = Schema(
    section: "apis", kind: "API", title: "Amazon API Gateway API",
    summary:
      "An API has routes to lambdas, queues, topics, other servers or fixed answers. It is a REST API, or an HTTP API, which costs less and does less.",
    naming: Naming(TextRule(length: 1...1024), isIdentity: false),
    properties: [
      Property("accessLogs", .object(accessLogs), "Writes a line for every request."),
      Property(
        "apiKeySource", .choice(["AUTHORIZER", "HEADER"]), default: "HEADER",
        "REST: where a request's API key is looked for."),
      Property(
        "apiKeys", .map(.object(apiKey)), readAsWanted: true,
        "REST: keys for callers of routes with `apiKeyRequired`, by names of your own; a usage plan says what each may do."
      ),
      Property(
        "authorizers", .map(.object(authorizer)), readAsWanted: true,
        "Authorizers, by names of your own: a route names the one that checks its callers."),
      Property(
        "binaryMediaTypes", .set(.text),
        "REST: bodies of these content types are bytes, not text, as `image/png` or `*/*`."),
      Property("cors", .object(cors), readAsWanted: true, "Lets web pages of other origins call the API."),
      Property(
        "deployment", .text, need: .value, derived: true, "What of the routes is published, as a hash."),
      Property("description", .string(TextRule(length: 0...1024)), "What the API is for."),
      Property(
        "disableExecuteApiEndpoint", .boolean, default: false,
        "The API can be called by custom domain names alone."),
      Property(
        "endpointType", .choice(["EDGE", "PRIVATE", "REGIONAL"]), default: "EDGE",
        "REST: whether callers come through CloudFront's edges, to the region, or from VPCs."),
      Property(
        "gatewayResponses", .map(.object(gatewayResponse)), readAsWanted: true,
        "REST: answers that API Gateway gives by itself, by type, as `UNAUTHORIZED` or `DEFAULT_4XX`."),
      Property("logging", .object(logging), "What the API logs to CloudWatch."),
      Property(
        "minimumCompressionSize", .integer(0...10_485_760),
        "REST: answers from this many bytes on are compressed; none are when left out."),
      Property(
        "models", .map(.document),
        "REST: JSON schemas for bodies, by names of your own, which routes ask for in `requestModels`."),
      Property("policy", .policy, need: .value, "REST: a resource policy: who may call, and from where."),
      Property(
        "protocol", .choice(["http", "rest", "websocket"]), default: "rest", change: .replaces,
        "The sort of API: an HTTP API costs less and does less. WebSocket APIs are not there yet."),
      Property(
        "role", .arn,
        "The role with which queues and topics are sent to; one that may do just that is derived when left out."
      ),
      Property(
        "routes", .map(.object(route)), required: true, readAsWanted: true,
        "Where requests go, by method and path: `GET /orders/{id}`, `ANY /{proxy+}`; HTTP: `$default` takes all others."
      ),
      Property(
        "stage",
        .string(
          TextRule(
            length: 1...128, pattern: "[A-Za-z0-9_-]+|\\$default",
            says: "letters, digits, _ and -, or $default")),
        default: .string(defaultStage),
        "The stage: the first part of the API's path. The default of an HTTP API is `$default`, which is not a part of the path."
      ),
      Property(
        "stageVariables",
        .map(
          .string(
            TextRule(pattern: "[A-Za-z0-9._~:/?#&=,-]+", says: "letters, digits and ._~:/?#&=,-"))),
        need: .value, "Values that mapping templates and addresses see as `stageVariables`."),
      Property(
        "throttling", .object(throttling), readAsWanted: true,
        "How many requests are taken; the account's limits when left out."),
      Property(
        "tracingEnabled", .boolean, default: false, "REST: traces requests with X-Ray."),
      Property(
        "usagePlans", .map(.object(usagePlan)),
        "REST: how much the bearers of API keys may call, by names of your own."),
    ],
    attributes: [
      Attribute("arn", early: false, "The API's ARN."),
      Attribute("executionArn", early: false, "What policies call it: `arn:aws:execute-api:…:<id>`."),
      Attribute("id", early: false, "The id that API Gateway gives it."),
      Attribute("name", early: true, "The API's name."),
      Attribute("stage", early: true, "The name of the stage."),
      Attribute(
        "url", early: false, changesWith: ["stage"], "Where it is called, without a slash at the end."),
    ], relations: relations,
    example: """
      apis:
        orders:
          protocol: rest
          routes:
            POST /orders: { queue: "${queues.orders.url}" }
            GET /orders/{id}: { lambda: "${lambdas.order-status.arn}" }
            GET /health: { mock: { status: 200, body: '{"ok": true}' } }
      """)

  /// Of REST APIs.
  static let defaultStage = "live"
  /// HTTP APIs: the stage that is not a part of the path.
  static let defaultHTTPStage = "$default"

  private static let cors = [
    Property("allowCredentials", .boolean, default: false, "Pages may send cookies along."),
    Property("allowHeaders", .set(.text), "The headers that pages may send, as `Content-Type`."),
    Property(
      "allowMethods", .set(.text), "The methods that pages may use; those of each path when left out."),
    Property("allowOrigin", .text, "The origin of pages that may call: `https://shop.example`, or `*`."),
    Property("allowOrigins", .set(.text), "HTTP: the origins of pages that may call, if there are several."),
    Property("exposeHeaders", .set(.text), "The headers of answers that pages may see."),
    Property("maxAge", .integer(0...86400), "Seconds that a browser remembers this."),
  ]

  static let throttling = [
    Property("burstLimit", .integer(0...Int(Int32.max)), "Requests at once."),
    Property("rateLimit", .number, "Requests a second."),
  ]

  private static let logging = [
    Property(
      "dataTrace", .boolean, default: false, "REST: whole requests and answers, too: not for production."),
    Property("level", .choice(["ERROR", "INFO", "OFF"]), default: "OFF", "REST: which requests are logged."),
    Property("metrics", .boolean, default: false, "Counts and latencies for each method."),
  ]

  private static let accessLogs = [
    Property("destination", .arn, required: true, "The ARN of a log group or a Firehose stream."),
    Property(
      "format", .string(TextRule(length: 1...3072)), required: true,
      "A line, with `$context` variables in it."),
  ]
}
