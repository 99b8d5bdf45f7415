import Testing

@testable import Planner

/// A lock that can't be renewed: others take it when it expires.
struct LockKeeperTests {
  @Test func `a lock that can't be renewed counts as lost before it expires`() async throws {
    let (start, passed) = (ContinuousClock.now, Locked(Duration.zero))
    let store = FakeLedgerStore()
    let tenure = try await store.acquireLock(
      LockHolder(id: "1", user: "u", host: "h", process: 1, command: "c", since: "s"))
    let keeper = LockKeeper(store: store, tenure: tenure, since: start, interval: .seconds(5)) {
      start + passed.withLock { $0 }
    }
    func isHeld(after seconds: Int) async -> Bool {
      passed.withLock { $0 = .seconds(seconds) }
      return await keeper.isHeld()
    }
    var held = [await isHeld(after: 9), await isHeld(after: 11)]
    await store.refuseRenewals()
    for seconds in [20, 30, 36, 37] { held.append(await isHeld(after: seconds)) }
    await store.refuseRenewals(false)
    held.append(await isHeld(after: 38))
    // Renewed at 11: another run may take it from 41 on.
    #expect(held == [true, true, true, true, true, false, false])
  }
}
