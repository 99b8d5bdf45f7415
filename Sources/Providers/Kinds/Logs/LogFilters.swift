import Planner

/// The filters of a log group, of one of the two sorts: their calls, and how a filter is spelt in them.
///
/// A group's filters are read only where the file has them, and then enforced as a whole, as every map is: without
/// `subscriptionFilters` those that somebody else put there are left alone.
struct LogFilters: Sendable {
  /// The property of the group.
  let property: String
  let describe: Operation<Reads>
  let put: Operation<Writes>
  let remove: Operation<Writes>
  /// How many a group may have at most.
  let most: Int
  let members: [Property]
  /// Members that lie in the one metric transformation.
  var transformed: Set<String> = []

  static let all = [subscriptions, metrics]

  static let subscriptions = LogFilters(
    property: "subscriptionFilters", describe: Logs.describeSubscriptionFilters,
    put: Logs.putSubscriptionFilter, remove: Logs.deleteSubscriptionFilter, most: 2,
    members: [
      applyOnTransformedLogs,
      Property(
        "destinationArn", .arn, required: true,
        "The lambda, Kinesis stream, Firehose stream or log destination."),
      Property(
        "distribution", .choice(["ByLogStream", "Random"]), default: "ByLogStream",
        "How lines are spread over the shards of a Kinesis stream."),
      Property("emitSystemFields", .set(.text), "Fields of the system that go along, as @aws.account."),
      fieldSelectionCriteria, filterPattern,
      Property("roleArn", .arn, "The role that may write to the stream; a lambda needs none."),
    ])

  static let metrics = LogFilters(
    property: "metricFilters", describe: Logs.describeMetricFilters,
    put: Logs.putMetricFilter, remove: Logs.deleteMetricFilter, most: 100,
    members: [
      applyOnTransformedLogs,
      Property(
        "defaultValue", .number, "What is counted in a period without a fitting line; not with dimensions."),
      Property(
        "dimensions", .map(.string(TextRule(length: 0...255))),
        "The metric's dimensions, as `Path: $.path`; at most three."),
      Property(
        "emitSystemFieldDimensions", .set(.text),
        "Fields of the system that become dimensions, as @aws.account."),
      fieldSelectionCriteria, filterPattern,
      Property("metricName", name, required: true, "The metric's name."),
      Property("metricNamespace", name, required: true, "The metric's namespace."),
      Property(
        "metricValue", .string(TextRule(length: 1...100)), required: true,
        "What a fitting line counts for: a number, or a field of it, as $.size."),
      Property("unit", .choice(AlarmKind.units), default: "None", "The metric's unit."),
    ],
    transformed: ["defaultValue", "dimensions", "metricName", "metricNamespace", "metricValue", "unit"])

  private static let name = Shape.string(
    TextRule(length: 1...255, pattern: "[^:*$]*", says: "text without the signs : * $"))
  private static let filterPattern = Property(
    "filterPattern", .string(TextRule(length: 0...1024)), default: "", "Which lines fit; all without it.")
  private static let fieldSelectionCriteria = Property(
    "fieldSelectionCriteria", .string(TextRule(length: 0...2000)),
    "Which log groups' lines fit, by fields of the system.")
  private static let applyOnTransformedLogs = Property(
    "applyOnTransformedLogs", .boolean, default: false, "Looks at lines as the group's transformer left them."
  )

  /// What a filter does not say is as it is without it: members taken out of the file are put back.
  var completion: [String: Value] {
    Dictionary(members.filter { !$0.isRequired }.map { ($0.name, Value.null) }) { first, _ in first }
  }

  // MARK: Calls

  /// A filter that is put again replaces the one of its name. Where it does not, the old one is deleted first.
  var items: FacetItems {
    FacetItems(
      list: describe, put: put, remove: remove, key: "filterName", shape: .object(members),
      fields: { input($0) }, value: { properties(of: $0) }, keepsReplaced: .keepsReplacedLogFilters)
  }

  private func properties(of filter: Value) -> Value {
    let transformation = filter.items("metricTransformations").first
    var properties: [String: Value] = [:]
    for member in members {
      let holder = transformed.contains(member.name) ? transformation : filter
      properties[member.name] = holder?[member.name]
    }
    return .map(properties.filter { !$0.value.isEmpty })
  }

  /// The fields of a filter in the call that puts it.
  func input(_ filter: Value) -> [String: Value] {
    var input: [String: Value] = ["filterPattern": filter["filterPattern"] ?? ""]
    if input["filterPattern"] == .null { input["filterPattern"] = "" }
    var transformation: [String: Value] = [:]
    for member in members where member.name != "filterPattern" {
      guard let value = filter[member.name], !value.isEmpty else { continue }
      if transformed.contains(member.name) {
        transformation[member.name] = value
      } else {
        input[member.name] = value
      }
    }
    if !transformed.isEmpty { input["metricTransformations"] = [.map(transformation)] }
    return input
  }
}
