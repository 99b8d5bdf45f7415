import Planner

extension XMLElement {
  /// An element of a tree in the shape in which answers are read: a map is an element of elements, a list its element
  /// again and again, all else text. Nulls are left out.
  ///
  /// `order` names elements in the order in which they stand beside each other, where a service's document has one.
  /// Others follow, by name.
  init(_ name: String, namespace: String? = nil, _ value: Value, order: [String] = []) {
    guard let members = value.map else {
      self.init(name, namespace: namespace, value.scalar ?? "")
      return
    }
    let places = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
    let sorted = members.sorted { left, right in
      let (first, second) = (places[left.key] ?? order.count, places[right.key] ?? order.count)
      return first == second ? left.key < right.key : first < second
    }
    self.init(
      name, namespace: namespace, sorted.flatMap { Self.elements($0.key, $0.value, order: order) })
  }

  private static func elements(_ name: String, _ value: Value, order: [String]) -> [XMLElement] {
    switch value {
    case .null: []
    case .list(let items): items.map { XMLElement(name, $0, order: order) }
    default: [XMLElement(name, value, order: order)]
    }
  }
}
