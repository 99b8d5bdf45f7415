import Planner

/// What a route may say. Facts: `AWS::ApiGateway::Method` and `AWS::ApiGatewayV2::Route` and `Integration` in CloudFormation.
extension ApiKind {
  static let route = [
    Property("apiKeyRequired", .boolean, default: false, "REST: callers must show an API key."),
    Property(
      "authorization", .choice(["AWS_IAM", "NONE"]), default: "NONE",
      "Whether callers must sign their requests; an authorizer is named in `authorizer`."),
    Property(
      "authorizationScopes", .set(.text),
      "With an authorizer that reads tokens: callers need one of these scopes."),
    Property("authorizer", .text, "Who checks callers: a name of `authorizers`."),
    Property("custom", .document, derived: true, "The live target, if it is not one of the targets below."),
    Property(
      "http", .string(TextRule(pattern: "https?://[^\\s]+", says: "a URL")),
      "Hands requests on to this URL, which may hold the path's parameters."),
    Property(
      "integrationResponses", .map(.object(integrationResponse)),
      "REST, with queue, topic or http: the answers, by status, instead of ours (queue, topic) or of the server's as it is (http)."
    ),
    Property(
      "lambda",
      .string(
        TextRule(pattern: "arn:[^:]+:lambda:[^:]+:[0-9]{12}:function:.+", says: "a lambda's ARN")),
      need: .value, "Calls this lambda, which makes the answer."),
    Property("mock", .object(mock), "REST: always answers the same."),
    Property(
      "payloadFormatVersion", .choice(["1.0", "2.0"]), default: "2.0",
      "HTTP, with lambda: the form of the event that the lambda is given. 1.0 is that of REST APIs."),
    Property(
      "queue",
      .string(TextRule(pattern: "https?://.+/[0-9]{12}/[A-Za-z0-9_-]+(\\.fifo)?", says: "a queue's URL")),
      "Puts the body on this queue; the answer has the message's id."),
    Property(
      "requestModels", .map(.text),
      "REST: refuses bodies that are not as a model of `models` says, by content type: `application/json: Order`."
    ),
    Property(
      "requestParameters", .map(.text),
      "Further parameters for the target. REST, with queue or http: `integration.request.header.X-From: \"'api'\"`; HTTP: `append:header.X-From: api`, `DelaySeconds: \"5\"` with queue."
    ),
    Property(
      "requestTemplates", .map(.text),
      "REST, with queue or http: what is sent instead, by the request's content type."),
    Property(
      "requiredParameters",
      .set(
        .string(
          TextRule(
            pattern: "(header|path|querystring)\\.[A-Za-z0-9._$-]+",
            says: "header., path. or querystring. and a name"))),
      "REST: refuses requests without these, as `querystring.page`."),
    Property(
      "throttling", .object(throttling), "How many requests this route takes; the API's when left out."),
    Property(
      "timeoutInMillis", .integer(50...300_000),
      "Milliseconds that the target may take: 29000 when left out, 30000 of an HTTP API."),
    Property(
      "topic", .string(TextRule(pattern: "arn:[^:]+:sns:[^:]+:[0-9]{12}:.+", says: "a topic's ARN")),
      "REST: publishes the body to this topic; the answer has the message's id."),
  ]

  private static let mock = [
    Property("body", .text, "The answer's body: JSON, or a mapping template that makes it."),
    Property("status", .integer(100...599), required: true, "The answer's status."),
  ]

  private static let integrationResponse = [
    Property(
      "responseParameters", .map(.text),
      "Headers of the answer, as `method.response.header.X-From: \"'api'\"`."),
    Property("responseTemplates", .map(.text), "Its body, as a mapping template, by content type."),
    Property(
      "selectionPattern", .text,
      "A regular expression for the target's status, `4\\d{2}`; the one answer without it takes all others."),
  ]
}
