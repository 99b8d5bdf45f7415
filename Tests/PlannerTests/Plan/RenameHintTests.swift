import Testing

@testable import Planner

/// A plan that destroys a resource and creates a like one says how to keep it.
@Suite struct RenameHintTests {
  let world = FakeWorld()

  private func hints(_ resources: [Resource]) async throws -> [String: RenameHint] {
    let plan = try await world.plan(stack(resources))
    return Dictionary(
      plan.changes.compactMap { change in change.renameHint.map { (change.address.description, $0) } }
    ) { $1 }
  }

  @Test func `An entry with another name is told to keep its physical name`() async throws {
    try await world.apply(stack([thing("jobs", ["size": 30, "label": "x"])]))
    let hint = RenameHint(from: Address("things", "jobs"), name: "jobs")
    #expect(try await hints([thing("tasks", ["size": 30, "label": "x"])]) == ["things.tasks": hint])
    #expect(try await hints([thing("tasks", ["size": 30, "label": "y"])]) == ["things.tasks": hint])
    // And that keeps it.
    var kept = thing("tasks", ["size": 30, "label": "x"])
    kept.name = "jobs"
    let plan = try await world.plan(stack([kept]))
    #expect(plan.symbols == ["~ things.tasks"] && plan.changes.allSatisfy { $0.renameHint == nil })
  }

  @Test func `Unlike ones, and those of another kind, get no hint`() async throws {
    try await world.apply(stack([thing("jobs", ["size": 30, "label": "x"])]))
    #expect(try await hints([thing("tasks", ["size": 31, "label": "y"])]).isEmpty)
    #expect(try await hints([thing("tasks")]).isEmpty)
    #expect(try await hints([Resource(Address("vaults", "tasks"), properties: ["size": 30])]).isEmpty)
    #expect(
      try await hints([thing("jobs", ["size": 30, "label": "x"]), thing("tasks", ["size": 30])]).isEmpty)
  }

  @Test func `Each is in one pair, the likeliest first`() async throws {
    try await world.apply(
      stack([thing("a", ["size": 1, "label": "x"]), thing("b", ["size": 2, "label": "x"])]))
    #expect(
      try await hints([thing("c", ["size": 2, "label": "x"]), thing("d", ["size": 1, "label": "x"])])
        == [
          "things.c": RenameHint(from: Address("things", "b"), name: "b"),
          "things.d": RenameHint(from: Address("things", "a"), name: "a"),
        ])
  }

  @Test func `Without names the entry's own name is the way`() async throws {
    try await world.apply(stack([Resource(Address("vaults", "one"), properties: ["size": 4])]))
    let other = Resource(Address("vaults", "two"), properties: ["size": 4])
    let found = try await hints([other])
    #expect(found == ["vaults.two": RenameHint(from: Address("vaults", "one"), name: nil)])
    #expect(
      found["vaults.two"]?.advice(for: other.address)
        == "like vaults.one, which goes; if it is that one, call this entry \"one\" again, and nothing is made anew"
    )
  }

  @Test func `What would be replaced under the old name, too, gets no hint`() async throws {
    try await world.apply(
      stack([
        Resource(Address("links", "one"), properties: ["to": "there", "size": 4]),
        thing("jobs", ["size": 30, "label": "x", "color": "red"]),
      ]))
    #expect(
      try await hints([
        Resource(Address("links", "two"), properties: ["to": "elsewhere", "size": 4]),
        thing("tasks", ["size": 30, "label": "x", "color": "blue"]),
      ]).isEmpty)
  }

  @Test func `An entry that gets another default name is told to keep the one that it has`() async throws {
    try await world.apply(stack([thing("jobs", ["size": 30])]))
    var prefixed = thing("jobs", ["size": 30])
    prefixed.name = "dev-jobs"
    func hint(_ entry: String) async throws -> RenameHint? {
      let node = try #require(try YAMLParser.parse(SourceText(name: "stack.yaml", text: entry)))
      let wanted = Stack(
        name: "test", target: fakeTarget, resources: [prefixed], places: [prefixed.address: node])
      let plan = try await world.plan(wanted)
      #expect(plan.symbols == ["+/- things.jobs"])
      return plan.change("things.jobs")?.renameHint
    }
    let found = try await hint("size: 30")
    #expect(found == RenameHint(from: prefixed.address, name: "jobs"))
    #expect(
      found?.advice(for: prefixed.address) == "to keep the resource, give the entry its name: `name: jobs`")
    // Who wrote the name meant it.
    #expect(try await hint("{ size: 30, name: dev-jobs }") == nil)
  }

  @Test func `A destroy has no hints`() async throws {
    try await world.apply(stack([thing("jobs")]))
    var options = PlanOptions()
    options.isDestroy = true
    #expect(
      try await world.plan(stack([thing("tasks")]), options).changes.allSatisfy { $0.renameHint == nil })
  }

  @Test func `What is known only after the apply counts as another value`() async throws {
    try await world.apply(
      stack([thing("jobs", ["size": 30, "label": "x", "color": "red"]), thing("other")]))
    var tasks = thing("tasks", ["size": 30])
    for name in ["label", "color", "password"] {
      tasks.properties[name] = .pending(try Template(parsing: "${things.new.serial}"))
    }
    #expect(try await hints([tasks, thing("other"), thing("new", ["size": 5])]).isEmpty)
    tasks.properties["password"] = nil
    tasks.properties["label"] = "x"
    let found = try await hints([tasks, thing("other"), thing("new", ["size": 5])])
    #expect(found["things.tasks"]?.from == Address("things", "jobs"))
  }
}
