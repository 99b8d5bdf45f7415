import Foundation
import Planner
import TestSupport
import Testing

@testable import Providers

/// Resources that go from one stack to another.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct MoveTests {
  private func files(_ place: Workplace, shop: [String], billing: [String]) throws {
    func stack(_ name: String, _ queues: [String]) -> String {
      "stack: \(name)\nqueues:\n" + queues.map { "  \($0): { visibilityTimeout: 30 }\n" }.joined()
    }
    try place.write(stack("shop", shop))
    try place.write(stack("billing", billing), to: "billing.yaml")
  }

  @Test(arguments: TestEndpoint.available)
  func `A queue moves, and both stacks are in sync`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint) { place in
      try files(place, shop: ["one", "two"], billing: ["bills"])
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "apply", "billing.yaml", "--auto-approve")
      let lost = try await place.expect(1, "move", "queues.one")
      #expect(lost.errors.contains("--to STACK"), "\(lost)")
      let unasked = try await place.expect(1, "move", "queues.one", "--to", "billing")
      #expect(unasked.output.contains("1 to move"), "\(unasked)")
      let moved = try await place.expect(0, "move", "queues.one", "--to", "billing", "--auto-approve")
      #expect(moved.output.contains("Moved 1 resource"), "\(moved)")
      #expect(try await place.tags(of: "one")["stackform:stack"] == "billing")
      let foreign = try await place.expect(1, "plan")
      #expect(foreign.errors.contains("belongs to somebody else"), "\(foreign)")
      try files(place, shop: ["two"], billing: ["bills", "one"])
      for file in ["stack.yaml", "billing.yaml"] {
        let plan = try await place.expect(0, "plan", file, "--detailed-exitcode")
        #expect(plan.output.contains("No changes."), "\(plan)")
      }
      try await place.expectQuietLedger("shop")
      try await place.expectQuietLedger("billing")
      // Into a stack that begins with it, and under another address.
      try await place.expect(
        0, "move", "queues.one", "--stack", "billing", "--to", "fresh", "--as", "queues.first",
        "--auto-approve")
      #expect(try await place.ledger("fresh").records.keys.map(\.description) == ["queues.first"])
      for stack in ["fresh", "billing", "shop"] {
        try await place.expect(0, "destroy", "--stack", stack, "--auto-approve")
      }
      #expect(try await place.ledgerObjects().isEmpty)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Killed at any write, it is finished by the same command, and destroyed by nobody`(
    endpoint: TestEndpoint
  )
    async throws
  {
    try await Workplace.with(endpoint) { place in
      try files(place, shop: ["one", "two"], billing: ["bills"])
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "apply", "billing.yaml", "--auto-approve")
      // The file of neither has it: what is not moved yet would be destroyed by the one that has it.
      try files(place, shop: ["two"], billing: ["bills"])
      var (from, to) = ("shop", "billing")
      var (kills, marks) = (0, 0)
      for kill in 3...12 {
        let victim = Victim()
        place.proxy.kill(victim, at: kill, where: \.isWrite)
        let killed = try await place.run(
          victim, ["move", "queues.one", "--stack", from, "--to", to, "--auto-approve"])
        place.proxy.passEverything()
        if killed.code == -SIGKILL {
          kills += 1
          var marked: [String] = []
          for stack in [from, to] {
            let record = try await place.store(stack).load()?.ledger.records[Address("queues", "one")]
            if record?.handover != nil { marked.append(stack) }
          }
          if !marked.isEmpty {
            marks += 1
            for stack in ["shop", "billing"] {
              let file = stack == "shop" ? "stack.yaml" : "billing.yaml"
              let result = try await place.run("apply", file, "--auto-approve")
              #expect(
                !marked.contains(stack) || result.code == 1 && result.errors.contains("is being moved"),
                "killed at \(kill): \(result)")
            }
            #expect(try await place.timeout(of: "one") == "30", "killed at \(kill)")
          }
          let ended = try await place.store(from).load()?.ledger.records[Address("queues", "one")] == nil
          let again = try await place.run("move", "queues.one", "--stack", from, "--to", to, "--auto-approve")
          #expect(again.code == (ended && marked.isEmpty ? 1 : 0), "killed at \(kill): \(again)")
          // With nothing left to do, nobody has taken the dead run's lock over.
          if again.code == 1 { _ = try await place.store(to).breakLock() }
        } else {
          #expect(killed.code == 0, "\(kill): \(killed)")
        }
        #expect(try await place.tags(of: "one")["stackform:stack"] == to, "killed at \(kill)")
        #expect(try await place.ledger(from).records[Address("queues", "one")] == nil, "killed at \(kill)")
        try await place.expectQuietLedger(to)
        #expect(try await place.ledger(to).records[Address("queues", "one")]?.handover == nil)
        (from, to) = (to, from)
      }
      #expect(kills >= 6 && marks >= 3, "\(kills) kills, \(marks) of them in the midst of it")
      Tally.note(.kills, "at a write of a move", tried: kills)
      for stack in ["billing", "shop"] {
        try await place.expect(0, "destroy", "--stack", stack, "--auto-approve")
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A lambda goes with its role, and what it needs is said`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let refused = try await place.expect(1, "move", "lambdas.worker", "--to", "work", "--auto-approve")
      #expect(refused.errors.contains("eventMappings.jobs"), "\(refused)")
      let moved = try await place.expect(
        0, "move", "lambdas.worker", "eventMappings.jobs", "--to", "work", "--auto-approve")
      #expect(moved.output.contains("lambdas.worker.role"), "\(moved)")
      #expect(moved.output.contains("refers to logGroups.worker, tables.orders"), "\(moved)")
      #expect(
        try await place.ledger("work").records.keys.map(\.description).sorted()
          == ["eventMappings.jobs", "lambdas.worker", "lambdas.worker.role"])
      try await place.expect(0, "destroy", "--stack", "work", "--auto-approve")
      try await place.expect(0, "destroy", "--stack", "shop", "--auto-approve")
      #expect(try await place.ledgerObjects().isEmpty)
    }
  }
}
