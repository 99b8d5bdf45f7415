/// All that there is to know about a resource kind before any request is made. One declaration drives
/// validation, defaults, diffing, replacement, masking, the reference page and the JSON Schema.
package struct Schema: Sendable, Hashable {
  /// The section of the stack file, as `queues`.
  package let section: String
  /// One of them, as `queue`.
  package let kind: String
  /// What AWS calls it: `Amazon SQS queue`.
  package let title: String
  /// One sentence for users.
  package let summary: String
  /// The rules of the physical name; nil for kinds without one (an event source mapping).
  package let naming: Naming?
  /// Deleting or replacing one loses data, so that it needs `--allow-data-loss`.
  package let holdsData: Bool
  /// The service keeps a deleted one, and its name, for a while; creating one of that name restores it.
  package let waitsForDeletion: Bool
  /// A change makes a new revision, which has an identity of its own: its users move to it, and then the old one is
  /// retired. Of such a kind all properties but tags ``Property/Change/replaces``, and the name is no identity.
  package let isRevised: Bool
  /// Takes `tags`, and has our owner tags.
  package let isTaggable: Bool
  /// The service refuses most signs in tags.
  package let hasPlainTags: Bool
  /// Properties that tell one from all others where no name does: no two entries may agree in all of them.
  package let uniqueBy: [String]
  /// Of a kind without names: properties whose change leaves room for the successor beside the old one.
  package let roomBy: Set<String>
  /// Of a kind without names: nothing keeps two that are alike apart, so that there is always room for the successor.
  package let hasRoom: Bool
  /// Properties that name what works only while this one is there, as the source of a permission: it is made before what it
  /// names changes, and deleted after.
  package let enables: Set<String>
  /// By section: properties that name one by its id. The service deletes none while they do.
  package let heldBy: [String: Set<String>]
  package let properties: [Property]
  package let attributes: [Attribute]
  /// What the properties have to do with each other.
  package let relations: [Relation]
  /// A short entry of the section, in YAML, for the reference page and `explain`. Valid by test.
  package let example: String

  package init(
    section: String, kind: String, title: String, summary: String, naming: Naming?, holdsData: Bool = false,
    waitsForDeletion: Bool = false, isRevised: Bool = false, isTaggable: Bool = true,
    hasPlainTags: Bool = false, uniqueBy: [String] = [],
    roomBy: Set<String> = [], hasRoom: Bool = false, enables: Set<String> = [],
    heldBy: [String: Set<String>] = [:],
    properties: [Property], attributes: [Attribute], relations: [Relation] = [], example: String
  ) {
    self.heldBy = heldBy
    self.section = section
    self.kind = kind
    self.title = title
    self.summary = summary
    self.naming = naming
    self.holdsData = holdsData
    self.waitsForDeletion = waitsForDeletion
    self.isRevised = isRevised
    self.isTaggable = isTaggable
    self.hasPlainTags = hasPlainTags
    self.uniqueBy = uniqueBy
    self.roomBy = roomBy
    self.hasRoom = hasRoom
    self.enables = enables
    self.attributes = attributes
    self.relations = relations
    self.example = example
    self.properties = isTaggable ? properties + [Property.tags] : properties
  }

  /// The property of that name; nil when the kind has none.
  package func property(_ name: String) -> Property? { properties.first { $0.name == name } }
  /// The attribute of that name; nil when the kind has none.
  package func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }

  /// What distinguishes one resource from all others of its kind: the values of ``Naming/within`` and the
  /// name, as `group|name`. For kinds whose names are not unique it is the name.
  ///
  /// - Returns: nil for a resource without a name, and while a value that it is unique within is known only after apply.
  package func identity(of resource: Resource) -> String? {
    guard let naming, naming.isIdentity, let name = resource.name else { return resource.name }
    var parts: [String] = []
    for property in naming.within {
      guard let text = (resource[property] ?? self.property(property)?.defaultValue)?.string else {
        return nil
      }
      parts.append(text)
    }
    return (parts + [name]).joined(separator: Self.identitySeparator)
  }

  /// Separates the parts of an identity. No service that has such identities accepts it in a part.
  package static let identitySeparator = "|"

  /// The parts of an identity: the values that the name is unique within, and the name. Where a name is unique by
  /// itself it is the only part, whatever stands in it.
  package func parts(ofIdentity identity: String) -> [String] {
    guard let naming, naming.isIdentity, !naming.within.isEmpty else { return [identity] }
    return identity.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
  }

  /// Whether the identity is not known yet, so that the resource can't be read.
  func hidesIdentity(of resource: Resource) -> Bool {
    naming == nil || (naming?.within.isEmpty == false && identity(of: resource) == nil)
  }
}

/// How a resource gets its physical name, and what the name must look like.
package struct Naming: Sendable, Hashable {
  package let rule: TextRule
  /// Whether two resources can't have the same name, so that the name is the identity (an API's name is not
  /// unique: it has an id).
  package let isIdentity: Bool
  /// Whether the service refuses a second one of the name (within ``within``): the old one goes before a
  /// successor of that name is made.
  package let isUnique: Bool
  /// What another name does where it is no identity: most resources are renamed in place, a layer is replaced.
  package let change: Property.Change
  /// Properties that the name is unique within, as a schedule's `groupName`: together they are the identity.
  package let within: [String]
  /// Names that differ in the case of letters alone are one.
  package let ignoresCase: Bool
  /// Default names end with `suffix` when the boolean property of that name is true, as `.fifo` for FIFO queues and topics.
  package let suffix: (property: String, suffix: String)?

  package init(
    _ rule: TextRule, isIdentity: Bool = true, isUnique: Bool = false, change: Property.Change = .inPlace,
    within: [String] = [], ignoresCase: Bool = false, suffix: (property: String, suffix: String)? = nil
  ) {
    self.ignoresCase = ignoresCase
    self.within = within
    self.rule = rule
    self.isIdentity = isIdentity
    self.isUnique = isIdentity || isUnique
    self.change = change
    self.suffix = suffix
  }

  /// What must differ in two names that are not one.
  func key(_ name: String) -> String { ignoresCase ? name.lowercased() : name }

  package static func == (left: Naming, right: Naming) -> Bool {
    left.rule == right.rule && left.isIdentity == right.isIdentity && left.change == right.change
      && left.within == right.within && left.ignoresCase == right.ignoresCase
      && left.isUnique == right.isUnique
      && left.suffix?.property == right.suffix?.property && left.suffix?.suffix == right.suffix?.suffix
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(rule) }
}

/// One property of a kind, or one member of an object.
package struct Property: Sendable, Hashable {
  /// What a change of it does.
  package enum Change: String, Sendable, Hashable, Codable {
    case inPlace
    case replaces
  }

  /// What a reference in this property needs of the other resource.
  package enum Need: String, Sendable, Hashable {
    /// It must exist first: the service checks.
    case existence
    /// Only the text, which is often known before: an environment variable, an ARN in a policy. Such a
    /// reference never makes a cycle.
    case value
  }

  package let name: String
  package let shape: Shape
  package let summary: String
  package let isRequired: Bool
  /// The service's own default: what absence means, and what a reset writes. nil: absent, or the service decides.
  package let defaultValue: Value?
  package let change: Change
  package let need: Need
  /// Masked wherever it is shown, never stored.
  package let isSecret: Bool
  /// The service never returns it, so it is compared by the ledger's fingerprint.
  package let isWriteOnly: Bool
  /// Set by Stackform alone; an error in a file.
  package let isDerived: Bool
  /// The section of the resource that this one lives inside, and that this property refers to: this one is replaced
  /// and deleted with it. nil: the property binds to nothing.
  package let boundTo: String?
  package var isBound: Bool { boundTo != nil }
  /// The section of the resources that this property names, be it by their names: `lambdas` of an event mapping's lambda.
  package let names: String?
  /// A switch that the service never turns off again: true is set in place, false needs a new resource. Of a choice only the
  /// way back to the default does; of a map, whose entries are added in place, what goes or changes.
  package let staysOn: Bool
  /// It lets others in, as a policy, or the aliases of a lambda: what is taken out of it goes in a step of its own, after all
  /// that used the resource was changed. So it is with each policy.
  package let withdrawsLast: Bool
  /// Of a member of an object within a resource: the service can't change it. That object alone is deleted and made anew, as
  /// an index of a table.
  package let rebuilds: Bool
  /// What is read of it depends on what the file says: its spelling, its order, or how much of it is looked at. So where the file
  /// says something new, it can't be proven that somebody else changed it, too.
  package let isReadAsWanted: Bool
  /// Read by Stackform alone, to derive other things from it, as `grants`: never compared with the live resource, never sent.
  package let isLocal: Bool
  /// It says how the resource is deleted, as a secret's recovery window. Such a property is local, and the
  /// ledger keeps its value, so that it is known when the file no longer is. Never a secret.
  package let isForDeletion: Bool

  package init(
    _ name: String, _ shape: Shape, required: Bool = false, default defaultValue: Value? = nil,
    change: Change = .inPlace, need: Need = .existence, secret: Bool = false, writeOnly: Bool = false,
    derived: Bool = false, boundTo: String? = nil, names: String? = nil, local: Bool = false,
    staysOn: Bool = false, onDeletion: Bool = false, withdrawsLast: Bool = false, rebuilds: Bool = false,
    readAsWanted: Bool = false, _ summary: String
  ) {
    isReadAsWanted = readAsWanted
    self.rebuilds = rebuilds
    self.withdrawsLast = withdrawsLast || shape.isPolicy
    self.isForDeletion = onDeletion
    self.name = name
    self.shape = shape
    self.summary = summary
    self.isRequired = required
    self.defaultValue = defaultValue
    self.change = change
    self.need = need
    self.isSecret = secret
    self.isWriteOnly = writeOnly
    self.isDerived = derived
    self.boundTo = boundTo
    self.names = names ?? boundTo
    self.isLocal = local || onDeletion
    self.staysOn = staysOn
  }

  /// What every taggable kind has.
  package static let tags = Property(
    "tags", .map(.string(TextRule(length: 0...256))), need: .value,
    "Tags, by name. Names that begin with `aws:` or `stackform:` are reserved.")
}

/// What other resources and outputs may refer to as `${section.name.attribute}`.
package struct Attribute: Sendable, Hashable {
  package let name: String
  package let summary: String
  /// Known before creation: the kind computes it from account, region and name. Otherwise the service gives
  /// it.
  package let isKnownEarly: Bool
  /// It follows from the name alone where none of these properties is declared, so that other names may hold it; nil where it
  /// does not.
  package let followsNameWithout: Set<String>?
  /// The properties whose in-place update changes the attribute's value, as a table's `stream` changes its
  /// stream ARN.
  package let changesWith: [String]
  /// What refers to it is a secret, as if it were a secret variable: masked wherever it is shown, and never stored.
  package let isSecret: Bool

  package init(
    _ name: String, early: Bool, changesWith: [String] = [], followsNameWithout: Set<String>? = nil,
    secret: Bool = false, _ summary: String
  ) {
    isSecret = secret
    self.followsNameWithout = name == "name" ? [] : followsNameWithout
    self.changesWith = changesWith
    self.name = name
    self.summary = summary
    self.isKnownEarly = early
  }
}
