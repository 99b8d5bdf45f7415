import Testing

@testable import Planner

@Suite struct ExecutionTests {
  @Test func `Never more steps at once than allowed`() async throws {
    let world = FakeWorld()
    await world.cloud.awaitCompany()
    try await world.apply(stack((0..<40).map { thing("t\($0)") }), width: 3)
    #expect(await world.cloud.maximumConcurrency <= 3)
    #expect(await world.cloud.maximumConcurrency > 1)
  }

  @Test func `A failure skips only what needs it, the rest goes on, and a second apply carries on`()
    async throws
  {
    let world = FakeWorld()
    let wanted = stack([thing("a"), thing("b", needs: ["a"]), thing("c", needs: ["b"]), thing("d")])
    await world.cloud.setFault { $0 == 1 ? .invalid : .none }
    let summary = try await world.apply(wanted, width: 1)
    #expect(summary.failures.map(\.step.address.name) == ["a"])
    #expect(summary.failures.first?.error.message == "not like this")
    #expect(summary.skipped.map(\.step.address.name) == ["b", "c"])
    #expect(summary.added == 1)
    await world.cloud.setFault(nil)
    #expect(try await world.apply(wanted).added == 3)
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test
  func `What was not tried is claimed by nobody: what somebody else makes under that name stays theirs`()
    async throws
  {
    let world = FakeWorld()
    let wanted = stack([thing("a"), thing("b", needs: ["a"])])
    await world.cloud.setFault { $0 == 1 ? .invalid : .none }
    #expect(try await world.apply(wanted).skipped.map(\.step.address.name) == ["b"])
    await world.cloud.setFault(nil)
    #expect(await world.store.stored?.ledger.records[Address("things", "b")] == nil)
    await world.cloud.put(
      "things/b", FakeCloud.Item(section: "things", properties: [:], serial: 0, owner: nil))
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(wanted) }
    #expect(error?.items.map(\.summary) == ["The resource exists already"])
    _ = try await world.destroy(stack([]))
    #expect(await world.cloud.items.keys.sorted() == ["things/b"])
  }

  @Test func `An answer that was lost after the call was carried out makes nothing twice`() async throws {
    for tagsAtCreation in [true, false] {
      let world = FakeWorld(tagsAtCreation: tagsAtCreation)
      await world.cloud.setFault { $0 == 1 ? .appliedThenLost : .none }
      let summary = try await world.apply(stack([thing("a", ["size": 2]), try vault("v", serialOf: "a")]))
      #expect(summary.isSuccess)
      #expect(await world.cloud.items.count == 2)
      #expect(await world.cloud.items.values.allSatisfy { $0.owner != nil })
    }
  }

  @Test func `An update whose answer was lost goes on with the same one, also when its tags are gone`()
    async throws
  {
    func vault(_ size: Int) -> Resource {
      var vault = Resource(Address("vaults", "v"))
      vault.properties["size"] = .integer(size)
      return vault
    }
    let world = FakeWorld()
    try await world.apply(stack([vault(1)]))
    let key = try #require(await world.cloud.items.keys.first)
    await world.cloud.change(key) { $0.owner = nil }
    await world.cloud.setFault { $0 == 1 ? .refused : .none }
    #expect(try await world.apply(stack([vault(2)])).isSuccess)
    #expect(await world.cloud.items.mapValues { $0.properties["size"] } == [key: 2])
  }

  @Test func `A stop lets what runs finish and starts nothing new`() async throws {
    let world = FakeWorld()
    let stop = StopRequest()
    let wanted = stack((0..<10).map { thing("t\($0)", needs: $0 > 0 ? ["t\($0 - 1)"] : []) })
    let planned = try await world.pipeline.plan(wanted, options: PlanOptions())
    await stop.stop()
    let summary = try await world.pipeline.apply(planned, writer: world.cloud, width: 4, stop: stop) { _ in }
    #expect(summary.wasInterrupted && summary.notStarted.count == 10)
    #expect(await world.cloud.items.isEmpty)
    #expect(try await world.apply(wanted).added == 10)
  }

  @Test func `A ledger that changed meanwhile stops the run before its first call`() async throws {
    let world = FakeWorld()
    let planned = try await world.pipeline.plan(stack([thing("a")]), options: PlanOptions())
    try await world.apply(stack([thing("z")]))
    let error = await #expect(throws: Diagnostics.self) {
      try await world.pipeline.apply(planned, writer: world.cloud, width: 4, stop: StopRequest()) { _ in }
    }
    #expect(error?.items.first?.summary == "The ledger changed meanwhile")
    #expect(await world.cloud.items.keys.sorted() == ["things/z"])
  }

  @Test func `A run whose lock is gone starts nothing more, and a paused one finds out before its next step`()
    async throws
  {
    let world = FakeWorld()
    let planned = try await world.pipeline.plan(stack([thing("a"), thing("b")]), options: PlanOptions())
    let summary = try await world.pipeline.apply(
      planned, writer: world.cloud, width: 4, stop: StopRequest(), isLockHeld: { false }
    ) { _ in }
    #expect(summary.notStarted.count == 2)
    #expect(summary.hasLostLock && !summary.wasInterrupted)
    #expect(await world.cloud.items.isEmpty)
    let holder = LockHolder(id: "1", user: "u", host: "h", process: 1, command: "c", since: "s")
    _ = try await world.store.locked(
      by: holder, patience: .zero, interval: .seconds(3600), stop: StopRequest(), report: { _ in }
    ) { isHeld async throws(Diagnostics) in
      #expect(await isHeld())
    }
  }

  @Test func `A lock that was taken stops the run, and not as ^C does`() async throws {
    let world = FakeWorld()
    let stop = StopRequest()
    let holder = LockHolder(id: "1", user: "u", host: "h", process: 1, command: "c", since: "s")
    _ = try await world.store.locked(
      by: holder, patience: .zero, interval: .milliseconds(1), stop: stop, report: { _ in }
    ) { _ async throws(Diagnostics) in
      _ = try? await world.store.breakLock()
      await stop.requested()
    }
    #expect(await stop.reason == .lostLock)
    let planned = try await world.pipeline.plan(stack([thing("a")]), options: PlanOptions())
    let summary = try await world.pipeline.apply(planned, writer: world.cloud, width: 1, stop: stop) { _ in }
    #expect(summary.hasLostLock && !summary.wasInterrupted && summary.notStarted.count == 1)
  }
}
