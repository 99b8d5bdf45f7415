import Testing

@testable import Planner

/// A stack that was never applied, and is like another one.
@Suite struct LikenessTests {
  private func ledger(_ names: String...) -> Ledger {
    var ledger = Ledger(stack: "shop", salt: "")
    for name in names {
      ledger.records[Address("things", name)] = Ledger.Record(section: "things", identities: [])
      ledger.records[Address("things", name, part: "role")] = Ledger.Record(section: "rooms", identities: [])
    }
    return ledger
  }

  private func shared(_ ledger: Ledger, _ names: String...) -> Int {
    ledger.entriesShared(with: stack(names.map { thing($0) }))
  }

  @Test func `More than half of either's entries must be the same, and more than one`() {
    #expect(shared(ledger("a", "b"), "a", "b") == 2)
    #expect(shared(ledger("a", "b", "c"), "a", "b") == 2)
    #expect(shared(ledger("a", "b", "c", "d"), "a", "b") == 0)
    #expect(shared(ledger("a", "b"), "a", "b", "c", "d") == 0)
    #expect(shared(ledger("a"), "a") == 0)
    #expect(shared(ledger("a", "b"), "c", "d") == 0)
  }

  @Test func `Entries of another kind, and derived ones, are not shared`() {
    var other = ledger("a", "b")
    other.records[Address("things", "b")]?.section = "rooms"
    #expect(shared(other, "a", "b") == 0)
    let derived = Resource(Address("things", "b", part: "role"), section: "things")
    #expect(ledger("a", "b").entriesShared(with: stack([thing("a"), derived])) == 0)
  }
}
