import Planner

/// What metric and composite alarms have in common: names, tags, and one call that sends the whole alarm each time.
protocol AlarmFamily: DescribedKind {}

/// What both sorts of alarm say of themselves: they share one space of names.
enum AlarmNames {
  static let naming = Naming(
    TextRule(length: 1...255, pattern: "[^\\x00-\\x1f]+", says: "any visible characters"))
  static let attributes = [
    Attribute("arn", early: true, "The alarm's ARN."),
    Attribute("name", early: true, "The alarm's name."),
  ]
}

extension KindCalls {
  /// The calls of one sort of alarm: `type` is `MetricAlarm` or `CompositeAlarm` (without it LocalStack returns
  /// both), `put` creates one or replaces all of it.
  static func alarm(of type: String, put: Operation<Writes>) -> KindCalls {
    let arn = Identity.Part.arn("cloudwatch", "alarm:")
    let describe = CloudWatch.describeAlarms(of: type)
    return KindCalls(
      identity: Identity(
        creation: ["AlarmName": .name], reference: ["AlarmName": .name], tagged: ["ResourceARN": arn],
        known: ["arn": arn]),
      create: put, read: describe, change: .wholeOverProperties(put),
      ending: Ending(delete: CloudWatch.deleteAlarms, untagsFirst: .tagsOutliveAlarms),
      listing: Listing(
        operation: describe, name: "AlarmName", holdsState: true, names: "AlarmNames",
        input: ["AlarmTypes": [.string(type)], "MaxRecords": 100]),
      tags: CloudWatch.tags,
      fields: WireFields(
        renamed: ["okActions": "OKActions"],
        pairs: ["dimensions", "metrics.*.metricStat.metric.dimensions"]))
  }
}

extension AlarmFamily {
  func shape(_ input: inout [String: Value], for deletion: Deletion) {
    input = ["AlarmNames": [.string(deletion.live.id)]]
  }
}
