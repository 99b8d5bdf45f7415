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
    indispensable: comparing.union(["metricName", "namespace", "period", "statistic", "threshold"]),
    outsideChanges: [
      "actionsEnabled": put("ActionsEnabled=True"), "alarmActions": put("AlarmActions=[others]"),
      "alarmDescription": put("AlarmDescription='Mine'"),
      "comparisonOperator": put("ComparisonOperator='LessThanThreshold'"),
      "datapointsToAlarm": put("DatapointsToAlarm=3"),
      "dimensions": put("Dimensions=[{'Name': 'QueueName', 'Value': 'jobs'}]"),
      "evaluationPeriods": put("EvaluationPeriods=9"),
      "insufficientDataActions": put("InsufficientDataActions=[]"), "metricName": put("MetricName='Age'"),
      "namespace": put("Namespace='Theirs'"), "okActions": put("OKActions=[others]"),
      "period": put("Period=300"), "statistic": put("Statistic='Minimum'"), "threshold": put("Threshold=7"),
      "treatMissingData": put("TreatMissingData='notBreaching'"), "unit": put("Unit='Bytes'"),
      "tags": AlarmScript.tagging,
    ])

  static let percentileAlarm = KindSample(
    section: "alarms",
    properties: [
      "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": "1", "threshold": "5",
      "period": "60", "metricName": "Duration", "namespace": "AWS/Lambda", "extendedStatistic": "p99",
      "evaluateLowSampleCountPercentile": "ignore",
    ],
    mutations: ["extendedStatistic": "p90", "evaluateLowSampleCountPercentile": "evaluate"],
    indispensable: comparing.union(["metricName", "namespace", "period", "extendedStatistic", "threshold"]),
    outsideChanges: [
      "extendedStatistic": putPercentile("ExtendedStatistic='p50'"),
      "evaluateLowSampleCountPercentile": putPercentile("EvaluateLowSampleCountPercentile='evaluate'"),
    ])

  static let mathAlarm = KindSample(
    section: "alarms",
    properties: [
      "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": "1", "threshold": "5",
      "metrics":
        "[{ id: rate, expression: errors / requests, label: Error rate, period: 60, returnData: true }, "
        + "{ id: errors, returnData: false, accountId: '123456789012', metricStat: \(stat("Errors")) }, "
        + "{ id: requests, returnData: false, metricStat: \(stat("Invocations")) }]",
    ],
    mutations: [
      "threshold": "6", "evaluationPeriods": "2",
      "metrics": "[{ id: rate, expression: 100 * errors / requests }, "
        + "{ id: errors, returnData: false, metricStat: \(stat("Errors")) }, "
        + "{ id: requests, returnData: false, metricStat: \(stat("Invocations")) }]",
    ],
    indispensable: comparing.union(["metrics", "threshold"]),
    unseen: ["metrics": "MiniStack takes Metrics and never tells them; what was applied last stands for them"]
  )

  static let bandAlarm = KindSample(
    section: "alarms",
    properties: [
      "comparisonOperator": "LessThanLowerOrGreaterThanUpperThreshold", "evaluationPeriods": "1",
      "thresholdMetricId": "narrow",
      "metrics": "[{ id: narrow, expression: 'ANOMALY_DETECTION_BAND(load, 2)' }, "
        + "{ id: wide, expression: 'ANOMALY_DETECTION_BAND(load, 4)' }, "
        + "{ id: load, metricStat: \(stat("Invocations")) }]",
    ],
    mutations: ["thresholdMetricId": "wide", "comparisonOperator": "GreaterThanUpperThreshold"],
    indispensable: comparing.union(["metrics", "thresholdMetricId"]),
    unseen: [
      "thresholdMetricId": "MiniStack takes it and never tells it; what was applied last stands for it"
    ])

  static let queryAlarm = KindSample(
    section: "alarms",
    properties: [
      "evaluationInterval": "60",
      "evaluationCriteria":
        "{ promQLCriteria: { query: 'rate(errors[5m]) > 1', pendingPeriod: 60, recoveryPeriod: 120 } }",
    ],
    mutations: [
      "evaluationInterval": "120",
      "evaluationCriteria": "{ promQLCriteria: { query: 'rate(errors[5m]) > 2' } }",
    ],
    indispensable: ["evaluationCriteria"],
    unseen: [
      "evaluationInterval": "both endpoints take it and never tell it; what was applied last stands for it",
      "evaluationCriteria": "both endpoints take it and never tell it; what was applied last stands for it",
    ])

  private static let comparing: Set = ["comparisonOperator", "evaluationPeriods"]

  private static func stat(_ name: String) -> String {
    "{ metric: { namespace: AWS/Lambda, metricName: \(name), dimensions: { FunctionName: worker } }, "
      + "period: 60, stat: Sum, unit: Count }"
  }

  private static func put(_ change: String) -> String {
    AlarmScript.call(
      "PutMetricAlarm",
      """
      dict(AlarmName=name, ActionsEnabled=False, AlarmActions=[alerts, others], AlarmDescription="Too many & more",
        ComparisonOperator="GreaterThanThreshold", DatapointsToAlarm=2, EvaluationPeriods=3,
        Dimensions=[{"Name": "Another", "Value": "a b"}, {"Name": "QueueName", "Value": "jobs"}],
        InsufficientDataActions=[others], MetricName="Size", Namespace="AWS/SQS", OKActions=[alerts], Period=60,
        Statistic="Maximum", Threshold=1.5, TreatMissingData="breaching", Unit="Count") | dict(\(change))
      """)
  }

  private static func putPercentile(_ change: String) -> String {
    AlarmScript.call(
      "PutMetricAlarm",
      """
      dict(AlarmName=name, ComparisonOperator="GreaterThanThreshold", EvaluationPeriods=1, Threshold=5, Period=60,
        MetricName="Duration", Namespace="AWS/Lambda", ExtendedStatistic="p99",
        EvaluateLowSampleCountPercentile="ignore") | dict(\(change))
      """)
  }
}
