/// What one property of a resource has to do with others of it, as data. `validate`, `explain`, the reference
/// page and the JSON Schema all read it, and ``RelationWords`` says it.
///
/// A relation is broken only by what is certain: a value that is known after apply may be anything.
package struct Relation: Sendable, Hashable {
  /// The sorts of relations. Makers such as ``goesWith(_:_:because:)`` are shorter to write.
  package enum Rule: Sendable, Hashable {
    /// Each of the first makes sense only when the second is true.
    case goesWith([Condition], Condition)
    /// When the first is true, all of the others must be.
    case needs(Condition, [Condition])
    /// None of the first may be true when the second is.
    case excludes([Condition], Condition)
    /// So many of them must be true; with `when`, only where that is.
    case choice([Condition], ClosedRange<Int>, when: Condition?)
    /// How many items a list, or entries a map, may have where there is one; of a path with a `*`, how many
    /// values may be set. `what` are they, as in "too many layers".
    case count(PropertyPath, ClosedRange<Int>, what: String)
    /// No two of the values, as `metrics.*.id`, are the same.
    case distinct(PropertyPath)
    /// How two numbers compare, where both are there.
    case compared(PropertyPath, Order, PropertyPath)
    /// The text is the name of an entry of the map, or one of `besides`.
    case entry(PropertyPath, of: PropertyPath, besides: [String])
  }

  /// How two numbers must compare.
  package enum Order: String, Sendable, Hashable {
    case atMost = "at most"
    case atLeast = "at least"
    case moreThan = "more than"
  }

  /// The object that the paths start in, as `["routes", "*"]`: every entry of `routes`. Empty for the resource itself.
  package let place: [String]
  package let rule: Rule
  /// The service's reason, as a whole sentence.
  package let because: String?

  package init(_ rule: Rule, in place: [String] = [], because: String? = nil) {
    self.rule = rule
    self.place = place
    self.because = because
  }

  /// Each of the subjects makes sense only if the condition holds.
  package static func goesWith(
    _ subjects: [Condition], _ condition: Condition, because: String? = nil
  ) -> Relation { Relation(.goesWith(subjects, condition), because: because) }

  /// If the subject holds, all of the others must.
  package static func needs(
    _ subject: Condition, _ needed: Condition..., because: String? = nil
  ) -> Relation { Relation(.needs(subject, needed), because: because) }

  /// The subject must not hold where the other condition does.
  package static func excludes(
    _ subject: Condition, _ other: Condition, because: String? = nil
  ) -> Relation { Relation(.excludes([subject], other), because: because) }

  /// None of the subjects may hold where the other condition does.
  package static func excludes(
    _ subjects: [Condition], _ other: Condition, because: String? = nil
  ) -> Relation { Relation(.excludes(subjects, other), because: because) }

  /// One of the conditions must hold, and no more; with `when`, only where that holds.
  package static func exactlyOne(
    of conditions: Condition..., when: Condition? = nil, because: String? = nil
  ) -> Relation { Relation(.choice(conditions, 1...1, when: when), because: because) }

  /// One of the conditions must hold, or more; with `when`, only where that holds.
  package static func atLeastOne(
    of conditions: Condition..., when: Condition? = nil, because: String? = nil
  ) -> Relation { Relation(.choice(conditions, 1 ... .max, when: when), because: because) }

  /// No two of the conditions may hold.
  package static func atMostOne(of conditions: Condition..., because: String? = nil) -> Relation {
    Relation(.choice(conditions, 0...1, when: nil), because: because)
  }

  /// How many items a list, or entries a map, may have. `what` names them in messages.
  package static func count(
    _ range: ClosedRange<Int>, of path: PropertyPath, what: String, because: String? = nil
  ) -> Relation { Relation(.count(path, range, what: what), because: because) }

  /// How many items a list, or entries a map, may have at most. `what` names them in messages.
  package static func atMost(
    _ most: Int, of path: PropertyPath, what: String, because: String? = nil
  ) -> Relation { .count(0...most, of: path, what: what, because: because) }

  /// No two values on the path may be the same.
  package static func distinct(_ path: PropertyPath, because: String? = nil) -> Relation {
    Relation(.distinct(path), because: because)
  }

  /// How two numbers must compare, where both are set.
  package static func compared(
    _ path: PropertyPath, _ order: Order, _ other: PropertyPath, because: String? = nil
  ) -> Relation { Relation(.compared(path, order, other), because: because) }

  /// The text must be the name of an entry of the map, or one of `besides`.
  package static func entry(
    _ path: PropertyPath, of map: PropertyPath, besides: [String] = [], because: String? = nil
  ) -> Relation { Relation(.entry(path, of: map, besides: besides), because: because) }

  /// The same relations below a place: `inside("routes.*", …)` is about every entry of `routes`.
  package static func inside(_ place: String, _ relations: Relation...) -> [Relation] {
    relations.map { Relation($0.rule, in: PropertyPath(place).steps + $0.place, because: $0.because) }
  }

  /// Every path that the relation reads, from its place down.
  package var paths: [PropertyPath] {
    switch rule {
    case .goesWith(let subjects, let condition), .excludes(let subjects, let condition):
      (subjects + [condition]).flatMap(\.paths)
    case .needs(let subject, let others): ([subject] + others).flatMap(\.paths)
    case .choice(let conditions, _, let when): (conditions + (when.map { [$0] } ?? [])).flatMap(\.paths)
    case .count(let path, _, _), .distinct(let path): [path]
    case .compared(let path, _, let other), .entry(let path, let other, _): [path, other]
    }
  }

  /// Whether the relation says something of the property at the path, or of a part of it.
  package func concerns(_ path: [String]) -> Bool {
    paths.contains { (($0.startsAtResource ? [] : place) + $0.steps).filter { $0 != "*" }.starts(with: path) }
  }
}
