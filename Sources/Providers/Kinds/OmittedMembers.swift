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
