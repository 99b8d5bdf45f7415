import Testing

@testable import Planner

/// A switch that the service never turns off again, as S3's object lock.
struct `A switch that stays on` {
  private let schema = Schema(
    section: "buckets", kind: "bucket", title: "Bucket", summary: "A bucket.", naming: nil,
    properties: [Property("locked", .boolean, default: false, staysOn: true, "Locked.")], attributes: [],
    example: "")

  private func difference(from live: Value?, to wanted: Value?, declared: [String] = []) -> ResourceDifference
  {
    let address = Address("buckets", "one")
    return ResourceDifference(
      live: LiveResource(
        id: "one", properties: live.map { ["locked": $0] } ?? [:], attributes: [:], owner: nil),
      wanted: Resource(address, properties: wanted.map { ["locked": $0] } ?? [:]), schema: schema,
      record: Ledger.Record(section: "buckets", identities: [], declared: declared),
      fingerprint: Fingerprinter(salt: "salt") { $0 })
  }

  @Test func `is turned on in place`() {
    for live: Value? in [nil, false] {
      let difference = difference(from: live, to: true)
      #expect(difference.changed == ["locked"] && !difference.mustReplace)
    }
  }

  @Test func `is turned off by a replacement, also when it is taken out of the file`() {
    #expect(difference(from: true, to: false).mustReplace)
    #expect(difference(from: true, to: nil, declared: ["locked"]).mustReplace)
    #expect(!difference(from: true, to: nil).mustReplace)
  }

  /// A parameter's tier.
  @Test func `of several words goes back to none but the default by a replacement`() {
    let tier = Property(
      "tier", .choice(["Standard", "Advanced", "Any"]), default: "Standard", staysOn: true, "The tier.")
    #expect(tier.leavesNoWayBack(from: "Advanced", to: "Standard"))
    for (before, after): (Value?, Value?) in [
      ("Standard", "Advanced"), (nil, "Advanced"), ("Advanced", "Any"), (nil, "Standard"),
    ] {
      #expect(!tier.leavesNoWayBack(from: before, to: after))
    }
    #expect(tier.wayBack == "back to Standard")
  }
}

/// A map whose entries a service never takes out, as the attributes of a user pool.
struct `A map that only grows` {
  private let schema = Schema(
    section: "buckets", kind: "bucket", title: "Bucket", summary: "A bucket.", naming: nil,
    properties: [
      Property(
        "shelves", .map(.object([Property("size", .integer(nil), change: .replaces, "Size.")])),
        staysOn: true,
        "Shelves.")
    ], attributes: [], example: "")

  private func difference(from live: Value?, to wanted: Value?) -> ResourceDifference {
    ResourceDifference(
      live: LiveResource(
        id: "one", properties: live.map { ["shelves": $0] } ?? [:], attributes: [:], owner: nil),
      wanted: Resource(Address("buckets", "one"), properties: wanted.map { ["shelves": $0] } ?? [:]),
      schema: schema, record: Ledger.Record(section: "buckets", identities: [], declared: ["shelves"]),
      fingerprint: Fingerprinter(salt: "salt") { $0 })
  }

  @Test func `gets more entries in place`() {
    for live: Value? in [nil, ["a": ["size": 1]]] {
      let difference = difference(from: live, to: ["a": ["size": 1], "b": ["size": 2]])
      #expect(difference.changed == ["shelves"] && !difference.mustReplace)
    }
  }

  @Test func `loses or changes one by a replacement`() {
    #expect(difference(from: ["a": ["size": 1], "b": ["size": 2]], to: ["a": ["size": 1]]).mustReplace)
    #expect(difference(from: ["a": ["size": 1]], to: ["a": ["size": 2]]).mustReplace)
    #expect(difference(from: ["a": ["size": 1]], to: nil).mustReplace)
  }
}
