/// What no ledger that Stackform wrote can hold: somebody else wrote it, or it is damaged.
package struct LedgerFault: Error, Sendable, Hashable {
  /// As a part of a sentence: `serial is -1, which no ledger counts to`.
  package let reason: String

  package init(_ reason: String) { self.reason = reason }

  /// No counter of a ledger gets further: 2 to the power of 53, which JSON's numbers hold exactly. Whoever adds
  /// one to it does not overflow.
  package static let largestNumber = 1 << 53

  /// Refuses a number that is not counted from `least` up.
  package static func check(_ number: Int?, _ name: String, from least: Int = 1) throws(LedgerFault) {
    guard let number, !(least...largestNumber).contains(number) else { return }
    throw LedgerFault("\(name) is \(number), which no ledger counts to")
  }

  /// Refuses a name of an object that is not made of letters, digits and hyphens: it could mean another place
  /// in the bucket.
  static func check(file name: String, _ what: String, length: ClosedRange<Int>) throws(LedgerFault) {
    let isPlain = name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard !isPlain || !length.contains(name.utf8.count) else { return }
    throw LedgerFault("\(what) is \"\(name.shortened)\", which no ledger names")
  }
}

extension Ledger {
  /// - Throws: for numbers and names that no run of Stackform gives.
  func checkWhatIsCounted() throws(LedgerFault) {
    guard version >= 1 else { throw LedgerFault("version \(version) of the form never was") }
    try LedgerFault.check(serial, "serial", from: 0)
    try LedgerFault.check(currentRelease, "currentRelease")
    for release in releases {
      try LedgerFault.check(release.number, "a release's number")
      try LedgerFault.check(file: release.bundle, "a release's bundle", length: 1...64)
    }
    for run in runs {
      try LedgerFault.check(run.number, "a run's number")
      try LedgerFault.check(file: run.id, "a run's name", length: 1...64)
    }
    if let underway { try LedgerFault.check(file: underway.bundle, "a promotion's bundle", length: 1...64) }
  }
}
