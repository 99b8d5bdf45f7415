/// Something that can be true of a resource's properties: the building block of a ``Relation``.
///
/// A text is a path whose property is set: `"kmsMasterKeyId"`.
package indirect enum Condition: Sendable, Hashable, ExpressibleByStringLiteral {
  /// True when the value at the path, or any of them where the path has a `*`, passes the test.
  case holds(PropertyPath, Test)
  case not(Condition)
  case all([Condition])
  case any([Condition])

  /// What is asked of one value.
  package enum Test: Sendable, Hashable {
    /// There is one, and it is not null, an empty text, an empty list or an empty map. `false` and 0 are values.
    case isSet
    case isOneOf([Value])
    case isWithin(ClosedRange<Int>)
    case endsWith(String)
    /// An ARN of one of the services, or a reference to a resource of one of the sections.
    case isARN([ARNOwner])
  }

  /// A service, recognised by its ARNs.
  package struct ARNOwner: Sendable, Hashable {
    /// As ARNs have it: `sqs`.
    package let service: String
    /// The section whose resources have such ARNs: `queues`; nil when there is none.
    package let section: String?
    /// As in "a queue as source".
    package let says: String

    package init(service: String, section: String? = nil, says: String) {
      self.service = service
      self.section = section
      self.says = says
    }
  }

  package init(stringLiteral path: String) { self = .set(path) }

  /// Something is set at the path.
  package static func set(_ path: String) -> Condition { .holds(PropertyPath(path), .isSet) }
  /// The value at the path is one of these.
  package static func value(_ path: String, _ values: Value...) -> Condition {
    .holds(PropertyPath(path), .isOneOf(values))
  }
  /// The value at the path is one of these texts.
  package static func value(_ path: String, in values: [String]) -> Condition {
    .holds(PropertyPath(path), .isOneOf(values.map(Value.string)))
  }
  /// The number at the path is in the range.
  package static func number(_ path: String, _ range: ClosedRange<Int>) -> Condition {
    .holds(PropertyPath(path), .isWithin(range))
  }
  /// The number at the path is at least so large.
  package static func number(_ path: String, _ range: PartialRangeFrom<Int>) -> Condition {
    .number(path, range.lowerBound ... .max)
  }
  /// The number at the path is at most so large.
  package static func number(_ path: String, _ range: PartialRangeThrough<Int>) -> Condition {
    .number(path, .min...range.upperBound)
  }
  /// The text at the path ends with the suffix.
  package static func text(_ path: String, endsWith suffix: String) -> Condition {
    .holds(PropertyPath(path), .endsWith(suffix))
  }
  /// The value at the path is an ARN of one of the services, or a reference to one of their resources.
  package static func arn(_ path: String, of owners: ARNOwner...) -> Condition {
    .holds(PropertyPath(path), .isARN(owners))
  }

  /// Every path that the condition reads.
  package var paths: [PropertyPath] {
    switch self {
    case .holds(let path, _): [path]
    case .not(let condition): condition.paths
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.paths)
    }
  }
}
