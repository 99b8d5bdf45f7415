import Testing

@testable import Planner

@Suite struct PlanTests {
  let world = FakeWorld()

  @Test func `What is missing is created, and then there is nothing to do`() async throws {
    let wanted = stack([thing("a", ["size": 5]), try vault("v", serialOf: "a")])
    #expect(try await world.plan(wanted).symbols == ["+ things.a", "+ vaults.v"])
    let summary = try await world.apply(wanted)
    #expect(summary.isSuccess && summary.added == 2 && summary.unsettled.isEmpty)
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `A changed property is updated in place, told with both values and that the file moved`()
    async throws
  {
    try await world.apply(stack([thing("a", ["size": 5, "label": "x"])]))
    let change = try await world.plan(stack([thing("a", ["size": 6, "label": "x"])])).change("things.a")
    #expect(change?.action == .update)
    #expect(change?.properties == [PropertyChange(path: ["size"], before: 5, after: 6, cause: .file)])
    #expect(change?.unchangedCount == 1)
  }

  @Test func `A change behind our back is seen and told as the cloud's`() async throws {
    let wanted = stack([thing("a", ["size": 5])])
    try await world.apply(wanted)
    await world.cloud.change("things/a") { $0.properties["size"] = 9 }
    let change = try await world.plan(wanted).change("things.a")
    #expect(change?.properties == [PropertyChange(path: ["size"], before: 9, after: 5, cause: .cloud)])
    try await world.apply(wanted)
    #expect(await world.cloud.items["things/a"]?.properties["size"] == 5)
  }

  @Test func `A property that is no longer declared goes back to its default once, and is then left alone`()
    async throws
  {
    try await world.apply(stack([thing("a", ["size": 5])]))
    let bare = stack([thing("a")])
    let change = try await world.plan(bare).change("things.a")
    #expect(change?.properties == [PropertyChange(path: ["size"], before: 5, after: 1, cause: .reset)])
    try await world.apply(bare)
    #expect(try await world.plan(bare).symbols == [])
    await world.cloud.change("things/a") { $0.properties["size"] = 77 }
    #expect(try await world.plan(bare).symbols == [])
  }

  @Test func `A property that cannot change replaces, and what lives inside is replaced with it`()
    async throws
  {
    func wanted(_ color: String) -> Stack {
      var inside = Resource(Address("vaults", "v"), properties: ["inside": "arn:a"])
      inside.references = [
        Reference(Address("things", "a"), attribute: "arn", property: "inside", path: "inside")
      ]
      return stack([thing("a", ["color": .string(color)]), inside])
    }
    try await world.apply(wanted("red"))
    let plan = try await world.plan(wanted("blue"))
    #expect(plan.symbols == ["-/+ things.a", "-/+ vaults.v"])
    #expect(plan.change("vaults.v")?.reason == .parentReplaced(Address("things", "a")))
    #expect(plan.change("things.a")?.properties.map(\.forcesReplacement) == [true])
    let operations = try await world.apply(wanted("blue"))
    #expect(operations.added == 2 && operations.destroyed == 2 && operations.unsettled.isEmpty)
    #expect(try await world.plan(wanted("blue")).symbols == [])
  }

  @Test func `Another physical name makes the new one before the old one goes`() async throws {
    try await world.apply(stack([thing("a")]))
    var renamed = thing("a")
    renamed.name = "other"
    let plan = try await world.plan(stack([renamed]))
    #expect(plan.symbols == ["+/- things.a"])
    let deletion = plan.steps.first { if case .delete = $0.operation { true } else { false } }
    #expect(deletion?.needs.count == 1)
    try await world.apply(stack([renamed]))
    #expect(await world.cloud.items.keys.sorted() == ["things/other"])
  }

  @Test func `A dependent of a late attribute follows a replacement`() async throws {
    func wanted(_ color: String) throws -> Stack {
      stack([thing("a", ["color": .string(color)]), try vault("v", serialOf: "a")])
    }
    try await world.apply(wanted("red"))
    let plan = try await world.plan(wanted("blue"))
    #expect(plan.symbols == ["-/+ things.a", "~ vaults.v"])
    #expect(plan.change("vaults.v")?.properties.first?.after?.isPending == true)
    try await world.apply(wanted("blue"))
    #expect(try await world.plan(wanted("blue")).symbols == [])
  }

  @Test func `What the file no longer mentions is deleted, after what used it`() async throws {
    try await world.apply(stack([thing("a"), thing("b", needs: ["a"]), thing("c")]))
    let plan = try await world.plan(stack([thing("c")]))
    #expect(plan.symbols == ["- things.a", "- things.b"])
    let first = try #require(plan.steps.first { $0.address.name == "a" })
    let second = try #require(plan.steps.first { $0.address.name == "b" })
    #expect(first.needs == [second.id])
    #expect(plan.change("things.a")?.reason == .notInStack(Address("things", "a")))
  }

  @Test func `What a user of it lets go of is deleted after that`() async throws {
    try await world.apply(stack([thing("a"), thing("b", needs: ["a"])]))
    let plan = try await world.plan(stack([thing("b", ["uses": []])]))
    let deletion = try #require(plan.steps.first { $0.address.name == "a" })
    let update = try #require(plan.steps.first { $0.address.name == "b" })
    #expect(deletion.needs == [update.id])
  }

  @Test func `Somebody else's resource is refused, by name of its owner`() async throws {
    let owner = Owner(stack: "other", address: Address("things", "x"))
    await world.cloud.put("things/a", .init(section: "things", properties: [:], serial: 1, owner: owner))
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(stack([thing("a")])) }
    #expect(error?.items.first?.summary == "The resource belongs to somebody else")
    #expect(error?.items.first?.detail.contains("things.x of the stack \"other\"") == true)
  }

  @Test func `A resource that is nobody's is refused until it is adopted`() async throws {
    await world.cloud.put(
      "things/a", .init(section: "things", properties: ["size": 3], serial: 1, owner: nil))
    let wanted = stack([thing("a", ["size": 4])])
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(wanted) }
    #expect(error?.items.first?.summary == "The resource exists already")
    var options = PlanOptions()
    options.adopts = ["things.a"]
    #expect(try await world.plan(wanted, options).symbols == ["<= things.a"])
    let summary = try await world.apply(wanted, options)
    #expect(summary.adopted == 1)
    #expect(
      await world.cloud.items["things/a"]?.owner == Owner(stack: "test", address: Address("things", "a")))
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `A renamed entry with the same physical name moves, nothing is made or deleted`() async throws {
    try await world.apply(stack([thing("a", ["size": 2])]))
    var moved = thing("b", ["size": 2])
    moved.name = "a"
    let plan = try await world.plan(stack([moved]))
    #expect(plan.symbols == ["~ things.b"])
    #expect(plan.change("things.b")?.reason == .moved(from: Address("things", "a")))
    try await world.apply(stack([moved]))
    #expect(try await world.plan(stack([moved])).symbols == [])
    #expect(await world.store.stored?.ledger.records.keys.map(\.description) == ["things.b"])
  }

  @Test func `Protection outlives the entry`() async throws {
    var precious = thing("a")
    precious.isProtected = true
    try await world.apply(stack([precious]))
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(stack([])) }
    #expect(error?.items.map(\.summary) == ["The resource is protected"])
    precious.isProtected = false
    try await world.apply(stack([precious]))
    #expect(try await world.plan(stack([])).symbols == ["- things.a"])
  }

  @Test func `What the service would refuse to delete is said before anything is gone, and stays changeable`()
    async throws
  {
    try await world.apply(stack([thing("a", ["color": "red"]), thing("b")]))
    await world.cloud.change("things/a") { $0.deletionBar = "size" }
    let sentence = "things.a would be %, and its size is on. Stackform never turns that off by itself."
    for (wanted, verb) in [
      (stack([thing("b")]), "deleted"), (stack([thing("a", ["color": "blue"])]), "replaced"),
    ] {
      let error = await #expect(throws: Diagnostics.self) { try await world.plan(wanted) }
      #expect(error?.items.map(\.detail) == [sentence.replacing("%", with: verb)])
    }
    await #expect(throws: Diagnostics.self) {
      try await world.destroy(stack([thing("a", ["color": "red"]), thing("b")]))
    }
    #expect(await world.cloud.items.keys.sorted() == ["things/a", "things/b"])
    let changed = stack([thing("a", ["color": "red", "size": 7]), thing("b")])
    #expect(try await world.plan(changed).symbols == ["~ things.a"])
  }

  @Test func `Lifting protection is recorded although nothing else changes`() async throws {
    var precious = thing("a")
    precious.isProtected = true
    try await world.apply(stack([precious]))
    precious.isProtected = false
    try await world.apply(stack([precious]))
    #expect(await world.store.stored?.ledger.records[Address("things", "a")]?.isProtected == false)
  }

  @Test func `Targets bring what they need, excludes take along what needs them`() async throws {
    let wanted = stack([thing("a"), thing("b", needs: ["a"]), thing("c")])
    var options = PlanOptions()
    options.targets = ["things.b"]
    #expect(try await world.plan(wanted, options).symbols == ["+ things.a", "+ things.b"])
    options = PlanOptions()
    options.excludes = ["things.a"]
    #expect(try await world.plan(wanted, options).symbols == ["+ things.c"])
    options.excludes = ["thing.a"]
    let error = await #expect(throws: Diagnostics.self) { try await world.plan(wanted, options) }
    #expect(error?.items.first?.fix == "Did you mean \"things.a\"?")
  }

  @Test func `An emptied endpoint is created anew, and the plan says what happened`() async throws {
    let wanted = stack([thing("a"), thing("b", needs: ["a"])])
    try await world.apply(wanted)
    await world.cloud.wipe()
    let plan = try await world.plan(wanted)
    #expect(plan.symbols == ["+ things.a", "+ things.b"])
    #expect(plan.change("things.a")?.reason == .deletedOutside)
    await world.store.wipe()
    #expect(try await world.plan(wanted).change("things.a")?.reason == nil)
  }

  @Test func `A lost ledger changes nothing: owner tags say what is ours`() async throws {
    let wanted = stack([thing("a", ["size": 2]), try vault("v", serialOf: "a")])
    try await world.apply(wanted)
    await world.store.wipe()
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `Lost owner tags are put back on the ledger's word`() async throws {
    let wanted = stack([thing("a")])
    try await world.apply(wanted)
    await world.cloud.change("things/a") { $0.owner = nil }
    #expect(try await world.plan(wanted).change("things.a")?.reason == .untagged)
    try await world.apply(wanted)
    #expect(await world.cloud.items["things/a"]?.owner != nil)
  }

  @Test func `Ignored changes are left as they are`() async throws {
    var wanted = thing("a", ["size": 5])
    wanted.ignoredChanges = ["size"]
    try await world.apply(stack([wanted]))
    await world.cloud.change("things/a") { $0.properties["size"] = 9 }
    #expect(try await world.plan(stack([wanted])).symbols == [])
  }

  @Test func `Destroy takes away what is ours and the ledger with it`() async throws {
    let wanted = stack([thing("a"), thing("b", needs: ["a"]), try vault("v", serialOf: "b")])
    try await world.apply(wanted)
    let summary = try await world.destroy(wanted)
    #expect(summary.destroyed == 3 && summary.isSuccess)
    #expect(await world.cloud.items.isEmpty)
    #expect(await world.store.stored == nil)
  }

  @Test func `Outputs are recorded, secret ones only as a fingerprint`() async throws {
    let outputs = [
      Output(name: "arn", value: "arn:a"), Output(name: "key", value: "hush", isSecret: true),
      Output(name: "serial", value: .pending(try Template(parsing: "${things.a.serial}"))),
    ]
    let wanted = stack([thing("a")], outputs: outputs)
    let summary = try await world.apply(wanted)
    #expect(summary.outputs.map(\.value) == ["arn:a", "hush", "serial-1"])
    let recorded = try #require(await world.store.stored?.ledger.outputs)
    #expect(recorded["key"] != "hush" && recorded["serial"] == "serial-1")
    #expect(try await world.plan(wanted).outputs.allSatisfy { !$0.isChange })
  }
}
