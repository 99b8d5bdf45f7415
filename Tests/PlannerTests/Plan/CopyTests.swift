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

  @Test func `It is refused after a run that was killed, too`() async throws {
    await world.cloud.setFault { _ in .killedBefore }
    _ = try? await world.apply(copy("pr1-"))
    await world.cloud.revive()
    await #expect(throws: Diagnostics.self) { try await world.plan(copy("")) }
  }
}
