import Foundation
import Planner
import Testing

/// Commands that look must not touch.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ReadOnlyTests {
  private static let looks: [[String]] = [
    ["validate"], ["plan"], ["plan", "--json"], ["plan", "--destroy"], ["plan", "--out", "shop.plan"],
    ["plan", "--replace", "queues.jobs"], ["plan", "--adopt", "*"], ["output"], ["output", "--json"],
    ["show"],
    ["show", "--json"], ["show", "queues.jobs"], ["show", "shop.plan"], ["graph"],
    ["graph", "--plan", "--format", "dot"],
  ]

  @Test(arguments: TestEndpoint.available)
  func `Nothing that looks sends a request that could change anything`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await expectNoWrites(place)
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve")
      try await expectNoWrites(place)
      try place.write(Stacks.replacedShop())
      try await expectNoWrites(place)
    }
  }

  /// Every look works against an endpoint that would refuse each write.
  private func expectNoWrites(_ place: Workplace) async throws {
    place.proxy.start { request in
      request.isWrite ? .answer(Answers.denied) : .pass
    }
    for look in Self.looks {
      let result = try await place.run(look)
      // What was never applied has no outputs yet.
      #expect(result.code == 0, "\(result)")
    }
    let writes = place.proxy.requests.filter(\.isWrite)
    #expect(writes.isEmpty, "\(writes)")
    place.proxy.passEverything()
  }
}
