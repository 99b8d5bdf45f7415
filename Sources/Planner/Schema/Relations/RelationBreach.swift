/// One way in which a resource breaks a relation, before ``RelationWords`` says it.
struct RelationBreach {
  /// What is wrong.
  enum Fact {
    /// Something is set without what it goes with, or needs.
    case without(Condition, [Condition])
    /// Two are there that exclude each other.
    case both(Condition, Condition)
    case noneOf([Condition])
    case severalOf([Condition])
    /// So many items or entries.
    case count(Int)
    case twice(Value)
    /// A number, and the number that it is compared with.
    case compared(Int, Int)
    /// A name that no entry has, and the entries' names.
    case unknown(String, known: [String])
  }

  /// From the resource down, as ``PropertyProblem/path``.
  let path: [String]
  let fact: Fact
  /// The place of what the relation is about, if that is elsewhere.
  var cause: [String]?

  var subject: [String] { cause ?? path }
}

extension Relation.Rule {
  /// A property that breaks it should not be there.
  var forbids: Bool {
    switch self {
    case .goesWith, .excludes: true
    case .needs, .choice, .count, .distinct, .compared, .entry: false
    }
  }
}
