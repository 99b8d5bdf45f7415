import Planner

/// Event source mappings: what makes a lambda work off a queue or a stream.
///
/// Mappings have an id of the service's. A known one is read by GetEventSourceMapping, three or more by a
/// ListEventSourceMappings of all, others by one of their function; each that is there costs a ListTags. A
/// creation is one call and polls until the mapping is enabled.
struct EventMappingKind: AWSKind {
  let schema = Schema(
    section: "eventMappings", kind: "eventMapping", title: "AWS Lambda event source mapping",
    summary: "Feeds a lambda with the messages of a queue or the records of a stream.", naming: nil,
    uniqueBy: ["source", "lambda"], roomBy: ["source", "lambda"],
    properties: connection + batching + failure + operation, attributes: attributes, relations: relations,
    example: """
      jobs:
        source: arn:aws:sqs:${profile.region}:111111111111:jobs
        lambda: worker
        batchSize: 1
      """)

  var readsTagsApart: Bool { true }

  private static let connection = [
    Property(
      "source", .arn, required: true, change: .replaces,
      "The ARN of the queue, table stream or Kinesis stream."),
    Property(
      "lambda", .string(FunctionReference.rule), required: true, names: "lambdas",
      "The lambda, by ARN or name, perhaps with an alias."),
    Property("enabled", .boolean, default: true, "Whether it is at work."),
    Property(
      "startingPosition", .choice(["LATEST", "TRIM_HORIZON", "AT_TIMESTAMP"]), change: .replaces,
      "Where in a stream to begin; a queue has none."),
    Property(
      "startingPositionTimestamp", .integer(nil), change: .replaces,
      "For AT_TIMESTAMP: seconds since 1970."),
    Property(
      "filterCriteria", .list(.document), "Patterns of EventBridge: what fits none of them is left out."),
  ]

  private static let batching = [
    Property(
      "batchSize", .integer(1...10_000), readAsWanted: true,
      "Records that one call gets at most: 10 of a queue, 100 of a stream."
    ),
    Property(
      "maximumBatchingWindowInSeconds", .integer(0...300), default: 0, "Seconds to wait for a batch to fill."),
    Property(
      "maximumConcurrency", .integer(2...1000), "Calls that a queue's messages run at a time at most."),
    Property(
      "parallelizationFactor", .integer(1...10), default: 1,
      "Batches of one shard of a stream that run at a time."),
    Property(
      "tumblingWindowInSeconds", .integer(0...900), default: 0,
      "Seconds of a stream that one window of state spans."),
  ]

  private static let failure = [
    Property(
      "functionResponseTypes", .set(.choice(["ReportBatchItemFailures"])),
      "Whether the code returns which records of a batch failed, so that only those are tried again."),
    Property(
      "maximumRetryAttempts", .integer(-1...10_000), default: -1,
      "How often a stream's failed batch is tried again; -1 for ever."),
    Property(
      "maximumRecordAgeInSeconds", .integer(-1...604_800), default: -1,
      "How old a stream's record may be to be tried; -1 for any age, else at least 60."),
    Property(
      "bisectBatchOnFunctionError", .boolean, default: false,
      "Whether a stream's failed batch is halved and tried again."),
    Property(
      "destinationOnFailure", .arn, "The queue, topic or bucket that hears of a stream's lost records."),
  ]

  private static let operation = [
    Property("kmsKeyArn", .arn, "The KMS key that encrypts filterCriteria."),
    Property(
      "metricsConfig", .set(.choice(["EventCount", "ErrorCount", "KafkaMetrics"])),
      "The metrics of the mapping's own that it keeps."),
    Property(
      "provisionedPollerConfig", .object(pollers),
      "Pollers of a queue that are always ready, for traffic that leaps; not with maximumConcurrency."),
  ]

  private static let pollers = [
    Property("maximumPollers", .integer(2...2000), default: 200, "How many there are at most."),
    Property("minimumPollers", .integer(2...200), default: 2, "How many there are always."),
  ]

  private static let attributes = [
    Attribute("id", early: false, "The mapping's UUID."),
    Attribute("arn", early: false, "The mapping's ARN."),
  ]

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }

  /// The kind of the mapping's source, by its ARN or by the resource that it refers to.
  static func source(of resource: Resource) -> EventSource {
    EventSource(arn: resource["source"]?.string, section: resource.referenced(by: "source")?.section)
  }

  /// Fills in the members of the pollers that the file omits, so that one that is removed from the file is reset.
  func completed(_ resource: Resource) -> Resource {
    var resource = resource
    resource.complete("provisionedPollerConfig", with: ["maximumPollers": .null, "minimumPollers": .null])
    return resource
  }

  func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    guard let lambda = resource.referenced(by: "lambda"), let function = stack[lambda] else {
      return []
    }
    let rights = LambdaRights(of: function, in: stack)
    guard let role = rights.role else { return [] }
    return rights.derived(
      statements(of: resource, in: stack), because: "\(resource.address) reads for it")
      + [
        .dependency(
          of: resource.address, on: role, because: "Lambda checks that the role may read the source")
      ]
  }

  /// What the function's role must allow.
  func statements(of resource: Resource, in stack: Stack) -> [Value] {
    guard let source = resource["source"] else { return [] }
    let reading = sourceStatements(source, resource, in: stack)
    guard let destination = resource["destinationOnFailure"], !destination.isEmpty else {
      return reading
    }
    return reading
      + LambdaKind.delivery(
        to: destination, section: resource.referenced(by: "destinationOnFailure")?.section)
  }

  /// What AWS's managed policies AWSLambda…ExecutionRole allow, on this source alone.
  private func sourceStatements(_ source: Value, _ resource: Resource, in stack: Stack) -> [Value] {
    switch Self.source(of: resource) {
    case .queue:
      let actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
      return [LambdaKind.statement(actions, on: source)]
    case .table:
      let actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
      return [
        LambdaKind.statement(actions, on: source),
        LambdaKind.statement(["dynamodb:ListStreams"], on: streams(of: source, resource, in: stack)),
      ]
    case .stream:
      let actions = [
        "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords",
        "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:SubscribeToShard",
      ]
      return [
        LambdaKind.statement(actions, on: source), LambdaKind.statement(["kinesis:ListStreams"], on: "*"),
      ]
    case .other: return []
    }
  }

  /// All streams of the table: listing can't be allowed on one alone.
  private func streams(of source: Value, _ resource: Resource, in stack: Stack) -> Value {
    if let arn = source.string, let end = arn.firstRange(of: "/stream/") {
      return .string(arn[..<end.upperBound] + "*")
    }
    let table = resource.referenced(by: "source").flatMap { stack[$0]?.name }
    return table.flatMap { stack.target.arn("dynamodb", "table/\($0)/stream/*") } ?? "*"
  }
}
