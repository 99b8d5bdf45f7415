import Planner

/// What alarms of both kinds do when their state changes.
enum AlarmActions {
  static let properties = [
    Property("actionsEnabled", .boolean, default: true, "Whether a change of state does anything."),
    Property(
      "alarmActions", .set(.arn),
      "What is notified when the state becomes ALARM: topics, lambdas; at most five."),
    Property(
      "insufficientDataActions", .set(.arn), "What is notified when there is too little data; at most five."),
    Property("okActions", .set(.arn), "What is notified when the state becomes OK; at most five."),
  ]

  private static let lists = ["alarmActions", "insufficientDataActions", "okActions"]

  static let relations = lists.map {
    Relation.atMost(
      5, of: PropertyPath($0), what: "actions", because: "CloudWatch takes five actions a state.")
  }

  /// An alarm may publish on the topics and call the lambdas of its actions.
  static func derived(from resource: Resource, arn: Value?, in stack: Stack) -> [Derived] {
    var derived: [Derived] = []
    var seen: Set<Address> = []
    let account = stack.target.account
    let items = lists.flatMap { resource.referringItems(of: $0) }
    for (value, address) in items where seen.insert(address).inserted {
      switch address.section {
      case "topics":
        // The same statement for all alarms: a topic's policy need not grow with them.
        derived.append(
          .sending(
            to: address, arn: value, service: "cloudwatch.amazonaws.com", source: (nil, account),
            because: "\(resource.address) notifies it"))
      case "lambdas":
        derived += Derived.permission(
          part: "permission-\(address.name)", of: resource, toCall: address, function: value,
          principal: "lambda.alarms.cloudwatch.amazonaws.com", source: (arn, account),
          because: "\(resource.address) calls it")
      default: break
      }
    }
    return derived
  }
}
