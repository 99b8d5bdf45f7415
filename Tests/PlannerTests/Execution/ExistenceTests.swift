import Testing

@testable import Planner

/// What an apply looks at before it believes that it is done.
@Suite struct ExistenceTests {
  let world = FakeWorld()

  /// What was asked of existence by the latest runs: `+` for what must be there, `-` for what must be gone.
  private func asked() async -> [[String]] {
    await world.cloud.expectations.map { round in
      round.map { ($0.isThere ? "+" : "-") + $0.query.owner.address.description }.sorted()
    }
  }

  private let three = stack(["a", "b", "c"].map { thing($0, ["size": 5]) })

  @Test func `What an example stands for is asked for by existence, in one question`() async throws {
    #expect(try await world.apply(three).isSuccess)
    #expect(await asked() == [["+things.b", "+things.c"]])
  }

  @Test func `Nothing is asked of what the examples show themselves, nor after a plan without steps`()
    async throws
  {
    try await world.apply(stack([thing("a")]))
    try await world.apply(stack([thing("a")]))
    #expect(await asked() == [])
  }

  @Test func `Of a destruction every end is asked for, in one question`() async throws {
    try await world.apply(three)
    #expect(try await world.destroy(three).isSuccess)
    #expect(await asked().dropFirst() == [["-things.a", "-things.b", "-things.c"]])
  }

  @Test func `What lives in something that goes is not asked for`() async throws {
    var inside = Resource(Address("vaults", "v"), properties: ["inside": "arn:a"])
    inside.references = [
      Reference(Address("things", "a"), attribute: "arn", property: "inside", path: "inside")
    ]
    let wanted = stack([thing("a"), inside])
    try await world.apply(wanted)
    #expect(try await world.destroy(wanted).isSuccess)
    #expect(await asked() == [["-things.a"]])
  }

  @Test func `What lives in something that was not deleted after all is asked for, too`() async throws {
    var inside = Resource(Address("vaults", "v"), properties: ["inside": "arn:a"])
    inside.references = [
      Reference(Address("things", "a"), attribute: "arn", property: "inside", path: "inside")
    ]
    let wanted = stack([thing("a"), inside])
    try await world.apply(wanted)
    await world.cloud.setFault { _ in .answeredOnly }
    let summary = try await world.destroy(wanted)
    #expect(summary.failures.map(\.step.address.description).sorted() == ["things.a", "vaults.v"])
    #expect(await asked() == [["-things.a"], ["-vaults.v"]])
  }

  @Test func `A creation that was answered and not carried out is a failure, and no claim in the ledger`()
    async throws
  {
    await world.cloud.setFault { $0 == 2 ? .answeredOnly : .none }
    let summary = try await world.apply(three, width: 1)
    #expect(summary.failures.map(\.error.kind) == [.notCarriedOut])
    #expect(summary.failures.map(\.step.address.name) == ["b"])
    #expect(summary.added == 2 && !summary.isSuccess && summary.release == nil)
    let record = try #require(await world.store.stored?.ledger.records[Address("things", "b")])
    #expect(record.intent == .creating && record.identities.allSatisfy { $0.id == nil })
    #expect(try await world.apply(three).added == 1)
    #expect(try await world.plan(three).symbols == [])
  }

  @Test func `An example that was not made is a failure, and stands for nothing`() async throws {
    await world.cloud.setFault { $0 == 1 ? .answeredOnly : .none }
    let summary = try await world.apply(three, width: 1)
    #expect(summary.failures.map(\.step.address.name) == ["a"])
    #expect(summary.notReread.isEmpty && summary.unsettled.isEmpty)
    let ledger = try #require(await world.store.stored?.ledger)
    #expect(ledger.records.values.allSatisfy { $0.example == nil })
    #expect(try await world.apply(three).isSuccess)
  }

  @Test func `A deletion that was answered and not carried out is a failure, and the next plan deletes it`()
    async throws
  {
    try await world.apply(three)
    await world.cloud.setFault { $0 == 1 ? .answeredOnly : .none }
    let less = stack([thing("a", ["size": 5]), thing("b", ["size": 5])])
    let summary = try await world.apply(less)
    #expect(summary.failures.map(\.step.address.name) == ["c"])
    #expect(summary.failures.first?.certainty == .refused)
    #expect(summary.destroyed == 0)
    #expect(await world.store.stored?.ledger.records.keys.map(\.name).sorted() == ["a", "b", "c"])
    #expect(try await world.plan(less).symbols == ["- things.c"])
    #expect(try await world.apply(less).isSuccess)
    #expect(await world.store.stored?.ledger.records.keys.map(\.name).sorted() == ["a", "b"])
  }

  @Test func `The ledger outlives a destruction that was not carried out`() async throws {
    try await world.apply(three)
    await world.cloud.setFault { $0 == 2 ? .answeredOnly : .none }
    let summary = try await world.destroy(three)
    #expect(!summary.isSuccess && summary.destroyed == 2)
    #expect(await world.store.stored?.ledger.records.count == 1)
    #expect(try await world.destroy(three).isSuccess)
    let isGone = await world.store.stored == nil
    #expect(await world.cloud.items.isEmpty && isGone)
  }

  @Test func `What a new one takes the place of is looked at before that is made`() async throws {
    try await world.apply(stack([thing("a", ["color": "r"])]))
    let wanted = stack([thing("a", ["color": "g"])])
    await world.cloud.setFault { $0 == 1 ? .answeredOnly : .none }
    let summary = try await world.apply(wanted)
    #expect(summary.failures.map(\.error.kind) == [.notCarriedOut])
    #expect(summary.skipped.map(\.step.address.name) == ["a"])
    #expect(await world.cloud.writes == 1)
    #expect(try await world.apply(wanted).isSuccess)
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `An end that can't be looked at is told, and the ledger goes on knowing the resource`()
    async throws
  {
    try await world.apply(three)
    let less = stack([thing("a", ["size": 5]), thing("b", ["size": 5])])
    let planned = try await world.pipeline.plan(less, options: PlanOptions())
    let denied = ProviderError(.denied, message: "you may not look", operation: "get", status: 403)
    await world.cloud.hide(Address("things", "c"), denied)
    let summary = try await world.pipeline.apply(
      planned, writer: world.cloud, width: 1, stop: StopRequest()
    ) { _ in }
    #expect(summary.notReread.map(\.address.name) == ["c"])
    #expect(summary.notReread.map(\.error) == [denied])
    #expect(await world.store.stored?.ledger.records[Address("things", "c")] != nil)
  }

  @Test func `What is found of a false answer is told as it becomes known`() async throws {
    let planned = try await world.pipeline.plan(three, options: PlanOptions())
    await world.cloud.setFault { $0 == 2 ? .answeredOnly : .none }
    let (events, continuation) = AsyncStream.makeStream(of: ExecutionEvent.self)
    _ = try await world.pipeline.apply(planned, writer: world.cloud, width: 1, stop: StopRequest()) {
      continuation.yield($0)
    }
    continuation.finish()
    var failed: [String] = []
    for await case .failed(let failure, _) in events { failed.append(failure.step.address.name) }
    #expect(failed == ["b"])
  }
}
