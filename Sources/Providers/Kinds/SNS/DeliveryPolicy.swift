import Planner

/// The delivery policies of topics and subscriptions, as SNS returns them: filled up with defaults and nulls.
///
/// Facts: "Creating a delivery policy" in the SNS developer guide; GetSubscriptionAttributes in the SNS API reference.
enum DeliveryPolicy {
  private static let defaults: [String: Value] = [
    "backoffFunction": "linear", "disableSubscriptionOverrides": false, "guaranteed": false,
    "headerContentType": "text/plain; charset=UTF-8", "maxDelayTarget": 20, "minDelayTarget": 20,
    "numMaxDelayRetries": 0, "numMinDelayRetries": 0, "numNoDelayRetries": 0, "numRetries": 3,
  ]

  /// What is live, without the defaults that the wanted policy does not name. All of it where none is wanted.
  static func read(_ live: Value?, wanted: Value?) -> Value? {
    guard let live, let wanted, !wanted.isEmpty else { return live }
    let policy = live.string.flatMap { Value(json: $0) } ?? live
    return reduced(policy, to: wanted.string.flatMap { Value(json: $0) } ?? wanted)
  }

  private static func reduced(_ live: Value, to wanted: Value?) -> Value {
    guard let members = live.map else { return live }
    var kept: [String: Value] = [:]
    for (name, value) in members {
      let own = wanted?[name]
      if value.isNull || own == nil && value == defaults[name] { continue }
      let value = reduced(value, to: own)
      if own == nil, value.isEmpty { continue }
      kept[name] = value
    }
    return .map(kept)
  }
}
