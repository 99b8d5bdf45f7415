import Planner
import Testing

@testable import Providers

@Suite(.enabled(if: !LiveEndpoint.all.isEmpty))
struct `An alarm on a real endpoint` {
  @Test(arguments: LiveEndpoint.all)
  func `goes through all its verbs`(_ endpoint: LiveEndpoint) async throws {
    let topic = endpoint.target.arn("sns", "one") ?? .null
    let other = endpoint.target.arn("sns", "other") ?? .null
    let subject = Resource(
      Address("alarms", "subject"), name: "subject",
      properties: [
        "actionsEnabled": false, "alarmActions": .list([topic, other]),
        "alarmDescription": "Too many, & more",
        "comparisonOperator": "GreaterThanThreshold", "datapointsToAlarm": 2,
        "dimensions": ["QueueName": "jobs", "Another": "a b"], "evaluationPeriods": 3,
        "insufficientDataActions": .list([topic]), "metricName": "Size", "namespace": "AWS/SQS",
        "okActions": .list([topic]), "period": 60, "statistic": "Maximum", "threshold": .number(1.5),
        "treatMissingData": "breaching", "unit": "Count", "tags": ["team": "blue"],
      ])
    try await KindRoundTrip(
      AlarmKind(), on: endpoint, subject: subject,
      mutations: [
        "actionsEnabled": true, "alarmActions": .list([other]), "alarmDescription": "Others",
        "comparisonOperator": "LessThanThreshold", "datapointsToAlarm": 1,
        "dimensions": ["QueueName": "others"],
        "evaluationPeriods": 4, "insufficientDataActions": .list([other]), "metricName": "Age",
        "namespace": "Mine", "okActions": .list([other]), "period": 120, "statistic": "Sum", "threshold": 0,
        "treatMissingData": "ignore", "unit": "Seconds", "tags": ["owner": "red"],
      ], unresettable: comparing.union(["metricName", "namespace", "period", "statistic", "threshold"])
    ).run()
  }

  @Test(arguments: LiveEndpoint.all)
  func `may be on an expression over metrics`(_ endpoint: LiveEndpoint) async throws {
    let subject = Resource(
      Address("alarms", "subject"), name: "math",
      properties: [
        "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "threshold": 5,
        "metrics": metrics(expression: "errors / requests"),
      ])
    try await KindRoundTrip(
      AlarmKind(), on: endpoint, subject: subject,
      mutations: ["metrics": metrics(expression: "100 * errors / requests"), "threshold": 6],
      unresettable: comparing.union(["metrics", "threshold"])
    ).run()
  }

  @Test(arguments: LiveEndpoint.all)
  func `may be on a percentile`(_ endpoint: LiveEndpoint) async throws {
    let subject = Resource(
      Address("alarms", "subject"), name: "percentile",
      properties: [
        "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "threshold": 5, "period": 60,
        "metricName": "Duration", "namespace": "AWS/Lambda", "extendedStatistic": "p99",
        "evaluateLowSampleCountPercentile": "ignore",
      ])
    try await KindRoundTrip(
      AlarmKind(), on: endpoint, subject: subject,
      mutations: ["extendedStatistic": "p90", "evaluateLowSampleCountPercentile": "evaluate"],
      // MiniStack 1.5.33 drops EvaluateLowSampleCountPercentile.
      unreadable: endpoint.name == "ministack" ? ["evaluateLowSampleCountPercentile"] : [],
      unresettable: comparing.union([
        "threshold", "period", "metricName", "namespace", "extendedStatistic",
      ])
    ).run()
  }

  /// What every alarm but one on a query has.
  private let comparing: Set = ["comparisonOperator", "evaluationPeriods"]

  private func metrics(expression: String) -> Value {
    [
      ["id": "rate", "expression": .string(expression), "label": "Error rate", "returnData": true],
      ["id": "errors", "metricStat": stat("Errors"), "returnData": false],
      ["id": "requests", "metricStat": stat("Invocations"), "returnData": false],
    ]
  }

  private func stat(_ name: String) -> Value {
    [
      "metric": [
        "namespace": "AWS/Lambda", "metricName": .string(name), "dimensions": ["FunctionName": "worker"],
      ],
      "period": 60, "stat": "Sum",
    ]
  }
}
