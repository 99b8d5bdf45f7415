/// Where a property is, from the place of a relation down: `redrivePermission`, `code.imageUri`, `transitions.*.storageClass`.
///
/// `*` stands for every item of a list and every entry of a map. A path that begins with a slash starts at the resource itself.
package struct PropertyPath: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let steps: [String]
  package let startsAtResource: Bool

  package init(_ text: String) {
    startsAtResource = text.hasPrefix("/")
    steps = text.drop { $0 == "/" }.split(separator: ".").map(String.init)
  }

  package init(stringLiteral text: String) { self.init(text) }

  /// As users write it to `stackform explain`: without the stars.
  package var description: String { steps.filter { $0 != "*" }.joined(separator: ".") }
  package var last: String { steps.last { $0 != "*" } ?? "" }
}

extension Schema {
  /// The property at the path, below the place; nil when the kind has none there.
  package func property(at path: PropertyPath, in place: [String] = []) -> Property? {
    var members = properties
    var found: Property?
    for step in (path.startsAtResource ? [] : place) + path.steps where step != "*" {
      found = members.first { $0.name == step }
      members = found?.shape.members ?? []
    }
    return found
  }
}

extension Shape {
  /// The members of the object that the shape is, or that its items are.
  package var members: [Property] {
    switch self {
    case .object(let members): members
    case .list(let shape), .set(let shape), .map(let shape): shape.members
    case .either(let shapes): shapes.flatMap(\.members)
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .document, .policy: []
    }
  }
}
