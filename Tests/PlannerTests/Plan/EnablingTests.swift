import Testing

@testable import Planner

/// What lets something live through stays until that needs it no longer, and is there before it is needed.
@Suite struct EnablingTests {
  let world = FakeWorld()

  private func pass(_ entry: String = "p", from thing: String) throws -> Resource {
    var resource = Resource(Address("passes", entry))
    resource.properties["from"] = .string("arn:\(thing)")
    resource.properties["to"] = .pending(try Template(parsing: "${things.gate.serial}"))
    resource.references = [
      Reference(Address("things", thing), attribute: "arn", property: "from", path: "from"),
      Reference(Address("things", "gate"), attribute: "serial", property: "to", path: "to"),
    ]
    return resource
  }

  private func wanted(_ passes: [Resource], size: Int) -> Stack {
    stack([thing("one"), thing("two"), thing("gate", ["size": .integer(size)])] + passes)
  }

  /// The steps in an order that a run with one step at a time takes.
  private func order(_ plan: Plan) -> [String] {
    var schedule = Schedule(needs: plan.steps.map(\.needs))
    var names: [String] = []
    while let next = schedule.next() {
      let step = plan.steps[next]
      let sign =
        switch step.operation {
        case .create: "+"
        case .update: "~"
        case .delete: "-"
        }
      names.append("\(sign) \(step.address)")
      schedule.finish(next)
    }
    return names
  }

  @Test func `A pass from another thing is there before the gate changes, and the old one until then`()
    async throws
  {
    try await world.apply(wanted([try pass(from: "one")], size: 1))
    let plan = try await world.plan(wanted([try pass(from: "two")], size: 2))
    #expect(plan.symbols == ["~ things.gate", "+/- passes.p"])
    #expect(order(plan) == ["+ passes.p", "~ things.gate", "- passes.p"])
    #expect(try await world.apply(wanted([try pass(from: "two")], size: 2)).isSuccess)
    #expect(try await world.plan(wanted([try pass(from: "two")], size: 2)).symbols == [])
  }

  @Test func `A pass goes after the gate that came through it`() async throws {
    var pass = Resource(Address("passes", "p"))
    pass.properties["from"] = "arn:one"
    pass.properties["to"] = .pending(try Template(parsing: "${gates.g.id}"))
    pass.references = [
      Reference(Address("things", "one"), attribute: "arn", property: "from", path: "from"),
      Reference(Address("gates", "g"), attribute: "id", property: "to", path: "to"),
    ]
    let whole = stack([thing("one"), Resource(Address("gates", "g"), name: "g"), pass])
    try await world.apply(whole)
    #expect(order(try await world.plan(stack([thing("one")]))) == ["- gates.g", "- passes.p"])
    // A successor of the gate has its pass before the first one goes.
    let red = Resource(Address("gates", "g"), name: "g", properties: ["color": "red"])
    let replaced = try await world.plan(stack([thing("one"), red, pass]))
    #expect(order(replaced) == ["+ gates.g", "+ passes.p", "- gates.g", "- passes.p"])
    await world.cloud.setFault { $0 == 1 ? .invalid : .none }
    #expect(try await !world.destroy(whole).isSuccess)
    #expect(await world.cloud.ids("passes").count == 1)
  }

  @Test func `So it is where the pass is another entry's`() async throws {
    try await world.apply(wanted([try pass(from: "one")], size: 1))
    let plan = try await world.plan(wanted([try pass("q", from: "two")], size: 2))
    #expect(order(plan) == ["+ passes.q", "~ things.gate", "- passes.p"])
  }

  @Test func `One that takes the place of others is there before they go, though their gate stays as it is`()
    async throws
  {
    try await world.apply(wanted([try pass(from: "one"), try pass("q", from: "one")], size: 1))
    let successor = wanted([try pass("all", from: "one")], size: 1)
    #expect(order(try await world.plan(successor)) == ["+ passes.all", "- passes.p", "- passes.q"])
    #expect(try await world.apply(successor).isSuccess)
    #expect(try await world.plan(successor).symbols == [])
  }

  @Test func `A pass to a gate that is not there yet comes after it`() async throws {
    let plan = try await world.plan(wanted([try pass(from: "one")], size: 1))
    #expect(order(plan).last == "+ passes.p")
  }

  @Test func `A link to another place is there before the old one goes`() async throws {
    func link(_ place: String) -> Stack {
      stack([Resource(Address("links", "l"), properties: ["to": .string(place)])])
    }
    try await world.apply(link("here"))
    #expect(try await world.plan(link("there")).symbols == ["+/- links.l"])
    #expect(try await world.apply(link("there")).isSuccess)
    #expect(await world.cloud.items.count == 1)
    #expect(try await world.plan(link("there")).symbols == [])
  }

  @Test func `What a moved resource needed stays until it is changed`() async throws {
    func user(_ entry: String, of other: String) -> Resource {
      var resource = thing(entry, needs: [other])
      resource.name = "user"
      return resource
    }
    try await world.apply(stack([user("a", of: "one"), thing("one")]))
    let plan = try await world.plan(stack([user("b", of: "two"), thing("two")]))
    #expect(order(plan) == ["+ things.two", "~ things.b", "- things.one"])
  }

  @Test func `A protection that is lifted shows`() async throws {
    var a = thing("a")
    a.isProtected = true
    try await world.apply(stack([a]))
    #expect(try await world.plan(stack([thing("a")])).change("things.a")?.reason == .unprotected)
    #expect(try await world.apply(stack([thing("a")])).isSuccess)
    #expect(try await world.plan(stack([thing("a")])).symbols == [])
  }
}
