extension KindSample {
  static let alarm = KindSample(
    section: "alarms",
    surroundings: ["topics": "  alerts: {}\n  others: {}"],
    properties: [
      "actionsEnabled": "false", "alarmActions": "['${topics.alerts.arn}', '${topics.others.arn}']",
      "alarmDescription": "Too many & more", "comparisonOperator": "GreaterThanThreshold",
      "datapointsToAlarm": "2", "dimensions": "{ QueueName: jobs, Another: a b }", "evaluationPeriods": "3",
      "insufficientDataActions": "['${topics.others.arn}']", "metricName": "Size", "namespace": "AWS/SQS",
      "okActions": "['${topics.alerts.arn}']", "period": "60", "statistic": "Maximum", "threshold": "1.5",
      "treatMissingData": "breaching", "unit": "Count", "tags": "{ team: blue }",
    ],
    mutations: [
      "actionsEnabled": "true", "alarmActions": "['${topics.alerts.arn}']", "alarmDescription": "Others",
      "comparisonOperator": "LessThanThreshold", "datapointsToAlarm": "1",
      "dimensions": "{ QueueName: others }", "evaluationPeriods": "4",
      "insufficientDataActions": "['${topics.alerts.arn}', '${topics.others.arn}']", "metricName": "Age",
      "namespace": "Mine", "okActions": "['${topics.others.arn}', '${topics.alerts.arn}']", "period": "120",
      "statistic": "Sum", "threshold": "0", "treatMissingData": "ignore", "unit": "Seconds",
      "tags": "{ owner: red }",
    ],
    replacements: ["name": "another"],
    indispensable: ["metricName", "namespace", "period", "statistic", "threshold"],
    // By hand, in the query protocol: boto3 of today speaks another, which LocalStack does not understand.
    outsideChanges: [
      "threshold": """
      import urllib.parse, urllib.request
      form = urllib.parse.urlencode({
          "Action": "PutMetricAlarm", "Version": "2010-08-01", "AlarmName": name, "ActionsEnabled": "false",
          "MetricName": "Size", "Namespace": "AWS/SQS", "Period": 60, "Statistic": "Maximum", "Threshold": 7,
          "EvaluationPeriods": 3, "ComparisonOperator": "GreaterThanThreshold"})
      scope = f"{account}/20260101/us-east-1/monitoring/aws4_request"
      urllib.request.urlopen(urllib.request.Request(endpoint, form.encode(), {
          "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"}))
      """
    ])

  static let percentileAlarm = KindSample(
    section: "alarms",
    properties: [
      "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": "1", "threshold": "5",
      "period": "60", "metricName": "Duration", "namespace": "AWS/Lambda", "extendedStatistic": "p99",
      "evaluateLowSampleCountPercentile": "ignore",
    ],
    mutations: ["extendedStatistic": "p90", "evaluateLowSampleCountPercentile": "evaluate"],
    indispensable: ["metricName", "namespace", "period", "extendedStatistic", "threshold"],
    defects: [
      Defect(
        endpoint: .ministack, property: "evaluateLowSampleCountPercentile",
        evidence:
          "PutMetricAlarm with EvaluateLowSampleCountPercentile answers 200, DescribeAlarms tells none")
    ])

  /// The expression is not among the mutations: MiniStack drops Metrics, so that no change of them can be seen there.
  static let mathAlarm = KindSample(
    section: "alarms",
    properties: [
      "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": "1", "threshold": "5",
      "metrics": "[{ id: rate, expression: errors / requests, label: Error rate, returnData: true }, "
        + "{ id: errors, returnData: false, metricStat: \(stat("Errors")) }, "
        + "{ id: requests, returnData: false, metricStat: \(stat("Invocations")) }]",
    ],
    mutations: ["threshold": "6", "evaluationPeriods": "2"],
    indispensable: ["metrics", "threshold"])

  private static func stat(_ name: String) -> String {
    "{ metric: { namespace: AWS/Lambda, metricName: \(name), dimensions: { FunctionName: worker } }, "
      + "period: 60, stat: Sum }"
  }
}
