package import Planner

/// Amazon CloudWatch alarms on a metric, or on an expression over several.
///
/// Reads: one for a hundred alarms, and one more an alarm for its tags. Writes: one to create or change one.
/// It sends the whole alarm each time, with the tags of a new one; tags of an existing one have calls of
/// their own. Facts: the CloudWatch API reference (PutMetricAlarm), `AWS::CloudWatch::Alarm` in
/// CloudFormation.
package struct AlarmKind: AlarmFamily {
  package init() {}

  package var schema: Schema { Self.declaration }
  package let put = CloudWatch.putMetricAlarm

  // MARK: Reading

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await AlarmListing(type: "MetricAlarm").read(queries, aws) { alarm, query throws(ProviderError) in
      try await self.live(alarm, query, aws)
    }
  }

  private func live(
    _ alarm: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let name = query.name ?? ""
    guard let tags = try await AlarmTags.read(query, arn(name, aws.target), aws) else { return nil }
    var properties = AlarmWire.properties(of: alarm, in: schema)
    // No alarm is on nothing: MiniStack drops metric math, and both emulators drop queries.
    let isOnNothing = ["metricName", "metrics", "evaluationCriteria"].allSatisfy { properties[$0] == nil }
    if isOnNothing { for name in Self.ofOneMetric { properties[name] = nil } }
    properties["tags"] = tags.declared
    return LiveResource(
      id: name, properties: AlarmWire.withoutBogus(properties),
      attributes: attributes(name: name, in: aws.target), owner: tags.owner,
      untold: isOnNothing ? Self.forgotten : [])
  }

  /// Properties that an endpoint may accept and never return.
  private static let forgotten: Set = [
    "metrics", "thresholdMetricId", "evaluationCriteria", "evaluationInterval",
  ]

  package func written(_ properties: [String: Value]) -> [String: Value] {
    AlarmWire.withoutBogus(properties)
  }
}

/// How an alarm is spelt on the wire: CloudWatch's names begin with a capital, and dimensions are lists of names and values.
enum AlarmWire {
  /// The input of PutMetricAlarm, without tags. Empty properties are left out.
  static func input(_ properties: [String: Value], name: String, in schema: Schema) -> [String: Value] {
    var input: [String: Value] = ["AlarmName": .string(name)]
    for property in schema.properties where property.name != "tags" {
      guard let value = properties[property.name], !value.isEmpty else { continue }
      input[wireName(property.name)] = encoded(value, as: property.name)
    }
    return input
  }

  /// Absent where empty. JSON's nulls and XML's empty elements say the same.
  static func properties(of alarm: Value, in schema: Schema) -> [String: Value] {
    var properties: [String: Value] = [:]
    for property in schema.properties where property.name != "tags" {
      guard let found = alarm[wireName(property.name)] else { continue }
      var value = decoded(found, as: property.name)
      if case .string(let text) = value { value = property.value(of: text) }
      if !value.isEmpty { properties[property.name] = value }
    }
    return properties
  }

  /// MiniStack returns a statistic, a period and a threshold for alarms that have none.
  static func withoutBogus(_ properties: [String: Value]) -> [String: Value] {
    func isSet(_ name: String) -> Bool { properties[name].map { !$0.isEmpty } ?? false }
    var properties = properties
    if isSet("extendedStatistic") { properties["statistic"] = nil }
    if isSet("metrics") { for name in AlarmKind.ofOneMetric { properties[name] = nil } }
    if isSet("thresholdMetricId") { properties["threshold"] = nil }
    if isSet("evaluationCriteria") {
      for name in AlarmKind.ofOneMetric + AlarmKind.ofPeriods { properties[name] = nil }
    }
    return properties
  }

  private static func wireName(_ name: String) -> String {
    name == "okActions" ? "OKActions" : name.prefix(1).uppercased() + name.dropFirst()
  }

  private static func encoded(_ value: Value, as name: String) -> Value {
    switch value {
    case .map(let members) where name == "dimensions":
      let sorted = members.sorted { $0.key < $1.key }
      return .list(sorted.map { ["Name": .string($0.key), "Value": $0.value] })
    case .map(let members):
      let pairs = members.filter { !$0.value.isEmpty }.map {
        (wireName($0.key), encoded($0.value, as: $0.key))
      }
      return .map(Dictionary(pairs) { first, _ in first })
    case .list(let items): return .list(items.map { encoded($0, as: "") })
    default: return value
    }
  }

  private static func decoded(_ value: Value, as name: String) -> Value {
    switch value {
    case .list(let items) where name == "dimensions":
      return .map(
        Dictionary(items.map { ($0["Name"]?.string ?? "", $0["Value"] ?? "") }) { first, _ in first })
    case .map(let members):
      let pairs = members.map { key, value in
        let name = key.prefix(1).lowercased() + key.dropFirst()
        return (name, decoded(value, as: name))
      }
      return .map(Dictionary(pairs) { first, _ in first }.filter { !$0.value.isEmpty })
    case .list(let items): return .list(items.map { decoded($0, as: "") })
    default: return value
    }
  }
}
