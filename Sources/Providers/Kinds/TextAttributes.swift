import Planner

/// Properties that a service keeps as texts under names of its own, as SQS and SNS do. The wire's name is the
/// property's with a capital, and how a value is spelt follows from its shape: JSON for documents, policies
/// and objects, else the plain text.
struct TextAttributes: Sendable {
  private let properties: [Property]

  /// All properties but `tags` and the named ones.
  init(_ properties: [Property], except others: Set<String> = []) {
    self.properties = properties.filter { $0.name != "tags" && !others.contains($0.name) }
  }

  /// What is sent for those of the given values that are `among` the named properties. Null is the empty
  /// text, which takes an attribute out.
  func texts(of values: [String: Value], among names: Set<String>) -> [String: Value] {
    var texts: [String: Value] = [:]
    for property in properties where names.contains(property.name) {
      guard let value = values[property.name] else { continue }
      texts[property.wireName] = .string(property.text(of: value))
    }
    return texts
  }

  /// The properties in a service's answer. Empty ones are absent.
  func values(in texts: Value?) -> [String: Value] {
    var values: [String: Value] = [:]
    for property in properties {
      guard let text = texts?[property.wireName]?.string else { continue }
      let value = property.value(of: text)
      if !value.isEmpty { values[property.name] = value }
    }
    return values
  }
}

extension WritingClient {
  /// Sets texts by a call each, in this order. Null is an attribute without a value.
  func write(
    _ operation: Operation<Writes>, each texts: [(key: String, value: Value)], of reference: [String: Value]
  ) async throws(ProviderError) {
    for (name, text) in texts {
      let attribute: [String: Value] = ["AttributeName": .string(name), "AttributeValue": text]
      try await write(operation, reference.merging(attribute) { $1 })
    }
  }
}

extension Property {
  /// The name with a capital: `DelaySeconds`.
  var wireName: String { name.prefix(1).uppercased() + name.dropFirst() }

  private var isJSON: Bool {
    switch shape {
    case .document, .policy, .object, .map, .list, .set: true
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .either: false
    }
  }

  fileprivate func text(of value: Value) -> String {
    switch value {
    case .null, .pending: ""
    case .string(let text): text
    case .boolean, .integer, .number, .list, .map: value.json
    }
  }

  /// The value that a text of the wire spells, in this property's shape.
  func value(of text: String) -> Value {
    if isJSON { return Value(json: text) ?? .string(text) }
    switch shape {
    case .boolean: return text == "true" ? true : text == "false" ? false : .string(text)
    case .integer, .integerChoice: return Int(text).map(Value.integer) ?? .string(text)
    case .number: return Double(text).map(Value.number) ?? .string(text)
    default: return .string(text)
    }
  }
}
