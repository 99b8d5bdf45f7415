/// Properties that ``Property/staysOn``.
extension Property {
  /// Whether the service does not go back like this, so that a new resource is needed. Of a map it is asked entry by entry.
  func leavesNoWayBack(from before: Value?, to after: Value?) -> Bool {
    guard staysOn else { return false }
    switch shape {
    case .choice: return before != nil && before != defaultValue && after == defaultValue
    case .map: return before != nil
    default: return before == true
    }
  }

  /// What the service does not do in place.
  package var wayBack: String {
    switch shape {
    case .choice: "back to \(defaultValue?.string ?? "the default")"
    case .map: "taking an entry out"
    default: "off"
    }
  }
}
