import Planner
import Testing

@testable import Providers

struct `A region` {
  @Test(
    arguments: [
      ("us-east-1", false, nil), ("us-est-1", false, .error), ("us-est-1", true, .warning),
      ("eu-west-9", false, .warning), ("local", true, .warning), ("local", false, .error),
    ] as [(String, Bool, Diagnostic.Severity?)])
  func `that none knows is told of`(_ region: String, _ hasEndpoint: Bool, _ severity: Diagnostic.Severity?) {
    #expect(Region.problem(region, hasEndpoint: hasEndpoint, at: nil)?.severity == severity)
  }
}
