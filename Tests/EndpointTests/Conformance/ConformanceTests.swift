import Foundation
import Planner
import Providers
import Testing

/// What every kind must do on every endpoint. The samples say with which values.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ConformanceTests {
  @Test(arguments: KindSamples.chosen, TestEndpoint.available)
  func `A kind is created, changed, reset, replaced and deleted, and every plan in between tells the truth`(
    sample: KindSample, endpoint: TestEndpoint
  ) async throws {
    guard !sample.isLacking(on: endpoint) else { return }
    let account = try TestAccount(endpoint, url: endpoint.nextStrictURL)
    defer { account.remove() }
    var conformance = try Conformance(sample: sample, endpoint: endpoint, account: account)
    try await conformance.prepare()
    try await conformance.creation()
    try await conformance.mutations()
    try await conformance.outsideChanges()
    try await conformance.foreignOwner()
    try await conformance.resets()
    try await conformance.replacements()
    try await conformance.deletion()
    try await conformance.newLife()
    try conformance.record.save()
  }

  @Test(arguments: KindSamples.chosen.flatMap { sample in sample.knownDefects.map { (sample, $0) } })
  func `A known defect of an endpoint is still there`(sample: KindSample, defect: KindSample.Defect)
    async throws
  {
    let endpoint = defect.endpoint
    guard endpoint.url != nil else { return }
    let account = try TestAccount(endpoint, url: endpoint.nextStrictURL)
    defer { account.remove() }
    var conformance = try Conformance(sample: sample, endpoint: endpoint, account: account)
    try await conformance.prepare()
    try conformance.checkTrial(of: defect.property)
    await withKnownIssue(Comment(rawValue: defect.evidence)) {
      try await conformance.defect(in: defect.property)
    }
    conformance.record.note(defect.property ?? "", .defect, evidence: defect.evidence)
    try conformance.record.save()
  }
}

extension KindSample: CustomTestStringConvertible {
  var testDescription: String { section }
}

extension KindSample.Defect: CustomTestStringConvertible {
  var testDescription: String { "\(property ?? "all") on \(endpoint.rawValue)" }
}
