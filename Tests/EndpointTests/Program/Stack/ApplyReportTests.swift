import Foundation
import Planner
import Providers
import Testing

/// What a user reads at the end of an apply that did not go as planned.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ApplyReportTests {
  private static let table = """
    stack: shop
    tables:
      jobs: { partitionKey: { id: S } }

    """

  @Test(arguments: TestEndpoint.available)
  func `A throttled creation is reported with its line in the file and its attempts`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Self.table) { place in
      place.proxy.start {
        $0.operation == "CreateTable" ? Fault.throttled.fate : .pass
      }
      let limit = ["AWS_MAX_ATTEMPTS": "3"]
      let result = try await place.expect(1, "apply", "--auto-approve", variables: limit)
      #expect(result.errors.contains("error: Could not create the resource (tables.jobs)"), "\(result)")
      #expect(result.errors.contains("stack.yaml:3:9"), "\(result)")
      #expect(result.errors.contains("ThrottlingException"), "\(result)")
      #expect(result.errors.contains("Tried 3 times in "), "\(result)")
      #expect(!result.errors.contains("--parallelism"), "\(result)")
      let json = try await place.expect(1, "apply", "--auto-approve", "--json", variables: limit)
      let events = try json.output.split(separator: "\n").map {
        try #require(JSONReader.read(Data($0.utf8)), "\(json)")
      }
      let errored = events.first { $0["type"] == "apply_errored" }
      #expect(errored?["hook"]?["error"]?["attempts"] == 3, "\(json)")
      #expect(errored?["hook"]?["outcome"] == "refused", "\(json)")
      let diagnostic = events.first { $0["type"] == "diagnostic" }?["diagnostic"]
      #expect(diagnostic?["address"] == "tables.jobs", "\(json)")
      #expect(diagnostic?["range"]?["start"]?["line"] == 3, "\(json)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Reads that are denied after the apply are a warning, and the exit code is 0`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      let isMade = Flag()
      place.proxy.start { request in
        if request.operation == "CreateQueue" { isMade.raise() }
        return isMade.isRaised && request.operation == "GetQueueAttributes" ? .answer(Answers.denied) : .pass
      }
      let markdown = ["apply", "--auto-approve", "--format", "markdown"]
      let result = try await place.run(markdown)
      #expect(result.code == 0, "\(result)")
      #expect(result.output.contains("**Apply complete!** Resources: 2 added"), "\(result)")
      #expect(result.output.contains("| not checked | `queues.one` |"), "\(result)")
      #expect(result.output.contains("| not checked | `queues.two` |"), "\(result)")
      #expect(result.errors.contains("queues.one: Creation complete"), "\(result)")
      place.proxy.passEverything()
      try await place.expect(0, "destroy", "--auto-approve")
      isMade.lower()
      place.proxy.start { request in
        if request.operation == "CreateQueue" { isMade.raise() }
        return isMade.isRaised && request.operation == "GetQueueAttributes" ? .answer(Answers.denied) : .pass
      }
      let text = try await place.expect(0, "apply", "--auto-approve")
      #expect(text.output.contains("2 resources could not be read again after the apply:"), "\(text)")
      #expect(text.output.contains("- queues.one, queues.two: sqs:GetQueueAttributes"), "\(text)")
      #expect(text.output.contains("Run `stackform plan` to check."), "\(text)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `An endpoint that dies in the middle is one reason, with what is known of each step`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one", "two", "three"])) { place in
      let isDead = Flag()
      place.proxy.start { request in
        if request.operation == "CreateQueue" { isDead.raise() }
        return isDead.isRaised ? .cut : .pass
      }
      let result = try await place.expect(1, "apply", "--auto-approve", variables: ["AWS_MAX_ATTEMPTS": "2"])
      let errors = result.errors
      #expect(errors.contains("error: No answer from the endpoint\n"), "\(result)")
      #expect(errors.contains("For this reason 3 steps failed:"), "\(result)")
      for name in ["one (stack.yaml:3:8)", "two (stack.yaml:4:8)", "three (stack.yaml:5:10)"] {
        #expect(errors.contains("- queues.\(name): no answer to sqs:CreateQueue"), "\(result)")
      }
      #expect(errors.ranges(of: "no answer from http").count == 1, "\(result)")
      #expect(errors.contains("The ledger does not hold what this run did."), "\(result)")
      #expect(result.output.contains("Apply incomplete: 3 failed, not recorded."), "\(result)")
      place.proxy.passEverything()
      _ = try await place.store().breakLock()
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expectQuietLedger()
    }
  }

  @Test func `Half of a key in the environment is a mistake of this machine`() async throws {
    try await Workplace.with(TestEndpoint.available[0], Stacks.queues()) { place in
      let result = try await place.run(["plan"], variables: ["AWS_SECRET_ACCESS_KEY": ""])
      #expect(result.code == 1 && result.errors.contains("half of an access key"), "\(result)")
      #expect(result.errors.hasPrefix("error: The credentials can't be used\n"), "\(result)")
    }
  }
}

/// A mark that a proxy's threads set and read.
private final class Flag: Sendable {
  private let state = Locked(false)
  var isRaised: Bool { state.withLock { $0 } }
  func raise() { state.withLock { $0 = true } }
  func lower() { state.withLock { $0 = false } }
}
