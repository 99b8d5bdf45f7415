import Testing

@testable import Planner

/// Somebody took the owner tags off, perhaps to keep the resource. The ledger says that it is ours, so it goes; the plan says
/// that they are missing wherever it goes.
@Suite struct MissingTagsTests {
  let world = FakeWorld()

  private func untag(_ identity: String) async { await world.cloud.change(identity) { $0.owner = nil } }

  private var destroying: PlanOptions {
    var options = PlanOptions()
    options.isDestroy = true
    return options
  }

  @Test(arguments: [true, false])
  func `A destroy deletes it and says so, with the file and without it`(hasFile: Bool) async throws {
    let wanted = stack([thing("a"), thing("b")])
    try await world.apply(wanted)
    await untag("things/a")
    let plan = try await world.plan(hasFile ? wanted : stack([]), destroying)
    #expect(plan.symbols == ["- things.a", "- things.b"])
    #expect(plan.changes.map { $0.reason?.sentence } == ["its owner tags are missing", nil])
    #expect(try await world.destroy(wanted).isSuccess)
    #expect(await world.cloud.items.isEmpty)
  }

  @Test func `So does a plan that deletes or replaces it`() async throws {
    try await world.apply(stack([thing("a", ["color": "red"]), thing("b")]))
    await untag("things/a")
    await untag("things/b")
    let plan = try await world.plan(stack([thing("a", ["color": "blue"])]))
    #expect(plan.symbols == ["-/+ things.a", "- things.b"])
    #expect(
      plan.changes.map { $0.reason?.sentence } == [
        "its owner tags are missing", "because things.b is not in the stack, and its owner tags are missing",
      ])
  }

  @Test func `So does one that gives it another name, or deletes what is left over of it`() async throws {
    func named(_ name: String) -> Stack { stack([Resource(Address("things", "a"), name: name)]) }
    try await world.apply(named("old"))
    await untag("things/old")
    #expect(try await world.plan(named("new")).changes.map(\.reason) == [.untagged])
    // A run that was killed behind the creation of the successor leaves both.
    await world.cloud.setFault { $0 == 2 ? .killedBefore : .none }
    _ = try? await world.apply(named("new"))
    await world.cloud.revive()
    let plan = try await world.plan(named("new"))
    #expect(plan.symbols == ["-- things.a"] && plan.changes.map(\.leftovers) == [["old"]])
    #expect(plan.changes.map(\.reason) == [.untagged])
    #expect(try await world.plan(named("new"), destroying).changes.map(\.reason) == [.untagged])
  }

  @Test func `What bears no tags of its kind lacks none`() async throws {
    let link = Resource(Address("links", "l"), properties: ["to": "there"])
    try await world.apply(stack([link]))
    for options in [PlanOptions(), destroying] {
      #expect(try await world.plan(stack([]), options).changes.map(\.reason).contains(.untagged) == false)
    }
  }

  @Test(arguments: [true, false])
  func `What became somebody else's stays, and the plan says whose it is`(isDestroy: Bool) async throws {
    let wanted = stack([thing("a")])
    try await world.apply(wanted)
    let other = Owner(stack: "blog", address: Address("things", "mine"))
    await world.cloud.change("things/a") { $0.owner = other }
    let plan = try await world.plan(isDestroy ? wanted : stack([]), isDestroy ? destroying : PlanOptions())
    #expect(plan.symbols == [". things.a"])
    let words = "it belongs to things.mine of the stack \"blog\", and stays"
    #expect(plan.changes.map { $0.reason?.sentence } == [words])
  }
}
