/// What must be found of a resource after a step: that it is there, or that it is gone.
package struct ExpectedExistence: Sendable {
  /// Asks for existence and no more; its tags count as known, so that no request is spent on them.
  package var query: LiveQuery
  /// The identity in the service, as ``LiveResource/id``.
  package var id: String
  package var isThere: Bool

  package init(_ query: LiveQuery, id: String, isThere: Bool) {
    self.query = query
    self.id = id
    self.isThere = isThere
  }

  /// Whether it is as expected. What is on its way out counts as gone. Another one that the query finds, by its owner
  /// tags, is not the one that was deleted.
  package func isMet(by live: LiveResource?) -> Bool {
    guard let live, !live.isDeleting else { return !isThere }
    return isThere || live.id != id
  }
}

extension LiveReader {
  /// Whether each is met, in the order of the expectations; or why that can't be told. One read each, side by side.
  package func verdicts(on expectations: [ExpectedExistence]) async -> [Result<Bool, ProviderError>] {
    // One address may have several, which the answers could not tell apart: whose it is stands in the owner.
    let queries = expectations.enumerated().map { position, expectation in
      var query = expectation.query
      query.address = Address(query.section, "expected-\(position)")
      return query
    }
    let answers = await read(queries)
    return zip(expectations, queries).map { expectation, query in
      (answers[query.address] ?? .success(nil)).map(expectation.isMet)
    }
  }
}
