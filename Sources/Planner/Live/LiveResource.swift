/// One resource as it is in the cloud, in the terms of its kind's schema.
package struct LiveResource: Sendable, Hashable, Codable {
  /// The identity in the service: the name where that is unique, else the service's id.
  package var id: String
  /// Properties in the schema's names and shapes. Absent means: not set there.
  package var properties: [String: Value]
  /// Every attribute of the schema.
  package var attributes: [String: Value]
  /// The owner that the owner tags name; nil when there are none.
  package var owner: Owner?
  /// On its way out (a mapping in `Deleting`, a table in `DELETING`): a new one must wait for its end.
  package var isDeleting: Bool
  /// Unreported properties: this endpoint accepts them and never returns them, as the kind knows or the ledger
  /// has learnt. They are compared with what was applied last.
  package var untold: Set<String>
  /// The property by which the service itself refuses to delete it, as a table's `deletionProtection`; nil when none does.
  package var deletionBar: String?
  /// What has the name that this one is to get; nil when nothing has.
  package var rival: Rival?
  /// Others with the same owner tags: made by a creation that was delivered twice, or by two runs at once. They are ours,
  /// and nothing else knows them.
  package var twins: [LiveResource] = []

  /// Another resource that has a wanted name.
  package struct Rival: Sendable, Hashable, Codable {
    package var id: String
    /// The owner that its tags name; nil when there are none.
    package var owner: Owner?

    package init(id: String, owner: Owner?) {
      self.id = id
      self.owner = owner
    }
  }

  /// It and its twins, each once.
  var all: [LiveResource] { [self] + twins.filter { $0.id != id } }

  package init(
    id: String, properties: [String: Value], attributes: [String: Value], owner: Owner?,
    isDeleting: Bool = false, untold: Set<String> = [], deletionBar: String? = nil
  ) {
    self.untold = untold
    self.deletionBar = deletionBar
    self.id = id
    self.properties = properties
    self.attributes = attributes
    self.owner = owner
    self.isDeleting = isDeleting
  }
}
