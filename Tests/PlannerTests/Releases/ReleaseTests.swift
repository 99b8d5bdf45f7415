#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Testing

@testable import Planner

/// Releases in the ledger: when there is a new one, and which are kept.
struct ReleaseTests {
  static func draft(
    _ file: String = "stack: test", variables: [String: ReleaseDraft.Variable] = [:]
  ) -> ReleaseDraft {
    let bundle = ReleaseBundle(files: ["stack.yaml": Array(file.utf8)])
    return ReleaseDraft(
      bundle: bundle.sealed { fakeDigest(String(decoding: $0, as: UTF8.self)) }, stackFile: "stack.yaml",
      artifacts: [:], variables: variables, author: ReleaseAuthor(user: "ada", host: "engine"),
      now: { "2026-01-01T00:00:00Z" })
  }

  @Test func `An apply is a release; one that changes nothing and brings nothing new is none`() async throws {
    let world = FakeWorld()
    let first = try await world.apply(stack([thing("a")]), release: Self.draft())
    #expect(first.release?.number == 1)
    #expect(first.release?.counts == ReleaseCounts(added: 1))
    let saves = await world.store.saves
    #expect(try await world.apply(stack([thing("a")]), release: Self.draft()).release == nil)
    #expect(await world.store.saves == saves)
    // The same resources of another file, and the same file with another value.
    #expect(try await world.apply(stack([thing("a")]), release: Self.draft("# test")).release?.number == 2)
    let draft = Self.draft("# test", variables: ["x": .init(1, isSecret: false, origin: .given)])
    #expect(try await world.apply(stack([thing("a")]), release: draft).release?.number == 3)
    #expect(try await world.apply(stack([thing("a")]), release: draft).release == nil)
    // What had drifted is put right by the same file.
    await world.cloud.change("things/a") { $0.properties["size"] = 9 }
    let repaired = stack([thing("a", ["size": 2])])
    #expect(try await world.apply(repaired, release: draft).release?.number == 4)
    #expect(await world.store.stored?.ledger.currentRelease == 4)
  }

  @Test func `A failed apply is no release, and the bundle of the next one is there before its ledger`()
    async throws
  {
    let world = FakeWorld()
    try await world.apply(stack([thing("a")]), release: Self.draft("one"))
    await world.cloud.setFault { _ in .invalid }
    let failed = try await world.apply(stack([thing("a"), thing("b")]), release: Self.draft("two"))
    #expect(!failed.isSuccess && failed.release == nil)
    #expect(await world.store.stored?.ledger.currentRelease == 1)
    #expect(await world.store.bundles.count == 2)
    await world.cloud.setFault(nil)
    // What the failed one left is dropped by the next that is recorded.
    try await world.apply(stack([thing("a"), thing("c")]), release: Self.draft("three"))
    let named = try #require(await world.store.stored?.ledger.namedBundles)
    #expect(named.count == 2)
    #expect(await Set(world.store.bundles.keys) == named)
  }

  @Test func `A destroy leaves neither releases nor bundles`() async throws {
    let world = FakeWorld()
    try await world.apply(stack([thing("a")]), release: Self.draft())
    _ = try await world.destroy(stack([thing("a")]))
    #expect(await world.store.stored == nil)
    #expect(await world.store.bundles.isEmpty)
  }

  @Test func `Of a secret variable a release has the fingerprint alone`() async throws {
    let world = FakeWorld()
    let variables: [String: ReleaseDraft.Variable] = [
      "password": .init("canary-1234", isSecret: true, origin: .given),
      "size": .init(3, isSecret: false, origin: .profile),
    ]
    let summary = try await world.apply(stack([thing("a")]), release: Self.draft(variables: variables))
    let release = try #require(summary.release)
    #expect(release.variables["size"] == ReleaseVariable(value: 3, origin: .profile))
    #expect(release.variables["password"]?.isSecret == true)
    #expect(release.variables["password"]?.fingerprint == fakeFingerprinter("salt")("canary-1234"))
    let text = String(decoding: try JSONEncoder().encode(release), as: UTF8.self)
    #expect(!text.contains("canary"))
  }

  @Test func `The oldest releases go, but not the current one nor the one that a hold is about`() {
    var ledger = Ledger(stack: "test", salt: "salt")
    var draft = Self.draft()
    draft.retention = Retention(count: 3)
    for _ in 1...5 { record(draft, in: &ledger) }
    #expect(ledger.releases.map(\.number) == [3, 4, 5])
    ledger.hold = Hold(author: draft.author, time: "", rolledBackFrom: 4)
    ledger.currentRelease = 3
    ledger.prune(Retention(count: 2))
    #expect(ledger.releases.map(\.number) == [3, 4, 5])
    for _ in 1...4 { record(draft, in: &ledger) }
    #expect(ledger.releases.map(\.number) == [4, 7, 8, 9])
    // Never fewer than two, and a number is never given twice.
    draft.retention = Retention(count: 0)
    ledger.hold = nil
    record(draft, in: &ledger)
    #expect(ledger.releases.map(\.number) == [9, 10])
  }

  @Test func `A ledger of before there were releases is read, and stays as it is`() throws {
    let old = #"""
      {"outputs":{"url":"x"},"records":{"things.a":{"applied":{},"declared":["size"],"identities":[{"name":"a"}],
      "isProtected":false,"needs":[],"section":"things"}},"salt":"s","serial":7,"stack":"test","version":1}
      """#
    let ledger = try JSONDecoder().decode(Ledger.self, from: Data(old.utf8))
    #expect(ledger.releases.isEmpty && ledger.currentRelease == nil && ledger.hold == nil)
    #expect(ledger.serial == 7)
    let again = try JSONDecoder().decode(Ledger.self, from: try JSONEncoder().encode(ledger))
    #expect(again == ledger)
  }

  @Test(arguments: [
    ReleaseOrigin.apply,
    .promote(from: .init(profile: "dev", account: "111111111111", region: "eu-west-1", release: 12)),
    .rollback(to: 3), .undo(run: "r", to: nil), .repair,
  ])
  func `A release with whatever origin is read as it was written`(origin: ReleaseOrigin) throws {
    let release = Release(
      number: 3, bundle: "b", stackFile: "stack.yaml", artifacts: ["lambdas.a": "d"],
      variables: ["x": ReleaseVariable(value: nil, fingerprint: "f", origin: .given)],
      author: ReleaseAuthor(user: "ada", host: "engine"), time: "t", seconds: 1.5, commit: "c+changes",
      origin: origin,
      approvals: [Endorsement(author: ReleaseAuthor(user: "b", host: "h"), time: "t", profile: "p")])
    #expect(try JSONDecoder().decode(Release.self, from: try JSONEncoder().encode(release)) == release)
  }

  private func record(_ draft: ReleaseDraft, in ledger: inout Ledger) {
    _ = ledger.record(draft, counts: ReleaseCounts(), seconds: 1, fakeFingerprinter("salt"))
  }
}
