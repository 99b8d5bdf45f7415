import Foundation
import Planner
import TestSupport
import Testing

@testable import Providers

/// The ledger forgets, and the resource lives on as nobody's.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct ForgetTests {
  @Test(arguments: TestEndpoint.available)
  func `A forgotten queue stays without our tags, and can be adopted again`(endpoint: TestEndpoint)
    async throws
  {
    let stack = "stack: shop\nqueues:\n  one: { tags: { team: red } }\n  two: {}\n"
    try await Workplace.with(endpoint, stack) { place in
      try await place.expect(0, "apply", "--auto-approve")
      place.proxy.passEverything()
      let unknown = try await place.expect(1, "forget", "queues.on", "--auto-approve")
      #expect(unknown.errors.contains("Did you mean \"queues.one\"?"), "\(unknown)")
      let unasked = try await place.expect(1, "forget", "queues.one")
      #expect(unasked.output.contains("1 to forget"), "\(unasked)")
      #expect(try await place.ledger().records.count == 2)
      let forgot = try await place.expect(0, "forget", "queues.one", "--auto-approve")
      let words = forgot.output.replacingOccurrences(of: "\n", with: " ")
      #expect(
        words.contains("queues.one is still in the stack file") && words.contains("--adopt"), "\(forgot)")
      #expect(try await place.tags(of: "one") == ["team": "red"])
      try await place.expectQuietLedger()
      #expect(try await place.ledger().records.keys.map(\.description) == ["queues.two"])
      let refused = try await place.expect(1, "plan")
      #expect(refused.errors.contains("The resource exists already"), "\(refused)")
      let history = try await place.expect(0, "history", "--runs")
      #expect(history.output.contains("stackform forget queues.one"), "\(history)")
      let undo = try await place.expect(1, "undo", "--auto-approve")
      #expect(undo.errors.contains("Nothing to undo"), "\(undo)")
      try await place.expect(0, "apply", "--auto-approve", "--adopt", "queues.one")
      #expect(try await place.tags(of: "one")["stackform:stack"] == "shop")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A stack of every kind is forgotten without its file, and stays`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint) { place in
      try place.write(Stacks.wide(account: place.account.id, on: endpoint))
      try await place.expect(0, "apply", "--auto-approve")
      let before = try await Survey.of([place])
      let text = try String(contentsOfFile: place.path("stack.yaml"), encoding: .utf8)
      try FileManager.default.removeItem(atPath: place.path("stack.yaml"))
      let json = try await place.expect(
        0, "forget", "*", "--stack", "shop", "--auto-approve", "--json")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect((document["forgotten"] as? [Any])?.count ?? 0 > 14, "\(json)")
      let tagged = await TaggedResources(
        client: ReadingClient(
          target: place.account.target, sender: place.account.client)
      ).of(stack: "shop")
      #expect(tagged.failures.isEmpty && tagged.resources.isEmpty, "\(tagged)")
      // Nothing of it goes with the stack.
      try await place.expect(0, "destroy", "--stack", "shop", "--auto-approve")
      #expect(try await place.ledgerObjects().isEmpty)
      let after = try await Survey.of([place])
      #expect(Self.names(after[place.account.id]) == Self.names(before[place.account.id]))
      try place.write(text)
      try await place.expect(0, "apply", "--auto-approve", "--adopt", "*")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Killed at any write, it is finished by the same command, and destroyed by nobody`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one", "two"])) { place in
      try await place.expect(0, "apply", "--auto-approve")
      // The file has it no more: what is not forgotten yet would be destroyed.
      let (whole, rest) = (Stacks.queues(["one", "two"]), Stacks.queues(["two"]))
      var (kills, marks) = (0, 0)
      for kill in 2...7 {
        try place.write(rest)
        let victim = Victim()
        place.proxy.kill(victim, at: kill, where: \.isWrite)
        let killed = try await place.run(victim, ["forget", "queues.one", "--auto-approve"])
        place.proxy.passEverything()
        let story: Comment = "killed at \(kill): \(killed)"
        let record = try await place.ledger().records[Address("queues", "one")]
        if killed.code == -SIGKILL {
          kills += 1
          if record?.isBeingForgotten == true {
            marks += 1
            let refused = try await place.expect(1, "apply", "--auto-approve")
            #expect(refused.errors.contains("is being forgotten"), "\(story), then \(refused)")
          }
          let again = try await place.run("forget", "queues.one", "--auto-approve")
          #expect(again.code == (record == nil ? 1 : 0), "\(story), then \(again)")
          // With nothing left to do, nobody has taken the dead run's lock over.
          if record == nil { _ = try await place.store().breakLock() }
        } else {
          #expect(killed.code == 0, story)
        }
        #expect(try await place.tags(of: "one") == [:], story)
        try await place.expect(0, "plan", "--detailed-exitcode")
        try await place.expectQuietLedger()
        try place.write(whole)
        try await place.expect(0, "apply", "--auto-approve", "--adopt", "queues.one")
      }
      #expect(kills >= 3 && marks >= 2, "\(kills) kills, \(marks) of them in the midst of it")
      Tally.note(.kills, "at a write of a forgetting", tried: kills)
    }
  }

  /// How many of each section there are, but for the ledgers.
  private static func names(_ survey: [String: [String]]?) -> [String: Int] {
    (survey ?? [:]).filter { $0.key != "ledgers" }.mapValues(\.count)
  }
}
