import Foundation
import Planner
import Testing

@testable import Providers

/// What we knew is gone, or what we know is no longer so: one plan and apply put it right, or tell precisely what they need.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct AmnesiaTests {
  @Test(arguments: TestEndpoint.available)
  func `Without its ledger a stack is known by its tags`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let before = try await Survey.of([place])
      try await place.wipeLedger()
      let again = try await place.expect(0, "apply", "--auto-approve")
      #expect(again.output.contains("0 added") && again.output.contains("0 destroyed"), "\(again)")
      #expect(try await Survey.of([place]) == before)
      try await place.expectInSync()
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Tags that were wiped are put back, for the ledger knows whose it is`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let before = try await Survey.of([place])
      try await place.account.python(Self.wipingTags)
      let plan = try await place.expect(2, "plan", "--detailed-exitcode")
      var addresses = ["queues.feed", "tables.orders", "topics.alerts", "roles.reader"]
      // One without tags may be one that takes none there.
      if EndpointTrait.dropsTagsOfBareLogGroups.evidence[endpoint.software] == nil {
        addresses.append("logGroups.worker")
      }
      for address in addresses {
        #expect(plan.output.contains("# \(address) will be updated in-place"), "\(plan)")
      }
      #expect(plan.output.contains("its owner tags are missing"), "\(plan)")
      // A destroy goes by the ledger, too, and says so.
      let destroy = try await place.expect(0, "plan", "--destroy")
      for address in addresses {
        #expect(
          destroy.output.contains("# \(address) will be destroyed\n  # (its owner tags are missing)"),
          "\(destroy)")
      }
      let missing = destroy.output.components(separatedBy: "tags are missing").count - 1
      #expect(missing == addresses.count, "\(destroy)")
      let again = try await place.expect(0, "apply", "--auto-approve")
      #expect(again.output.contains("0 added") && again.output.contains("0 destroyed"), "\(again)")
      #expect(try await Survey.of([place]) == before)
      try await place.expectInSync()
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What neither tags nor a ledger claim is adopted by name alone`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let before = try await Survey.of([place])
      try await place.account.python(Self.wipingTags)
      try await place.wipeLedger()
      let asked = try await place.expect(1, "apply", "--auto-approve")
      let wiped = ["logGroups.worker", "queues.feed", "roles.reader", "tables.orders", "topics.alerts"]
      #expect(asked.mentions(of: "--adopt ") == wiped, "\(asked)")
      let again = try await place.run(["apply", "--auto-approve"] + wiped.flatMap { ["--adopt", $0] })
      #expect(again.code == 0 && again.output.contains("0 added"), "\(again)")
      #expect(try await Survey.of([place]) == before)
      try await place.expectInSync()
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What was deleted or changed behind our back is made and set again`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let before = try await Survey.of([place])
      try await place.account.python(
        """
        sqs = client("sqs")
        sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName="feed")["QueueUrl"])
        sqs.set_queue_attributes(QueueUrl=sqs.get_queue_url(QueueName="jobs")["QueueUrl"], Attributes={"VisibilityTimeout": "7"})
        client("dynamodb").delete_table(TableName="orders")
        client("cloudwatch").delete_alarms(AlarmNames=["dead"])
        client("logs").put_retention_policy(logGroupName="/aws/lambda/worker", retentionInDays=30)
        """)
      let plan = try await place.expect(2, "plan", "--detailed-exitcode")
      for address in ["queues.feed", "tables.orders", "alarms.dead"] {
        #expect(
          plan.output.contains("# \(address) will be created\n  # (was deleted outside of this stack)"),
          "\(plan)")
      }
      #expect(plan.output.contains("changed outside"), "\(plan)")
      try await place.expect(0, "apply", "--auto-approve")
      #expect(try await Survey.of([place]) == before)
      #expect(try await place.timeout(of: "jobs") == "60")
      try await place.expectInSync()
    }
  }

  @Test(arguments: TestEndpoint.available, [-86_400.0, 86_400])
  func `A clock that is wrong by a day is found out, and changes nothing`(
    endpoint: TestEndpoint, offset: TimeInterval
  ) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      place.proxy.setClock(EndpointClock(offset: offset))
      defer { place.proxy.setClock(nil) }
      try await place.expect(0, "plan")
      // The lock of somebody who is alive is no older for it.
      let tenure = try await place.store().acquireLock(
        LockHolder(
          id: "x", user: "ann", host: "elsewhere", process: 1, command: "stackform apply", since: "2026-08-01"
        ))
      let refused = try await place.expect(1, "apply", "--auto-approve")
      #expect(refused.errors.contains("ann@elsewhere"), "\(refused)")
      try await place.store().release(tenure)
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expectInSync()
      // Gates read it, and they ask the endpoint for the time.
      let recorded = try #require(try await place.ledger().releases.last?.time)
      let time = try Date(recorded, strategy: .iso8601)
      #expect(abs(time.timeIntervalSinceNow - offset) < 600)
      try await place.expect(0, "destroy", "--auto-approve")
      #expect(try await Survey.of([place]).values.allSatisfy(\.isEmpty))
    }
  }

  /// Of one resource of each kind that is asked about tags in a call of its own.
  private static let wipingTags = """
    keys = ["stackform:stack", "stackform:address"]
    arn = lambda service, rest: "arn:aws:" + service + ":us-east-1:" + account + ":" + rest
    sqs = client("sqs")
    sqs.untag_queue(QueueUrl=sqs.get_queue_url(QueueName="feed")["QueueUrl"], TagKeys=keys)
    client("dynamodb").untag_resource(ResourceArn=arn("dynamodb", "table/orders"), TagKeys=keys)
    client("sns").untag_resource(ResourceArn=arn("sns", "alerts"), TagKeys=keys)
    client("iam").untag_role(RoleName="reader", TagKeys=keys)
    client("logs").untag_log_group(logGroupName="/aws/lambda/worker", tags=keys)
    """
}

extension Workplace {
  fileprivate func wipeLedger() async throws {
    try await deleteObject("stacks/shop/ledger.json")
  }

  fileprivate func expectInSync() async throws {
    let plan = try await expect(0, "plan", "--detailed-exitcode")
    #expect(plan.output.contains("No changes."), "\(plan)")
    try await expectQuietLedger()
  }
}

extension Program.Result {
  /// The words that follow a word, each once, sorted.
  fileprivate func mentions(of word: String) -> [String] {
    let words = everything.components(separatedBy: word).dropFirst().map { rest in
      String(rest.prefix { !$0.isWhitespace && $0 != "(" && $0 != "," })
    }
    return Set(words).sorted()
  }
}
