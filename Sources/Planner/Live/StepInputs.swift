/// What a creating step needs to know.
package struct Creation: Sendable {
  /// Every pending value is resolved.
  package var resource: Resource
  package var owner: Owner
  /// The bytes of the artifacts that the resource names, by digest.
  package var artifacts: [String: Artifact] = [:]
  /// A token by which a service knows the same creation again, as a UUID. Of the same intent and the same
  /// properties it is the same in every process.
  package var token = ""

  /// The user's tags and the owner's.
  package var tags: [String: String] {
    (resource.properties["tags"]?.map ?? [:]).compactMapValues(\.string).merging(owner.tags) { _, ours in ours
    }
  }
}

/// What a creating step returns.
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
  /// The owner tags come off: the resource is the owner's no more.
  package var isGivenUp = false

  /// An update that makes the properties `changed` of `live` what `resource` says.
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

  /// All tags that the resource must have: the user's and the owner's. Without declared tags the live ones
  /// stay.
  package var tags: [String: String] {
    let wanted = (resource.properties["tags"] ?? live.properties["tags"])?.map ?? [:]
    return wanted.compactMapValues(\.string).merging(isGivenUp ? [:] : owner.tags) { _, ours in ours }
  }

  /// Those of ``tags`` that the resource does not have yet, or has with another value.
  package var tagsToAdd: [String: String] {
    let live = (live.properties["tags"]?.map ?? [:]).compactMapValues(\.string)
      .merging(live.owner?.tags ?? [:]) { _, ours in ours }
    return tags.filter { live[$0.key] != $0.value }
  }

  /// The names of tags that the resource has and must not have.
  package var tagsToRemove: [String] {
    let live = Set((live.properties["tags"]?.map ?? [:]).keys).union(live.owner.map(\.tags.keys) ?? [:].keys)
    return live.filter { tags[$0] == nil }.sorted()
  }
}

/// What a deleting step needs to know.
package struct Deletion: Sendable {
  package var address: Address
  package var section: String
  package var live: LiveResource
  /// What the file says, or said last, of how it is to be deleted: the values of properties that are for deletion.
  package var instructions: [String: Value] = [:]
  /// The stack that deletes it; nil where that does not matter.
  package var stack: String?
}
