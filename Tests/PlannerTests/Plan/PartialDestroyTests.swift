import Testing

@testable import Planner

/// What goes along and what stays when a part of a stack is destroyed.
@Suite struct PartialDestroyTests {
  let world = FakeWorld()

  /// `a` needs `b`, which needs `c`; `d` stands alone. An output each of `a` and `c`.
  private func wanted() throws -> Stack {
    stack(
      [thing("a", needs: ["b"]), thing("b", needs: ["c"]), thing("c"), thing("d")],
      outputs: try ["a", "c"].map { name in
        Output(name: name, value: .pending(try Template(parsing: "${things.\(name).serial}")))
      })
  }

  private func destroy(targets: [String] = [], excludes: [String] = []) -> PlanOptions {
    var options = PlanOptions()
    options.isDestroy = true
    options.targets = targets
    options.excludes = excludes
    return options
  }

  @Test(arguments: [
    (["things.c"], [String](), ["a", "b", "c"]), (["things.a"], [], ["a"]),
    ([], ["things.b"], ["a", "d"]), ([], ["things.a"], ["d"]), ([], ["things.d"], ["a", "b", "c"]),
  ])
  func `It takes what needs the target, and leaves what an excluded one needs`(
    targets: [String], excludes: [String], gone: [String]
  ) async throws {
    try await world.apply(try wanted())
    let plan = try await world.plan(try wanted(), destroy(targets: targets, excludes: excludes))
    #expect(plan.symbols == gone.map { "- things.\($0)" })
  }

  @Test func `What the file no longer has goes with what it needs`() async throws {
    try await world.apply(stack([thing("a", needs: ["b"]), thing("b")]))
    let plan = try await world.plan(stack([thing("b")]), destroy(targets: ["things.b"]))
    #expect(plan.symbols == ["- things.b", "- things.a"])
  }

  @Test func `Outputs of what stays stay`() async throws {
    try await world.apply(try wanted())
    let serial = await world.store.stored?.ledger.outputs["c"]
    #expect(serial != nil)
    #expect(try await world.apply(try wanted(), destroy(targets: ["things.a"])).isSuccess)
    #expect(await world.store.stored?.ledger.outputs == ["c": serial].compactMapValues { $0 })
    #expect(try await world.destroy(try wanted()).isSuccess)
    #expect(await world.store.stored == nil)
  }
}
