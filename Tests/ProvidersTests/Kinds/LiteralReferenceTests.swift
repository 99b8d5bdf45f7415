import Planner
import Testing

@testable import Providers

struct `What is spelt out as a resource of the stack` {
  private static let account = "us-east-1:000000000000"
  private static let worker =
    "worker: { code: { zipFile: handler }, runtime: python3.12, handler: index.handler, aliases: { live: {} } }"

  /// So the permission goes and comes with the lambda.
  @Test(arguments: [
    "worker", "worker:live", "arn:aws:lambda:us-east-1:000000000000:function:worker",
    "arn:aws:lambda:us-east-1:000000000000:function:worker:live",
  ])
  func `is referred to`(_ function: String) throws {
    let resources = try StackChecking.resources(
      "lambdas: { \(Self.worker) }\npermissions: { p: { function: '\(function)', principal: events.amazonaws.com } }"
    )
    #expect(resources["permissions.p"]?.referenced(by: "function") == Address("lambdas", "worker"))
  }

  @Test func `gets what is derived for a reference`() throws {
    let resources = try StackChecking.resources(
      """
      topics: { t: {} }
      queues: { q: {} }
      subscriptions: { s: { topic: "arn:aws:sns:\(Self.account):t", protocol: sqs, endpoint: "arn:aws:sqs:\(Self.account):q" } }
      """)
    #expect(resources["queues.q"]?["policy"]?.items("Statement").count == 1)
  }

  @Test func `makes no cycle`() throws {
    let resources = try StackChecking.stack(
      Array(
        """
        stack: shop
        queues:
          a: { redrivePolicy: { deadLetterTargetArn: "arn:aws:sqs:\(Self.account):b", maxReceiveCount: 3 } }
          b: { tags: { source: "arn:aws:sqs:\(Self.account):a" } }
        """.utf8))
    #expect(try ResourceGraph(resources).order.count == 2)
  }
}
