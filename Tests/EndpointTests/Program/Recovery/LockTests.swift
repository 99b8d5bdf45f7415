import Foundation
import Planner
import Providers
import TestSupport
import Testing

/// The lock, between runs, hosts and clocks.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct LockTests {
  /// A place whose lock is met.
  private static func with(
    _ endpoint: TestEndpoint, _ stack: String = "", _ body: (Workplace) async throws -> Void
  ) async throws {
    try await Workplace.with(endpoint, stack, body)
    Tally.note(.concurrency, "locks that are held, dead, expired or lost", tried: 1)
  }

  private func holder(
    _ name: String, host: String = "elsewhere", process: Int = 1, _ identity: ProcessIdentity? = nil
  ) -> LockHolder {
    LockHolder(
      id: name, user: name, host: host, process: process, identity: identity, command: "stackform apply",
      since: "2026-08-01T12:00:00Z")
  }

  /// A process of this system that was started then.
  private func identity(start: String = "1") throws -> ProcessIdentity {
    func line(_ path: String) throws -> String {
      try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let system = ProcessIdentity.System(
      machine: try line("/etc/machine-id"), boot: try line("/proc/sys/kernel/random/boot_id"),
      namespace: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid"))
    return ProcessIdentity(system: system, start: start)
  }

  @Test(arguments: TestEndpoint.available)
  func `A lock of another host is respected, and can be broken`(endpoint: TestEndpoint) async throws {
    try await Self.with(endpoint, Stacks.queues()) { place in
      let tenure = try await place.store().acquireLock(holder("ann"))
      let refused = try await place.expect(1, "apply", "--auto-approve")
      #expect(refused.errors.contains("ann@elsewhere"))
      #expect(refused.errors.contains("2026-08-01T12:00:00Z"))
      #expect(refused.errors.contains("--lock-timeout"))
      // A plan needs no lock, and nobody is asked where nobody can answer.
      try await place.expect(0, "plan")
      let unasked = try await place.expect(1, "unlock")
      #expect(unasked.errors.contains("--force"), "\(unasked)")
      let unlocked = try await place.expect(0, "unlock", "--force")
      #expect(unlocked.output.contains("ann@elsewhere"))
      try await place.expect(0, "apply", "--auto-approve")
      await #expect(throws: LedgerError.self) { try await place.store().renew(tenure) }
      let idle = try await place.expect(0, "unlock", "--force")
      #expect(idle.output.contains("No one holds the lock"))
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A lock of a dead process of this system is taken over at once`(endpoint: TestEndpoint) async throws {
    try await Self.with(endpoint, Stacks.queues()) { place in
      let dead = try place.start(["version"])
      _ = await dead.result()
      _ = try await place.store().acquireLock(holder("ann", process: Int(dead.identifier), identity()))
      let result = try await place.expect(0, "apply", "--auto-approve")
      #expect(result.errors.contains("Took over the lock of ann@"), "\(result)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A lock is not taken over by the number of a process alone`(endpoint: TestEndpoint) async throws {
    try await Self.with(endpoint, Stacks.queues()) { place in
      let dead = try place.start(["version"])
      _ = await dead.result()
      // Another container may have the same host name, and counts its processes by itself.
      var others = [try identity(), try identity(), try identity()]
      others[0].system.namespace = "pid:[1]"
      others[1].system.boot = "another"
      others[2].system.machine = "another"
      for other in others.map(Optional.some) + [nil] {
        let tenure = try await place.store().acquireLock(
          holder("ann", host: ProcessInfo.processInfo.hostName, process: Int(dead.identifier), other))
        let refused = try await place.expect(1, "apply", "--auto-approve")
        #expect(refused.errors.contains("ann@"), "\(refused)")
        try await place.store().release(tenure)
      }
      // The number was given to another process, which runs.
      let own = Int(ProcessInfo.processInfo.processIdentifier)
      _ = try await place.store().acquireLock(holder("ann", process: own, identity()))
      let result = try await place.expect(0, "apply", "--auto-approve")
      #expect(result.errors.contains("Took over the lock of ann@"), "\(result)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A lock of a process that is dead and not yet buried is taken over at once`(endpoint: TestEndpoint)
    async throws
  {
    try await Self.with(endpoint, Stacks.queues()) { place in
      let files = (
        output: place.folder.appendingPathComponent(".o"), errors: place.folder.appendingPathComponent(".e")
      )
      let zombie = try Spawn.start(
        ["/bin/sh", "-c", "exit 0"], in: place.folder.path, environment: [:], files: files, terminal: nil)
      defer { _ = Spawn.wait(zombie) }
      // It has ended when it can be waited for; WNOWAIT leaves it as it is.
      var information = siginfo_t()
      #expect(waitid(P_PID, id_t(zombie), &information, WEXITED | WNOWAIT) == 0)
      _ = try await place.store().acquireLock(holder("ann", process: Int(zombie), identity()))
      let result = try await place.expect(0, "apply", "--auto-approve")
      #expect(result.errors.contains("Took over the lock of ann@"), "\(result)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A lock without a sign of life expires by the endpoint's clock`(endpoint: TestEndpoint) async throws {
    try await Self.with(endpoint) { place in
      let store = place.store(expiry: 1)
      let first = try await store.acquireLock(holder("ann"))
      await #expect(throws: LedgerError.self) { try await store.acquireLock(holder("bob")) }
      let second = try await eventually { try? await store.acquireLock(holder("bob")) }
      #expect(second.takenOverFrom == first.holder)
      await #expect(throws: LedgerError.self) { try await store.renew(first) }
      // The former holder gives nothing back: the lock is not his.
      try await store.release(first)
      #expect(try await store.lockHolder()?.user == "bob")
      try await store.release(second)
      #expect(try await store.lockHolder() == nil)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A lock that is renewed is kept past its expiry`(endpoint: TestEndpoint) async throws {
    try await Self.with(endpoint) { place in
      let expiry = 4
      let interval = Duration.milliseconds(200)
      // So many take at least twice the expiry.
      let enough = 2 * expiry * Int(Duration.seconds(1) / interval)
      let store = place.store(expiry: expiry)
      let bob = holder("bob")
      try await store.locked(
        by: holder("ann"), patience: .zero, interval: interval, stop: StopRequest(),
        report: { _ in }
      ) { _ async throws(Diagnostics) in
        await #expect(throws: Never.self) { try await refuse(bob, until: enough, place, store) }
      }
      #expect(try await store.lockHolder() == nil)
    }
  }

  /// Has the contender try again and again until the lock was renewed so often. Each try must be refused.
  private func refuse(
    _ contender: LockHolder, until renewals: Int, _ place: Workplace, _ store: S3LedgerStore
  ) async throws {
    let first = try await place.lockBeat()
    _ = try await eventually(within: .seconds(120)) {
      let error = await #expect(throws: LedgerError.self) { try await store.acquireLock(contender) }
      guard case .locked(let holder) = error else { throw LostLock() }
      #expect(holder.user == "ann")
      return try await place.lockBeat() - first >= renewals ? true : nil
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A run that loses its lock starts nothing more`(endpoint: TestEndpoint) async throws {
    try await Self.with(endpoint) { place in
      let store = place.store()
      let stop = StopRequest()
      try await store.locked(
        by: holder("ann"), patience: .zero, interval: .milliseconds(50), stop: stop, report: { _ in }
      ) { _ async throws(Diagnostics) in
        // A beat may come in between.
        while (try? await store.breakLock()) == nil {}
        await stop.requested()
      }
      #expect(try await store.lockHolder() == nil)
    }
  }
}

/// Somebody else got the lock.
private struct LostLock: Error {}

extension Workplace {
  /// The number of the lock's last renewal.
  fileprivate func lockBeat() async throws -> Int {
    try #require(Value(json: try await ledgerObject("stacks/shop/lock.json"))?["beat"]?.integer)
  }
}
