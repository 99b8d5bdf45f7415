package import Planner

/// The states of alarms, for whoever asks whether all is well.
package struct AlarmStates: Sendable {
  /// One alarm that is there.
  package struct State: Sendable, Hashable {
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    package var value: String
    /// Why, in the service's words.
    package var reason: String
  }

  /// By name, those that are there of these, of either kind.
  package static func read(
    _ names: [String], _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: State] {
    var states: [String: State] = [:]
    for start in stride(from: 0, to: names.count, by: 100) {
      let chunk = names[start..<min(start + 100, names.count)]
      // Each type by itself: without a type LocalStack tells both, and AWS only one.
      for type in ["MetricAlarm", "CompositeAlarm"] {
        let pages =
          try await aws.pages(
            .cloudWatch, "DescribeAlarms",
            [
              "AlarmNames": .list(chunk.map(Value.string)), "AlarmTypes": [.string(type)], "MaxRecords": 100,
            ], token: "NextToken") ?? []
        for alarm in pages.flatMap({ $0.items("\(type)s") }) {
          guard let name = alarm["AlarmName"]?.string else { continue }
          states[name] = State(
            value: alarm["StateValue"]?.string ?? "", reason: alarm["StateReason"]?.string ?? "")
        }
      }
    }
    return states
  }
}
