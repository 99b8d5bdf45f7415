package import Planner

extension AlarmKind {
  package func problems(of resource: Resource) -> [PropertyProblem] {
    let isSet = { (name: String) in resource[name].map { !$0.isEmpty } ?? false }
    return metricProblems(isSet) + thresholdProblems(resource, isSet) + periodProblems(resource)
      + mathProblems(resource) + actionProblems(resource)
  }

  private func metricProblems(_ isSet: (String) -> Bool) -> [PropertyProblem] {
    if isSet("metrics") {
      return Self.ofOneMetric.filter(isSet).map {
        PropertyProblem(
          [$0], "Options that don't go together", "\($0) is told in metrics when there are any.",
          mend: "Take out \($0), or metrics.")
      }
    }
    guard isSet("metricName") else {
      return [
        PropertyProblem(
          [], "Nothing to watch", "An alarm is on one metric or on an expression.",
          mend: "Set metricName, namespace, statistic and period, or metrics.")
      ]
    }
    var problems = ["namespace", "period"].filter { !isSet($0) }.map {
      PropertyProblem([], "Missing property", "An alarm on a metric needs its \($0).", mend: "Set \($0).")
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
          "\(comparison) compares with an anomaly detection band.", mend: "Set thresholdMetricId.")
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
      if (metric["expression"] == nil) == (metric["metricStat"] == nil) {
        problems.append(
          PropertyProblem(path, "Expression or metric", "Each item has either an expression or a metricStat.")
        )
      }
    }
    let returned = metrics.count { $0["returnData"] != false }
    if resource["thresholdMetricId"] == nil, returned != 1 {
      problems.append(
        PropertyProblem(
          ["metrics"], "One result is needed", "\(returned) of the metrics return data, not one.",
          mend: "Set returnData: false on all but the one that is compared to the threshold."))
    }
    return problems
  }

  private func actionProblems(_ resource: Resource) -> [PropertyProblem] {
    Self.actions.filter { (resource[$0]?.list?.count ?? 0) > 5 }.map {
      PropertyProblem([$0], "Too many actions", "CloudWatch takes five actions a state.")
    }
  }

  private static let actions = ["alarmActions", "insufficientDataActions", "okActions"]

  /// An alarm may publish on the topics and call the lambdas of its actions.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    var derived: [Derived] = []
    var seen: Set<Address> = []
    let account = stack.target.account
    let arn = earlyAttributes(of: resource, in: stack.target)["arn"]
    let items = Self.actions.flatMap { resource.referringItems(of: $0) }
    for (value, address) in items where seen.insert(address).inserted {
      switch address.section {
      case "topics":
        // The same statement for all alarms: a topic's policy need not grow with them.
        derived.append(
          .sending(
            to: address, arn: value, service: "cloudwatch.amazonaws.com", source: (nil, account),
            because: "\(resource.address) tells it"))
      case "lambdas":
        derived += Derived.permission(
          part: "permission-\(address.name)", of: resource, toCall: address, function: value,
          principal: "lambda.alarms.cloudwatch.amazonaws.com", source: (arn, account),
          because: "\(resource.address) calls it")
      default: break
      }
    }
    return derived
  }
}
