import Foundation
import Planner
import Testing

@testable import Providers

/// What must not go, does not go; what is not ours, stays.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct SafetyTests {
  /// A profile that nobody called disposable.
  private func project(_ place: Workplace, account: String? = nil) throws {
    try place.account.write(
      """
      project: shop
      profiles:
        dev: { endpoint: "\(place.proxy.url)", region: us-east-1, account: "\(account ?? place.account.id)" }
      """, to: "stackform.yaml")
  }

  @Test(arguments: TestEndpoint.available)
  func `Data goes only when somebody says so`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try project(place)
      try await place.expect(0, "apply", "--profile", "dev", "--auto-approve")
      try place.write(Stacks.queues(["one"]))
      let plan = try await place.expect(0, "plan", "--profile", "dev")
      #expect(plan.output.contains("--allow-data-loss"), "\(plan)")
      let refused = try await place.expect(1, "apply", "--profile", "dev", "--auto-approve")
      #expect(refused.errors.contains("Data would be lost") && refused.errors.contains("queues.two"))
      #expect(try await place.timeout(of: "two") == "30")
      try await place.expect(1, "destroy", "--profile", "dev", "--auto-approve")
      #expect(try await place.timeout(of: "one") == "30")
      try await place.expect(0, "apply", "--profile", "dev", "--auto-approve", "--allow-data-loss")
      await #expect(throws: ProviderError.self) { try await place.timeout(of: "two") }
      try await place.expect(0, "destroy", "--profile", "dev", "--auto-approve", "--allow-data-loss")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `An apply to the wrong account reads and writes nothing of the stack`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try project(place, account: "123123123123")
      place.proxy.passEverything()
      let refused = try await place.expect(1, "apply", "--profile", "dev", "--auto-approve")
      #expect(refused.errors.contains("Wrong account"), "\(refused)")
      place.expectAsked(["GetCallerIdentity"])
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What is protected survives its removal from the file`(endpoint: TestEndpoint) async throws {
    func stack(_ isProtected: Bool) -> String {
      "stack: shop\nqueues:\n  one: {}\n  two: { protect: \(isProtected) }\n"
    }
    try await Workplace.with(endpoint, stack(true)) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(Stacks.queues(["one"]))
      let removed = try await place.expect(1, "apply", "--auto-approve")
      #expect(removed.errors.contains("queues.two would be deleted"), "\(removed)")
      try place.write(stack(true))
      try await place.expect(1, "destroy", "--auto-approve")
      try await place.expect(1, "apply", "--auto-approve", "--replace", "queues.two")
      #expect(try await place.timeout(of: "two") == "30")
      try place.write(stack(false))
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "destroy", "--auto-approve")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What moves while the question stands is not run over`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(Stacks.queues(["one"]).replacingOccurrences(of: "30", with: "31"))
      let reads = Locked(0)
      place.proxy.start { request in
        guard request.operation == "GetQueueAttributes",
          reads.withLock({ count in
            count += 1
            return count == 2
          })
        else { return .pass }
        return .edited { Data(String(decoding: $0, as: UTF8.self).replacing("\"30\"", with: "\"77\"").utf8) }
      }
      let refused = try await place.onTerminal(["apply"], typing: "yes\n")
      #expect(refused.code == 1 && refused.text.contains("Changed since the plan was shown"), "\(refused)")
      #expect(try await place.timeout(of: "one") == "30")
      place.proxy.passEverything()
      let applied = try await place.onTerminal(["apply"], typing: "yes\n")
      #expect(applied.code == 0, "\(applied)")
      #expect(try await place.timeout(of: "one") == "31")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What is ignored may move`(endpoint: TestEndpoint) async throws {
    let stack = "stack: shop\nqueues:\n  one: { visibilityTimeout: 30, ignoreChanges: [visibilityTimeout] }\n"
    try await Workplace.with(endpoint, stack) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.setTimeout(of: "one", to: 77)
      try await place.expect(0, "plan", "--detailed-exitcode")
      try place.write(
        stack.replacingOccurrences(
          of: "visibilityTimeout: 30", with: "visibilityTimeout: 30, delaySeconds: 5"))
      try await place.expect(0, "apply", "--auto-approve")
      #expect(try await place.timeout(of: "one") == "77")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What belongs to another stack, or to nobody, stays as it is`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write("stack: other\nqueues: { one: { visibilityTimeout: 44 } }\n", to: "other.yaml")
      let foreign = try await place.expect(1, "apply", "other.yaml", "--auto-approve")
      #expect(foreign.errors.contains(#"queues.one of the stack "shop""#), "\(foreign)")
      #expect(try await place.run("apply", "other.yaml", "--auto-approve", "--adopt").code == 1)
      try await place.expect(0, "destroy", "other.yaml", "--auto-approve")
      #expect(try await place.timeout(of: "one") == "30")

      _ = try await place.account.client.send(Request(SQS.createQueue, ["QueueName": "wild"]).wire)
      try place.write(Stacks.queues(["one", "wild"], timeout: 33))
      let refused = try await place.expect(1, "apply", "--auto-approve")
      #expect(refused.errors.contains("--adopt queues.wild"), "\(refused)")
      try await place.expect(0, "destroy", "--auto-approve")
      #expect(try await place.timeout(of: "wild") == "30")
      let adopted = try await place.expect(0, "apply", "--auto-approve", "--adopt", "queues.wild")
      #expect(adopted.output.contains("1 adopted"), "\(adopted)")
      #expect(try await place.timeout(of: "wild") == "33")
      try await place.expect(0, "plan", "--detailed-exitcode")
      try await place.expect(0, "destroy", "--auto-approve")
      await #expect(throws: ProviderError.self) { try await place.timeout(of: "wild") }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A renamed entry keeps its resource`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, "stack: shop\nqueues:\n  one: { name: fixed }\n") { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write("stack: shop\nqueues:\n  better: { name: fixed }\n")
      place.proxy.passEverything()
      let moved = try await place.expect(0, "apply", "--auto-approve")
      #expect(moved.output.contains("has moved from queues.one"), "\(moved)")
      #expect(!place.proxy.requests.contains { ["CreateQueue", "DeleteQueue"].contains($0.operation) })
      try await place.expect(0, "plan", "--detailed-exitcode")
      #expect(try await place.store().load()?.ledger.records.keys.map(\.description) == ["queues.better"])
      // Without a fixed name it is another queue: the old one goes when the new one is there.
      try place.write("stack: shop\nqueues:\n  better: { name: other }\n")
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve")
      let order = place.proxy.requests.map(\.operation).filter {
        ["CreateQueue", "DeleteQueue"].contains($0)
      }
      #expect(order == ["CreateQueue", "DeleteQueue"])
      try await place.expectQuietLedger()
    }
  }
}
