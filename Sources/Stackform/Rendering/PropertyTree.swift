import Planner

/// The changes of one resource by their paths: what lies deep in a property is shown inside of it.
struct PropertyTree {
  /// A property, or a member of one.
  indirect enum Node {
    case change(PropertyChange)
    case members([(name: String, node: Node)])
  }

  let members: [(name: String, node: Node)]

  init(_ changes: [PropertyChange]) { members = Self.members(of: changes, depth: 0) }

  private static func members(of changes: [PropertyChange], depth: Int) -> [(name: String, node: Node)] {
    var order: [String] = []
    var groups: [String: [PropertyChange]] = [:]
    for change in changes where change.path.count > depth {
      if groups[change.path[depth]] == nil { order.append(change.path[depth]) }
      groups[change.path[depth], default: []].append(change)
    }
    return order.sorted(by: isBefore).map { name in
      let group = groups[name] ?? []
      if let change = group.first(where: { $0.path.count == depth + 1 }) { return (name, .change(change)) }
      return (name, .members(members(of: group, depth: depth + 1)))
    }
  }

  /// Indexes by number, names by letter.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    if let first = Int(left), let second = Int(right) { return first < second }
    return left < right
  }
}
