import Testing

/// What bears no tags is another stack's if its ledger says so.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct TaglessAdoptionTests {
  @Test(arguments: TestEndpoint.available)
  func `A subscription of another stack is not adopted`(endpoint: TestEndpoint) async throws {
    let first = """
      stack: first
      queues: { q: {} }
      topics: { t: {} }
      subscriptions:
        s: { topic: "${topics.t.arn}", protocol: sqs, endpoint: "${queues.q.arn}" }
      """
    try await Workplace.with(endpoint, first) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let account = place.account.id
      try place.write(
        """
        stack: second
        subscriptions:
          mine:
            topic: "arn:aws:sns:us-east-1:\(account):t"
            protocol: sqs
            endpoint: "arn:aws:sqs:us-east-1:\(account):q"
        """)
      let refused = try await place.expect(1, "apply", "--auto-approve")
      #expect(refused.errors.contains("which exists and is not known to this stack"), "\(refused)")
      let adopting = try await place.expect(1, "apply", "--auto-approve", "--adopt", "subscriptions.mine")
      #expect(adopting.errors.contains("subscriptions.s of the stack \"first\""), "\(adopting)")
      #expect(
        adopting.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
          "stackform move subscriptions.s --stack first --to second --as subscriptions.mine"),
        "\(adopting)")
      try place.write(first)
      try await place.expect(0, "plan", "--detailed-exitcode")
      try await place.expect(0, "destroy", "--auto-approve")
    }
  }
}
