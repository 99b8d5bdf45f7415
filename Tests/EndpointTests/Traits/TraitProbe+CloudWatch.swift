import Planner

@testable import Providers

extension TraitProbe {
  static let alarms: [TraitProbe] = [
    TraitProbe(.dropsTagsOfNewAlarms) { endpoint in
      try await endpoint.writing.write(CloudWatch.putMetricAlarm, alarm("metric", tags: ["team": "blue"]))
      try await endpoint.writing.write(
        CloudWatch.putCompositeAlarm,
        [
          "AlarmName": "composite", "AlarmRule": "ALARM(\"metric\")",
          "Tags": CloudWatch.tags.wire(["team": "blue"]),
        ])
      let metric = try await tags(of: "metric", endpoint)
      let composite = try await tags(of: "composite", endpoint)
      return metric.isEmpty && composite.isEmpty
    },
    TraitProbe(.tagsOutliveAlarms) { endpoint in
      let aws = endpoint.writing
      try await aws.write(CloudWatch.putMetricAlarm, alarm("reborn"))
      try await CloudWatch.tags.put(["team": "old"], on: reference("reborn", endpoint), aws)
      try await aws.write(CloudWatch.deleteAlarms, ["AlarmNames": ["reborn"]])
      try await aws.write(CloudWatch.putMetricAlarm, alarm("reborn"))
      return try await tags(of: "reborn", endpoint) == ["team": "old"]
    },
  ]

  static let logGroups: [TraitProbe] = [
    TraitProbe(.dropsTagsOfBareLogGroups) { endpoint in
      let aws = endpoint.writing
      try await aws.write(Logs.createLogGroup, ["logGroupName": "bare"])
      let arn: [String: Value] = ["resourceArn": endpoint.target.arn("logs", "log-group:bare") ?? .null]
      try await aws.write(Logs.tags.put, arn.merging(["tags": ["team": "blue"]]) { $1 })
      return try await Logs.tags.read(arn, aws.reading)?.all == [:]
    },
    TraitProbe(.tagsOutliveLogGroups) { endpoint in
      let aws = endpoint.writing
      let group: [String: Value] = ["logGroupName": "reborn"]
      try await aws.write(Logs.createLogGroup, group.merging(["tags": ["team": "old"]]) { $1 })
      try await aws.write(Logs.deleteLogGroup, group)
      try await aws.write(Logs.createLogGroup, group)
      let arn = endpoint.target.arn("logs", "log-group:reborn") ?? .null
      return try await Logs.tags.read(["resourceArn": arn], aws.reading)?.all == ["team": "old"]
    },
    TraitProbe(.keepsReplacedLogFilters) { endpoint in
      let aws = endpoint.writing
      try await aws.write(Logs.createLogGroup, ["logGroupName": "filtered"])
      for pattern in ["ERROR", "WARN"] as [Value] {
        try await aws.write(
          Logs.putMetricFilter,
          [
            "logGroupName": "filtered", "filterName": "lines", "filterPattern": pattern,
            "metricTransformations": [
              ["metricName": "Lines", "metricNamespace": "Shop", "metricValue": "1"]
            ],
          ])
      }
      let filters = try await aws.reading.everyItem(
        Logs.describeMetricFilters, ["logGroupName": "filtered"])
      return filters.count == 2
    },
  ]

  private static func alarm(_ name: Value, tags: [String: String] = [:]) -> [String: Value] {
    let input: [String: Value] = [
      "AlarmName": name, "MetricName": "Size", "Namespace": "Shop", "Statistic": "Sum", "Period": 60,
      "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold",
    ]
    return tags.isEmpty ? input : input.merging(["Tags": CloudWatch.tags.wire(tags)]) { $1 }
  }

  private static func reference(_ alarm: String, _ endpoint: LiveEndpoint) -> [String: Value] {
    ["ResourceARN": endpoint.target.arn("cloudwatch", "alarm:\(alarm)") ?? .null]
  }

  private static func tags(of alarm: String, _ endpoint: LiveEndpoint) async throws -> [String: String] {
    try await CloudWatch.tags.read(reference(alarm, endpoint), endpoint.reading)?.all ?? [:]
  }
}
