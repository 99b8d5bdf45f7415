import Planner

extension ApiKind {
  static let declaration = Schema(
    section: "apis", kind: "API", title: "Amazon API Gateway API",
    summary: "An HTTP API whose routes lead to lambdas, queues, topics, other servers or fixed answers.",
    naming: Naming(TextRule(length: 1...1024), isIdentity: false),
    properties: [
      Property("accessLogs", .object(accessLogs), "Writes a line for every request."),
      Property(
        "apiKeySource", .choice(["AUTHORIZER", "HEADER"]), default: "HEADER",
        "Where a request's API key is looked for."),
      Property(
        "binaryMediaTypes", .set(.text),
        "Bodies of these content types are bytes, not text, as `image/png` or `*/*`."),
      Property("cors", .object(cors), "Lets web pages of other origins call the API."),
      Property(
        "deployment", .text, need: .value, derived: true, "What of the routes is published, as a hash."),
      Property("description", .string(TextRule(length: 0...1024)), "What the API is for."),
      Property(
        "disableExecuteApiEndpoint", .boolean, default: false,
        "The API can be called by custom domain names alone."),
      Property(
        "endpointType", .choice(["EDGE", "PRIVATE", "REGIONAL"]), default: "EDGE",
        "Whether callers come through CloudFront's edges, to the region, or from VPCs."),
      Property("logging", .object(logging), "What the API tells CloudWatch of its work."),
      Property(
        "minimumCompressionSize", .integer(0...10_485_760),
        "Answers from this many bytes on are compressed; none are when left out."),
      Property(
        "protocol", .choice(["http", "rest", "websocket"]), default: "rest", change: .replaces,
        "The sort of API. Only rest is there today."),
      Property(
        "role", .arn,
        "The role with which queues and topics are sent to; one that may do just that is derived when left out."
      ),
      Property(
        "routes", .map(.object(route)), required: true,
        "Where requests go, by method and path: `GET /orders/{id}`, `ANY /{proxy+}`."),
      Property(
        "stage",
        .string(TextRule(length: 1...128, pattern: "[A-Za-z0-9_-]+", says: "letters, digits, _ and -")),
        default: .string(defaultStage), "The first part of the API's path, under which it is published."),
      Property(
        "stageVariables",
        .map(
          .string(
            TextRule(pattern: "[A-Za-z0-9._~:/?#&=,-]+", says: "letters, digits and ._~:/?#&=,-"))),
        need: .value, "Values that mapping templates and addresses see as `stageVariables`."),
      Property(
        "throttling", .object(throttling), "How many requests are taken; the account's limits when left out."),
      Property(
        "tracingEnabled", .boolean, default: false, "Traces requests with X-Ray."),
    ],
    attributes: [
      Attribute("arn", early: false, "The API's ARN."),
      Attribute("executionArn", early: false, "What policies call it: `arn:aws:execute-api:…:<id>`."),
      Attribute("id", early: false, "The id that API Gateway gives it."),
      Attribute("name", early: true, "The API's name."),
      Attribute("stage", early: true, "The name of the stage."),
      Attribute("url", early: false, "Where it is called, without a slash at the end."),
    ],
    example: """
      apis:
        orders:
          protocol: rest
          routes:
            POST /orders: { queue: "${queues.orders.url}" }
            GET /orders/{id}: { lambda: "${lambdas.order-status.arn}" }
            GET /health: { mock: { status: 200, body: '{"ok": true}' } }
      """)

  static let defaultStage = "live"

  private static let cors = [
    Property("allowCredentials", .boolean, default: false, "Pages may send cookies along."),
    Property("allowHeaders", .set(.text), "The headers that pages may send, as `Content-Type`."),
    Property(
      "allowMethods", .set(.text), "The methods that pages may use; those of each path when left out."),
    Property(
      "allowOrigin", .text, required: true, "The origin whose pages may call: `https://shop.example`, or `*`."
    ),
    Property("exposeHeaders", .set(.text), "The headers of answers that pages may see."),
    Property("maxAge", .integer(0...86400), "Seconds that a browser remembers this."),
  ]

  private static let throttling = [
    Property("burstLimit", .integer(0...Int(Int32.max)), "Requests at once."),
    Property("rateLimit", .number, "Requests a second."),
  ]

  private static let logging = [
    Property("dataTrace", .boolean, default: false, "Whole requests and answers, too: not for production."),
    Property("level", .choice(["ERROR", "INFO", "OFF"]), default: "OFF", "Which requests are logged."),
    Property("metrics", .boolean, default: false, "Counts and latencies for each method."),
  ]

  private static let accessLogs = [
    Property("destination", .arn, required: true, "The ARN of a log group or a Firehose stream."),
    Property(
      "format", .string(TextRule(length: 1...3072)), required: true,
      "A line, with `$context` variables in it."),
  ]

  private static let route = [
    Property("apiKeyRequired", .boolean, default: false, "Callers must show an API key."),
    Property(
      "authorization", .choice(["AWS_IAM", "NONE"]), default: "NONE",
      "Whether callers must sign their requests."),
    Property("custom", .document, derived: true, "What is there, where it is none of the targets below."),
    Property(
      "http", .string(TextRule(pattern: "https?://[^\\s]+", says: "a URL")),
      "Hands requests on to this URL, which may hold the path's parameters."),
    Property(
      "lambda",
      .string(TextRule(pattern: "arn:[^:]+:lambda:[^:]+:[0-9]{12}:function:.+", says: "a lambda's ARN")),
      "Calls this lambda, which makes the answer."),
    Property("mock", .object(mock), "Always answers the same."),
    Property(
      "queue",
      .string(TextRule(pattern: "https?://.+/[0-9]{12}/[A-Za-z0-9_-]+(\\.fifo)?", says: "a queue's URL")),
      "Puts the body on this queue; the answer has the message's id."),
    Property(
      "requestParameters", .map(.text),
      "With queue or http: further parameters for it, as `integration.request.header.X-From: \"'api'\"`."),
    Property(
      "requestTemplates", .map(.text),
      "With queue: the form that is sent to SQS instead of ours, by the request's content type."),
    Property(
      "timeoutInMillis", .integer(50...29000), default: 29000, "Milliseconds that the target may take."),
    Property(
      "topic", .string(TextRule(pattern: "arn:[^:]+:sns:[^:]+:[0-9]{12}:.+", says: "a topic's ARN")),
      "Publishes the body to this topic; the answer has the message's id."),
  ]

  private static let mock = [
    Property("body", .text, "The answer's body: JSON, or a mapping template that makes it."),
    Property("status", .integer(100...599), required: true, "The answer's status."),
  ]
}
