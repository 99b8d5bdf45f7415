import Foundation
import Planner
import Providers
import Testing

/// How many requests a stack of all common kinds costs, exactly: time is the machine's, requests are ours.
///
/// The numbers are the most that is allowed. Whoever makes a kind leaner lowers its number here; whoever
/// makes it dearer says why.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct RequestCountTests {
  /// The most requests that three of each kind may cost, by operation of the program and by service.
  private static let limits: [String: [String: Int]] = [
    // One example of each is read whole, undeclared properties too: what `drift` compares with. One listing shows
    // that the others are there.
    "first apply": [
      "cloudwatch": 10, "dynamodb": 12, "iam": 8, "logs": 13, "s3": 33, "sns": 8, "sqs": 12,
    ],
    "no-op plan": ["cloudwatch": 4, "dynamodb": 7, "iam": 1, "logs": 4, "s3": 8, "sns": 7, "sqs": 13],
    // What is about to change is noted in the ledger first. A run of the program notes itself in the same write.
    "change of one": ["cloudwatch": 4, "dynamodb": 7, "iam": 1, "logs": 4, "s3": 10, "sns": 7, "sqs": 16],
    // Reads as of a plan without changes, and one deletion each; the tables' end takes a listing or two. One more
    // listing of each shows that they are gone.
    "destroy": ["cloudwatch": 8, "dynamodb": 14, "iam": 5, "logs": 8, "s3": 17, "sns": 8, "sqs": 14],
  ]

  /// What a run finds out about LocalStack by trying it: CloudWatch's protocol, and that neither it nor S3
  /// keeps tags of a creating call. A bucket that is read whole takes two more there.
  private static let learning = ["cloudwatch": 2, "s3": 3]
  /// What LocalStack needs because tags of what was deleted come back with the next of that name: one call each to take them off.
  private static let untagging = ["cloudwatch": 3, "logs": 3, "s3": 3]

  @Test(arguments: TestEndpoint.available)
  func
    `A first apply, a plan without changes, a change of one property and a destruction make no request too many`(
      endpoint: TestEndpoint
    ) async throws
  {
    let counts = RequestCounts()
    let account = try TestAccount(endpoint, trace: counts.count)
    defer { account.remove() }
    let run = TestRun(account, stack: "counted")
    try await run.apply(Self.yaml(account, visibilityTimeout: 60))
    try expect(counts.taken(), within: "first apply", on: endpoint)
    #expect(try await run.plan(Self.yaml(account, visibilityTimeout: 60)).isEmpty)
    try expect(counts.taken(), within: "no-op plan", on: endpoint)
    try await run.apply(Self.yaml(account, visibilityTimeout: 90))
    try expect(counts.taken(), within: "change of one", on: endpoint)
    _ = try await run.destroy(Self.yaml(account, visibilityTimeout: 90))
    try expect(counts.taken(), within: "destroy", on: endpoint)
  }

  private func expect(_ counts: [String: Int], within operation: String, on endpoint: TestEndpoint) throws {
    let limits = try #require(Self.limits[operation])
    #expect(Set(counts.keys).isSubset(of: limits.keys), "\(operation) on \(endpoint) asks other services")
    for (service, usual) in limits.sorted(by: { $0.key < $1.key }) {
      let count = counts[service] ?? 0
      var limit = usual
      if endpoint == .localstack, operation == "first apply" { limit += Self.learning[service] ?? 0 }
      if endpoint == .localstack, operation == "destroy" { limit += Self.untagging[service] ?? 0 }
      #expect(
        count <= limit, "\(operation) on \(endpoint): \(count) requests to \(service), \(limit) allowed")
    }
  }

  /// Three of each kind, so that listings serve where there are any; two of the six queues' patterns.
  private static func yaml(_ account: TestAccount, visibilityTimeout: Int) -> String {
    func entries(_ body: (Int) -> String) -> String { (0..<3).map { "  \(body($0))\n" }.joined() }
    let tags = "tags: { app: counted, env: dev }"
    return """
      queues:
      \(entries { "dead-\($0): { messageRetentionPeriod: 1209600, \(tags) }" })
      \(entries { number in
        let timeout = number == 0 ? visibilityTimeout : 60
        let redrive = "{ deadLetterTargetArn: \"${queues.dead-\(number).arn}\", maxReceiveCount: 5 }"
        return "jobs-\(number): { visibilityTimeout: \(timeout), redrivePolicy: \(redrive), \(tags) }"
      })
      buckets:
      \(entries { "b{account}-\($0): { versioning: true, \(tags) }" })
      tables:
      \(entries { "table-\($0): { partitionKey: { id: S }, \(tags) }" })
      logGroups:
      \(entries { "log-\($0): { retentionInDays: 14, \(tags) }" })
      topics:
      \(entries { "topic-\($0): { \(tags) }" })
      alarms:
      \(entries { number in
        "alarm-\(number): { namespace: AWS/SQS, metricName: ApproximateNumberOfMessagesVisible, statistic: Maximum, "
          + "period: 60, evaluationPeriods: 1, threshold: 10, comparisonOperator: GreaterThanThreshold, "
          + "dimensions: { QueueName: \"${queues.jobs-\(number).name}\" }, "
          + "alarmActions: [\"${topics.topic-\(number).arn}\"] }"
      })
      roles:
      \(entries { "role-\($0): { assumedBy: [lambda.amazonaws.com], \(tags) }" })
      """
  }
}

/// Requests by service since they were last taken. Told of each by many tasks at once.
private final class RequestCounts: @unchecked Sendable {
  private let lock = NSLock()
  private var counts: [String: Int] = [:]

  var count: @Sendable (RequestTrace) -> Void {
    { trace in
      let service = trace.operation.prefix { $0 != ":" }
      self.lock.withLock { self.counts[String(service), default: 0] += 1 }
    }
  }

  func taken() -> [String: Int] {
    lock.withLock {
      defer { counts = [:] }
      return counts
    }
  }
}
