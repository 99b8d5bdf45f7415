import Testing

@testable import Planner

/// What counts as somebody else's change, and which of them a promotion would run over.
@Suite struct ReleaseDriftTests {
  private static let target = Target(account: "1", region: "r")
  private static let queue = Address("queues", "orders")

  private func change(
    _ action: ResourceChange.Action, _ paths: [[String]] = [], reason: Reason? = nil,
    at address: Address = queue
  ) -> ResourceChange {
    ResourceChange(
      address: address, section: "queues", id: "x", action: action, reason: reason,
      properties: paths.map { PropertyChange(path: $0, before: 1, after: 2) })
  }

  private func plan(_ changes: ResourceChange...) -> Plan {
    Plan(stack: "s", target: Self.target, changes: changes, steps: [], outputs: [], isDestroy: false)
  }

  @Test func `a change by hand is run over only where the promotion changes the same`() {
    let drift = ReleaseDrift(changes: [
      change(.update, [["delaySeconds"], ["redrivePolicy", "maxReceiveCount"]])
    ])
    #expect(drift.overrun(by: plan(change(.keep))).isEmpty)
    #expect(drift.overrun(by: plan(change(.update, [["visibilityTimeout"]]))).isEmpty)
    let same = drift.overrun(by: plan(change(.update, [["delaySeconds"], ["visibilityTimeout"]])))
    #expect(same.map { $0.properties.map(\.path) } == [[["delaySeconds"]]])
    let above = drift.overrun(by: plan(change(.update, [["redrivePolicy"]])))
    #expect(above.map { $0.properties.map(\.path) } == [[["redrivePolicy", "maxReceiveCount"]]])
    #expect(drift.overrun(by: plan(change(.delete))).count == 1)
    #expect(drift.overrun(by: plan(change(.replace(createFirst: false), [["name"]]))).count == 1)
  }

  @Test func `what an unfinished promotion touches is no change by hand`() {
    let drift = ReleaseDrift(changes: [change(.create)])
    #expect(drift.overrun(by: plan(change(.create))).count == 1)
    #expect(drift.overrun(by: plan(change(.create)), except: [Self.queue]).isEmpty)
  }

  @Test func `what is said of a change names what it is`() {
    #expect(change(.create).driftWords == "queues.orders is not there")
    #expect(change(.update, [["a"], ["b", "c"]]).driftWords == "queues.orders: a, b.c")
    #expect(change(.update, [["a"], ["b"], ["c"], ["d"]]).driftWords == "queues.orders: a, b, c and 1 more")
    #expect(change(.update, reason: .untagged).driftWords == "queues.orders: its owner tags are missing")
  }

  @Test func `the three columns are the source's value, the target's and the wanted one`() {
    let properties = [
      PropertyChange(path: ["visibilityTimeout"], before: 30, after: 60),
      PropertyChange(path: ["tags", "team"], before: nil, after: "a"),
      PropertyChange(path: ["password"], before: "x", after: "y", isSecret: true),
    ]
    let updated = ResourceChange(
      address: Self.queue, section: "queues", id: "x", action: .update, properties: properties)
    let live = LiveResource(
      id: "orders", properties: ["visibilityTimeout": 45, "tags": ["team": "b"]], attributes: [:], owner: nil)
    let comparison = ThreeWayComparison(
      plan(updated, change(.keep)), source: [Self.queue: live], registry: SampleKinds.registry)
    #expect(
      comparison.changes.map(\.rows) == [
        [
          .init(path: ["visibilityTimeout"], source: 45, before: 30, after: 60),
          .init(path: ["tags", "team"], source: "b", before: nil, after: "a"),
          .init(path: ["password"], source: nil, before: "x", after: "y", isSecret: true),
        ]
      ])
    let marked = ThreeWayComparison(
      plan(updated), source: [:], registry: SampleKinds.registry,
      isSecretInSource: { _, path in path == ["tags", "team"] })
    #expect(marked.changes[0].rows.map(\.isSecret) == [false, true, true])
    #expect(!marked.changes[0].isInSource)
  }

  @Test func `what was taken into the file since is told apart from other changes`() async throws {
    let world = FakeWorld()
    let released = stack([thing("a", ["size": 5, "label": "x"])])
    try await world.apply(released)
    await world.cloud.change("things/a") {
      $0.properties["size"] = 9
      $0.properties["label"] = "by hand"
    }
    let live = try #require(
      try await world.pipeline.plan(released, options: PlanOptions()).snapshot.live.values.first)
    try await world.store.revise(isLockHeld: { true }) { ledger in
      ledger.takeOver(
        ["size"], of: thing("a", ["size": 9]), live: live, schema: ThingKind().schema,
        fakeFingerprinter("salt"))
    }
    let planned = try await world.pipeline.plan(released, options: PlanOptions())
    let drift = ReleaseDrift(of: planned, registry: fakeRegistry, fingerprint: fakeFingerprinter("salt"))
    #expect(drift.changes.map(\.driftWords) == ["things.a: size, label"])
    #expect(drift.accepted == ["things.a.size"])
  }
}
