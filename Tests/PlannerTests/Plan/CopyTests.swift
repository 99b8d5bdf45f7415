import Testing

@testable import Planner

/// Two profiles that differ in their prefix alone have one ledger in one account.
@Suite struct CopyTests {
  let world = FakeWorld()

  private func copy(_ prefix: String) -> Stack {
    var copy = stack([Resource(Address("things", "a"), name: prefix + "a")])
    copy.target.profile = prefix.isEmpty ? "plain" : prefix
    copy.target.namePrefix = prefix
    return copy
  }

  @Test func `A second copy under the same stack name is refused, and the first goes on`() async throws {
    try await world.apply(copy("pr1-"))
    for isDestroy in [false, true] {
      var options = PlanOptions()
      options.isDestroy = isDestroy
      let error = await #expect(throws: Diagnostics.self) { try await world.plan(copy("pr2-"), options) }
      #expect(error?.items.map(\.summary) == ["The stack has other names here"])
    }
    #expect(try await world.plan(copy("pr1-")).symbols == [])
    _ = try await world.destroy(copy("pr1-"))
    #expect(try await world.apply(copy("pr2-")).isSuccess)
    #expect(await world.cloud.ids("things") == ["pr2-a"])
  }

  @Test func `Nor is it looked at under names that are not its own`() async throws {
    try await world.apply(copy("pr1-"))
    let ledger = try #require(await world.store.stored?.ledger)
    let other = copy("pr2-")
    for work in [
      { _ = try await world.pipeline.drift(of: other) }, { _ = try await world.pipeline.live(other) },
      { _ = try await world.pipeline.outputs(of: other) },
      { _ = try await world.pipeline.whole(other, ledger: ledger) },
      { _ = try await world.pipeline.rebuilt(other, from: ledger, owned: []) },
    ] as [() async throws -> Void] {
      #expect(await summaries(work) == ["The stack has other names here"])
    }
    #expect(try await world.pipeline.drift(of: copy("pr1-")).report.isEmpty)
  }

  @Test func `It is refused after a run that was killed, too`() async throws {
    await world.cloud.setFault { _ in .killedBefore }
    _ = try? await world.apply(copy("pr1-"))
    await world.cloud.revive()
    await #expect(throws: Diagnostics.self) { try await world.plan(copy("")) }
  }
}
