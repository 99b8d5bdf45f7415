import Planner

/// How a property is spelt in an XML document, both ways: one declaration writes it and reads it.
indirect enum XMLForm: Sendable {
  case text
  case integer
  case boolean
  /// A boolean in two words, as S3's `Enabled` and `Suspended`.
  case words(true: String, false: String)
  /// A date, which S3 spells as a time: midnight.
  case date
  /// The element occurs once an item.
  case items(XMLForm)
  /// The value is one element deeper, as S3's `IndexDocument/Suffix`.
  case wrapped(String, XMLForm)
  case object([Member])

  /// A member of an object, and the element that holds it.
  enum Member: Sendable {
    case member(_ property: String, _ element: String, XMLForm)
    /// Members of the same object that have an element of their own.
    case group(_ element: String, [Member])
    /// What no form can say.
    case custom(
      write: @Sendable ([String: Value]) -> [XMLElement], read: @Sendable (Value) -> [String: Value])
  }

  /// The elements of that name that spell a value; none for an absent one.
  func elements(_ value: Value, named name: String) -> [XMLElement] {
    if value.isNull { return [] }
    switch self {
    case .text: return [XMLElement(name, value.string ?? value.json)]
    case .integer, .boolean: return [XMLElement(name, value.json)]
    case .words(let yes, let no): return [XMLElement(name, value == true ? yes : no)]
    case .date: return [XMLElement(name, "\(value.string ?? "")T00:00:00.000Z")]
    case .items(let form): return (value.list ?? []).flatMap { form.elements($0, named: name) }
    case .wrapped(let inner, let form): return [XMLElement(name, form.elements(value, named: inner))]
    case .object(let members): return [XMLElement(name, Self.children(members, of: value.map ?? [:]))]
    }
  }

  private static func children(_ members: [Member], of values: [String: Value]) -> [XMLElement] {
    members.flatMap { member -> [XMLElement] in
      switch member {
      case .member(let property, let element, let form):
        return values[property].map { form.elements($0, named: element) } ?? []
      case .group(let element, let members):
        let children = children(members, of: values)
        return children.isEmpty ? [] : [XMLElement(element, children)]
      case .custom(let write, _): return write(values)
      }
    }
  }

  /// What an element's content, read as a tree, spells; nil for nothing.
  func value(_ content: Value?) -> Value? {
    guard let content, !content.isNull else { return nil }
    switch self {
    case .text: return content.string == "" ? nil : content
    case .integer: return content.string.flatMap(Int.init).map(Value.integer)
    case .boolean: return content.string.map { .boolean($0 == "true") }
    case .words(let yes, _): return content.string.map { .boolean($0 == yes) }
    case .date: return content.string.map { .string(String($0.prefix(10))) }
    case .items(let form):
      let items = (content.list ?? (content.isEmpty ? [] : [content])).compactMap(form.value)
      return items.isEmpty ? nil : .list(items)
    case .wrapped(let inner, let form): return form.value(content[inner])
    case .object(let members):
      let values = Self.values(members, in: content)
      return values.isEmpty ? nil : .map(values)
    }
  }

  private static func values(_ members: [Member], in content: Value) -> [String: Value] {
    var values: [String: Value] = [:]
    for member in members {
      switch member {
      case .member(let property, let element, let form): values[property] = form.value(content[element])
      case .group(let element, let members):
        guard let inner = content[element] else { continue }
        values.merge(Self.values(members, in: inner)) { $1 }
      case .custom(_, let read): values.merge(read(content)) { $1 }
      }
    }
    return values
  }
}
