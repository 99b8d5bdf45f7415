import Foundation
import Testing

@testable import Planner
@testable import Providers

/// What can still be read of a ledger that was damaged.
struct LedgerSalvageTests {
  private static let sound: Ledger = {
    var ledger = Ledger(stack: "shop", salt: "salt-of-old")
    ledger.serial = 7
    for name in ["one", "two", "three"] {
      ledger.records[Address("queues", name)] = Ledger.Record(
        section: "queues", identities: [Ledger.Identity(name: "say \"\(name)\", [please]", id: nil)],
        declared: ["visibilityTimeout"],
        applied: ["visibilityTimeout": Ledger.AppliedProperty(wanted: "aa", live: "bb")])
    }
    ledger.outputs = ["url": "https://example.com"]
    return ledger
  }()

  private static let bytes: [UInt8] = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(sound)).map(Array.init) ?? []
  }()

  private func salvage(_ bytes: [UInt8]) -> LedgerSalvage {
    LedgerSalvage(bytes, stack: "shop", newSalt: "new-salt")
  }

  @Test func `a sound ledger is read as it is`() {
    let salvage = salvage(Self.bytes)
    #expect(salvage.ledger == Self.sound && salvage.lost.isEmpty && salvage.hasSalt && !salvage.isCut)
  }

  @Test func `wherever it is cut, every record that is left is one of the true ones`() {
    for length in 0..<Self.bytes.count {
      let salvage = salvage(Array(Self.bytes.prefix(length)))
      #expect(salvage.isCut && salvage.ledger.stack == "shop", "\(length)")
      for (address, record) in salvage.ledger.records {
        var wanted = Self.sound.records[address]
        if !salvage.hasSalt { wanted?.applied = [:] }
        #expect(record == wanted, "\(address) at \(length)")
      }
    }
    // All of the records, once the cut is behind them.
    #expect(salvage(Self.bytes.dropLast(5)).ledger.records.count == 3)
  }

  @Test func `one record of a wrong shape takes no other with it`() {
    let text = String(decoding: Self.bytes, as: UTF8.self)
      .replacingOccurrences(of: #""queues.two":{"applied""#, with: #""queues.two":{"applied":3,"was""#)
    let salvage = salvage(Array(text.utf8))
    #expect(salvage.lost == ["records.queues.two"])
    #expect(salvage.ledger.records.keys.map(\.description).sorted() == ["queues.one", "queues.three"])
    #expect(salvage.ledger.records[Address("queues", "one")] == Self.sound.records[Address("queues", "one")])
    #expect(salvage.hasSalt && salvage.ledger.serial == 7 && salvage.ledger.outputs == Self.sound.outputs)
  }

  @Test func `without its salt no fingerprint is believed`() {
    let text = String(decoding: Self.bytes, as: UTF8.self)
      .replacingOccurrences(of: #""salt":"salt-of-old""#, with: #""salt":12"#)
    let salvage = salvage(Array(text.utf8))
    #expect(!salvage.hasSalt && salvage.ledger.salt == "new-salt" && salvage.ledger.outputs == [:])
    #expect(salvage.ledger.records.values.allSatisfy { $0.applied.isEmpty })
    #expect(salvage.ledger.records.count == 3)
  }

  @Test(arguments: ["", "null", "[1, 2]", "\"text\"", "}{", "{{{{", "[[[", "\u{0}\u{1}", "{\"records\": 7}"])
  func `what is no ledger at all gives an empty one`(text: String) {
    let salvage = salvage(Array(text.utf8))
    #expect(salvage.ledger == Ledger(stack: "shop", salt: "new-salt"))
  }

  @Test func `bytes that are flipped never give a record that was not there`() {
    for position in stride(from: 0, to: Self.bytes.count, by: 3) {
      var bytes = Self.bytes
      bytes[position] ^= 0x40
      let known = Set(Self.sound.records.keys)
      let strangers = salvage(bytes).ledger.records.keys.filter { !known.contains($0) }
      // A flipped letter of an address makes one stranger at the most.
      #expect(strangers.count <= 1, "\(position)")
    }
  }
}
