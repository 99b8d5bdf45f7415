#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

/// What can still be read of a ledger that can't be read as a whole: every record, release and setting that is sound by itself.
package struct LedgerSalvage: Sendable {
  package let ledger: Ledger
  /// What was there and could not be read, as `records.queues.orders`.
  package let lost: [String]
  /// The bytes end, or are broken, somewhere in the middle.
  package let isCut: Bool
  /// The salt could be read: fingerprints are still useful.
  package let hasSalt: Bool

  package init(_ body: [UInt8], stack: String, newSalt: String) {
    let whole = JSONReader.read(Data(body))
    let readable = whole ?? JSONReader.read(Data(CutJSON.closed(body)))
    isCut = whole == nil
    var skeleton: [String: Value] = [
      "version": .integer(Ledger.currentVersion), "stack": .string(stack), "serial": 0,
      "salt": .string(newSalt), "records": [:], "outputs": [:],
    ]
    // Each part is tried beside an empty ledger: to read fifty thousand records again with each would take minutes.
    let empty = skeleton
    var lost: [String] = []
    // Another stack's records would have its resources deleted as ours.
    let isForeign = readable?["stack"]?.string.map { $0 != stack } ?? false
    if isForeign { lost.append("stack") }
    for (name, value) in (isForeign ? [:] : readable?.map ?? [:]).sorted(by: { $0.key < $1.key })
    where name != "version" && name != "stack" {
      let sound = Self.sound(value, as: name, beside: empty, &lost)
      if let sound { skeleton[name] = sound }
    }
    hasSalt = skeleton["salt"] != .string(newSalt)
    var ledger = Self.ledger(skeleton) ?? Ledger(stack: stack, salt: newSalt)
    if !hasSalt { ledger.forgetFingerprints() }
    self.ledger = ledger
    self.lost = lost
  }

  /// The value, or those of its members that can be read by themselves; nil when nothing can.
  private static func sound(
    _ value: Value, as name: String, beside skeleton: [String: Value], _ lost: inout [String]
  ) -> Value? {
    func reads(_ value: Value) -> Bool { ledger(skeleton.merging([name: value]) { $1 }) != nil }
    // What is left of an object may lack a member that it needs.
    func whole(_ rest: Value) -> Value? {
      if reads(rest) { return rest }
      lost.append(name)
      return nil
    }
    if reads(value) { return value }
    switch value {
    case .map(let members):
      let sorted = members.sorted { $0.key < $1.key }
      return whole(
        .map(
          Dictionary(uniqueKeysWithValues: soundMembers(sorted[...], reads) { lost.append("\(name).\($0)") }))
      )
    case .list(let items):
      var sound: [Value] = []
      for (index, item) in items.enumerated() {
        if reads([item]) { sound.append(item) } else { lost.append("\(name).\(index)") }
      }
      return whole(.list(sound))
    default:
      lost.append(name)
      return nil
    }
  }

  /// The members that can be read. Halves are tried before single ones: most of a ledger is sound.
  private static func soundMembers(
    _ members: ArraySlice<(key: String, value: Value)>, _ reads: (Value) -> Bool, lose: (String) -> Void
  ) -> [(String, Value)] {
    guard let first = members.first else { return [] }
    if reads(.map(Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) }))) {
      return members.map { ($0.key, $0.value) }
    }
    guard members.count > 1 else {
      lose(first.key)
      return []
    }
    let middle = members.startIndex + members.count / 2
    return soundMembers(members[..<middle], reads, lose: lose)
      + soundMembers(members[middle...], reads, lose: lose)
  }

  private static func ledger(_ members: [String: Value]) -> Ledger? {
    try? JSONDecoder().decode(Ledger.self, from: Data(Value.map(members).json.utf8))
  }
}

extension Ledger {
  /// Without their salt fingerprints are useless.
  fileprivate mutating func forgetFingerprints() {
    outputs = [:]
    records = records.mapValues { record in
      var record = record
      record.applied = [:]
      return record
    }
  }
}

/// JSON that ends too early.
enum CutJSON {
  /// The bytes up to the last member or item that is whole, with everything closed that is open there.
  static func closed(_ bytes: [UInt8]) -> [UInt8] {
    var open: [UInt8] = []
    var safe = (end: 0, closing: [UInt8]())
    var isInText = false
    var isEscaped = false
    for (position, byte) in bytes.enumerated() {
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open.append(byte == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        safe = (position + 1, open.reversed())
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.popLast() == byte else { return Array(bytes[..<safe.end]) + safe.closing }
        safe = (position + 1, open.reversed())
      case UInt8(ascii: ","): safe = (position, open.reversed())
      default: break
      }
    }
    return Array(bytes[..<safe.end]) + safe.closing
  }
}
