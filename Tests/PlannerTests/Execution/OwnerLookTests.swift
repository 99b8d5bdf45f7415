import Testing

@testable import Planner

/// Between the plan and a step somebody may put a thing of their own in a resource's place.
@Suite struct OwnerLookTests {
  private let world: FakeWorld
  private let passed: Locked<Duration>

  init() {
    let (start, passed) = (ContinuousClock.now, Locked(Duration.zero))
    self.passed = passed
    world = FakeWorld { start + passed.withLock { $0 } }
  }

  private static let stranger = Owner(stack: "other", address: Address("vaults", "theirs"))

  private func vault(_ size: Int = 1) -> Resource {
    Resource(Address("vaults", "v"), properties: ["size": .integer(size)])
  }

  /// Plans, gives the vault to somebody else after so many seconds, and applies.
  private func apply(
    _ wanted: Stack, isDestroy: Bool = false, after seconds: Int, _ owner: Owner?
  ) async throws -> ExecutionSummary {
    try await world.apply(stack([vault()]))
    var options = PlanOptions()
    options.isDestroy = isDestroy
    let planned = try await world.pipeline.plan(wanted, options: options)
    passed.withLock { $0 += .seconds(seconds) }
    let id = try #require(await world.cloud.ids("vaults").first)
    await world.cloud.change(FakeCloud.identity("vaults", id)) { $0.owner = owner }
    return try await world.pipeline.apply(planned, writer: world.cloud, width: 4, stop: StopRequest()) { _ in
    }
  }

  @Test(arguments: [Self.stranger, nil])
  func `what became another's is not deleted`(_ owner: Owner?) async throws {
    let summary = try await apply(stack([]), after: 11, owner)
    #expect(summary.failures.map(\.error.kind) == [.preconditionFailed])
    #expect(await world.cloud.items.values.map(\.owner) == [owner])
  }

  @Test func `what became another's is not destroyed`() async throws {
    let summary = try await apply(stack([vault()]), isDestroy: true, after: 11, Self.stranger)
    #expect(summary.failures.map(\.error.kind) == [.preconditionFailed])
    #expect(await world.cloud.items.values.map(\.owner) == [Self.stranger])
  }

  @Test func `what holds data and became another's is not changed`() async throws {
    let summary = try await apply(stack([vault(2)]), after: 11, Self.stranger)
    #expect(summary.failures.map(\.error.kind) == [.preconditionFailed])
    #expect(await world.cloud.items.values.map(\.properties) == [["size": 1]])
  }

  @Test func `what was read just now is not asked for again`() async throws {
    try await world.apply(stack([vault()]))
    let planned = try await world.pipeline.plan(stack([vault(2)]), options: PlanOptions())
    let before = await world.cloud.looks.count
    passed.withLock { $0 += .seconds(10) }
    let summary = try await world.pipeline.apply(
      planned, writer: world.cloud, width: 4, stop: StopRequest()
    ) { _ in }
    #expect(summary.isSuccess)
    // The look at the end alone.
    #expect(await world.cloud.looks.count == before + 1)
  }

  @Test func `what can't be looked at is left as it is, and the error says so`() async throws {
    try await world.apply(stack([vault()]))
    let planned = try await world.pipeline.plan(stack([]), options: PlanOptions())
    passed.withLock { $0 += .seconds(11) }
    await world.cloud.hide(
      Address("vaults", "v"), ProviderError(.server, message: "busy", operation: "vaults:Get", status: 500))
    let summary = try await world.pipeline.apply(
      planned, writer: world.cloud, width: 4, stop: StopRequest()
    ) { _ in }
    let error = try #require(summary.failures.first?.error)
    #expect(error.message == "whose it is now could not be looked at, so it was left as it is: busy")
    #expect(!error.mayHaveBeenApplied)
    #expect(await world.cloud.ids("vaults").count == 1)
  }

  @Test func `the second half of a change looks for the owner that the first half gave`() async throws {
    let house = Resource(Address("things", "house"), name: "house", properties: ["doors": ["back": "b"]])
    var guest = thing("guest", ["label": "back"])
    guest.references = [Reference(house.address, attribute: "arn", property: "label", path: "label")]
    try await world.apply(stack([house, guest]))
    await world.cloud.change("things/house") { $0.owner = nil }
    var wanted = house
    wanted.properties["doors"] = ["front": "f"]
    guest.properties["label"] = "front"
    let plan = try await world.plan(stack([wanted, guest]))
    let owners = plan.steps.filter { $0.address == house.address }.map { step in
      if case .update(let live, _, _) = step.operation { live.owner?.address.description } else { "-" }
    }
    #expect(owners == [nil, "things.house"])
  }
}
