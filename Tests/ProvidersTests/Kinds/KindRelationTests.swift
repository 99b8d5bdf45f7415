import Planner
import Testing

@testable import Providers

/// What holds of every relation of every kind: walked, so that a new one is checked by being there.
@Suite struct KindRelationTests {
  struct Declared: Sendable, CustomTestStringConvertible {
    let schema: Schema
    let relation: Relation

    var words: RelationWords { RelationWords(schema: schema, relation: relation) }
    var testDescription: String { "\(schema.section) \(words.place): \(words.sentence)" }
  }

  static let all = AWSKinds.registry.kinds.flatMap { kind in
    kind.schema.relations.map { Declared(schema: kind.schema, relation: $0) }
  }

  @Test(arguments: all)
  func `names properties that there are, with a star for what there are many of`(_ declared: Declared) {
    let (schema, relation) = (declared.schema, declared.relation)
    #expect(isPath(relation.place, in: schema), "\(relation.place)")
    for path in relation.paths {
      let steps = (path.startsAtResource ? [] : relation.place) + path.steps
      #expect(isPath(steps, in: schema), "\(steps.joined(separator: "."))")
    }
  }

  /// Whether every step is a member of an object, and every star in a list or map.
  private func isPath(_ path: [String], in schema: Schema) -> Bool {
    var shape = Shape.object(schema.properties)
    for (position, step) in path.enumerated() {
      if case .either(let shapes) = shape, let object = shapes.first(where: { !$0.members.isEmpty }) {
        shape = object
      }
      switch shape {
      case .list(let item), .set(let item), .map(let item):
        guard step == "*" else { return false }
        shape = item
      case .object(let members):
        guard let member = members.first(where: { $0.name == step }), !member.isDerived || position > 0 else {
          return false
        }
        shape = member.shape
      default: return false
      }
    }
    return true
  }

  @Test(arguments: all)
  func `compares choices with words that they have`(_ declared: Declared) {
    let (schema, relation) = (declared.schema, declared.relation)
    for (path, values) in relation.rule.conditions.flatMap(\.values) {
      guard case .choice(let words) = schema.property(at: path, in: relation.place)?.shape else { continue }
      #expect(values.allSatisfy { words.contains($0.string ?? "") }, "\(path): \(values)")
    }
  }

  /// `Tests/Corpus/bad-relations.txt` has a stack for each.
  @Test(arguments: all)
  func `is broken by a stack of the corpus`(_ declared: Declared) throws {
    let kind = try #require(AWSKinds.registry[declared.schema.section])
    let registry = KindRegistry(
      AWSKinds.registry.kinds.map {
        $0.schema.section == declared.schema.section
          ? Narrowed(kind: kind, relations: [declared.relation]) : $0
      })
    let stacks = BadKindStackTests.relations.filter { $0.name.hasPrefix("\(declared.schema.section): ") }
    #expect(
      stacks.contains { !StackChecking.diagnostics("stack: shop\n\($0.stack)", registry: registry).isEmpty })
  }

  /// A kind of which nothing but these relations is checked.
  private struct Narrowed: ResourceKind {
    let kind: any ResourceKind
    let schema: Schema

    init(kind: any ResourceKind, relations: [Relation]) {
      let whole = kind.schema
      self.kind = kind
      schema = Schema(
        section: whole.section, kind: whole.kind, title: whole.title, summary: whole.summary,
        naming: whole.naming, isTaggable: false, properties: whole.properties, attributes: whole.attributes,
        relations: relations, example: whole.example)
    }

    func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
      kind.earlyAttributes(of: resource, in: target)
    }
  }
}

extension Relation.Rule {
  fileprivate var conditions: [Condition] {
    switch self {
    case .goesWith(let subjects, let other), .excludes(let subjects, let other): subjects + [other]
    case .needs(let subject, let needed): [subject] + needed
    case .choice(let conditions, _, let when): conditions + (when.map { [$0] } ?? [])
    case .count, .distinct, .compared, .entry: []
    }
  }
}

extension Condition {
  /// The values that properties are compared with.
  fileprivate var values: [(PropertyPath, [Value])] {
    switch self {
    case .holds(let path, .isOneOf(let values)): [(path, values)]
    case .holds: []
    case .not(let condition): condition.values
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.values)
    }
  }
}
