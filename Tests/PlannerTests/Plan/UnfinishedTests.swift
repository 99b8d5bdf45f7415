import Testing

@testable import Planner

/// What Stackform's own run left half done is blamed on nobody.
@Suite struct UnfinishedTests {
  let world = FakeWorld()

  /// The causes that a plan gives.
  private func causes(_ wanted: Stack) async throws -> [PropertyChange.Cause] {
    try await world.plan(wanted).changes.flatMap(\.properties).map(\.cause)
  }

  @Test(arguments: [FakeCloud.Fault.killedAfter, .appliedThenLost])
  func `A change that may have been made, and was taken back in the file, is not the cloud's`(
    fault: FakeCloud.Fault
  ) async throws {
    try await world.apply(stack([thing("a", ["size": 1])]))
    await world.cloud.setFault { _ in fault }
    _ = try? await world.apply(stack([thing("a", ["size": 2])]))
    await world.cloud.revive()
    #expect(try await causes(stack([thing("a", ["size": 1])])) == [.unknown])
    #expect(try await world.apply(stack([thing("a", ["size": 1])])).isSuccess)
    await world.cloud.change(FakeCloud.identity("things", "a")) { $0.properties["size"] = 3 }
    #expect(try await causes(stack([thing("a", ["size": 1])])) == [.cloud])
  }

  @Test func `What an endpoint never tells is written once the file has it anew`() async throws {
    try await world.apply(stack([thing("a", ["size": 1])]))
    let record = try #require(await world.store.stored?.ledger.records[Address("things", "a")])
    let live = LiveResource(
      id: "a", properties: ["size": 1], attributes: ["name": "a"], owner: nil, untold: ["label"])
    func changed(_ record: Ledger.Record?) -> Set<String> {
      ResourceDifference(
        live: live, wanted: thing("a", ["size": 1, "label": "x"]), schema: ThingKind().schema, record: record,
        fingerprint: fakeFingerprinter("salt")
      ).changed
    }
    #expect(changed(record) == ["label"])
    #expect(changed(nil) == [])
  }

  @Test func `What a killed deletion left is nobody else's doing`() async throws {
    let wanted = stack([thing("a", ["label": "ours"])])
    try await world.apply(wanted)
    await world.cloud.setFault { _ in .killedBefore }
    _ = try? await world.destroy(wanted)
    await world.cloud.revive()
    await world.cloud.change("things/a") { $0.properties["label"] = nil }
    #expect(try await causes(wanted) == [.unknown])
    let drift = try await world.pipeline.drift(of: wanted).report
    #expect(drift.entries.map(\.kind) == [.unfinished])
  }

  @Test func `What a failed change left half done does not drift`() async throws {
    let wanted = stack([thing("a", ["size": 1, "label": "one"])])
    try await world.apply(wanted)
    await world.cloud.setFault { _ in .appliedThenLost }
    _ = try? await world.apply(stack([thing("a", ["size": 2, "label": "one"])]))
    await world.cloud.revive()
    #expect(try await world.pipeline.drift(of: wanted).report.entries.map(\.kind) == [.unfinished])
    await world.cloud.change("things/a") { $0.properties["label"] = "two" }
    let entries = try await world.pipeline.drift(of: wanted).report.entries
    #expect(entries.map(\.kind) == [.changed] && entries.flatMap(\.moves).map(\.path) == [["label"]])
  }

  @Test func `What went with its parent was deleted by nobody`() async throws {
    var vault = Resource(Address("vaults", "v"), properties: ["inside": "arn:a"])
    vault.references = [
      Reference(Address("things", "a"), attribute: "arn", property: "inside", path: "inside")
    ]
    try await world.apply(stack([thing("a"), vault]))
    await world.cloud.wipe()
    let plan = try await world.plan(stack([thing("a"), vault]))
    #expect(plan.change("things.a")?.reason == .deletedOutside && plan.change("vaults.v")?.reason == nil)
  }

  @Test func `A killed change is remembered to use what it began to use`() async throws {
    await world.cloud.watch()
    try await world.apply(stack([thing("a"), thing("b"), thing("u", needs: ["a"])]))
    await world.cloud.setFault { _ in .killedAfter }
    _ = try? await world.apply(stack([thing("a"), thing("b"), thing("u", needs: ["a", "b"])]))
    await world.cloud.revive()
    let ledger = try #require(await world.store.stored?.ledger)
    #expect(
      ledger.records[Address("things", "u")]?.needs == [Address("things", "a"), Address("things", "b")])
    #expect(try await world.apply(stack([thing("a"), thing("u", needs: ["a"])])).isSuccess)
    #expect(await world.cloud.bare.isEmpty)
  }
}
