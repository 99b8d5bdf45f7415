import Planner

/// The change from outside to a resource since the last apply.
enum DriftCause: String, Sendable {
  case update
  case delete
}

extension ResourceChange {
  /// nil when it was not changed from outside, as far as is known.
  var drift: DriftCause? {
    if properties.contains(where: { $0.cause == .cloud || $0.cause == .both }) { return .update }
    return reason == .deletedOutside ? .delete : nil
  }
}
