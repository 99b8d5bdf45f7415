import Foundation
import Planner
import Providers
import Testing

/// What stands between a promotion and the wrong place, release or moment.
@Suite(.enabled(if: !Ladder.Plan.single.isEmpty && TestEndpoint.python != nil)) struct PromotionGuardTests {
  @Test(arguments: Ladder.Plan.single)
  func `nobody is promoted to by accident`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project(["production": "protect: true"])
      try await ladder.expect(1, "promote", "local", "dev", "--stack", "shop")
      try await ladder.applyService()
      let nobody = try await ladder.expect(1, "promote", "local", "dev")
      #expect(
        nobody.errors.contains("No one to ask for approval") && nobody.errors.contains("--auto-approve"),
        "\(nobody)")
      let json = try await ladder.expect(1, "promote", "local", "dev", "--json")
      #expect(json.output.contains("--json leaves no place for a question"), "\(json)")
      for (words, part) in [
        (["promote", "local", "local"], "is there already"), (["promote", "local"], "has no promoteFrom"),
        (["promote", "locla", "dev"], "Did you mean local?"), (["promote"], "needs to know where to"),
        (["promote", "dev", "staging"], "has no release of the stack"),
        (["promote", "local", "dev", "--var", "tiemout=3"], "Did you mean timeout?"),
      ] {
        let result = try await ladder.start(words).result()
        #expect(result.code == 1 && result.errors.contains(part), "\(result)")
      }
      let unconfirmed = try await ladder.expect(1, "promote", "local", "production", "-y")
      #expect(unconfirmed.errors.contains("The profile is protected"), "\(unconfirmed)")
      try await ladder.expect(1, "promote", "local", "production", "--confirm", "staging")
      #expect(try await ladder.store("production").load() == nil)
      try await ladder.expect(0, "promote", "local", "production", "--confirm", "production")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `a held profile wants a person's word`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project()
      try await ladder.applyService()
      try await ladder.expect(0, "promote", "dev", "-y")
      try await ladder.applyService(code: 2)
      try await ladder.expect(0, "hold", "--profile", "dev", "--reason", "number two is bad")
      let held = try await ladder.expect(1, "promote", "dev", "-y")
      #expect(
        held.errors.contains("The target is held") && held.errors.contains("number two is bad"), "\(held)")
      try await ladder.expect(0, "promote", "dev", "--dry-run")
      try await ladder.expect(0, "promote", "dev", "-y", "--ignore-hold")
      try await ladder.applyService(code: 3)
      try await ladder.expect(0, "hold", "--profile", "dev", "--lift")
      try await ladder.expect(0, "promote", "dev", "-y")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `at a terminal a hold wants a yes, and a protected profile its name`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project(["dev": "protect: true, gates: [{ run: 'echo the smoke of $STACKFORM_RELEASE' }]"])
      try await ladder.applyService()
      func typed(_ answers: String...) async throws -> TerminalResult {
        try await PseudoTerminal.run(typing: answers) { variables, terminal in
          try ladder.start(["promote", "dev"], variables: variables, terminal: terminal)
        }
      }
      let yes = try await typed("yes\n")
      #expect(yes.code == 1 && yes.text.contains("Promotion cancelled."), "\(yes)")
      let named = try await typed("dev\n")
      #expect(named.code == 0 && named.text.contains("Promoted #1 of local to dev as #1."), "\(named)")
      try await ladder.applyService(code: 2)
      try await ladder.expect(0, "hold", "--profile", "dev", "--reason", "for the weekend")
      let no = try await typed("no\n")
      #expect(no.code == 1 && no.text.contains("for the weekend"), "\(no)")
      let held = try await typed("yes\n", "dev\n")
      #expect(held.code == 0 && held.text.contains("Promoted #2 of local to dev as #2."), "\(held)")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `of several promotions at once each comes to the same end, and one release is recorded`(
    plan: Ladder.Plan
  ) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project(["dev": "gates: [inSync]"])
      try await ladder.applyService()
      let codes = try await withThrowingTaskGroup(of: Program.Result.self) { group in
        for _ in 0..<4 {
          group.addTask {
            try await ladder.start(["promote", "dev", "-y", "--lock-timeout", "60s"]).result()
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.map(\.code) == [0, 0, 0, 0], "\(codes)")
      #expect(codes.count { $0.output.contains("Promoted #1 of local to dev as #1.") } == 1, "\(codes)")
      #expect(try await ladder.ledger("dev").releases.count == 1)
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `a release that is made meanwhile is not promoted unseen`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      let apply = "\\\"$STACKFORM\\\" apply -y --profile local --var timeout=52 >/dev/null"
      try ladder.project(["dev": "gates: [{ run: \"\(apply)\" }]"])
      try await ladder.applyService()
      let refused = try await ladder.expect(1, "promote", "dev", "-y")
      #expect(refused.errors.contains("\"local\" ran #1 when this began, and runs #2 now"), "\(refused)")
      #expect(try await ladder.store("dev").load() == nil)
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `two names of one place are nothing to promote between`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project()
      try await ladder.applyService()
      let local = try ladder.account("local")
      try ladder.write(
        """
        profiles:
          local: { endpoint: "\(try ladder.proxy("local").url)", account: "\(local.id)", region: us-east-1 }
          dev: { endpoint: "\(try ladder.proxy("local").url)", account: "\(local.id)", region: us-east-1, namePrefix: dev- }
        """, to: "stackform.yaml")
      let refused = try await ladder.expect(1, "promote", "local", "dev", "-y")
      #expect(refused.errors.contains("\"local\" and \"dev\" are one place"), "\(refused)")
      try ladder.project()
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `data is guarded in the target`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project()
      try ladder.write("stack: shop\ntables: { orders: { partitionKey: { id: S } } }\n", to: "stack.yaml")
      try await ladder.expect(0, "apply", "-y")
      try await ladder.expect(0, "promote", "dev", "-y")
      try ladder.write("stack: shop\ntables: { orders: { partitionKey: { number: S } } }\n", to: "stack.yaml")
      try await ladder.expect(0, "apply", "-y", "--allow-data-loss")
      let refused = try await ladder.expect(1, "promote", "dev", "-y")
      #expect(refused.errors.contains("Data would be lost"), "\(refused)")
      let markdown = try await ladder.expect(
        0, "promote", "dev", "--plan", "--format", "markdown", "--max-size", "2000")
      #expect(
        markdown.output.contains("| `-/+` | `tables.orders` | **replaced**, **data lost** |"), "\(markdown)")
      #expect(markdown.output.utf8.count <= 2000)
      try await ladder.expect(0, "promote", "dev", "-y", "--allow-data-loss")
    }
  }
}
