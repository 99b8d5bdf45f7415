import Planner

/// What somebody else did to a resource since the last apply.
enum DriftCause: String, Sendable {
  case update
  case delete
}

extension ResourceChange {
  /// nil when nobody else touched it, as far as is known.
  var drift: DriftCause? {
    if properties.contains(where: { $0.cause == .cloud || $0.cause == .both }) { return .update }
    return reason == .deletedOutside ? .delete : nil
  }
}
