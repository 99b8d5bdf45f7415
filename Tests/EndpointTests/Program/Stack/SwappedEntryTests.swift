import Testing

/// What one entry still is, no other entry becomes: the service takes no second one.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct SwappedEntryTests {
  private func stack(one: String, two: String) -> String {
    """
    stack: shop
    queues:
      first: {}
      second: {}
    lambdas:
      worker: { code: code, runtime: python3.12, handler: app.handler }
    eventMappings:
      one: { source: "${queues.\(one).arn}", lambda: worker }
      two: { source: "${queues.\(two).arn}", lambda: worker }
    """
  }

  @Test(arguments: TestEndpoint.available)
  func `Mappings that swap what they read are refused before anything is touched`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, stack(one: "first", two: "second")) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(stack(one: "second", two: "first"))
      place.proxy.passEverything()
      let refused = try await place.expect(1, "apply", "--auto-approve")
      #expect(refused.errors.contains("There is one already"), "\(refused)")
      #expect(refused.errors.contains("which is eventMappings.two now"), "\(refused)")
      #expect(refused.errors.contains("Keep it under that name."), "\(refused)")
      try place.write(stack(one: "first", two: "second"))
      try await place.expect(0, "plan", "--detailed-exitcode")
      try await place.expect(0, "destroy", "--auto-approve")
    }
  }
}
