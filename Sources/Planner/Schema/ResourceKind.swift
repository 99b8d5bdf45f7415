/// The half of a resource kind that makes no request: its schema, and what follows from a declared resource.
/// The verbs live with the provider.
package protocol ResourceKind: Sendable {
  var schema: Schema { get }

  /// The attributes that are known before the resource is there, in the target. Offline (no account) ARNs are left out.
  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value]

  /// What is wrong with a resource beyond the shapes and ``Schema/relations`` of its properties: names that
  /// must match, sizes, overlaps.
  func problems(of resource: Resource) -> [PropertyProblem]

  /// What is wrong with a resource beside the others of its stack, once all is derived: quotas of what has grown by
  /// derivation, settings of two resources that the service compares.
  func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem]

  /// What is wrong with how a property of another resource names this one, as a lambda with an alias that it does not have.
  func problem(with value: Value, naming resource: Resource, at path: [String]) -> PropertyProblem?

  /// Who else makes resources of such a name, as a sentence: Lambda makes log groups. nil for most.
  func otherMaker(of name: String) -> String?

  /// What the service made for a resource, is not the stack's, and outlives it: `log group /aws/lambda/worker`. nil for most.
  func remains(of resource: Resource, in stack: Stack) -> String?

  /// The resource with the members and properties that the file omits, or only implies. It reads no files.
  func completed(_ resource: Resource) throws(PropertyProblem) -> Resource

  /// A completed resource with the files that it names packed: a lambda's folder becomes a zip, and the zip's
  /// digest a property. Paths are relative to `directory`, the stack's folder. Kinds without files use the
  /// default, which packs nothing.
  func packed(
    _ resource: Resource, directory: String, files: FileReader
  ) throws(PropertyProblem) -> PackedResource

  /// Whether a new resource has its tags from the creating call, so that one without them is never one that we made.
  func isCreatedWithTags(in target: Target) -> Bool

  /// The resources, properties, policy statements and orderings that this resource calls for.
  func derived(from resource: Resource, in stack: Stack) -> [Derived]
}

extension ResourceKind {
  package func problems(of resource: Resource) -> [PropertyProblem] { [] }
  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] { [] }
  package func problem(with value: Value, naming resource: Resource, at path: [String])
    -> PropertyProblem?
  { nil }
  package func otherMaker(of name: String) -> String? { nil }
  package func remains(of resource: Resource, in stack: Stack) -> String? { nil }
  package func isCreatedWithTags(in target: Target) -> Bool { false }

  /// Everything that is wrong with a resource beyond the shape of each property: broken relations, then the kind's own problems.
  package func allProblems(of resource: Resource) -> [PropertyProblem] {
    RelationCheck(resource: resource, schema: schema).problems() + problems(of: resource)
  }

  package func derived(from resource: Resource, in stack: Stack) -> [Derived] { [] }
  package func completed(_ resource: Resource) throws(PropertyProblem) -> Resource { resource }
  package func packed(
    _ resource: Resource, directory: String, files: FileReader
  ) throws(PropertyProblem) -> PackedResource { PackedResource(resource) }
}

/// A resource whose local files are packed.
package struct PackedResource: Sendable {
  package var resource: Resource
  package var artifacts: [Artifact]
  /// What is likely to be wrong with the files.
  package var warnings: [PropertyProblem]

  package init(_ resource: Resource, artifacts: [Artifact] = [], warnings: [PropertyProblem] = []) {
    self.resource = resource
    self.artifacts = artifacts
    self.warnings = warnings
  }
}

/// A mistake in one property of a resource.
package struct PropertyProblem: Error, Sendable, Hashable {
  /// Members and indexes from the resource down, as `["redrivePolicy", "maxReceiveCount"]`; empty for the resource itself.
  package let path: [String]
  package let summary: String
  package let detail: String
  package let fix: String?
  /// An error, unless it is only likely to be wrong.
  package let severity: Diagnostic.Severity

  package init(
    _ path: [String], _ summary: String, _ detail: String, fix: String? = nil,
    severity: Diagnostic.Severity = .error
  ) {
    self.severity = severity
    self.path = path
    self.summary = summary
    self.detail = detail
    self.fix = fix
  }
}

/// What one resource calls for beyond itself. Everything derived is shown in the plan, with its reason.
package enum Derived: Sendable {
  /// A whole resource, whose address is a part of the declared one: `lambdas.build-worker.role`.
  case resource(Resource)
  /// The value of a property that the file left open.
  case property(on: Address, name: String, value: Value, because: String)
  /// A statement that is added to a property of the shape `policy` (of a derived or a declared resource).
  /// Ignored when there is no such resource, as the derived role of a lambda that names its own.
  case statement(on: Address, property: String, statement: Value, because: String)
  /// An ordering that no reference implies.
  case dependency(of: Address, on: Address, because: String)
}

/// All kinds, by section. Order is that of the registry: alphabetical.
package struct KindRegistry: Sendable {
  package let kinds: [any ResourceKind]
  private let bySection: [String: any ResourceKind]

  package init(_ kinds: [any ResourceKind]) {
    self.kinds = kinds
    bySection = Dictionary(kinds.map { ($0.schema.section, $0) }) { first, _ in first }
  }

  /// The kind of a section, or of a derived resource's ``Resource/section``; nil when there is none.
  package subscript(_ section: String) -> (any ResourceKind)? { bySection[section] }
  package var sections: [String] { kinds.map(\.schema.section) }
}
