import Testing

@testable import Planner

/// What becomes of a kind without names of which there may be any number that are alike: those that use one are never
/// without it.
@Suite struct SuccessorRoomTests {
  let world = FakeWorld()

  private func wanted(_ spec: Value) throws -> Stack {
    var user = Resource(Address("vaults", "user"))
    user.properties["serialOf"] = .pending(try Template(parsing: "${ciphers.one.id}"))
    user.references = [
      Reference(Address("ciphers", "one"), attribute: "id", property: "serialOf", path: "serialOf")
    ]
    return stack([Resource(Address("ciphers", "one"), properties: ["spec": spec]), user])
  }

  /// Which cipher the vault uses.
  private func used() async -> String? {
    await world.cloud.items.values.first { $0.section == "vaults" }?.properties["serialOf"]?.string
  }

  @Test(arguments: [("b", [String]()), ("a", ["ciphers.one"])])
  func `The successor is made first, its users move, and the old one goes last`(
    spec: String, replaces: [String]
  ) async throws {
    try await world.apply(wanted("a"))
    var options = PlanOptions()
    options.replaces = replaces
    let plan = try await world.plan(wanted(.string(spec)), options)
    #expect(plan.symbols == ["+/- ciphers.one", "~ vaults.user"])
    let steps = plan.steps
    let making = try #require(steps.first { if case .create = $0.operation { true } else { false } })
    let moving = try #require(steps.first { $0.section == "vaults" })
    let ending = try #require(steps.first { $0.isDeletion })
    #expect(moving.needs.contains(making.id) && ending.needs.contains(moving.id))
    #expect(try await world.apply(wanted(.string(spec)), options).isSuccess)
    #expect(await world.cloud.ids("ciphers") == [await used()])
  }

  @Test(arguments: 1...3)
  func `After a kill at any write one is left, and used`(write: Int) async throws {
    try await world.apply(wanted("a"))
    await world.cloud.setFault { $0 == write ? .killedAfter : .none }
    _ = try? await world.apply(wanted("b"))
    await world.cloud.revive()
    let there = await world.cloud.ids("ciphers")
    #expect(there.contains(await used() ?? ""))
    #expect(try await world.apply(wanted("b")).isSuccess)
    #expect(await world.cloud.ids("ciphers") == [await used()])
    #expect(try await world.plan(wanted("b")).symbols == [])
  }
}
