import Planner

extension Shape {
  /// The members of the object that the shape is, or that its items are.
  var members: [Property] {
    switch self {
    case .object(let members): members
    case .list(let shape), .set(let shape), .map(let shape): shape.members
    case .either(let shapes): shapes.flatMap(\.members)
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .document, .policy: []
    }
  }
}
