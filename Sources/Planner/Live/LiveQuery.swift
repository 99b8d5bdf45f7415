/// What a plan wants to know of one resource.
package struct LiveQuery: Sendable {
  package var address: Address
  /// The section whose kind it is of.
  package var section: String
  /// The physical name, wanted or recorded; nil for kinds that have none.
  package var name: String?
  /// The service's own id from the ledger (API id, mapping UUID); nil when there is no record.
  package var id: String?
  /// The resource as it is wanted, for kinds that are found by what they connect; nil for what the file no longer has.
  package var wanted: Resource?
  /// The top-level properties to read; nil for all. What a listing gives anyway may be told beyond it.
  package var properties: Set<String>?
  /// Who we are: how resources without unique names are told apart.
  package var owner: Owner
  /// Ids of resources that bear our tags and are not the one that is looked for. Only for kinds that are found by their owner.
  package var otherIDs: Set<String>
  /// What this run knows of the resource's tags; nil when they must be read.
  package var knownTags: KnownTags?

  package init(
    address: Address, section: String, name: String?, id: String?, wanted: Resource?,
    properties: Set<String>?, owner: Owner, otherIDs: Set<String> = [], knownTags: KnownTags? = nil
  ) {
    self.otherIDs = otherIDs
    self.knownTags = knownTags
    self.address = address
    self.section = section
    self.name = name
    self.id = id
    self.wanted = wanted
    self.properties = properties
    self.owner = owner
  }

  /// Whether the property is asked for.
  package func wants(_ property: String) -> Bool { properties?.contains(property) ?? true }

  /// Whether reading the tags, which tells existence and owner, tells all that is asked for.
  package var tagsSuffice: Bool {
    guard let properties, knownTags == nil else { return false }
    return properties.isSubset(of: ["tags"])
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

  package init(_ tags: [String: String], _ source: Source) {
    self.tags = tags
    self.source = source
  }
}
