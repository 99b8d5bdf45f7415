/// A whole stack as it is wanted in one target: every resource, declared and derived, and the outputs.
package struct Stack: Sendable {
  package var name: String
  package var target: Target
  /// The folder of the stack file: what paths in properties are relative to.
  package var directory: String
  /// In the order of the file; a derived resource follows the one that it was derived from.
  package private(set) var resources: [Resource] = []
  package var outputs: [Output]
  /// The nodes of the file, for diagnostics about a property.
  package var places: [Address: YAMLNode]
  /// The texts of secret variables: whatever is printed or stored must not hold one of them.
  package var secretTexts: Set<String>
  /// Files of lambda code and the like, ready to be sent, by SHA-256 in hex.
  package var artifacts: [String: Artifact]
  /// The digest of the artifact that was packed for each resource.
  package var artifactDigests: [Address: String] = [:]
  /// What is worth knowing, and prevents nothing.
  package var warnings = Diagnostics()
  private var positions: [Address: Int] = [:]
  private var sections: [String: [Int]] = [:]

  package init(
    name: String, target: Target, directory: String = ".", resources: [Resource] = [],
    outputs: [Output] = [], places: [Address: YAMLNode] = [:], secretTexts: Set<String> = [],
    artifacts: [String: Artifact] = [:]
  ) {
    self.name = name
    self.target = target
    self.directory = directory
    self.outputs = outputs
    self.places = places
    self.secretTexts = secretTexts
    self.artifacts = artifacts
    replaceResources(with: resources)
  }

  /// The resource at an address. Setting an existing one changes it; setting a new one appends it.
  package subscript(_ address: Address) -> Resource? {
    get { positions[address].map { resources[$0] } }
    set {
      guard let newValue else { return }
      if let position = positions[address] {
        resources[position] = newValue
      } else {
        positions[address] = resources.count
        sections[newValue.section, default: []].append(resources.count)
        resources.append(newValue)
      }
    }
  }

  /// The place of the entry that declares a resource, or the one that it is derived from; nil if no file
  /// declares it.
  package func place(of address: Address) -> SourceSpan? { places[address.declared]?.span }

  /// The declared resources of a section.
  package func resources(in section: String) -> [Resource] { all(in: section).filter { !$0.isDerived } }

  /// The resources of a section, derived ones too.
  package func all(in section: String) -> [Resource] { (sections[section] ?? []).map { resources[$0] } }

  /// Replaces all resources; their order is the stack's.
  package mutating func replaceResources(with resources: [Resource]) {
    self.resources = resources
    positions = Dictionary(resources.enumerated().map { ($1.address, $0) }) { first, _ in first }
    sections = Dictionary(grouping: resources.indices) { resources[$0].section }
  }
}

/// One entry of `outputs`.
package struct Output: Sendable, Hashable, Codable {
  package var name: String
  package var value: Value
  package var summary: String?
  package var isSecret = false
  /// The attributes that it tells, as `queues.orders.arn`: those too whose text is known before the resource is there.
  package var references: [[String]] = []

  /// The resources that it tells of.
  var addresses: Set<Address> {
    let paths = references + value.templates.flatMap(\.references).filter { $0.count > 2 }
    return Set(paths.map { Address(path: Array($0.dropLast())) })
  }

  /// The output with what is live; `attributes` has an entry for every resource that is there. Pending where one that it
  /// tells of is not: an ARN that nothing has is not told.
  func told(by attributes: [Address: [String: Value]]) -> Output {
    var output = self
    if let missing = references.first(where: { attributes[Address(path: Array($0.dropLast()))] == nil }) {
      output.value = .pending(Template([.expression(.reference(missing))]))
    } else {
      output.value = value.replacingTemplates { $0.resolvedIfKnown { attributes[$0]?[$1] } }
    }
    return output
  }
}

/// Bytes that a resource needs and that are too large for a property: the zip of a lambda's folder.
package struct Artifact: Sendable, Hashable, Codable {
  /// SHA-256 in hex.
  package var digest: String
  package var bytes: [UInt8]

  package init(digest: String, bytes: [UInt8]) {
    self.digest = digest
    self.bytes = bytes
  }
}
