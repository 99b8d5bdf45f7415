import Planner

/// What PutMetricAlarm in the CloudWatch API reference refuses.
extension AlarmKind {
  static let relations = sources + thresholds + math + AlarmActions.relations

  /// An alarm is on one metric, on an expression over several, or on a query.
  private static let sources: [Relation] = [
    .atLeastOne(of: "metricName", "metrics", "evaluationCriteria"),
    .excludes(
      (ofOneMetric + ofPeriods).map(Condition.set), "evaluationCriteria",
      because: "An alarm on a query has only evaluationCriteria."),
    .goesWith(["evaluationInterval"], "evaluationCriteria"),
    .excludes(
      ofOneMetric.map(Condition.set), "metrics", because: "With metrics, they are members of these."),
    .needs(.not("evaluationCriteria"), "comparisonOperator", "evaluationPeriods"),
    .needs("metricName", "namespace", "period"),
    .exactlyOne(of: "statistic", "extendedStatistic", when: "metricName"),
    .atMost(30, of: "dimensions", what: "dimensions"),
  ]

  private static let thresholds: [Relation] = [
    .exactlyOne(of: "threshold", "thresholdMetricId", when: .not("evaluationCriteria")),
    .needs(
      .value("comparisonOperator", in: ofBands), "thresholdMetricId",
      because: "It compares with an anomaly detection band."),
    .goesWith(
      ["thresholdMetricId"], .all(["metrics", .value("comparisonOperator", in: ofBands)]),
      because: "It names the one of metrics that is an anomaly detection band."),
    .compared("datapointsToAlarm", .atMost, "evaluationPeriods"),
  ]

  private static let math =
    [
      Relation.distinct("metrics.*.id"), .atMost(10, of: "metrics.*.metricStat", what: "metrics"),
      .atMost(10, of: "metrics.*.expression", what: "expressions"),
    ]
    + Relation.inside(
      "metrics.*", .exactlyOne(of: "expression", "metricStat"),
      .excludes("period", "metricStat", because: "A metric has its period in its metricStat."))
}
