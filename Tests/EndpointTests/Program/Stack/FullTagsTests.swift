import Testing

/// Fifty tags are all that AWS takes, and the strict layer refuses the fifty-first.
@Suite(.enabled(if: !TestEndpoint.strict.isEmpty && TestEndpoint.python != nil)) struct FullTagsTests {
  // Without the layer nobody counts.
  @Test(arguments: TestEndpoint.strict)
  func `Forty-eight tags beside the owner's two are changed for others, whatever the kind`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint) { place in
      let strictly = ["AWS_ENDPOINT_URL": place.strictURL(on: endpoint)]
      for prefix in ["a", "b"] {
        let tags = (1...48).map { "\(prefix)\($0): x" }.joined(separator: ", ")
        try place.write(Stacks.wide(account: place.account.id, on: endpoint, tags: "{ \(tags) }"))
        try await place.expect(0, "apply", "--auto-approve", variables: strictly)
      }
      try await place.expect(0, "plan", "--detailed-exitcode", variables: strictly)
    }
  }
}

extension Workplace {
  /// The strict layer before the account's process of the endpoint; the process itself where there is none.
  func strictURL(on endpoint: TestEndpoint) -> String {
    zip(endpoint.urls, endpoint.strictURLs).first { $0.0 == account.endpoint }?.1 ?? account.endpoint
  }
}
