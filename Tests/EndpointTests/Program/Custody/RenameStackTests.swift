import Foundation
import Planner
import TestSupport
import Testing

@testable import Providers

/// A stack that gets another name.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct RenameStackTests {
  @Test(arguments: TestEndpoint.available)
  func `Ledger, releases, tags and file bear the new name`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(
        "# Our shop.\n" + Stacks.shop(timeout: 90).replacing("stack: shop", with: "stack: shop # its name"))
      try await place.expect(0, "apply", "--auto-approve")
      let unasked = try await place.expect(1, "rename-stack", "shop", "store")
      #expect(unasked.output.contains("2 releases"), "\(unasked)")
      let renamed = try await place.expect(0, "rename-stack", "shop", "store", "--auto-approve")
      #expect(renamed.output.contains("Edited"), "\(renamed)")
      let text = try String(contentsOfFile: place.path("stack.yaml"), encoding: .utf8)
      #expect(text.hasPrefix("# Our shop.\nstack: store # its name\n"), "\(text)")
      // Derived roles are called after the stack; all else stays as it is.
      #expect(renamed.output.contains("lambdas.worker.role are named after the stack"), "\(renamed)")
      let plan = try await place.expect(2, "plan", "--detailed-exitcode")
      #expect(plan.output.contains("Plan: 2 to add, 2 to change, 2 to destroy."), "\(plan)")
      try await place.expect(0, "apply", "--auto-approve")
      let quiet = try await place.expect(0, "plan", "--detailed-exitcode")
      #expect(quiet.output.contains("No changes."), "\(quiet)")
      try await place.expectQuietLedger("store")
      #expect(try await place.ledgerObjects("stacks/shop/").isEmpty)
      let drift = try await place.expect(0, "drift")
      #expect(drift.code == 0, "\(drift)")
      // A release of before says another name, and comes back under this one.
      try await place.expect(0, "rollback", "--to", "1", "--auto-approve")
      #expect(try await place.timeout(of: "jobs") == "60")
      let history = try await place.expect(0, "history")
      #expect(history.output.contains("store") && history.output.contains("rolled back"), "\(history)")
      let again = try await place.expect(1, "rename-stack", "shop", "store", "--auto-approve")
      #expect(again.errors.contains("No such stack"), "\(again)")
      try await place.expect(0, "destroy", "--auto-approve")
      #expect(try await place.ledgerObjects().isEmpty)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A name that was changed in the file alone is told how to bring the stack along`(
    endpoint: TestEndpoint
  ) async throws {
    let apis = """
      stack: shop
      apis:
        one: { protocol: rest, routes: { GET /a: { mock: { status: 200 } } } }
        two: { protocol: rest, routes: { GET /b: { mock: { status: 200 } } } }

      """
    let queues = Stacks.queues()
    for text in [apis, queues] {
      try await Workplace.with(endpoint, text) { place in
        try await place.expect(0, "apply", "--auto-approve")
        try place.write(text.replacing("stack: shop", with: "stack: store"))
        // Of the queues a plan would take another stack's; of the APIs it makes two more.
        let plan = try await place.expect(text == queues ? 1 : 0, "plan")
        #expect(plan.errors.contains("Another stack has the same entries"), "\(plan)")
        let words = plan.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("stackform rename-stack shop store"), "\(plan)")
        let apply = try await place.expect(1, "apply")
        #expect(apply.errors.contains("Another stack has the same entries"), "\(apply)")
        try await place.expect(0, "rename-stack", "shop", "store", "--auto-approve")
        let quiet = try await place.expect(0, "plan", "--detailed-exitcode")
        #expect(!quiet.errors.contains("Another stack"), "\(quiet)")
        // Another stack beside it is nothing to warn of.
        try place.write(
          "stack: other\napis: { three: { protocol: rest, routes: { GET /c: { mock: { status: 200 } } } } }\n"
        )
        let other = try await place.expect(0, "plan")
        #expect(!other.errors.contains("Another stack"), "\(other)")
        try place.write(text.replacing("stack: shop", with: "stack: store"))
        try await place.expect(0, "destroy", "--auto-approve")
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A run of before is undone under the new name`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(Stacks.queues(timeout: 90))
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "rename-stack", "shop", "store", "--auto-approve")
      try await place.expect(0, "undo", "2", "--auto-approve")
      #expect(try await place.timeout(of: "one") == "30")
      try await place.expect(0, "destroy", "--auto-approve")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A stack of every kind is renamed, and in sync after its next apply`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint) { place in
      try place.write(Stacks.wide(account: place.account.id, on: endpoint))
      try await place.expect(0, "apply", "--auto-approve")
      let before = try await place.ledger().records.mapValues(\.identities)
      try await place.expect(0, "rename-stack", "shop", "store", "--auto-approve")
      #expect(try await place.ledger("store").records.mapValues(\.identities) == before)
      let tagged = await TaggedResources(
        client: ReadingClient(target: place.account.target, sender: place.account.client)
      ).of(stack: "shop")
      #expect(tagged.failures.isEmpty && tagged.resources.isEmpty, "\(tagged)")
      try await place.expect(0, "apply", "--auto-approve")
      let plan = try await place.expect(0, "plan", "--detailed-exitcode")
      #expect(plan.output.contains("No changes."), "\(plan)")
      try await place.expectQuietLedger("store")
      try await place.expect(0, "destroy", "--auto-approve")
      #expect(try await place.ledgerObjects().isEmpty)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Killed at any write, it is finished by the same command`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      var (from, to) = ("shop", "store")
      var (kills, marks) = (0, 0)
      for kill in 3...14 {
        let victim = Victim()
        place.proxy.kill(victim, at: kill, where: \.isWrite)
        let killed = try await place.run(victim, ["rename-stack", from, to, "--auto-approve"])
        place.proxy.passEverything()
        if killed.code == -SIGKILL {
          kills += 1
          // Whichever name the file has, and though it has no entry: nothing goes while both ledgers know it.
          let isMarked = try await place.store(to).load()?.ledger.renaming != nil
          let story = "killed at \(kill)"
          if isMarked {
            marks += 1
            let text = try String(contentsOfFile: place.path("stack.yaml"), encoding: .utf8)
            for name in [from, to] {
              // Where the old ledger has gone, its name is free for a new stack.
              guard try await place.store(name).load() != nil else { continue }
              try place.write("stack: \(name)\n")
              let refused = try await place.expect(1, "apply", "--auto-approve")
              #expect(refused.errors.contains("is being renamed"), "\(story): \(refused)")
            }
            try place.write(text)
          }
          #expect(try await place.timeout(of: "one") == "30", "\(story)")
          let isDone = try await place.store(from).load() == nil && !isMarked
          let again = try await place.run("rename-stack", from, to, "--auto-approve")
          #expect(again.code == (isDone ? 1 : 0), "\(story): \(again)")
          // With nothing left to do, nobody has taken the dead run's lock over.
          if isDone { _ = try await place.store(to).breakLock() }
        } else {
          #expect(killed.code == 0, "\(kill): \(killed)")
        }
        #expect(try await place.tags(of: "two")["stackform:stack"] == to, "killed at \(kill)")
        #expect(try await place.store(from).load() == nil, "killed at \(kill)")
        try await place.expectQuietLedger(to)
        let plan = try await place.expect(0, "plan", "--detailed-exitcode")
        #expect(plan.output.contains("No changes."), "killed at \(kill): \(plan)")
        (from, to) = (to, from)
      }
      #expect(kills >= 6 && marks >= 3, "\(kills) kills, \(marks) of them in the midst of it")
      Tally.note(.kills, "at a write of a renaming", tried: kills)
      try await place.expect(0, "destroy", "--auto-approve")
      #expect(try await place.ledgerObjects().isEmpty)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Without a file it is told what to write`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try FileManager.default.removeItem(atPath: place.path("stack.yaml"))
      let renamed = try await place.expect(0, "rename-stack", "shop", "store", "--auto-approve")
      #expect(renamed.output.contains("write `stack: store` into it"), "\(renamed)")
      let unknown = try await place.expect(1, "rename-stack", "stroe", "x", "--auto-approve")
      #expect(unknown.errors.contains("Did you mean \"store\"?"), "\(unknown)")
      try await place.expect(0, "destroy", "--stack", "store", "--auto-approve")
    }
  }
}
