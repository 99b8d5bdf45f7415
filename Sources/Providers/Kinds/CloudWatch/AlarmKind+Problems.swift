package import Planner

extension AlarmKind {
  package func problems(of resource: Resource) -> [PropertyProblem] {
    guard resource["evaluationCriteria"]?.isEmpty ?? true else { return [] }
    return periodProblems(resource) + mathProblems(resource) + bandProblems(resource)
  }

  private func periodProblems(_ resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    let periods = resource["evaluationPeriods"]?.integer
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
    for (position, metric) in metrics.enumerated() {
      guard let period = metric["metricStat"]?["period"]?.integer, ![1, 5, 10, 20, 30].contains(period),
        period % 60 != 0
      else { continue }
      problems.append(
        PropertyProblem(
          ["metrics", String(position), "metricStat", "period"], "Not a period",
          "A period is 1, 5, 10, 20 or 30 seconds or a multiple of 60, not \(period)."))
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

  /// The band that an alarm is compared to is one of its metrics.
  private func bandProblems(_ resource: Resource) -> [PropertyProblem] {
    guard let id = resource["thresholdMetricId"]?.string, let metrics = resource["metrics"]?.list else {
      return []
    }
    guard let band = metrics.first(where: { $0["id"]?.string == id }) else {
      return [
        PropertyProblem(
          ["thresholdMetricId"], "No such metric", "None of the metrics has the id \"\(id)\".",
          fix: "Name the one with the expression ANOMALY_DETECTION_BAND(…).")
      ]
    }
    guard let text = (band["expression"] ?? "").string, !text.contains("ANOMALY_DETECTION_BAND") else {
      return []
    }
    return [
      PropertyProblem(
        ["thresholdMetricId"], "Not a band", "The expression of \"\(id)\" makes no anomaly detection band.",
        fix: "Name the one with the expression ANOMALY_DETECTION_BAND(…).")
    ]
  }

  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let arn = earlyAttributes(of: resource, in: stack.target)["arn"]
    return AlarmActions.derived(from: resource, arn: arn, in: stack)
  }
}
