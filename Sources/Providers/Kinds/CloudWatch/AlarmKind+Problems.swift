package import Planner

extension AlarmKind {
  package func problems(of resource: Resource) -> [PropertyProblem] {
    let isSet = { (name: String) in resource[name].map { !$0.isEmpty } ?? false }
    guard !isSet("evaluationCriteria") else {
      return queryProblems(isSet) + AlarmActions.problems(of: resource)
    }
    return periodicProblems(isSet) + metricProblems(isSet) + thresholdProblems(resource, isSet)
      + periodProblems(resource)
      + mathProblems(resource) + bandProblems(resource) + AlarmActions.problems(of: resource)
  }

  private func queryProblems(_ isSet: (String) -> Bool) -> [PropertyProblem] {
    (Self.ofOneMetric + Self.ofPeriods).filter(isSet).map {
      PropertyProblem(
        [$0], "Options that don't go together",
        "An alarm on a query has no \($0): evaluationCriteria tells all.",
        fix: "Take out \($0), or evaluationCriteria.")
    }
  }

  private func periodicProblems(_ isSet: (String) -> Bool) -> [PropertyProblem] {
    var problems = ["comparisonOperator", "evaluationPeriods"].filter { !isSet($0) }.map {
      PropertyProblem([], "Missing property", "An alarm on a metric needs its \($0).", fix: "Set \($0).")
    }
    if isSet("evaluationInterval") {
      problems.append(
        PropertyProblem(
          ["evaluationInterval"], "Options that don't go together",
          "evaluationInterval goes with evaluationCriteria alone; a metric has its period."))
    }
    return problems
  }

  private func metricProblems(_ isSet: (String) -> Bool) -> [PropertyProblem] {
    if isSet("metrics") {
      return Self.ofOneMetric.filter(isSet).map {
        PropertyProblem(
          [$0], "Options that don't go together", "\($0) is told in metrics when there are any.",
          fix: "Take out \($0), or metrics.")
      }
    }
    guard isSet("metricName") else {
      return [
        PropertyProblem(
          [], "Nothing to watch", "An alarm is on one metric or on an expression.",
          fix: "Set metricName, namespace, statistic and period, or metrics.")
      ]
    }
    var problems = ["namespace", "period"].filter { !isSet($0) }.map {
      PropertyProblem([], "Missing property", "An alarm on a metric needs its \($0).", fix: "Set \($0).")
    }
    if isSet("statistic") == isSet("extendedStatistic") {
      problems.append(
        PropertyProblem(
          isSet("statistic") ? ["extendedStatistic"] : [], "One statistic is needed",
          "An alarm on a metric has either a statistic or an extendedStatistic."))
    }
    return problems
  }

  private func thresholdProblems(
    _ resource: Resource, _ isSet: (String) -> Bool
  ) -> [PropertyProblem] {
    let comparison = resource["comparisonOperator"]?.string ?? ""
    if Self.ofBands.contains(comparison), !isSet("thresholdMetricId") {
      return [
        PropertyProblem(
          ["comparisonOperator"], "Options that don't go together",
          "\(comparison) compares with an anomaly detection band.", fix: "Set thresholdMetricId.")
      ]
    }
    if isSet("threshold") == isSet("thresholdMetricId") {
      return [
        PropertyProblem(
          isSet("threshold") ? ["thresholdMetricId"] : [], "One threshold is needed",
          "An alarm has either a threshold or a thresholdMetricId.")
      ]
    }
    guard isSet("thresholdMetricId"), !isSet("metrics") || !Self.ofBands.contains(comparison) else {
      return []
    }
    return [
      PropertyProblem(
        ["thresholdMetricId"], "Options that don't go together",
        "thresholdMetricId names one of metrics, and goes with \(Self.ofBands.joined(separator: ", ")).")
    ]
  }

  private func periodProblems(_ resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    let periods = resource["evaluationPeriods"]?.integer
    if let datapoints = resource["datapointsToAlarm"]?.integer, let periods, datapoints > periods {
      problems.append(
        PropertyProblem(
          ["datapointsToAlarm"], "More data points than periods",
          "\(datapoints) data points can't be found in \(periods) periods."))
    }
    if let dimensions = resource["dimensions"]?.map, dimensions.count > 30 {
      problems.append(
        PropertyProblem(
          ["dimensions"], "Too many dimensions", "A metric has at most 30, not \(dimensions.count)."))
    }
    guard let period = resource["period"]?.integer else { return problems }
    if ![10, 20, 30].contains(period), period % 60 != 0 {
      problems.append(
        PropertyProblem(
          ["period"], "Not a period", "A period is 10, 20 or 30 seconds or a multiple of 60, not \(period)."))
    }
    // PutMetricAlarm: a day in all, or a week when periods are an hour or longer.
    let longest = period >= 3600 ? 604_800 : 86_400
    if let periods, periods > longest / period {
      problems.append(
        PropertyProblem(
          ["evaluationPeriods"], "Too long to look back",
          "\(periods) periods of \(period) seconds are more than the \(longest / 86400) day(s) that CloudWatch looks back."
        ))
    }
    return problems
  }

  private func mathProblems(_ resource: Resource) -> [PropertyProblem] {
    guard let metrics = resource["metrics"]?.list, !metrics.isEmpty else { return [] }
    var problems: [PropertyProblem] = []
    var seen: Set<String> = []
    for (position, metric) in metrics.enumerated() {
      let path = ["metrics", String(position)]
      if let id = metric["id"]?.string, !seen.insert(id).inserted {
        problems.append(PropertyProblem(path + ["id"], "Duplicate id", "Two metrics are called \"\(id)\"."))
      }
      if let problem = metricProblem(metric, path) { problems.append(problem) }
      if (metric["expression"] == nil) == (metric["metricStat"] == nil) {
        problems.append(
          PropertyProblem(path, "Expression or metric", "Each item has either an expression or a metricStat.")
        )
      }
    }
    for (member, what) in [("metricStat", "metrics"), ("expression", "expressions")] {
      let count = metrics.count { $0[member] != nil }
      if count > 10 {
        problems.append(
          PropertyProblem(["metrics"], "Too many \(what)", "There are \(count) \(what); CloudWatch takes 10.")
        )
      }
    }
    let returned = metrics.count { $0["returnData"] != false }
    if resource["thresholdMetricId"] == nil, returned != 1 {
      problems.append(
        PropertyProblem(
          ["metrics"], "One result is needed", "\(returned) of the metrics return data, not one.",
          fix: "Set returnData: false on all but the one that is compared to the threshold."))
    }
    return problems
  }

  /// What a metric of metric math is, each by itself.
  private func metricProblem(_ metric: Value, _ path: [String]) -> PropertyProblem? {
    if let period = metric["metricStat"]?["period"]?.integer, ![1, 5, 10, 20, 30].contains(period),
      period % 60 != 0
    {
      return PropertyProblem(
        path + ["metricStat", "period"], "Not a period",
        "A period is 1, 5, 10, 20 or 30 seconds or a multiple of 60, not \(period).")
    }
    guard metric["period"] != nil, metric["metricStat"] != nil else { return nil }
    return PropertyProblem(
      path + ["period"], "Options that don't go together", "A metric's period is told in its metricStat.",
      fix: "Take it out; it is for expressions.")
  }

  /// The band that an alarm is compared to is one of its metrics.
  private func bandProblems(_ resource: Resource) -> [PropertyProblem] {
    guard let id = resource["thresholdMetricId"]?.string, let metrics = resource["metrics"]?.list else {
      return []
    }
    guard let band = metrics.first(where: { $0["id"]?.string == id }) else {
      return [
        PropertyProblem(
          ["thresholdMetricId"], "No such metric", "None of the metrics has the id \"\(id)\".",
          fix: "Name the one whose expression is ANOMALY_DETECTION_BAND(…).")
      ]
    }
    guard let text = (band["expression"] ?? "").string, !text.contains("ANOMALY_DETECTION_BAND") else {
      return []
    }
    return [
      PropertyProblem(
        ["thresholdMetricId"], "Not a band", "The expression of \"\(id)\" makes no anomaly detection band.",
        fix: "Name the one whose expression is ANOMALY_DETECTION_BAND(…).")
    ]
  }

  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let arn = earlyAttributes(of: resource, in: stack.target)["arn"]
    return AlarmActions.derived(from: resource, arn: arn, in: stack)
  }
}
