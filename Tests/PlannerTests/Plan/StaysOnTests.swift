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
}
