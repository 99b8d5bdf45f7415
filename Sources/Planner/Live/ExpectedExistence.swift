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
