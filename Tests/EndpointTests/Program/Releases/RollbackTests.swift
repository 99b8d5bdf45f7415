import Foundation
import Planner
import Providers
import Testing

/// `rollback` and `hold`.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct RollbackTests {
  private static let secret = ["STACKFORM_VAR_password": "hunter2-Tr0ub4dor"]

  /// Three releases, each with other code and another timeout; returns the code's digests.
  private static func releases(_ place: Workplace) async throws -> [String?] {
    var digests: [String?] = []
    for version in 1...3 {
      try place.write(SmallShop.stack(timeout: 30 + version))
      try place.account.write(SmallShop.code(version), to: "code/app.py")
      let result = try await place.run(["apply", "--yes"], variables: secret)
      #expect(result.code == 0, "\(result)")
      digests.append(try await place.codeDigest(of: "worker"))
    }
    #expect(Set(digests).count == 3)
    return digests
  }

  @Test(arguments: TestEndpoint.available)
  func `A rollback brings code and values back without the working tree, and going on goes further back`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint) { place in
      let digests = try await Self.releases(place)
      try place.write("stack: [broken")
      try place.account.write("broken", to: "code/app.py")
      let broken = try await place.run(["rollback", "--yes"], variables: Self.secret)
      #expect(broken.code == 1 && broken.errors.contains("--stack NAME"), "\(broken)")
      let back = try await place.run(["rollback", "--yes", "--stack", "shop"], variables: Self.secret)
      #expect(back.code == 0 && back.output.contains("release #2"), "\(back)")
      #expect(try await place.codeDigest(of: "worker") == digests[1])
      #expect(try await place.timeout(of: "jobs") == "32")
      var ledger = try await place.ledger()
      #expect(ledger.current?.origin == .rollback(to: 2) && ledger.currentRelease == 4)
      #expect(ledger.hold?.rolledBackFrom == 3)
      let further = try await place.run(["rollback", "--yes", "--stack", "shop"], variables: Self.secret)
      #expect(further.code == 0, "\(further)")
      #expect(try await place.codeDigest(of: "worker") == digests[0])
      let end = try await place.run(["rollback", "--yes", "--stack", "shop"], variables: Self.secret)
      #expect(end.code == 1 && end.errors.contains("Nothing to go back to"), "\(end)")
      let named = try await place.run(
        ["rollback", "--yes", "--stack", "shop", "--to", "3"], variables: Self.secret)
      #expect(named.code == 0, "\(named)")
      #expect(try await place.codeDigest(of: "worker") == digests[2])
      ledger = try await place.ledger()
      #expect(ledger.releases.map(\.bundle).suffix(3) == [1, 0, 2].map { ledger.releases[$0].bundle }[...])
      try place.write(SmallShop.stack(timeout: 33))
      try place.account.write(SmallShop.code(3), to: "code/app.py")
      let plan = try await place.run(["plan", "--detailed-exitcode"], variables: Self.secret)
      #expect(plan.code == 0, "\(plan)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A secret must be given again, another value is told of, and all other values are those of then`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint) { place in
      _ = try await Self.releases(place)
      let without = try await place.expect(1, "rollback", "--yes")
      #expect(without.errors.contains("A secret must be given again"), "\(without)")
      #expect(without.errors.contains("variables.password"), "\(without)")
      let chosen = try await place.run(["rollback", "--yes", "--var", "timeout=99"], variables: Self.secret)
      #expect(chosen.code == 1 && chosen.errors.contains("Not a matter of choice"), "\(chosen)")
      // The environment may hold values for applies.
      let other = try await place.run(
        ["rollback", "--yes"],
        variables: ["STACKFORM_VAR_password": "another-Tr0ub4dor", "STACKFORM_VAR_timeout": "99"])
      #expect(other.code == 0, "\(other)")
      #expect(other.errors.contains("variables.password is not what it was in release #2"), "\(other)")
      #expect(try await place.timeout(of: "jobs") == "32")
      for name in try await place.ledgerObjects() {
        let text = try await place.ledgerObject(name)
        #expect(!text.contains("hunter2") && !text.contains("another-Tr0ub4dor"), "\(name)")
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `After a run that failed a rollback means the release that is current`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint) { place in
      let digests = try await Self.releases(place)
      try place.write(SmallShop.stack(timeout: 40))
      try place.account.write(SmallShop.code(4), to: "code/app.py")
      place.proxy.start { request in
        request.operation == "SetQueueAttributes" ? .answer(Answers.denied) : .pass
      }
      let failed = try await place.run(["apply", "--yes"], variables: Self.secret)
      #expect(failed.code == 1, "\(failed)")
      place.proxy.passEverything()
      #expect(try await place.codeDigest(of: "worker") != digests[2])
      let back = try await place.run(["rollback", "--yes"], variables: Self.secret)
      #expect(back.code == 0 && back.output.contains("release #3"), "\(back)")
      #expect(try await place.codeDigest(of: "worker") == digests[2])
      #expect(try await place.timeout(of: "jobs") == "33")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Data is guarded in a rollback, and a no leaves all as it is`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint) { place in
      // A profile of its own is not disposable.
      try place.account.write(
        "profiles: { dev: { endpoint: \"\(place.proxy.url)\", region: us-east-1, account: \"\(place.account.id)\" } }",
        to: "stackform.yaml")
      try place.write(SmallShop.stack(timeout: 30))
      try await place.expect(0, "apply", "--yes", "--profile", "dev")
      try place.write(SmallShop.stack(timeout: 30, more: "  feed: {}"))
      try await place.expect(0, "apply", "--yes", "--profile", "dev")
      let refused = try await place.run(
        ["rollback", "--yes", "--profile", "dev"], variables: ["STACKFORM_VAR_password": "none-was-given"])
      #expect(refused.code == 1 && refused.errors.contains("Data would be lost"), "\(refused)")
      try await place.expect(1, "rollback", "--allow-data-loss", "--profile", "dev", "--input=false")
      try await place.expectCurrent(2)
      try await place.expect(0, "rollback", "--allow-data-loss", "--yes", "--profile", "dev")
      try await place.expectCurrent(3)
      try await place.expect(0, "destroy", "--yes", "--allow-data-loss", "--profile", "dev")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A hold is set, shown, and lifted`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, SmallShop.stack(timeout: 30)) { place in
      let early = try await place.expect(1, "hold")
      #expect(early.errors.contains("Never applied"), "\(early)")
      try await place.expect(0, "apply", "--yes")
      try await place.expect(0, "hold", "--reason", "sale until Monday")
      let shown = try await place.expect(0, "hold")
      #expect(shown.output.contains("tester@") && shown.output.contains("sale until Monday"), "\(shown)")
      #expect(try await place.expect(0, "history").output.contains("On hold since"))
      try await place.expect(1, "hold", "--lift", "--reason", "x")
      try await place.expect(0, "hold", "--lift")
      #expect(try await place.ledger().hold == nil)
      #expect(try await place.expect(0, "hold", "--lift").output.contains("is not on hold"))
      try await place.expectQuietLedger()
    }
  }
}
