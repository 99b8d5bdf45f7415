import Foundation
import Planner
import Providers
import Testing

/// `undo`, and the journals that it reads.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct UndoTests {
  private static let secret = ["STACKFORM_VAR_password": "hunter2-Tr0ub4dor"]

  /// A queue that changes, one that comes or goes, a table that is replaced, a lambda with other code and a secret.
  private static func stack(timeout: Int, feed: String, key: String) -> String {
    SmallShop.stack(
      timeout: timeout,
      more: "  \(feed): { delaySeconds: 4 }\ntables:\n  orders: { partitionKey: { \(key): S } }")
  }

  private static let before = stack(timeout: 30, feed: "old", key: "id")
  private static let after = stack(timeout: 60, feed: "new", key: "number")

  private static func apply(_ place: Workplace, _ stack: String, code version: Int) async throws {
    try place.write(stack)
    try place.account.write(SmallShop.code(version), to: "code/app.py")
    let result = try await place.run(["apply", "--yes"], variables: secret)
    #expect(result.code == 0, "\(result)")
  }

  @Test(arguments: TestEndpoint.available)
  func `Undo brings back what was changed, replaced, deleted and created, drift included`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint) { place in
      try await Self.apply(place, Self.before, code: 1)
      let digest = try await place.codeDigest(of: "worker")
      try await place.setTimeout(of: "jobs", to: 45)
      try await Self.apply(place, Self.after, code: 2)
      #expect(try await place.timeout(of: "jobs") == "60")
      // Nothing of the working tree is needed.
      try place.account.write("broken", to: "code/app.py")
      let undone = try await place.run(
        ["undo", "--yes", "--allow-data-loss", "--stack", "shop"], variables: Self.secret)
      #expect(undone.code == 0, "\(undone)")
      #expect(undone.errors.contains("What queues.old held went with it"), "\(undone)")
      #expect(try await place.timeout(of: "jobs") == "45")
      #expect(try await place.codeDigest(of: "worker") == digest)
      let release = try #require(try await place.ledger().current)
      #expect(release.number == 3)
      if case .undo(_, to: 1) = release.origin {} else { Issue.record("\(release.origin)") }
      // What had drifted has drifted again; all else is as the first file says.
      try place.write(Self.before)
      try place.account.write(SmallShop.code(1), to: "code/app.py")
      let plan = try await place.run(["plan", "--detailed-exitcode"], variables: Self.secret)
      #expect(plan.code == 2 && plan.output.contains("45 -> 30"), "\(plan)")
      #expect(plan.output.contains("0 to add, 1 to change, 0 to destroy"), "\(plan)")
      try await place.expectQuietLedger()
      for name in try await place.ledgerObjects() {
        #expect(!(try await place.ledgerObject(name)).contains("hunter2"), "\(name)")
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `The undo of the first apply leaves nothing live, and an undo can be undone`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint) { place in
      try await Self.apply(place, Self.before, code: 1)
      try await Self.apply(place, Self.after, code: 2)
      let back = try await place.run(["undo", "--yes", "--allow-data-loss"], variables: Self.secret)
      #expect(back.code == 0, "\(back)")
      #expect(try await place.timeout(of: "jobs") == "30")
      let twice = try await place.run(["undo", "--yes", "--allow-data-loss"], variables: Self.secret)
      #expect(twice.code == 0 && twice.output.contains("Nothing to undo"), "\(twice)")
      #expect(try await place.timeout(of: "jobs") == "30")
      let again = try await place.run(["undo", "3", "--yes", "--allow-data-loss"], variables: Self.secret)
      #expect(again.code == 0, "\(again)")
      #expect(try await place.timeout(of: "jobs") == "60")
      try place.write(Self.after)
      try place.account.write(SmallShop.code(2), to: "code/app.py")
      let plan = try await place.run(["plan", "--detailed-exitcode"], variables: Self.secret)
      #expect(plan.code == 0, "\(plan)")
      try await place.expect(1, "undo", "99")
    }
    try await Workplace.with(endpoint) { place in
      try await Self.apply(place, Self.before, code: 1)
      try await place.expect(0, "undo", "1", "--yes", "--allow-data-loss")
      let ledger = try await place.ledger()
      #expect(ledger.currentRelease == nil && ledger.records.isEmpty)
      try await Self.apply(place, Self.before, code: 1)
      try await place.expectCurrent(2)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `An undo of a run that failed puts back what it had done`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint) { place in
      try await Self.apply(place, Self.before, code: 1)
      let digest = try await place.codeDigest(of: "worker")
      try place.write(Self.after)
      try place.account.write(SmallShop.code(2), to: "code/app.py")
      place.proxy.start { request in
        request.operation == "SetQueueAttributes" ? .answer(Answers.denied) : .pass
      }
      #expect(try await place.run(["apply", "--yes"], variables: Self.secret).code == 1)
      place.proxy.passEverything()
      let undone = try await place.run(["undo", "--yes", "--allow-data-loss"], variables: Self.secret)
      #expect(undone.code == 0, "\(undone)")
      #expect(try await place.codeDigest(of: "worker") == digest)
      try place.write(Self.before)
      try place.account.write(SmallShop.code(1), to: "code/app.py")
      let plan = try await place.run(["plan", "--detailed-exitcode"], variables: Self.secret)
      #expect(plan.code == 0, "\(plan)")
    }
  }
}
