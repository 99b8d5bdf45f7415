/// What a plan reads of one resource.
package struct LiveQuery: Sendable {
  package var address: Address
  /// The section of its kind.
  package var section: String
  /// The physical name, wanted or recorded; nil for kinds that have none.
  package var name: String?
  /// The service's own id from the ledger (API id, mapping UUID); nil when there is no record.
  package var id: String?
  /// The resource as it is wanted, for kinds that are found by what they connect; nil for a resource that the
  /// file no longer has.
  package var wanted: Resource?
  package var depth: Depth
  /// The owner that the resource must name in its tags: it identifies resources without unique names.
  package var owner: Owner
  /// Ids of resources that have our tags and are not the wanted one. Only for kinds that are found by their
  /// owner.
  package var otherIDs: Set<String>
  /// What bears no tags and has no name of its own may be told by its contents alone: a run of ours began to make it and
  /// noted no id, or it is to be adopted.
  package var findsByContents = false
  /// ``LiveResource/twins`` matter: not to a question about one known thing, as a step or a check asks it.
  package var looksForTwins = false
  /// What this run knows of the resource's tags; nil when they must be read.
  package var knownTags: KnownTags?

  package init(
    address: Address, section: String, name: String?, id: String?, wanted: Resource?,
    depth: Depth, owner: Owner, otherIDs: Set<String> = [], knownTags: KnownTags? = nil
  ) {
    self.otherIDs = otherIDs
    self.knownTags = knownTags
    self.address = address
    self.section = section
    self.name = name
    self.id = id
    self.wanted = wanted
    self.depth = depth
    self.owner = owner
  }

  /// Whether the property is to be read.
  package func wants(_ property: String) -> Bool {
    switch depth {
    case .existence: false
    case .declared(let properties): properties.contains(property)
    case .everything: true
    }
  }

  /// Whether the tags, which show existence and owner, are all that has to be read.
  package var tagsSuffice: Bool {
    guard knownTags == nil else { return false }
    return switch depth {
    case .existence: true
    case .declared(let properties): properties.isSubset(of: ["tags"])
    case .everything: false
    }
  }
}

extension LiveQuery {
  /// How much of a resource is read. An answer may hold more, where a listing returns it anyway.
  package enum Depth: Sendable, Hashable {
    /// Whether the resource exists, and who owns it: all that a destruction needs.
    case existence
    /// These top-level properties, too.
    case declared(Set<String>)
    /// All properties, declared or not.
    case everything
  }
}

/// Tags, the owner's included, that a run need not read again.
package struct KnownTags: Sendable, Hashable {
  package var tags: [String: String]
  /// Where the run knows them from.
  package enum Source: Sendable, Hashable {
    /// The run created the resource with them.
    case written
    /// The run read them, and has not changed any.
    case read
  }

  package var source: Source

  package init(tags: [String: String], source: Source) {
    self.tags = tags
    self.source = source
  }
}
