import Testing

@testable import Planner

/// An endpoint that takes a property and returns it to nobody: that is learnt, and what is compared then is what was
/// applied last.
@Suite struct UnreportedPropertyTests {
  let world = FakeWorld()
  let a = Address("things", "a")

  private func wanted(_ properties: [String: Value]) -> Stack { stack([thing("a", properties)]) }

  private var record: Ledger.Record? { get async { await world.store.stored?.ledger.records[a] } }

  @Test func `What is not returned right after it was written is learnt and said once`() async throws {
    await world.cloud.silence(["size"])
    let summary = try await world.apply(wanted(["size": 5, "label": "x"]))
    #expect(summary.unreported == [UnreportedProperty(section: "things", name: "size", addresses: [a])])
    #expect(summary.unsettled.isEmpty)
    #expect(await record?.unreported == ["size"])
    #expect(try await world.plan(wanted(["size": 5, "label": "x"])).symbols == [])
    let again = try await world.apply(wanted(["size": 5, "label": "y"]))
    #expect(again.unreported.isEmpty && again.unsettled.isEmpty)
    #expect(await record?.unreported == ["size"])
  }

  @Test func `A write that was answered and not carried out is made again, and nothing is learnt`()
    async throws
  {
    try await world.apply(wanted(["label": "x"]))
    await world.cloud.setFault { $0 == 1 ? .answeredOnly : .none }
    let summary = try await world.apply(wanted(["label": "x", "size": 5]))
    #expect(await world.cloud.items["things/a"]?.properties["size"] == 5)
    #expect(summary.unreported.isEmpty && summary.unsettled.isEmpty)
    #expect(await record?.unreported == nil)
  }

  @Test func `What could not be written again is not learnt`() async throws {
    try await world.apply(wanted(["label": "x"]))
    let denied = ProviderError(.denied, message: "you may not", operation: "write", status: 403)
    await world.cloud.setFault { $0 == 1 ? .answeredOnly : .error(denied) }
    let summary = try await world.apply(wanted(["label": "x", "size": 5]))
    #expect(summary.unreported.isEmpty && summary.unsettled.map(\.address) == [a])
    await world.cloud.setFault(nil)
    #expect(try await world.plan(wanted(["label": "x", "size": 5])).symbols == ["~ things.a"])
  }

  @Test func `What is refused the second time was taken the first time, and is learnt`() async throws {
    await world.cloud.silence(["size"])
    await world.cloud.setFault { $0 == 1 ? .none : .invalid }
    let summary = try await world.apply(wanted(["size": 5]))
    #expect(summary.unreported.map(\.name) == ["size"] && summary.unsettled.isEmpty)
    await world.cloud.setFault(nil)
    #expect(try await world.plan(wanted(["size": 5])).symbols == [])
  }

  @Test func `What the second write answers is what outputs tell`() async throws {
    await world.cloud.silence(["size"])
    await world.cloud.countUpdates()
    let output = Output(name: "serial", value: .pending(try Template(parsing: "${things.a.serial}")))
    let wanted = stack([thing("a", ["size": 5])], outputs: [output])
    let summary = try await world.apply(wanted)
    #expect(await world.cloud.items["things/a"]?.serial == 2)
    #expect(summary.outputs.map(\.value) == ["serial-2"])
    #expect(try await world.plan(wanted).outputs.allSatisfy { $0.before == $0.after })
  }

  @Test func `A run that has lost its lock writes nothing again, and learns nothing`() async throws {
    await world.cloud.silence(["size"])
    let planned = try await world.pipeline.plan(wanted(["size": 5]), options: PlanOptions())
    let cloud = world.cloud
    let summary = try await world.pipeline.apply(
      planned, writer: cloud, width: 1, stop: StopRequest(), isLockHeld: { await cloud.items.isEmpty }
    ) { _ in }
    #expect(await cloud.writes == 1 && summary.unreported.isEmpty)
  }

  @Test func `On AWS nothing is learnt, for what is missing may only be late`() async throws {
    let world = FakeWorld(isAWS: true)
    await world.cloud.silence(["size"])
    let summary = try await world.apply(wanted(["size": 5]))
    #expect(summary.unreported.isEmpty && summary.unsettled.map(\.address) == [a])
    #expect(await world.store.stored?.ledger.records[a]?.unreported == nil)
    #expect(try await world.plan(wanted(["size": 5])).symbols == ["~ things.a"])
  }

  @Test func `The second resource of its kind says nothing new`() async throws {
    await world.cloud.silence(["size"])
    try await world.apply(wanted(["size": 5]))
    let both = stack([thing("a", ["size": 5]), thing("b", ["size": 6])])
    #expect(try await world.apply(both).unreported.isEmpty)
    #expect(try await world.plan(both).symbols == [])
  }

  @Test func `A change in the file is applied in place, and the next plan is empty`() async throws {
    await world.cloud.silence(["size"])
    try await world.apply(wanted(["size": 5]))
    let change = try await world.plan(wanted(["size": 6])).change("things.a")
    #expect(change?.action == .update)
    #expect(change?.properties == [PropertyChange(path: ["size"], before: nil, after: 6, cause: .file)])
    try await world.apply(wanted(["size": 6]))
    #expect(await world.cloud.items["things/a"]?.properties["size"] == 6)
    #expect(try await world.plan(wanted(["size": 6])).symbols == [])
  }

  @Test func `What is learnt of an example holds for all that are alike`() async throws {
    await world.cloud.silence(["size"])
    let things = stack(["a", "b", "c"].map { thing($0, ["size": 5]) })
    try await world.apply(things)
    #expect(try await world.plan(things).symbols == [])
    try await world.apply(things)
    #expect(try await world.plan(things).symbols == [])
    #expect(try await world.pipeline.drift(of: things).report.isEmpty)
  }

  @Test func `What is taken out of the file is reset once, although nobody sees it`() async throws {
    await world.cloud.silence(["size", "label"])
    try await world.apply(wanted(["size": 5, "label": "x"]))
    let change = try await world.plan(wanted([:])).change("things.a")
    #expect(
      change?.properties == [
        PropertyChange(path: ["size"], before: nil, after: 1, cause: .reset),
        PropertyChange(path: ["label"], before: nil, after: nil, cause: .reset),
      ])
    try await world.apply(wanted([:]))
    #expect(await world.cloud.items["things/a"]?.properties == ["size": 1])
    #expect(await record?.unreported == nil)
    #expect(try await world.plan(wanted([:])).symbols == [])
  }

  @Test func `What replaces still replaces`() async throws {
    await world.cloud.silence(["color"])
    try await world.apply(wanted(["color": "red"]))
    #expect(try await world.plan(wanted(["color": "red"])).symbols == [])
    #expect(try await world.plan(wanted(["color": "blue"])).symbols == ["-/+ things.a"])
  }

  @Test func `A secret is kept as its fingerprint alone`() async throws {
    await world.cloud.silence(["password"])
    try await world.apply(wanted(["password": "tulip"]))
    #expect(try await world.plan(wanted(["password": "tulip"])).symbols == [])
    #expect(try await world.plan(wanted(["password": "rose"])).symbols == ["~ things.a"])
    let stored = await world.store.stored
    #expect(stored.map { "\($0.ledger)".contains("tulip") } == false)
  }
}

/// What is learnt hides nothing that can be seen.
@Suite struct UnreportedPropertyLimitTests {
  let world = FakeWorld()
  let a = Address("things", "a")

  private func wanted(_ properties: [String: Value]) -> Stack { stack([thing("a", properties)]) }

  private var record: Ledger.Record? { get async { await world.store.stored?.ledger.records[a] } }

  @Test func `Once it is returned, another value is a change from outside`() async throws {
    await world.cloud.silence(["size"])
    try await world.apply(wanted(["size": 5]))
    await world.cloud.silence([])
    await world.cloud.change("things/a") { $0.properties["size"] = 9 }
    let change = try await world.plan(wanted(["size": 5])).change("things.a")
    #expect(change?.properties == [PropertyChange(path: ["size"], before: 9, after: 5, cause: .cloud)])
    try await world.apply(wanted(["size": 5]))
    #expect(await record?.unreported == nil)
  }

  @Test func `Once it is returned, it is a property like any other, and its loss is drift`() async throws {
    await world.cloud.silence(["size"])
    try await world.apply(wanted(["size": 5, "label": "x"]))
    await world.cloud.silence([])
    #expect(try await world.pipeline.drift(of: wanted(["size": 5, "label": "x"])).report.isEmpty)
    #expect(try await world.plan(wanted(["size": 5, "label": "x"])).symbols == [])
    try await world.apply(wanted(["size": 5, "label": "x"]))
    #expect(await record?.unreported == nil)
    #expect(try await world.pipeline.drift(of: wanted(["size": 5, "label": "x"])).report.isEmpty)
    await world.cloud.change("things/a") { $0.properties["size"] = nil }
    let change = try await world.plan(wanted(["size": 5, "label": "x"])).change("things.a")
    #expect(change?.properties == [PropertyChange(path: ["size"], before: nil, after: 5, cause: .cloud)])
  }

  @Test func `What the endpoint once returned and lacks after an update is named, not learnt`() async throws {
    try await world.apply(wanted(["size": 5]))
    await world.cloud.silence(["size"])
    let summary = try await world.apply(wanted(["size": 6, "label": "x"]))
    #expect(summary.unreported.isEmpty)
    #expect(summary.unsettled.map(\.address) == [a])
    #expect(await record?.unreported == nil)
  }

  @Test func `What somebody takes away behind our back is not learnt`() async throws {
    try await world.apply(wanted(["size": 5, "label": "x"]))
    await world.cloud.change("things/a") { $0.properties["size"] = nil }
    try await world.apply(wanted(["size": 5, "label": "y"]))
    #expect(await world.cloud.items["things/a"]?.properties["size"] == 5)
    #expect(await record?.unreported == nil)
  }

  @Test func `An empty value is a value, and so is the default`() async throws {
    await world.cloud.setFault(nil)
    try await world.apply(wanted(["label": "x", "size": 1]))
    await world.cloud.change("things/a") { $0.properties["label"] = "" }
    await world.cloud.silence(["size"])
    let summary = try await world.apply(wanted(["label": "x", "size": 1, "mentions": ["z"]]))
    #expect(summary.unreported.isEmpty)
    let things = fakeRegistry["things"]?.schema
    let sent = thing("a", ["label": "x"])
    let live = LiveResource(id: "a", properties: ["label": ""], attributes: [:], owner: nil)
    #expect(things?.unreported(["label"], of: sent, in: live) == [])
  }

  @Test func `What the file never declared, what the step did not send, and tags are not learnt`() throws {
    let schema = try #require(fakeRegistry["things"]?.schema)
    let live = LiveResource(id: "a", properties: [:], attributes: [:], owner: nil)
    let sent = thing("a", ["label": "x", "size": 5, "tags": ["team": "blue"]])
    #expect(schema.unreported(["label", "tags", "color"], of: sent, in: live) == ["label"])
    var knowing = live
    knowing.untold = ["label"]
    #expect(schema.unreported(["label"], of: sent, in: knowing) == [])
  }

  @Test func `A run whose read after the apply fails learns nothing`() async throws {
    await world.cloud.silence(["size"])
    let planned = try await world.pipeline.plan(wanted(["size": 5]), options: PlanOptions())
    await world.cloud.hide(a, ProviderError(.denied, message: "no"))
    let summary = try await world.pipeline.apply(
      planned, writer: world.cloud, width: 1, stop: StopRequest()
    ) { _ in }
    #expect(summary.unreported.isEmpty && summary.notReread.map(\.address) == [a])
    #expect(await record?.unreported == nil)
  }

  @Test func `A renamed entry takes along what was learnt`() async throws {
    await world.cloud.silence(["size"])
    try await world.apply(wanted(["size": 5]))
    var renamed = thing("b", ["size": 5])
    renamed.name = "a"
    let change = try await world.plan(stack([renamed])).change("things.b")
    #expect(change?.reason == .moved(from: a))
    #expect(change?.properties == [])
    try await world.apply(stack([renamed]))
    let next = try await world.plan(stack([renamed]))
    #expect(next.symbols == [], "\(next.changes)")
  }
}
