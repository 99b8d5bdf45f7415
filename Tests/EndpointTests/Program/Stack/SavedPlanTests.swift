import Foundation
import Planner
import Testing

@testable import Providers

/// `plan --out` and `apply FILE`.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct SavedPlanTests {
  @Test(arguments: TestEndpoint.available)
  func `A saved plan is carried out as it was, without a question, once`(endpoint: TestEndpoint) async throws
  {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await place.expect(0, "plan", "--out", "shop.plan")
      let mode = try FileManager.default.attributesOfItem(atPath: place.path("shop.plan"))[.posixPermissions]
      #expect(mode as? Int == 0o600)
      // Neither the stack's file nor the lambda's code matters any more.
      try place.write(Stacks.queues(["other"]))
      try place.account.write("broken", to: "code/app.py")
      try await place.expect(0, "apply", "shop.plan")
      try place.write(Stacks.shop())
      try await place.expect(0, "plan", "--detailed-exitcode")
      let second = try await place.expect(1, "apply", "shop.plan")
      #expect(second.errors.contains("The saved plan is stale"))
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A stale plan is refused, and what moved is named`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(Stacks.queues(timeout: 40))
      try await place.expect(0, "plan", "--out", "shop.plan")
      try await place.setTimeout(of: "two", to: 99)
      let refused = try await place.expect(1, "apply", "shop.plan")
      #expect(refused.errors.contains("queues.two is not as it was"), "\(refused)")
      #expect(!refused.errors.contains("queues.one"), "\(refused)")
      #expect(try await place.timeout(of: "one") == "30")
      #expect(try await place.timeout(of: "two") == "99")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A plan for another account, an edited one and a damaged one are refused`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try await place.expect(0, "plan", "--out", "shop.plan")
      let elsewhere = try await place.run(
        ["apply", "shop.plan"], variables: ["AWS_ACCESS_KEY_ID": "999999999999"])
      #expect(
        elsewhere.code == 1 && elsewhere.errors.contains("The plan is for another place"), "\(elsewhere)")
      let text = try String(contentsOfFile: place.path("shop.plan"), encoding: .utf8)
      // What is to be made, and not what was shown.
      let edited = try #require(text.range(of: #""visibilityTimeout":30"#, options: .backwards))
      try place.account.write(
        text.replacingCharacters(in: edited, with: #""visibilityTimeout":31"#), to: "edited.plan")
      #expect(try await place.run("apply", "edited.plan").code == 1)
      try place.account.write(String(text.prefix(text.count / 2)), to: "half.plan")
      let half = try await place.expect(1, "apply", "half.plan")
      #expect(half.errors.contains("half.plan"), "\(half)")
      try place.account.write(
        text.replacing(/"stackformPlan":\d+/, with: #""stackformPlan":99"#), to: "new.plan")
      let newer = try await place.expect(1, "apply", "new.plan")
      #expect(newer.errors.contains("another version"), "\(newer)")
      let writes = place.proxy.requests.filter { $0.isWrite && !$0.path.contains("lock.json") }
      #expect(writes.allSatisfy { $0.path.hasPrefix("/stackform-") }, "\(writes)")
      // And a folder that is not there.
      try await place.expect(1, "plan", "--out", "nowhere/shop.plan")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A plan of secrets is saved without them, and carried out with the same ones alone`(
    endpoint: TestEndpoint
  ) async throws {
    let stack = """
      stack: shop
      variables: { password: { type: string, secret: true }, words: { type: list, secret: true }, seconds: 30 }
      queues:
        one: { visibilityTimeout: "${var.seconds}", tags: { hint: "${var.password}", word: "${var.words.0}" } }
      """
    try await Workplace.with(endpoint, stack) { place in
      func run(_ command: String..., password: String?) async throws -> Program.Result {
        let words = ["STACKFORM_VAR_words": #"["canary-three", "x"]"#]
        return try await place.run(
          command, variables: password.map { words.merging(["STACKFORM_VAR_password": $0]) { $1 } } ?? words)
      }
      for (first, second) in [("canary-one", nil), ("canary-one", "canary-two")] as [(String, String?)] {
        let planned = try await run("plan", "--out", "shop.plan", "--var", "seconds=40", password: first)
        #expect(planned.code == 0, "\(planned)")
        let text = try String(contentsOfFile: place.path("shop.plan"), encoding: .utf8)
        #expect(!text.contains("canary"))
        let refused = try await run("apply", "shop.plan", password: second)
        let reason = second == nil ? "A secret must be given again" : "Another secret than in the plan"
        #expect(refused.code == 1 && refused.errors.contains(reason), "\(refused)")
        #expect(!refused.everything.contains("canary"))
      }
      // Neither the file nor other variables matter any more.
      try place.write(Stacks.queues(["other"]))
      let applied = try await run("apply", "shop.plan", password: "canary-one")
      #expect(applied.code == 0, "\(applied)")
      #expect(try await place.timeout(of: "one") == "40")
      #expect(try await run("apply", "shop.plan", password: "canary-one").errors.contains("stale"))
      try place.write(stack)
      #expect(
        try await run("plan", "--detailed-exitcode", "--var", "seconds=40", password: "canary-one").code == 0)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A plan to destroy can be saved, too`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "plan", "--destroy", "--out", "end.plan")
      let result = try await place.expect(0, "apply", "end.plan")
      #expect(result.output.contains("2 destroyed"), "\(result)")
      #expect(try await place.store().load() == nil)
    }
  }
}
