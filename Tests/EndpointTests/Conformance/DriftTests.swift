import Foundation
import Planner
import Providers
import Testing

/// What `drift` says of every kind: nothing after an apply, and each change that somebody else makes.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct DriftTests {
  @Test(arguments: KindSamples.chosen, TestEndpoint.available)
  func `A fresh apply shows no drift, and every change from outside does, declared or not`(
    sample: KindSample, endpoint: TestEndpoint
  ) async throws {
    guard !sample.isLacking(on: endpoint) else { return }
    let account = try TestAccount(endpoint, url: endpoint.urls.last)
    defer { account.remove() }
    let conformance = Conformance(sample: sample, endpoint: endpoint, account: account)
    try conformance.prepare()
    let yaml = conformance.yaml(conformance.sound)
    try await conformance.run.apply(yaml)
    #expect(try await conformance.drift(yaml) == [], "after an apply")
    for (property, script) in sample.outsideChanges.sorted(by: { $0.key < $1.key }) {
      guard conformance.sound[property] != nil else { continue }
      try await conformance.changeOutside(script)
      let drift = try await conformance.drift(yaml)
      let names = drift.filter { $0.hasPrefix(conformance.subject.description) }
      #expect(
        names.contains { $0.contains(" \(property)") } || sample.unseen[property] != nil,
        "\(property): \(drift)")
      try await conformance.run.apply(yaml)
      #expect(try await conformance.drift(yaml) == [], "after \(property) was put right")
    }
    _ = try await conformance.run.destroy(yaml)
  }

  @Test(arguments: KindSamples.chosen, TestEndpoint.available)
  func `Undeclared properties drift, too`(sample: KindSample, endpoint: TestEndpoint) async throws {
    guard !sample.isLacking(on: endpoint) else { return }
    let account = try TestAccount(endpoint, url: endpoint.urls.last)
    defer { account.remove() }
    let conformance = Conformance(sample: sample, endpoint: endpoint, account: account)
    try conformance.prepare()
    let yaml = conformance.yaml(conformance.least)
    // Without all that makes it an HTTP API it is none that there could be.
    guard (try? conformance.run.stack(yaml)) != nil else { return }
    try await conformance.run.apply(yaml)
    #expect(try await conformance.drift(yaml) == [], "after an apply")
    let fresh = try await conformance.live(yaml)
    for (property, script) in sample.outsideChanges.sorted(by: { $0.key < $1.key })
    where conformance.least[property] == nil && conformance.sound[property] != nil {
      // What needs others to be there first is refused, and nothing has changed.
      guard (try? await conformance.changeOutside(script)) != nil else { continue }
      // Some set what is the default anyway.
      let now = try await conformance.live(yaml)[property]
      let declaration = try #require(conformance.schema.property(property))
      guard !declaration.differences(live: now, wanted: fresh[property] ?? .null).isEmpty else { continue }
      let drift = try await conformance.drift(yaml)
      #expect(
        drift.contains { $0.hasPrefix("\(conformance.subject) \(property)") }, "\(property): \(drift)")
    }
    // What somebody protected from deletion stays, in an account that nobody uses again.
    _ = try? await conformance.run.destroy(yaml)
  }
}

extension Conformance {
  /// The subject's properties as they are, declared or not.
  func live(_ yaml: String) async throws -> [String: Value] {
    let ledger = try await run.pipeline.store.load()?.ledger
    return try await run.pipeline.whole(run.stack(yaml), ledger: ledger).snapshot.live[subject]?.properties
      ?? [:]
  }

  /// One line a move: `queues.subject visibilityTimeout: 30 -> 99`.
  func drift(_ yaml: String) async throws -> [String] {
    try await run.pipeline.drift(of: run.stack(yaml)).report.entries.flatMap { entry -> [String] in
      if entry.moves.isEmpty { return ["\(entry.address) \(entry.kind)"] }
      return entry.moves.map { move in
        "\(entry.address) \(move.name): \(move.was) -> \(move.now?.json ?? "nothing")\(move.isDeclared ? "" : " (undeclared)")"
      }
    }
  }
}
