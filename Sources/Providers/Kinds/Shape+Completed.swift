import Planner

extension Shape {
  /// A value with every member of its objects that it does not name, however deep: null, which is compared as the
  /// default. With `showingDefaults` the default itself. What Stackform sets by itself stays out.
  func completed(_ value: Value, showingDefaults: Bool = false) -> Value {
    func within(_ shape: Shape, _ value: Value) -> Value {
      shape.completed(value, showingDefaults: showingDefaults)
    }
    switch (self, value) {
    case (.object(let members), .map(let given)):
      var whole = given
      for member in members where !member.isDerived {
        let standard = showingDefaults ? member.defaultValue : nil
        whole[member.name] = given[member.name].map { within(member.shape, $0) } ?? standard ?? .null
      }
      return .map(whole)
    case (.map(let shape), .map(let members)): return .map(members.mapValues { within(shape, $0) })
    case (.list(let shape), .list(let items)), (.set(let shape), .list(let items)):
      return .list(items.map { within(shape, $0) })
    default: return value
    }
  }
}
