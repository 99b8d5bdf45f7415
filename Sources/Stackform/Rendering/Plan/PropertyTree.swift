import Planner

/// The changes of one resource by their paths: members are shown inside of their property.
struct PropertyTree: Sendable {
  /// A property or a member of one: changed as a whole, or by its members.
  struct Node: Sendable {
    let name: String
    let change: PropertyChange?
    let members: [Node]
  }

  let members: [Node]

  init(_ changes: [PropertyChange]) { members = Self.members(of: changes, depth: 0) }

  private static func members(of changes: [PropertyChange], depth: Int) -> [Node] {
    let groups = Dictionary(grouping: changes.filter { $0.path.count > depth }) { $0.path[depth] }
    return groups.keys.sorted(by: isBefore).map { name in
      let group = groups[name] ?? []
      if let change = group.first(where: { $0.path.count == depth + 1 }) {
        return Node(name: name, change: change, members: [])
      }
      return Node(name: name, change: nil, members: members(of: group, depth: depth + 1))
    }
  }

  /// Indexes by number, names by letter.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    if let first = Int(left), let second = Int(right) { return first < second }
    return left < right
  }
}
