import Foundation
import Planner
import Testing

@testable import Providers

/// What can't be read and is excluded stops nothing; what looks like a renamed entry is said.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ExcludeTests {
  private static func stack(timeout: Int) -> String {
    """
    stack: shop
    queues:
      feed: { visibilityTimeout: \(timeout) }
    tables:
      orders: { partitionKey: { id: S } }
    outputs:
      orders: "${tables.orders.arn}"

    """
  }

  @Test(arguments: TestEndpoint.available)
  func `A table whose read is denied no longer stops plan, apply and drift`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Self.stack(timeout: 30)) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let outputs = try await place.ledger().outputs
      try place.write(Self.stack(timeout: 60))
      let deny: FaultProxy.Policy = { $0.operation.contains("Table") ? .answer(Answers.denied) : .pass }
      place.proxy.start(deny)
      let refused = try await place.expect(1, "plan")
      let spoken = refused.errors.replacingOccurrences(of: "\n  ", with: " ")
      #expect(spoken.contains("--exclude tables.orders"), "\(refused)")
      place.proxy.start(deny)
      try await place.expect(0, "plan", "--exclude", "tables.orders")
      try await place.expect(0, "apply", "--auto-approve", "--exclude", "tables.orders")
      #expect(!place.proxy.requests.contains { $0.operation.contains("Table") })
      #expect(try await place.timeout(of: "feed") == "60")
      #expect(try await place.ledger().outputs == outputs)
      try await place.expect(1, "drift")
      let drift = try await place.expect(0, "drift", "--exclude", "tables.orders", "--detailed-exitcode")
      #expect(drift.code == 0, "\(drift)")
      place.proxy.passEverything()
      let plan = try await place.expect(0, "plan", "--detailed-exitcode")
      #expect(plan.output.contains("No changes."), "\(plan)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A renamed entry is told how to keep its queue, and that keeps it`(endpoint: TestEndpoint) async throws
  {
    try await Workplace.with(endpoint, Stacks.queues(["jobs"], timeout: 45)) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(Stacks.queues(["tasks"], timeout: 45))
      for arguments in [["plan"], ["plan", "--format", "markdown"], ["plan", "--json"]] {
        let plan = try await place.run(arguments)
        #expect(plan.output.contains("like queues.jobs, which goes"), "\(plan)")
        #expect(plan.output.contains("name: jobs"), "\(plan)")
      }
      try place.write("stack: shop\nqueues:\n  tasks: { name: jobs, visibilityTimeout: 45 }\n")
      let plan = try await place.expect(0, "plan")
      #expect(plan.output.contains("0 to add, 1 to change, 0 to destroy"), "\(plan)")
      #expect(!plan.output.contains("which goes"), "\(plan)")
    }
  }
}
