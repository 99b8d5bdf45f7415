import Planner

/// Amazon EventBridge: its operations.
enum EventBridge {
  static let service = AWSService(
    "events", environmentID: "EVENTBRIDGE", .json(version: "1.1", targetPrefix: "AWSEvents"))

  /// The service in whose name rules and buses send to queues and topics and call lambdas.
  static let principal = "events.amazonaws.com"

  static let tags = TagCalls(
    read: service.read("ListTagsForResource", proof: .presence("Tags")),
    put: service.write("TagResource", repeats: .safe, proof: .nothing),
    remove: service.write("UntagResource", repeats: .safe, proof: .nothing))

  // MARK: Buses

  static let createEventBus = service.write("CreateEventBus", proof: .member("EventBusArn"))
  static let deleteEventBus = service.write("DeleteEventBus", repeats: .safe, proof: .nothing)
  static let describeEventBus = service.read("DescribeEventBus", proof: .member("Arn"))
  static let listEventBuses = listing("ListEventBuses", of: "EventBuses")
  static let putPermission = service.write("PutPermission", repeats: .safe, proof: .nothing)
  static let removePermission = service.write("RemovePermission", repeats: .safe, proof: .nothing)
  static let updateEventBus = service.write("UpdateEventBus", repeats: .safe, proof: .member("Arn"))

  // MARK: Rules

  static let deleteRule = service.write("DeleteRule", repeats: .safe, proof: .nothing)
  static let describeRule = service.read("DescribeRule", proof: .member("Arn"))
  static let listRules = listing("ListRules", of: "Rules")
  static let listTargetsByRule = listing("ListTargetsByRule", of: "Targets")
  /// It makes a rule, and changes one.
  static let putRule = service.write("PutRule", repeats: .safe, proof: .member("RuleArn"))
  /// EventBridge tries whether it can take on a role. A new one is not known everywhere at once.
  static let putTargets = service.write(
    "PutTargets", repeats: .safe,
    proof: .noFailures(.presence("FailedEntryCount"), count: "FailedEntryCount"),
    retries: [RetriedError("ValidationException", "cannot be assumed by principal")])
  static let removeTargets = service.write(
    "RemoveTargets", repeats: .safe,
    proof: .noFailures(.presence("FailedEntryCount"), count: "FailedEntryCount"))

  private static func listing(_ name: String, of items: String) -> Operation<Reads> {
    service.read(name, proof: .presence(items), pages: Pages(items, token: "NextToken"))
  }
}
