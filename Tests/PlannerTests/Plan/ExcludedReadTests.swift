import Testing

@testable import Planner

/// What is excluded is not read, so that it stops nothing.
@Suite struct ExcludedReadTests {
  let world = FakeWorld()

  /// `a` needs `b`; `c` stands alone. An output of each of `b` and `c`.
  private func wanted(size: Int = 1) throws -> Stack {
    stack(
      [thing("a", needs: ["b"]), thing("b"), thing("c", ["size": .integer(size)])],
      outputs: try ["b", "c"].map { name in
        Output(name: name, value: .pending(try Template(parsing: "${things.\(name).serial}")))
      })
  }

  private func excluding(_ addresses: String..., isDestroy: Bool = false) -> PlanOptions {
    var options = PlanOptions()
    options.excludes = addresses
    options.isDestroy = isDestroy
    return options
  }

  private func deny(_ name: String) async {
    await world.cloud.hide(
      Address("things", name), ProviderError(.denied, message: "no", operation: "things:Get", status: 403))
  }

  @Test func `A denied read of what is excluded stops neither plan nor apply`() async throws {
    try await world.apply(try wanted())
    let outputs = await world.store.stored?.ledger.outputs
    await deny("b")
    let before = await world.cloud.looks.count
    let summary = try await world.apply(try wanted(size: 5), excluding("things.b"))
    #expect(summary.isSuccess)
    #expect(await world.cloud.items["things/c"]?.properties["size"] == 5)
    let asked = await world.cloud.looks.dropFirst(before).joined().map(\.address.name)
    #expect(Set(asked) == ["c"])
    // What refers to it stays as it was recorded.
    #expect(await world.store.stored?.ledger.outputs == outputs)
    #expect(await world.store.stored?.ledger.records.count == 3)
  }

  @Test func `The plan shows no change of an output of what was not read`() async throws {
    try await world.apply(try wanted())
    await deny("b")
    let plan = try await world.plan(try wanted(), excluding("things.b"))
    #expect(plan.symbols == [] && !plan.outputs.contains(where: \.isChange))
    #expect(plan.change("things.b")?.id == "b")
  }

  /// An output whose text follows from the file: known before the resource is there.
  private func telling(_ name: String) -> Output {
    Output(name: name, value: .string("arn:\(name)"), references: [["things", name, "arn"]])
  }

  @Test func `An output of what was never made is not told, though its text is known`() async throws {
    let wanted = stack([thing("b"), thing("c")], outputs: [telling("b"), telling("c")])
    var targeted = PlanOptions()
    targeted.targets = ["things.c"]
    for options in [excluding("things.b"), targeted] {
      let plan = try await world.plan(wanted, options)
      #expect(plan.outputs.filter { $0.after != nil }.map(\.name) == ["c"])
      let summary = try await world.apply(wanted, options)
      #expect(summary.outputs.map(\.value.isPending) == [true, false])
      #expect(await world.store.stored?.ledger.outputs == ["c": "arn:c"])
    }
    #expect(try await world.apply(wanted).outputs.map(\.value) == ["arn:b", "arn:c"])
    #expect(try await world.apply(wanted, excluding("things.b")).outputs.map(\.value) == ["arn:b", "arn:c"])
    #expect(await world.store.stored?.ledger.outputs == ["b": "arn:b", "c": "arn:c"])
  }

  @Test func `An output of what is gone is not told, though its text is known`() async throws {
    let wanted = stack([thing("b"), thing("c")], outputs: [telling("b"), telling("c")])
    try await world.apply(wanted)
    var options = PlanOptions()
    options.targets = ["things.b"]
    options.isDestroy = true
    try await world.apply(wanted, options)
    #expect(try await world.pipeline.outputs(of: wanted).map(\.value.isPending) == [true, false])
    #expect(await world.store.stored?.ledger.outputs == ["c": "arn:c"])
  }

  @Test func `A destroy leaves what is excluded, and what that needs, unread`() async throws {
    try await world.apply(try wanted())
    await deny("b")
    let plan = try await world.plan(try wanted(), excluding("things.a", isDestroy: true))
    #expect(plan.symbols == ["- things.c"])
  }

  @Test func `A denied read names the way on, and does not matter where it is not chosen`() async throws {
    try await world.apply(try wanted())
    await deny("b")
    do {
      _ = try await world.plan(try wanted())
      Issue.record("it was planned")
    } catch let error as Diagnostics {
      #expect(error.items.map { $0.fix?.contains("--exclude things.b") } == [true])
    }
    var options = PlanOptions()
    options.targets = ["things.c"]
    #expect(try await world.plan(try wanted(size: 5), options).symbols == ["~ things.c"])
    await world.cloud.hide(Address("things", "b"), ProviderError(.unreachable, message: "no answer"))
    do {
      _ = try await world.plan(try wanted())
      Issue.record("it was planned")
    } catch let error as Diagnostics {
      #expect(error.items.map { $0.fix?.contains("--exclude") } == [false])
    }
  }

  @Test func `Drift leaves it out`() async throws {
    try await world.apply(try wanted())
    await deny("b")
    await world.cloud.change("things/c") { $0.properties["size"] = 9 }
    #expect(await !summaries { _ = try await world.pipeline.drift(of: try wanted()) }.isEmpty)
    let drifted = try await world.pipeline.drift(of: try wanted(), excludes: ["things.b"])
    #expect(drifted.report.entries.map(\.address.name) == ["c"])
    #expect(
      await summaries { _ = try await world.pipeline.drift(of: try wanted(), excludes: ["things.q"]) }
        == ["Unknown address"])
  }

  @Test func `What an excluded entry was called before is not deleted`() async throws {
    let vault = Resource(Address("vaults", "v"))
    try await world.apply(stack([thing("old"), thing("c"), vault]))
    var renamed = thing("new")
    renamed.name = "old"
    let wanted = stack([renamed, Resource(Address("vaults", "w"))])
    for (isDestroy, gone) in [(false, ["- things.c"]), (true, ["- things.c"])] {
      let options = excluding("things.new", "vaults.w", isDestroy: isDestroy)
      let plan = try await world.plan(wanted, options)
      #expect(plan.symbols == gone)
      #expect(plan.change("things.old")?.reason == .perhapsLeftOut)
      #expect(plan.change("vaults.v")?.reason == .perhapsLeftOut)
    }
    var options = PlanOptions()
    options.targets = ["things.old", "things.c"]
    #expect(try await world.plan(wanted, options).symbols == ["- things.c"])
    // Under another name it can't be that one.
    #expect(
      try await world.plan(stack([thing("new"), vault]), excluding("things.new")).symbols
        == ["- things.c", "- things.old"])
  }

  @Test func `What a failed read of something left out may hold on to is not replaced`() async throws {
    let room = Resource(Address("rooms", "r"), name: "a", properties: ["color": "red"])
    var neighbour = Resource(Address("rooms", "next"), name: "next")
    neighbour.properties["beside"] = .pending(try Template(parsing: "${rooms.r.id}"))
    neighbour.references = [
      Reference(Address("rooms", "r"), attribute: "id", property: "beside", path: "beside")
    ]
    try await world.apply(stack([room, neighbour]))
    await world.cloud.hide(
      Address("rooms", "next"), ProviderError(.denied, message: "no", operation: "rooms:Get", status: 403))
    var blue = room
    blue.properties["color"] = "blue"
    var options = PlanOptions()
    options.targets = ["rooms.r"]
    let wanted = stack([blue, neighbour])
    #expect(
      await summaries { _ = try await world.plan(wanted, options) }
        == ["The service would refuse to delete the resource"])
    #expect(try await world.plan(stack([room, neighbour]), options).change("rooms.next")?.id == "next")
  }
}
