/// One resource as it is wanted: decoded, validated, with everything put in that is known before apply.
package struct Resource: Sendable, Hashable, Codable {
  package var address: Address
  /// The section of its kind: the address's section for declared resources, `roles` for
  /// `lambdas.build-worker.role`.
  package var section: String
  /// The physical name; nil for kinds that have none.
  package var name: String?
  /// Declared and derived properties in their schema's shape; `tags` holds the user's tags alone.
  package var properties: [String: Value]
  /// What the file's expressions in this resource refer to.
  package var references: [Reference]
  package var dependsOn: [Address]
  package var isProtected: Bool
  /// Properties, or paths such as `environment.VERSION`, that are not compared and not changed.
  package var ignoredChanges: [String]
  /// Adopts a resource that exists and that no stack owns.
  package var adopts: Bool
  /// Why a property (or the whole resource, under the empty name) was derived, for the plan.
  package var derivations: [String: String]
  /// Paths of properties that hold a secret, by schema or because a secret variable is in them: `environment.PASSWORD`.
  package var secretPaths: Set<String>
  /// Undeclared properties that are set once, to restore the value that they had before a change from
  /// outside.
  package var restored: Set<String>?

  package init(
    _ address: Address, section: String? = nil, name: String? = nil, properties: [String: Value] = [:],
    references: [Reference] = [], dependsOn: [Address] = [], isProtected: Bool = false,
    ignoredChanges: [String] = [], adopts: Bool = false, derivations: [String: String] = [:],
    secretPaths: Set<String> = []
  ) {
    self.address = address
    self.section = section ?? address.section
    self.name = name
    self.properties = properties
    self.references = references
    self.dependsOn = dependsOn
    self.isProtected = isProtected
    self.ignoredChanges = ignoredChanges
    self.adopts = adopts
    self.derivations = derivations
    self.secretPaths = secretPaths
  }

  package var isDerived: Bool { address.part != nil }

  /// The properties that are declared or derived: what is put back once is neither.
  package var declaredNames: Set<String> { Set(properties.keys).subtracting(restored ?? []) }
  package subscript(_ property: String) -> Value? { properties[property] }

  /// Top-level properties that a secret is somewhere in.
  var secretProperties: Set<String> { Set(secretPaths.map { String($0.prefix { $0 != "." }) }) }

  /// The declared resource that the property refers to, as the lambda of an event mapping; nil when it is spelt out as text.
  package func referenced(by property: String) -> Address? {
    references.first { $0.property == property }?.address
  }
}

/// One `${section.name.attribute}` in a resource.
package struct Reference: Sendable, Hashable, Codable {
  package let address: Address
  package let attribute: String
  /// The top-level property that holds it; empty for `name` and the like.
  package let property: String
  /// The path of the value that holds it, as `notifications.0.lambda`.
  package let path: String
  /// Whether only its text is needed, and the text is known before apply. Such an edge is dropped where it
  /// would close a cycle.
  package let isSoft: Bool

  package init(_ address: Address, attribute: String, property: String, path: String, isSoft: Bool = false) {
    self.address = address
    self.attribute = attribute
    self.property = property
    self.path = path
    self.isSoft = isSoft
  }
}
