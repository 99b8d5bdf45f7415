package import Planner

/// The states of alarms, for gates that ask whether all is well.
package struct AlarmStates: Sendable {
  /// One alarm that is there.
  package struct State: Sendable, Hashable {
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    package var value: String
    /// Why, in the service's words.
    package var reason: String
  }

  /// The states of the alarms of these names that exist, of either kind, by name.
  package static func read(
    _ names: [String], _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: State] {
    var states: [String: State] = [:]
    for start in stride(from: 0, to: names.count, by: Listing.mostNames) {
      let some = names[start..<min(start + Listing.mostNames, names.count)].map(Value.string)
      for type in ["MetricAlarm", "CompositeAlarm"] {
        let input: [String: Value] = [
          "AlarmTypes": [.string(type)], "AlarmNames": .list(some), "MaxRecords": 100,
        ]
        for alarm in try await aws.everyItem(CloudWatch.describeAlarms(of: type), input) {
          guard let name = alarm["AlarmName"]?.string else { continue }
          states[name] = State(
            value: alarm["StateValue"]?.string ?? "", reason: alarm["StateReason"]?.string ?? "")
        }
      }
    }
    return states
  }
}
