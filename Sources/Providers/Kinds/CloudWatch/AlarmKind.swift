package import Planner

/// Amazon CloudWatch alarms on a metric, or on an expression over several.
///
/// Reads: one for a hundred alarms, and one more an alarm for its tags. Writes: one to create or change one.
/// It sends the whole alarm each time, with the tags of a new one; tags of an existing one have calls of
/// their own. Facts: the CloudWatch API reference (PutMetricAlarm), `AWS::CloudWatch::Alarm` in
/// CloudFormation.
package struct AlarmKind: AlarmFamily {
  package var schema: Schema { Self.declaration }
  let calls = KindCalls.alarm(of: "MetricAlarm", put: CloudWatch.putMetricAlarm)

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    input = Self.withoutBogus(input.filter { !$0.value.isEmpty }) {
      $0.prefix(1).uppercased() + $0.dropFirst()
    }
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    // No alarm is on nothing: MiniStack drops metric math, and both emulators drop queries.
    if ["metricName", "metrics", "evaluationCriteria"].allSatisfy({ live.properties[$0] == nil }) {
      for name in Self.ofOneMetric { live.properties[name] = nil }
      live.untold = Self.forgotten
    }
    live.properties = Self.withoutBogus(live.properties) { $0 }
  }

  /// Properties that an endpoint may accept and never return.
  private static let forgotten: Set = [
    "metrics", "thresholdMetricId", "evaluationCriteria", "evaluationInterval",
  ]

  /// MiniStack tells a statistic, a period and a threshold of alarms that have none.
  private static func withoutBogus(
    _ members: [String: Value], _ spell: (String) -> String
  ) -> [String: Value] {
    var members = members
    func remove(_ names: [String], with name: String) {
      guard members[spell(name)]?.isEmpty == false else { return }
      for name in names { members[spell(name)] = nil }
    }
    remove(["statistic"], with: "extendedStatistic")
    remove(ofOneMetric, with: "metrics")
    remove(["threshold"], with: "thresholdMetricId")
    remove(ofOneMetric + ofPeriods, with: "evaluationCriteria")
    return members
  }
}
