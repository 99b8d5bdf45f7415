import Foundation
import Planner
import Testing

/// A plan for an empty account.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct OfflineTests {
  @Test(arguments: TestEndpoint.available)
  func `An offline plan asks nobody, and tells what the first plan against an empty account tells`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      let online = try await place.expect(0, "plan", "--json")
      place.proxy.start { _ in .answer(Answers.denied) }
      // Without an account of its own the offline plan is of the one that emulators begin with.
      let offline = try await place.expect(2, "plan", "--offline", "--json", "--detailed-exitcode")
      #expect(place.proxy.requests.isEmpty)
      let told = offline.output.replacing("000000000000", with: place.account.id)
      #expect(Self.actions(told) == Self.actions(online.output))
      #expect(!Self.actions(told).isEmpty)
    }
  }

  @Test(arguments: [["--destroy"], ["--out", "shop.plan"]])
  func `An offline plan takes nothing away and can't be applied`(options: [String]) async throws {
    let endpoint = try #require(TestEndpoint.available.first)
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      let refused = try await place.run(["plan", "--offline"] + options)
      #expect(refused.code == 1)
      #expect(refused.errors.contains("don't go together"), "\(refused)")
    }
  }

  /// The lines of a plan that tell what happens to which resource.
  private static func actions(_ json: String) -> [Substring] {
    json.split(separator: "\n").filter {
      $0.contains("\"planned_change\"") || $0.contains("\"change_summary\"")
    }
    .map { line in line[(line.range(of: "\"change\"")?.lowerBound ?? line.startIndex)...] }
  }
}
