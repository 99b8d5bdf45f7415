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
  /// This run gave them to a resource that it created. Else it read them, and changed none.
  package var isWritten: Bool

  package init(_ tags: [String: String], isWritten: Bool) {
    self.tags = tags
    self.isWritten = isWritten
  }
}

/// One resource as it is in the cloud, in the terms of its kind's schema.
package struct LiveResource: Sendable, Hashable, Codable {
  /// The identity in the service: the name where that is unique, else the service's id.
  package var id: String
  /// Properties in the schema's names and shapes. Absent means: not set there.
  package var properties: [String: Value]
  /// Every attribute of the schema.
  package var attributes: [String: Value]
  /// Whom the owner tags name; nil when there are none.
  package var owner: Owner?
  /// On its way out (a mapping in `Deleting`, a table in `DELETING`): a new one must wait for its end.
  package var isDeleting: Bool
  /// Properties that this endpoint takes and never tells, by a defect of its own: compared by what was applied last.
  package var untold: Set<String>
  /// The property by which the service itself refuses to delete it, as a table's `deletionProtection`; nil when none does.
  package var deletionBar: String?

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

/// Whose a resource is: what the owner tags say.
package struct Owner: Sendable, Hashable, Codable {
  package var stack: String
  package var address: Address

  package init(stack: String, address: Address) {
    self.stack = stack
    self.address = address
  }

  package static let stackTag = "stackform:stack"
  package static let addressTag = "stackform:address"

  /// The tags that say so.
  package var tags: [String: String] { [Self.stackTag: stack, Self.addressTag: address.description] }

  /// Reads the owner out of a resource's tags; nil when it has none of ours.
  package init?(tags: [String: String]) {
    guard let stack = tags[Self.stackTag], let address = tags[Self.addressTag].flatMap(Address.init) else {
      return nil
    }
    self.init(stack: stack, address: address)
  }
}

/// Reads live resources. The only part of a provider that a plan has.
package protocol LiveReader: Sendable {
  /// One answer a query, whatever happens: what is there, nil for nothing, or why it can't be told.
  func read(_ queries: [LiveQuery]) async -> [Address: Result<LiveResource?, ProviderError>]
}

/// Makes, changes and deletes live resources.
package protocol LiveWriter: Sendable {
  /// Makes one, with its owner's tags. Every value is resolved.
  func create(_ creation: Creation) async throws(ProviderError) -> Created
  /// Changes one in place; returns its attributes as they are afterwards.
  func update(_ update: Update) async throws(ProviderError) -> [String: Value]
  /// Deletes one; "not there" is success. Owner tags are taken off first where they would outlive it.
  func delete(_ deletion: Deletion) async throws(ProviderError)
}

/// What a creating step needs to know.
package struct Creation: Sendable {
  /// Every pending value is resolved.
  package var resource: Resource
  package var owner: Owner
  /// The bytes of the artifacts that the resource names, by digest.
  package var artifacts: [String: Artifact]

  package init(resource: Resource, owner: Owner, artifacts: [String: Artifact] = [:]) {
    self.resource = resource
    self.owner = owner
    self.artifacts = artifacts
  }

  /// The user's tags and the owner's.
  package var tags: [String: String] {
    (resource.properties["tags"]?.map ?? [:]).compactMapValues(\.string).merging(owner.tags) { _, ours in ours
    }
  }
}

package struct Created: Sendable {
  /// The identity, as ``LiveResource/id``.
  package var id: String
  /// Every attribute of the schema.
  package var attributes: [String: Value]

  package init(id: String, attributes: [String: Value]) {
    self.id = id
    self.attributes = attributes
  }
}

/// What an updating step needs to know.
package struct Update: Sendable {
  package var live: LiveResource
  /// As it is wanted, every pending value resolved, and every property that is reset set to its default (or null).
  package var resource: Resource
  package var owner: Owner
  /// The top-level properties that differ. `tags` is among them when tags, the owner's included, differ.
  package var changed: Set<String>
  package var artifacts: [String: Artifact]

  package init(
    live: LiveResource, resource: Resource, owner: Owner, changed: Set<String>,
    artifacts: [String: Artifact] = [:]
  ) {
    self.live = live
    self.resource = resource
    self.owner = owner
    self.changed = changed
    self.artifacts = artifacts
  }

  /// Whether any of these properties differs.
  package func changes(_ properties: String...) -> Bool { !changed.isDisjoint(with: properties) }

  /// All tags that the resource must bear: the user's and the owner's. Without declared tags the live ones stay.
  package var tags: [String: String] {
    let wanted = resource.properties["tags"] ?? live.properties["tags"] ?? .null
    return (wanted.map ?? [:]).compactMapValues(\.string).merging(owner.tags) { _, ours in ours }
  }

  /// Those of ``tags`` that the resource does not bear yet, or with another value.
  package var tagsToAdd: [String: String] {
    let live = (live.properties["tags"]?.map ?? [:]).compactMapValues(\.string)
      .merging(live.owner?.tags ?? [:]) { _, ours in ours }
    return tags.filter { live[$0.key] != $0.value }
  }

  /// The names of tags that the resource bears and must not.
  package var tagsToRemove: [String] {
    (live.properties["tags"]?.map ?? [:]).keys.filter { tags[$0] == nil }.sorted()
  }
}

/// What a deleting step needs to know.
package struct Deletion: Sendable {
  package var address: Address
  package var section: String
  package var live: LiveResource

  package init(address: Address, section: String, live: LiveResource) {
    self.address = address
    self.section = section
    self.live = live
  }
}
