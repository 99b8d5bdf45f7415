/// A typed tree: what a property holds in the stack file, on the wire and in the live cloud.
///
/// JSON's six shapes, and one more: ``pending(_:)``, an expression whose answer is known only while the plan is applied.
package enum Value: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([Value])
  case map([String: Value])
  /// Known after apply: it refers to an attribute that the service gives when it creates the other resource.
  case pending(Template)
}

extension Value {
  /// The text of a string; nil for every other shape.
  package var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The whole number of an integer, or of a number without a fraction.
  package var integer: Int? {
    switch self {
    case .integer(let number): number
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }
  package var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
  package var boolean: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
  package var list: [Value]? { if case .list(let items) = self { items } else { nil } }
  package var map: [String: Value]? { if case .map(let entries) = self { entries } else { nil } }
  package var isNull: Bool { self == .null }

  /// A scalar as text, as it would be written in YAML; nil for null, lists, maps and what is pending.
  package var scalarText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
    case .boolean(let flag): flag ? "true" : "false"
    case .null, .list, .map, .pending: nil
    }
  }

  /// The member of a map; nil when this is not a map or has no such member. JSON null counts as a member.
  package subscript(_ key: String) -> Value? { map?[key] }
  /// The item of a list; nil when this is not a list or is shorter.
  package subscript(_ index: Int) -> Value? {
    guard let list, list.indices.contains(index) else { return nil }
    return list[index]
  }

  /// Whether any part of the tree is known only after apply.
  package var isPending: Bool {
    switch self {
    case .pending: true
    case .list(let items): items.contains(where: \.isPending)
    case .map(let entries): entries.values.contains(where: \.isPending)
    case .null, .boolean, .integer, .number, .string: false
    }
  }

  /// Null, or an empty text, list or map. Endpoints give any of these for an optional property that was never
  /// set.
  package var isEmpty: Bool {
    switch self {
    case .null: true
    case .string(let text): text.isEmpty
    case .list(let items): items.isEmpty
    case .map(let entries): entries.isEmpty
    case .boolean, .integer, .number, .pending: false
    }
  }

  /// Without its nulls. Kinds put a null where "not there" must be compared.
  package var withoutNulls: Value {
    // Most have none, and a copy of the whole tree costs.
    guard holdsNull else { return self }
    return switch self {
    case .map(let members): .map(members.filter { !$0.value.isNull }.mapValues(\.withoutNulls))
    case .list(let items): .list(items.map(\.withoutNulls))
    case .null, .boolean, .integer, .number, .string, .pending: self
    }
  }

  private var holdsNull: Bool {
    switch self {
    case .map(let members): members.values.contains { $0.isNull || $0.holdsNull }
    case .list(let items): items.contains(where: \.holdsNull)
    case .null, .boolean, .integer, .number, .string, .pending: false
    }
  }

  /// Every template in the tree, in reading order (map members sorted by name).
  package var templates: [Template] {
    switch self {
    case .pending(let template): [template]
    case .list(let items): items.flatMap(\.templates)
    case .map(let entries): entries.sorted { $0.key < $1.key }.flatMap(\.value.templates)
    case .null, .boolean, .integer, .number, .string: []
    }
  }

  /// The same tree with every template replaced by what `resolve` makes of it.
  package func replacingTemplates<Failure>(
    _ resolve: (Template) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    switch self {
    case .pending(let template): return try resolve(template)
    case .list(let items):
      var replaced: [Value] = []
      for item in items { replaced.append(try item.replacingTemplates(resolve)) }
      return .list(replaced)
    case .map(let entries):
      var replaced: [String: Value] = [:]
      for (key, value) in entries { replaced[key] = try value.replacingTemplates(resolve) }
      return .map(replaced)
    case .null, .boolean, .integer, .number, .string: return self
    }
  }
}

/// There is no nil literal: it would make a null of the `nil` in `condition ? nil : value`.
extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral elements: Value...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, Value)...) {
    self = .map(Dictionary(elements) { _, last in last })
  }
}

extension Value {
  /// Whether one of these texts occurs anywhere.
  func mentions(_ texts: Set<String>) -> Bool {
    switch self {
    case .null, .boolean, .pending: false
    case .integer, .number, .string: scalarText.map { text in texts.contains { text.contains($0) } } ?? false
    case .list(let items): items.contains { $0.mentions(texts) }
    case .map(let members): members.contains { $1.mentions(texts) || texts.contains($0) }
    }
  }
}
