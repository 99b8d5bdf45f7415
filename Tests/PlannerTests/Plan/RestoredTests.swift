import Testing

@testable import Planner

/// A kind whose deleted resources wait for their end under their names, as a secret.
private struct LetterKind: ResourceKind {
  let schema = Schema(
    section: "letters", kind: "letter", title: "Letter", summary: "A letter.",
    naming: Naming(TextRule(length: 1...60)), waitsForDeletion: true,
    properties: [Property("text", .text, "What it says.")], attributes: [], example: "letters:\n  one: {}")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }
}

struct `What waits for its deletion` {
  private let address = Address("letters", "one")

  private func plan(leavingOf owner: Owner?) throws -> Plan {
    let wanted = Resource(address, name: "one", properties: ["text": "new"])
    let stack = stack([wanted])
    let live = LiveResource(
      id: "one", properties: ["text": "old"], attributes: [:], owner: owner, isDeleting: true)
    var snapshot = Snapshot()
    snapshot.live[address] = live
    return try PlanBuilder.plan(
      PlanBuilder.Input(
        stack: stack, graph: ResourceGraph(stack), snapshot: snapshot, ledger: nil,
        registry: KindRegistry([LetterKind()]), fingerprint: fakeFingerprinter("salt"), options: PlanOptions()
      ))
  }

  @Test func `and is ours is made again, and the plan says that it is restored`() throws {
    let change = try #require(try plan(leavingOf: Owner(stack: "test", address: address)).changes.first)
    #expect(change.action == .create && change.reason == .restored)
  }

  @Test(arguments: [nil, Owner(stack: "another", address: Address("letters", "one"))])
  func `and is not ours is in the way, whoever made it`(_ owner: Owner?) throws {
    let error = #expect(throws: Diagnostics.self) { try plan(leavingOf: owner) }
    #expect(error?.items.map(\.summary) == ["The name is not free yet"])
  }
}
