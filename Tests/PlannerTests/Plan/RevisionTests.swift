import Testing

@testable import Planner

/// What becomes of a kind whose changes make new revisions.
@Suite struct RevisionTests {
  let world = FakeWorld()

  private func form(_ text: String, name: String = "f") -> Resource {
    Resource(Address("forms", "f"), name: name, properties: ["text": .string(text)])
  }

  /// A form, and a vault that uses its revision.
  private func wanted(_ text: String) throws -> Stack {
    var user = Resource(Address("vaults", "user"))
    user.properties["serialOf"] = .pending(try Template(parsing: "${forms.f.id}"))
    user.references = [
      Reference(Address("forms", "f"), attribute: "id", property: "serialOf", path: "serialOf")
    ]
    return stack([form(text), user])
  }

  private func forms() async -> [String: Value] {
    await world.cloud.items.filter { $0.key.hasPrefix("forms/") }.mapValues { $0.properties["text"] ?? .null }
  }

  private func used() async -> Value? {
    await world.cloud.items.values.first { $0.section == "vaults" }?.properties["serialOf"]
  }

  @Test func `A change makes a new revision, and retires the old one after its users have moved`()
    async throws
  {
    try await world.apply(try wanted("one"))
    let plan = try await world.plan(try wanted("two"))
    #expect(plan.symbols == ["+/- forms.f", "~ vaults.user"])
    #expect(plan.change("forms.f")?.isRevision == true)
    #expect(plan.counts == Plan.Counts(add: 1, change: 1, destroy: 1))
    func step(_ name: String, deletes: Bool) throws -> Step {
      try #require(
        plan.steps.first { step in
          let isDeletion = if case .delete = step.operation { true } else { false }
          return step.address.section == name && isDeletion == deletes
        })
    }
    let making = try step("forms", deletes: false)
    let moving = try step("vaults", deletes: false)
    #expect(moving.needs == [making.id])
    #expect(try step("forms", deletes: true).needs == [making.id, moving.id].sorted())
    let before = await used()
    #expect(try await world.apply(try wanted("two")).isSuccess)
    #expect(await forms().values.map { $0 } == ["two"])
    #expect(await used() != before)
    #expect(await forms().keys.first == used()?.string.map { "forms/\($0)" })
    #expect(try await world.plan(try wanted("two")).symbols == [])
  }

  @Test func `Tags change in place, and a request makes a new revision`() async throws {
    try await world.apply(stack([form("one")]))
    var tagged = form("one")
    tagged.properties["tags"] = ["team": "blue"]
    #expect(try await world.plan(stack([tagged])).symbols == ["~ forms.f"])
    var options = PlanOptions()
    options.replaces = ["forms.f"]
    let requested = try await world.plan(stack([form("one")]), options).change("forms.f")
    #expect(requested?.isRevision == true && requested?.reason == .requested)
  }

  @Test func `A protected one can be revised, and not taken away`() async throws {
    func protected(_ text: String) -> Stack {
      var form = form(text)
      form.isProtected = true
      return stack([form])
    }
    try await world.apply(protected("one"))
    #expect(try await world.apply(protected("two")).isSuccess)
    await #expect(throws: Diagnostics.self) { try await world.plan(stack([thing("a")])) }
  }

  @Test func `A lost answer leaves no revision behind, and the old one is not taken for the new one`()
    async throws
  {
    try await world.apply(try wanted("one"))
    await world.cloud.setFault { $0 == 1 ? .appliedThenLost : .none }
    #expect(try await world.apply(try wanted("two")).isSuccess)
    #expect(await forms().values.map { $0 } == ["two"])
    #expect(await forms().keys.first == used()?.string.map { "forms/\($0)" })
    #expect(try await world.plan(try wanted("two")).symbols == [])
  }

  @Test(arguments: 1...4, [true, false])
  func `A client that is killed leaves no revision behind after the next apply`(
    write: Int, isCarriedOut: Bool
  ) async throws {
    try await world.apply(try wanted("one"))
    await world.cloud.setFault { $0 == write ? (isCarriedOut ? .killedAfter : .killedBefore) : .none }
    _ = try? await world.apply(try wanted("two"), width: 1)
    await world.cloud.revive()
    #expect(try await world.apply(try wanted("two")).isSuccess)
    #expect(await forms().values.map { $0 } == ["two"])
    #expect(await forms().keys.first == used()?.string.map { "forms/\($0)" })
    #expect(try await world.plan(try wanted("two")).symbols == [])
  }

  @Test func `The old one stays while a user could not move, and goes with the next apply`() async throws {
    try await world.apply(try wanted("one"))
    await world.cloud.setFault { $0 == 2 ? .invalid : .none }
    #expect(try await world.apply(try wanted("two"), width: 1).isSuccess == false)
    #expect(await forms().count == 2)
    await world.cloud.revive()
    #expect(try await world.apply(try wanted("two")).isSuccess)
    #expect(await forms().values.map { $0 } == ["two"])
    #expect(await forms().keys.first == used()?.string.map { "forms/\($0)" })
  }

  @Test func `A revision that was retired outside is made anew`() async throws {
    try await world.apply(try wanted("one"))
    let id = try #require(await forms().keys.first)
    await world.cloud.remove(id)
    let plan = try await world.plan(try wanted("one"))
    #expect(plan.symbols == ["+ forms.f", "~ vaults.user"])
    #expect(plan.change("forms.f")?.reason == .deletedOutside)
  }

  @Test func `What is replaced is not taken for the new one whose answer was lost`() async throws {
    func gate(_ color: String) -> Stack {
      stack([Resource(Address("gates", "g"), name: "g", properties: ["color": .string(color)])])
    }
    try await world.apply(gate("red"))
    await world.cloud.setFault { $0 == 1 ? .appliedThenLost : .none }
    #expect(try await world.apply(gate("blue")).isSuccess)
    #expect(await world.cloud.items.values.map { $0.properties["color"] } == ["blue"])
  }
}
