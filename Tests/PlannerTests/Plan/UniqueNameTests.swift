import Testing

@testable import Planner

/// What becomes of a kind whose id is given and whose name nothing else can have.
@Suite struct UniqueNameTests {
  let world = FakeWorld()

  private func room(_ entry: String = "r", name: String = "a", color: String = "red") -> Resource {
    Resource(Address("rooms", entry), name: name, properties: ["color": .string(color)])
  }

  /// A room beside `rooms.r`.
  private func neighbour() throws -> Resource {
    var resource = Resource(Address("rooms", "next"), name: "next")
    resource.properties["beside"] = .pending(try Template(parsing: "${rooms.r.id}"))
    resource.references = [
      Reference(Address("rooms", "r"), attribute: "id", property: "beside", path: "beside")
    ]
    return resource
  }

  private func carryOut(_ planned: Pipeline.Planned) async throws -> ExecutionSummary {
    try await world.pipeline.apply(planned, writer: world.cloud, width: 1, stop: StopRequest()) { _ in }
  }

  /// The names of the rooms that are there.
  private func names() async -> [String] { await world.cloud.items.values.compactMap(\.name).sorted() }

  private func put(_ name: String, owner: Owner? = nil) async {
    await world.cloud.put(
      "rooms/strange", FakeCloud.Item(section: "rooms", properties: [:], serial: 0, owner: owner, name: name))
  }

  @Test(arguments: [FakeCloud.Fault.killedBefore, .killedAfter, .appliedThenLost])
  func `A new name that a dead process was giving is given by the next one`(fault: FakeCloud.Fault)
    async throws
  {
    try await world.apply(stack([room(), try neighbour()]))
    await world.cloud.setFault { $0 == 1 ? fault : .none }
    let wanted = stack([room(name: "b"), try neighbour()])
    _ = try? await world.apply(wanted)
    await world.cloud.revive()
    #expect(try await world.apply(wanted).isSuccess)
    #expect(await names() == ["b", "next"])
    #expect(try await world.plan(wanted).symbols == [])
    let ids = await world.cloud.items.filter { $0.value.name == "b" }.keys
    let beside = await world.cloud.items.values.compactMap { $0.properties["beside"]?.string }
    #expect(beside.map { "rooms/\($0)" } == Array(ids))
  }

  @Test func `A name that was being given is left when the file takes it back`() async throws {
    try await world.apply(stack([room()]))
    await world.cloud.setFault { $0 == 1 ? .killedAfter : .none }
    _ = try? await world.apply(stack([room(name: "b")]))
    await world.cloud.revive()
    #expect(try await world.apply(stack([room()])).isSuccess)
    #expect(await names() == ["a"])
    #expect(try await world.plan(stack([room()])).symbols == [])
  }

  @Test func `The plan of a name that was being given says what it was`() async throws {
    try await world.apply(stack([room()]))
    await world.cloud.setFault { $0 == 1 ? .killedBefore : .none }
    _ = try? await world.apply(stack([room(name: "b")]))
    await world.cloud.revive()
    let change = try await world.plan(stack([room(name: "b")])).change("rooms.r")
    #expect(change?.action == .replace(createFirst: true))
    #expect(
      change?.properties.map { "\($0.path.joined()) \($0.before ?? .null) \($0.after ?? .null)" } == [
        "name \(Value.string("a")) \(Value.string("b"))"
      ])
  }

  @Test func `An entry with another name takes its resource along`() async throws {
    try await world.apply(stack([room()]))
    let wanted = stack([room("s")])
    #expect(try await world.plan(wanted).symbols == ["~ rooms.s"])
    #expect(try await world.apply(wanted).isSuccess)
    #expect(await names() == ["a"])
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `What has the name is somebody's, and can be taken over where it is nobody's`() async throws {
    await put("a")
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(stack([room()])) }
    #expect(error?.items.first?.summary == "The resource exists already")
    var adopting = room()
    adopting.properties["color"] = nil
    adopting.adopts = true
    #expect(try await world.plan(stack([adopting])).symbols == ["<= rooms.r"])
    await put("a", owner: Owner(stack: "other", address: Address("rooms", "r")))
    let foreign = await #expect(throws: Diagnostics.self) { try await world.plan(stack([room()])) }
    #expect(foreign?.items.first?.summary == "The resource belongs to somebody else")
  }

  @Test func `What somebody made of the name after the plan is not claimed`() async throws {
    let planned = try await world.pipeline.plan(stack([room()]), options: PlanOptions())
    await put("a")
    let summary = try await carryOut(planned)
    #expect(summary.failures.map(\.error.kind) == [.alreadyExists])
    #expect(await world.store.stored?.ledger.records[Address("rooms", "r")] == nil)
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(stack([room()])) }
    #expect(error?.items.first?.summary == "The resource exists already")
  }

  @Test func `Nothing is claimed of what was deleted when its successor's name was taken`() async throws {
    try await world.apply(stack([room()]))
    let planned = try await world.pipeline.plan(stack([room(color: "blue")]), options: PlanOptions())
    #expect(planned.plan.symbols == ["-/+ rooms.r"])
    await put("a")
    let summary = try await carryOut(planned)
    #expect(!summary.isSuccess)
    #expect(await world.store.stored?.ledger.records[Address("rooms", "r")] == nil)
  }

  @Test func `A creation that was refused claims nothing that is made under its name`() async throws {
    var denied = ProviderError(.denied, message: "you may not", operation: "create", status: 403)
    denied.madeNothing = true
    await world.cloud.setFault { [denied] _ in .error(denied) }
    #expect(try await world.apply(stack([thing("t")])).isSuccess == false)
    await world.cloud.setFault(nil)
    #expect(await world.store.stored?.ledger.records[Address("things", "t")] == nil)
    await world.cloud.put(
      "things/t", FakeCloud.Item(section: "things", properties: [:], serial: 0, owner: nil))
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(stack([thing("t")])) }
    #expect(error?.items.first?.summary == "The resource exists already")
  }

  @Test func `A name that another one has is not given, also where it is another entry's`() async throws {
    try await world.apply(stack([room(), room("s", name: "b")]))
    await put("c")
    for (wanted, whose) in [
      ([room(name: "c"), room("s", name: "b")], "not made by Stackform"),
      ([room(name: "b"), room("s", name: "a")], "rooms.s of the stack"),
    ] {
      let error = await #expect(throws: Diagnostics.self) { try await world.plan(stack(wanted)) }
      #expect(error?.items.first?.summary == "The name is not free")
      #expect(error?.items.first?.detail.contains(whose) == true)
    }
  }

  @Test func `Names that differ in case alone are one`() async throws {
    try await world.apply(stack([room()]))
    #expect(try await world.plan(stack([room(name: "A")])).symbols == ["-/+ rooms.r"])
  }

  @Test func `Adopting replaces nothing`() async throws {
    await put("a")
    var adopting = room()
    adopting.adopts = true
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(stack([adopting])) }
    #expect(error?.items.first?.summary == "What is adopted would be deleted")
  }

  @Test func `What another one refers to is not replaced under its name`() async throws {
    try await world.apply(stack([room(), try neighbour()]))
    let error = await #expect(throws: Diagnostics.self) {
      try await world.plan(stack([room(color: "blue"), try neighbour()]))
    }
    #expect(error?.items.first?.summary == "The service would refuse to delete the resource")
    #expect(error?.items.first?.detail.contains("and rooms.next refers to it") == true)
    let renamed = stack([room(name: "b", color: "blue"), try neighbour()])
    #expect(try await world.plan(renamed).symbols == ["+/- rooms.r", "~ rooms.next"])
    #expect(try await world.plan(stack([room(color: "blue")])).symbols == ["-/+ rooms.r", "- rooms.next"])
  }
}
