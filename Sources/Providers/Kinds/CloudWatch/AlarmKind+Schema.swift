import Planner

extension AlarmKind {
  static let declaration = Schema(
    section: "alarms", kind: "alarm", title: "Amazon CloudWatch alarm",
    summary: "An alarm watches a metric and notifies when it passes a threshold.",
    naming: AlarmNames.naming,
    properties: (AlarmActions.properties + own).sorted { $0.name < $1.name },
    attributes: AlarmNames.attributes, relations: relations,
    example: """
      alarms:
        dead-orders:
          namespace: AWS/SQS
          metricName: ApproximateNumberOfMessagesVisible
          dimensions: { QueueName: orders-dead }
          statistic: Maximum
          period: 60
          evaluationPeriods: 1
          comparisonOperator: GreaterThanOrEqualToThreshold
          threshold: 1
      """)

  private static let own = [
    Property("alarmDescription", .string(TextRule(length: 0...1024)), "What the alarm means."),
    Property("comparisonOperator", .choice(comparisons), "How metric and threshold compare."),
    Property(
      "datapointsToAlarm", .integer(1...86400),
      "How many of the periods must pass the threshold; all without it."),
    Property(
      "dimensions", .map(.string(TextRule(length: 1...1024))), need: .value,
      "Which one of the metric's series."),
    Property(
      "evaluateLowSampleCountPercentile", .choice(["evaluate", "ignore"]), default: "evaluate",
      "Whether a percentile of very few values counts."),
    Property(
      "evaluationCriteria", .object(criteria), need: .value,
      "An alarm on a query in PromQL, in place of metric, periods and threshold."),
    Property(
      "evaluationInterval", .integer(10...3600), "With evaluationCriteria: seconds between two evaluations."),
    Property("evaluationPeriods", .integer(1...604_800), "How many periods are looked at."),
    Property(
      "extendedStatistic",
      .string(
        TextRule(
          pattern: "p(\\d{1,2}(\\.\\d{1,10})?|100)|IQM|(tm|wm|tc|ts|PR|TM|WM|TC|TS).+",
          says: "a percentile as p99.9, or tm, wm, tc, ts, PR with bounds, or IQM")),
      "A percentile or trimmed statistic, in place of statistic."),
    Property("metricName", .string(TextRule(length: 1...255)), "The metric's name."),
    Property(
      "metrics", .list(.object(metrics)), need: .value,
      "Metric math, in place of one metric: expressions and what they are over."),
    Property(
      "namespace",
      .string(TextRule(length: 1...255, pattern: "[^:].*", says: "text that begins with no colon")),
      "The metric's namespace, as AWS/SQS."),
    Property("period", .integer(10...604_800), "Seconds of a period: 10, 20, 30 or a multiple of 60."),
    Property(
      "statistic", .choice(["SampleCount", "Average", "Sum", "Minimum", "Maximum"]),
      "What is made of a period's values."),
    Property("threshold", .number, "What the metric is compared to."),
    Property("thresholdMetricId", .text, "Anomaly detection: the metric of metrics that is the band."),
    Property(
      "treatMissingData", .choice(["breaching", "notBreaching", "ignore", "missing"]), default: "missing",
      "What a period without data counts as."),
    Property("unit", .choice(units), "The unit that the metric must be stored with."),
  ]

  /// What an alarm on one metric has and one on metric math has not.
  static let ofOneMetric = [
    "metricName", "namespace", "dimensions", "period", "statistic", "extendedStatistic", "unit",
  ]

  /// What an alarm that evaluates periods has, and an alarm on a query has not.
  static let ofPeriods = [
    "comparisonOperator", "datapointsToAlarm", "evaluateLowSampleCountPercentile", "evaluationPeriods",
    "metrics",
    "threshold", "thresholdMetricId", "treatMissingData",
  ]

  static let ofBands = [
    "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold",
  ]

  private static let comparisons =
    [
      "GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold",
      "LessThanOrEqualToThreshold",
    ] + ofBands

  static let units = [
    "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes",
    "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second",
    "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second",
    "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
  ]

  private static let metrics = [
    Property("accountId", .text, "The account that the metric is in, if another one."),
    Property("expression", .string(TextRule(length: 1...2048)), "What is computed, as `errors / requests`."),
    Property(
      "id",
      .string(
        TextRule(
          length: 1...255, pattern: "[a-z][a-zA-Z0-9_]*",
          says: "a lower-case letter, then letters, digits, underscores")),
      required: true, "What expressions call it."),
    Property("label", .text, "What people call it."),
    Property("metricStat", .object(metricStat), "The metric, if it is not an expression."),
    Property("period", .integer(1...604_800), "Seconds of a period of the expression."),
    Property(
      "returnData", .boolean, default: true, "Whether it is the one that is compared to the threshold."),
  ]

  private static let criteria = [
    Property("promQLCriteria", .object(promQL), required: true, "What is asked, in PromQL.")
  ]

  private static let promQL = [
    Property(
      "pendingPeriod", .integer(0...86400), "Seconds that a series must be found before it is in ALARM."),
    Property(
      "query", .string(TextRule(length: 1...10_000)), required: true,
      "What finds the series that are in ALARM."),
    Property(
      "recoveryPeriod", .integer(0...86400), "Seconds that a series must be gone before it is OK again."),
  ]

  private static let metricStat = [
    Property("metric", .object(metric), required: true, "Which metric."),
    Property("period", .integer(1...604_800), required: true, "Seconds of a period."),
    Property("stat", .text, required: true, "What is made of a period's values, as Sum or p99."),
    Property("unit", .choice(units), "The unit that the metric must be stored with."),
  ]

  private static let metric = [
    Property("dimensions", .map(.text), "Which one of the metric's series."),
    Property("metricName", .string(TextRule(length: 1...255)), required: true, "Its name."),
    Property("namespace", .string(TextRule(length: 1...255)), required: true, "Its namespace."),
  ]
}
