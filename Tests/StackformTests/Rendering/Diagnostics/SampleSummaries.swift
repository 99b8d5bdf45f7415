@testable import Planner
@testable import Stackform

/// Ends of applies that show every shape there is.
enum SampleSummaries {
  private static let source = SourceText(
    name: "stack.yaml",
    text: """
      stack: shop
      tables:
        jobs: { partitionKey: { id: S } }
      lambdas:
        worker: { code: code }
      queues:
        orders: {}
      """)

  private static let jobs = Step(0, Address("tables", "jobs"))
  private static let worker = Step(1, Address("lambdas", "worker"), creating: false, needs: [0])
  private static let mapping = Step(2, Address("eventMappings", "jobs"), needs: [1])
  private static let orders = Step(3, Address("queues", "orders"))
  private static let old = Step(4, Address("topics", "old"), deleting: true)

  private static func span(_ line: Int, _ column: Int, _ endColumn: Int) -> SourceSpan {
    SourceSpan(source: source, line: line, column: column, endLine: line, endColumn: endColumn)
  }

  /// One of several steps was throttled to the end, and two more waited for it.
  static let throttled: ExecutionSummary = {
    let error = ProviderError(
      .throttled, code: "ThrottlingException", message: "Rate of requests exceeds the allowed throughput.",
      operation: "dynamodb:CreateTable", status: 400
    ).after(attempts: 12, in: .seconds(118), isAmbiguous: false)
    var summary = ExecutionSummary()
    summary.added = 1
    summary.mostAtOnce = 2
    summary.failures = [StepFailure(jobs, error, at: span(3, 9, 36))]
    summary.skipped = [
      SkippedStep(worker, because: jobs, root: jobs, at: span(5, 11, 25)),
      SkippedStep(mapping, because: worker, root: jobs),
    ]
    summary.outputs = [Output(name: "apiUrl", value: "http://localhost:4566/x")]
    return summary
  }()

  /// The endpoint died: one step's answer was lost, others were never sent, and the ledger was not written.
  static let deadEndpoint: ExecutionSummary = {
    func refused(_ operation: String, _ milliseconds: Int) -> ProviderError {
      ProviderError(
        .unreachable,
        message: "nothing answers at http://localhost:4566 (refused after \(milliseconds) ms)",
        operation: operation, neverSent: true
      ).after(attempts: 4, in: .milliseconds(90), isAmbiguous: false)
    }
    let lost = ProviderError(
      .unreachable, message: "no answer from http://localhost:4566: connection reset",
      operation: "dynamodb:CreateTable")
    var summary = ExecutionSummary()
    summary.changed = 1
    summary.mostAtOnce = 3
    summary.failures = [
      StepFailure(jobs, lost, at: span(3, 9, 36)),
      StepFailure(orders, refused("sqs:CreateQueue", 0), at: span(7, 11, 13)),
      StepFailure(old, refused("sns:DeleteTopic", 1)),
    ]
    summary.skipped = [SkippedStep(worker, because: jobs, root: jobs)]
    summary.notReread = [
      UnreadResource(Address("queues", "dead"), section: "queues", refused("sqs:GetQueueAttributes", 0))
    ]
    summary.unrecorded = .provider(refused("s3:PutObject", 0))
    return summary
  }()

  static let unread = UnreadResource(
    Address("queues", "orders"), section: "queues",
    ProviderError(
      .denied, code: "AccessDenied",
      message: "User: arn:aws:iam::1:user/x is not authorized to perform: sqs:getqueueattributes",
      operation: "sqs:GetQueueAttributes", status: 403),
    alike: [Address("queues", "one"), Address("queues", "two")])

  /// All was done; two reads failed, and one property came back otherwise.
  static let unchecked: ExecutionSummary = {
    var summary = ExecutionSummary()
    summary.added = 5
    summary.notReread = [
      unread,
      UnreadResource(
        Address("tables", "jobs"), section: "tables",
        ProviderError(.notFound, message: "the endpoint says that there is no such resource")),
    ]
    summary.unsettled = [SamplePlans.lambda]
    summary.unreported = [
      UnreportedProperty(
        section: "queues", name: "redrivePolicy",
        addresses: ["a", "b", "c", "d", "e"].map { Address("queues", $0) }),
      UnreportedProperty(section: "topics", name: "tracingConfig", addresses: [Address("topics", "news")]),
    ]
    return summary
  }()
}
