import Planner

// What a file leaves open of an object.

extension Resource {
  /// Whether the property says something that is not so without it.
  func says(_ property: String) -> Bool { !(self[property]?.isEmpty ?? true) && self[property] != false }

  /// Adds members that an object leaves open.
  mutating func complete(_ property: String, with members: [String: Value]) {
    guard let declared = self[property]?.map else { return }
    properties[property] = .map(members.merging(declared) { $1 })
  }

  /// The same for each object of a map.
  mutating func complete(each property: String, with members: [String: Value]) {
    guard let objects = self[property]?.map else { return }
    properties[property] = .map(
      objects.mapValues { object in object.map.map { .map(members.merging($0) { $1 }) } ?? object })
  }
}

extension Value {
  /// The value with null for every member that its objects leave open, but for those of these names: what is taken
  /// out of the file then shows as a change.
  func whole(in shape: Shape, except left: Set<String>) -> Value {
    switch shape {
    case .object(let members):
      guard var entries = map else { return self }
      for member in members where !left.contains(member.name) {
        entries[member.name] = (entries[member.name] ?? .null).whole(in: member.shape, except: left)
      }
      return .map(entries)
    case .list(let item), .set(let item):
      return list.map { .list($0.map { $0.whole(in: item, except: left) }) } ?? self
    default: return self
    }
  }
}
