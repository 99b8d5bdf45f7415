import Foundation
import Planner
import Testing

@testable import Providers

/// Who is at work, whose lock is dead, and twenty at once.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct LockListTests {
  private func holder(_ name: String, host: String = "elsewhere") -> LockHolder {
    LockHolder(
      id: name, user: name, host: host, process: 1, command: "stackform apply shop",
      since: "2026-08-01T12:00:00Z")
  }

  @Test(arguments: TestEndpoint.available)
  func `All locks of an account are listed with their holders`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      let nobody = try await place.expect(0, "lock", "list")
      #expect(nobody.output.contains("No one holds a lock."), "\(nobody)")
      try await place.expect(0, "apply", "--auto-approve")
      let ann = try await place.store("shop").acquireLock(holder("ann"))
      let bob = try await place.store("blog").acquireLock(holder("bob", host: "ci-7"))
      try place.account.write("no lock", to: "damaged")
      try await place.overwrite("stacks/wiki/lock.json", with: "{\"beat\": tr")
      let list = try await place.expect(0, "lock", "list")
      for words in [
        "ann@elsewhere", "bob@ci-7", "2026-08-01T12:00:00Z", "stackform apply shop", "alive", "damaged",
      ] {
        #expect(list.output.contains(words), "\(list)")
      }
      let json = try await place.expect(0, "lock", "list", "--json")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      let locks = try #require(document["locks"] as? [[String: Any]])
      #expect(locks.map { $0["stack"] as? String } == ["blog", "shop", "wiki"])
      #expect(locks.map { $0["state"] as? String } == ["alive", "alive", "damaged"])
      #expect(locks[1]["user"] as? String == "ann" && locks[1]["process"] as? Int == 1)
      try await place.store("shop").release(ann)
      try await place.store("blog").release(bob)
      // A damaged lock stops a run, which names the way out; that leads out.
      try await place.overwrite("stacks/shop/lock.json", with: "oops")
      let stopped = try await place.expect(1, "apply", "--auto-approve")
      let spoken = stopped.errors.replacingOccurrences(of: "\n  ", with: " ")
      #expect(spoken.contains("stackform unlock --force"), "\(stopped)")
      // Neither needs a stack file that is in order.
      try place.account.write("stack: shop\nqueues: { one: { no: such } }\n", to: "stack.yaml")
      try await place.expect(0, "unlock", "--force")
      try await place.expect(0, "ledger", "show")
      try FileManager.default.removeItem(atPath: place.path("stack.yaml"))
      try await place.expect(0, "ledger", "show", "--stack", "shop")
      try await place.expect(0, "unlock", "--force", "--stack", "shop")
      try place.write(Stacks.queues(["one"]))
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(1, "lock", "free")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A killed holder of another machine is waited for until its heartbeat is too old`(
    endpoint: TestEndpoint
  )
    async throws
  {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      let victim = Victim()
      place.proxy.start { request in
        guard request.operation == "CreateQueue" else { return .pass }
        victim.kill()
        return .cut
      }
      let killed = try await place.run(victim, ["apply", "--auto-approve"])
      #expect(killed.code == -SIGKILL)
      place.proxy.passEverything()
      // As if it had run elsewhere, so that nobody here can tell that the process is gone.
      let key = "stacks/shop/lock.json"
      let text = try await place.ledgerObject(key)
      let host = ProcessInfo.processInfo.hostName
      #expect(text.contains(host))
      try await place.overwrite(key, with: Self.moved(text, from: host))
      let start = ContinuousClock.now
      let refused = try await place.expect(1, "apply", "--auto-approve")
      #expect(refused.errors.contains("tester@elsewhere"), "\(refused)")
      let waited = try await place.run(["apply", "--auto-approve", "--lock-timeout=60s"])
      let elapsed = ContinuousClock.now - start
      #expect(waited.code == 0, "\(waited)")
      #expect(waited.errors.contains("Waiting for the lock of tester@elsewhere"), "\(waited)")
      #expect(waited.errors.contains("Took over the lock of tester@elsewhere"), "\(waited)")
      #expect(elapsed > .seconds(25) && elapsed < .seconds(50), "\(elapsed)")
      try await place.expectQuietLedger()
    }
  }

  /// The lock as another system would have written it.
  private static func moved(_ lock: String, from host: String) -> String {
    lock.replacingOccurrences(of: host, with: "elsewhere")
      .replacingOccurrences(of: #""boot":""#, with: #""boot":"another-"#)
  }

  @Test(arguments: TestEndpoint.available)
  func `A terminal is told whom it waits for, in one line`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      let tenure = try await place.store().acquireLock(holder("ann"))
      let freeing = Task {
        _ = try await eventually {
          place.proxy.requests.count { $0.path.hasSuffix("lock.json") } >= 4 ? true : nil
        }
        try await place.store().release(tenure)
      }
      place.proxy.passEverything()
      let run = try await place.onTerminal(["apply", "--auto-approve", "--lock-timeout=60s"], typing: "")
      try await freeing.value
      #expect(
        run.code == 0 && run.text.matches(of: /Waiting \S+ for the lock of ann@elsewhere/).count > 1, "\(run)"
      )
      // It is painted over, and gone in the end.
      #expect(run.text.firstMatch(of: /Waiting[^\r\n]*\n/) == nil, "\(run)")
    }
  }

  @Test(arguments: TestEndpoint.available, [true, false])
  func `Twenty applies at once leave one file's stack whole`(endpoint: TestEndpoint, waits: Bool) async throws
  {
    let count = 20
    try await Workplace.with(endpoint) { place in
      for number in 1...count {
        try place.write(
          Stacks.queues(["shared", "only-\(number)"], timeout: 30 + number), to: "\(number).yaml")
      }
      let options = waits ? ["--lock-timeout=300s"] : []
      let runs = try (1...count).map { number in
        try place.start(["apply", "\(number).yaml", "--auto-approve"] + options)
      }
      var results: [Program.Result] = []
      for run in runs { results.append(await run.result()) }
      let winners = results.filter { $0.code == 0 }
      for loser in results where loser.code != 0 {
        #expect(!waits && loser.code == 1, "\(loser)")
        #expect(
          loser.errors.contains("Error acquiring the lock") && loser.errors.contains("tester@"), "\(loser)")
      }
      #expect(!winners.isEmpty)
      if waits { #expect(results.contains { $0.errors.contains("Waiting for the lock of tester@") }) }
      var whole: [Int] = []
      for number in 1...count {
        let plan = try await place.run("plan", "\(number).yaml", "--detailed-exitcode")
        #expect(plan.code == 0 || plan.code == 2, "\(plan)")
        if plan.code == 0 { whole.append(number) }
      }
      #expect(whole.count == 1 && winners.contains { $0.arguments.contains("\(whole[0]).yaml") }, "\(whole)")
      try await place.expectQuietLedger()
      // Each run that changed something saved twice: its intents, and what came of them.
      let ledger = try #require(try await place.store().load()).ledger
      #expect(ledger.serial >= winners.count && ledger.serial <= 2 * winners.count, "\(ledger.serial)")
      #expect(
        ledger.records.keys.map(\.description).sorted() == ["queues.only-\(whole[0])", "queues.shared"])
      try place.write(Stacks.queues(["shared", "only-\(whole[0])"], timeout: 30))
    }
  }
}
