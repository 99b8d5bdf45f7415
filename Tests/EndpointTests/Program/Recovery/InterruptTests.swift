import Foundation
import Planner
import Providers
import Testing

/// ^C: the first one asks, the second one insists.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct InterruptTests {
  /// Each queue waits for the one before it.
  private let chain = """
    stack: shop
    queues:
      one: {}
      two: { dependsOn: [queues.one] }
      three: { dependsOn: [queues.two] }
      four: { dependsOn: [queues.three] }
    """

  @Test(arguments: TestEndpoint.available)
  func `After a ^C what runs is finished, nothing new starts, and the next run carries on`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, chain) { place in
      let victim = Victim()
      place.proxy.start { request in
        guard request.operation == "CreateQueue", request.body.contains("one") else { return .pass }
        victim.signal(SIGINT)
        victim.waitUntil { $0.contains("Interrupted") }
        return .pass
      }
      let result = try await place.run(victim, ["apply", "--auto-approve"])
      #expect(result.code == 130, "\(result)")
      #expect(place.proxy.requests.filter { $0.operation == "CreateQueue" }.count == 1)
      #expect(result.output.contains("queues.one: Creation complete"), "\(result)")
      #expect(result.output.contains("Not started: queues.two, queues.three, queues.four."), "\(result)")
      #expect(try await place.store().lockHolder() == nil)
      place.proxy.passEverything()
      let again = try await place.expect(0, "apply", "--auto-approve")
      #expect(again.output.contains("3 added, 0 changed, 0 destroyed"), "\(again)")
      try await place.expectQuietLedger()
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A second ^C ends the run at once, and the next one carries on`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, chain) { place in
      let victim = Victim()
      let gate = DispatchSemaphore(value: 0)
      defer { gate.signal() }
      place.proxy.start { request in
        guard request.operation == "CreateQueue" else { return .pass }
        victim.signal(SIGINT)
        victim.waitUntil { $0.contains("Interrupted") }
        victim.signal(SIGINT)
        gate.wait()
        return .cut
      }
      let result = try await place.run(victim, ["apply", "--auto-approve"])
      #expect(result.code == 130, "\(result)")
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expectQuietLedger()
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A ^C ends the wait for a lock`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, chain) { place in
      let holder = LockHolder(
        id: "x", user: "ann", host: "elsewhere", process: 1, command: "stackform apply", since: "2026-08-01")
      let tenure = try await place.store().acquireLock(holder)
      let run = try place.start(["apply", "--auto-approve", "--lock-timeout=10m"])
      _ = try await eventually { run.text.contains("Waiting for the lock of ann@elsewhere") ? true : nil }
      run.signal(SIGINT)
      let result = await run.result()
      #expect(result.code == 130, "\(result)")
      #expect(try await place.store().lockHolder()?.user == "ann")
      try await place.store().release(tenure)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A plan can be interrupted at any time`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, chain) { place in
      let victim = Victim()
      let gate = DispatchSemaphore(value: 0)
      defer { gate.signal() }
      place.proxy.start { request in
        guard request.number == 3 else { return .pass }
        victim.signal(SIGINT)
        gate.wait()
        return .cut
      }
      let result = try await place.run(victim, ["plan"])
      // As a signal or as the exit code that a shell makes of it.
      #expect(result.code == -SIGINT || result.code == 130, "\(result)")
    }
  }
}
