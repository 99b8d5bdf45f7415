import Testing

@testable import Planner

/// What others refer to inside of a resource goes after they were changed.
@Suite struct WithdrawalTests {
  let world = FakeWorld()

  private func house(_ doors: [String: Value], size: Int = 1) -> Resource {
    thing("house", ["doors": .map(doors), "size": .integer(size)])
  }

  private func guest(by door: String) -> Resource {
    var guest = thing("guest", ["label": .string(door)])
    guest.references = [
      Reference(Address("things", "house"), attribute: "arn", property: "label", path: "label")
    ]
    return guest
  }

  /// Each update as `address: properties, needs`.
  private func updates(_ plan: Plan) -> [String] {
    plan.steps.compactMap { step in
      guard case .update(_, let resource, let changed) = step.operation else { return nil }
      let doors = (resource["doors"]?.map ?? [:]).keys.sorted().joined(separator: "+")
      return "\(step.address): \(changed.joined(separator: ",")) \(doors) after \(step.needs)"
    }
  }

  @Test func `A new door is there before the guest comes by it, and the old one until then`() async throws {
    try await world.apply(stack([house(["back": "b"]), guest(by: "back")]))
    let wanted = stack([house(["front": "f"], size: 2), guest(by: "front")])
    let plan = try await world.plan(wanted)
    #expect(
      updates(plan) == [
        "things.house: doors,size back+front after []", "things.house: doors front after [0, 2]",
        "things.guest: label  after [0]",
      ])
    #expect(plan.counts.change == 2)
    let summary = try await world.apply(wanted)
    #expect(summary.isSuccess && summary.changed == 2)
    #expect(await world.cloud.items["things/house"]?.properties["doors"] == ["front": "f"])
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `A door that nothing but the house loses takes one step`() async throws {
    try await world.apply(stack([house(["back": "b", "front": "f"])]))
    #expect(
      updates(try await world.plan(stack([house(["front": "f"])]))) == [
        "things.house: doors front after []"
      ])
  }

  @Test func `It stays where the guest could not be changed, and goes with the next apply`() async throws {
    try await world.apply(stack([house(["back": "b"]), guest(by: "back")]))
    let wanted = stack([house(["front": "f"]), guest(by: "front")])
    await world.cloud.setFault { $0 == 2 ? .invalid : .none }
    let summary = try await world.apply(wanted)
    #expect(!summary.isSuccess && summary.unsettled.isEmpty)
    // What is done is not unfinished; what was not is.
    let ledger = try #require(await world.store.stored?.ledger)
    #expect(ledger.records[Address("things", "house")]?.unfinished == ["doors"])
    #expect(await world.cloud.items["things/house"]?.properties["doors"] == ["back": "b", "front": "f"])
    await world.cloud.setFault(nil)
    #expect(try await world.apply(wanted).isSuccess)
    #expect(await world.cloud.items["things/house"]?.properties["doors"] == ["front": "f"])
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `A door and what was behind it go in one edit`() async throws {
    await world.cloud.watch()
    var before = house(["back": "b"])
    before.properties["uses"] = ["arn:yard"]
    before.references = [
      Reference(Address("things", "yard"), attribute: "arn", property: "uses", path: "uses.0")
    ]
    try await world.apply(stack([thing("yard"), before, guest(by: "back")]))
    var after = house([:])
    after.properties["uses"] = []
    let wanted = stack([after, guest(by: "nothing")])
    let summary = try await world.apply(wanted)
    #expect(summary.isSuccess && summary.unsettled.isEmpty)
    #expect(await world.cloud.bare.isEmpty)
    #expect(await world.cloud.ids("things") == ["guest", "house"])
    #expect(try await world.plan(wanted).symbols == [])
  }

  // MARK: Policies

  private func statement(_ who: String, _ effect: String = "Allow", sid: String? = nil) -> Value {
    var members: [String: Value] = [
      "Effect": .string(effect), "Principal": .string(who), "Action": "thing:Enter", "Resource": "*",
    ]
    members["Sid"] = sid.map(Value.string)
    return .map(members)
  }

  private func ruled(_ statements: [Value]) -> Resource {
    thing("house", ["policy": ["Version": "2012-10-17", "Statement": .list(statements)]])
  }

  /// Its friend comes in through the guest.
  private func friend(_ label: String) -> Resource {
    var friend = thing("friend", ["label": .string(label)])
    friend.references = [
      Reference(Address("things", "guest"), attribute: "arn", property: "label", path: "label")
    ]
    return friend
  }

  private var statementsThere: [Value] {
    get async { await world.cloud.items["things/house"]?.properties["policy"]?["Statement"]?.list ?? [] }
  }

  @Test func `What a policy allows no more goes after all that may have used it, through others too`()
    async throws
  {
    try await world.apply(stack([ruled([statement("one")]), guest(by: "back"), friend("a")]))
    let wanted = stack([ruled([statement("two")]), guest(by: "back"), friend("b")])
    #expect(
      updates(try await world.plan(wanted)) == [
        "things.house: policy  after []", "things.house: policy  after [0, 2]",
        "things.friend: label  after []",
      ])
    await world.cloud.setFault { $0 == 2 ? .invalid : .none }
    #expect(try await !world.apply(wanted).isSuccess)
    #expect(await statementsThere == [statement("two"), statement("one")])
    await world.cloud.setFault(nil)
    #expect(try await world.apply(wanted).isSuccess)
    #expect(await statementsThere == [statement("two")])
    #expect(try await world.plan(wanted).symbols == [])
  }

  @Test func `A policy that nothing has any more stays until then`() async throws {
    try await world.apply(stack([ruled([statement("one")]), guest(by: "back")]))
    var open = thing("house")
    open.properties = [:]
    let left = stack([open, guest(by: "front")])
    #expect(
      updates(try await world.plan(left)) == [
        "things.house: policy  after [1]", "things.guest: label  after []",
      ])
  }

  /// What was allowed under a denial is never allowed without it.
  @Test(arguments: [["two"], []])
  func `A policy from which a denial goes, too, takes one step`(allowed: [String]) async throws {
    try await world.apply(stack([ruled([statement("one"), statement("bad", "Deny")]), guest(by: "back")]))
    let wanted = stack([ruled(allowed.map { statement($0) } + [statement("three")]), guest(by: "front")])
    #expect(
      updates(try await world.plan(wanted)) == [
        "things.house: policy  after []", "things.guest: label  after [0]",
      ])
    let kept = stack([ruled([statement("two"), statement("bad", "Deny")]), guest(by: "front")])
    #expect(try await world.plan(kept).steps.count == 3)
  }

  @Test func `A policy takes one step where nothing that uses it changes, or all is allowed still`()
    async throws
  {
    try await world.apply(stack([ruled([statement("one")]), guest(by: "back")]))
    let alone = stack([ruled([statement("two")]), guest(by: "back")])
    #expect(updates(try await world.plan(alone)) == ["things.house: policy  after []"])
    let wider = stack([ruled([statement("*")]), guest(by: "front")])
    #expect(
      updates(try await world.plan(wider)) == [
        "things.house: policy  after []", "things.guest: label  after [0]",
      ])
  }

  @Test func `Of two statements with one name the one that goes loses its name first`() async throws {
    try await world.apply(stack([ruled([statement("one", sid: "Enter")]), guest(by: "back")]))
    let wanted = stack([ruled([statement("two", sid: "Enter")]), guest(by: "front")])
    await world.cloud.setFault { $0 == 2 ? .invalid : .none }
    #expect(try await !world.apply(wanted).isSuccess)
    #expect(await statementsThere == [statement("two", sid: "Enter"), statement("one")])
  }
}
