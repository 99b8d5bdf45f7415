import Foundation
import Testing

/// An endpoint like any other, but for a property that it takes and returns to nobody.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct UnreportedPropertyTests {
  private static let attribute = "VisibilityTimeout"

  private static func stack(_ timeout: Int, delay: Int = 5) -> String {
    Stacks.queues([], timeout: 0)
      + ["one", "two", "three"].map { "  \($0): { visibilityTimeout: \(timeout), delaySeconds: \(delay) }\n" }
      .joined()
  }

  /// The answer to GetQueueAttributes without the attribute.
  private static let silence: @Sendable (Data) -> Data = { body in
    guard var answer = try? JSONSerialization.jsonObject(with: body) as? [String: Any],
      var attributes = answer["Attributes"] as? [String: Any]
    else { return body }
    attributes[Self.attribute] = nil
    answer["Attributes"] = attributes
    return (try? JSONSerialization.data(withJSONObject: answer)) ?? body
  }

  @Test(arguments: TestEndpoint.available)
  func `What is never returned is said once, and then compared with what was applied last`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Self.stack(45)) { place in
      place.proxy.start { $0.operation == "GetQueueAttributes" ? .edited(Self.silence) : .pass }
      let first = try await place.expect(0, "apply", "--auto-approve")
      #expect(first.output.contains("The endpoint does not return what it was sent"), "\(first)")
      #expect(first.output.contains("queues.*.visibilityTimeout"), "\(first)")
      try await Self.expectNoChanges(place)

      try place.write(Self.stack(50))
      let plan = try await place.expect(0, "plan")
      #expect(plan.output.contains("Plan: 0 to add, 3 to change, 0 to destroy"), "\(plan)")
      let second = try await place.expect(0, "apply", "--auto-approve")
      #expect(!second.output.contains("does not return"), "\(second)")
      #expect(try await place.timeout(of: "one") == "50")
      try await Self.expectNoChanges(place)

      // What it returns is seen as ever.
      try await place.change("two", ["DelaySeconds": "9"])
      let drifted = try await place.expect(0, "plan")
      #expect(drifted.output.contains("Plan: 0 to add, 1 to change, 0 to destroy"), "\(drifted)")
      #expect(drifted.output.contains("changed outside of this stack"), "\(drifted)")
      #expect(!drifted.output.contains("visibilityTimeout ="), "\(drifted)")
      try await place.expect(0, "apply", "--auto-approve")
      try await Self.expectNoChanges(place)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Once it is returned it is compared with what is there`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.stack(45)) { place in
      place.proxy.start { $0.operation == "GetQueueAttributes" ? .edited(Self.silence) : .pass }
      try await place.expect(0, "apply", "--auto-approve")
      place.proxy.passEverything()
      try await Self.expectNoChanges(place)
      try await place.change("two", ["VisibilityTimeout": "99"])
      let drifted = try await place.expect(0, "plan")
      #expect(drifted.output.contains("Plan: 0 to add, 1 to change, 0 to destroy"), "\(drifted)")
      #expect(drifted.output.contains("99 -> 45"), "\(drifted)")
    }
  }

  private static func expectNoChanges(
    _ place: Workplace, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await place.expect(0, "plan", "--detailed-exitcode", sourceLocation: sourceLocation)
  }
}
