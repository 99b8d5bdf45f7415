import Planner

extension TableSetting {
  /// Makes the live settings the wanted ones. A setting that is right already, as after a lost answer, is not
  /// written again, for DynamoDB refuses that.
  func write(
    _ wanted: Resource, over live: [String: Value], table: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    switch self {
    case .timeToLive: try await writeTimeToLive(wanted, live, table, aws)
    case .recovery: try await writeRecovery(wanted, table, aws)
    case .policy: try await writePolicy(wanted, table, aws)
    case .insights: try await writeInsights(wanted, table, aws)
    case .kinesis: try await writeKinesis(wanted, live, table, aws)
    }
  }

  // MARK: Time to live

  /// Another attribute only after the first one was given up.
  private func writeTimeToLive(
    _ wanted: Resource, _ live: [String: Value], _ table: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    let (old, new) = (live["timeToLive"] ?? .null, wanted["timeToLive"] ?? .null)
    guard old != new else { return }
    if !old.isEmpty { try await setTimeToLive(old, enabled: false, table, aws) }
    if !new.isEmpty { try await setTimeToLive(new, enabled: true, table, aws) }
  }

  private func setTimeToLive(
    _ attribute: Value, enabled: Bool, _ table: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    let input: [String: Value] = [
      "TableName": table["TableName"] ?? .null,
      "TimeToLiveSpecification": ["Enabled": .boolean(enabled), "AttributeName": attribute],
    ]
    do throws(ProviderError) {
      try await aws.write(DynamoDB.updateTimeToLive, input)
    } catch {
      var error = error
      if error.kind == .invalid, error.message.lowercased().contains("multiple times") {
        error.message += " (AWS takes one change of timeToLive an hour: apply again after that)"
      }
      throw error
    }
  }

  // MARK: Backups

  private func writeRecovery(
    _ wanted: Resource, _ table: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    let isOn = wanted["pointInTimeRecovery"] == true
    var specification: [String: Value] = ["PointInTimeRecoveryEnabled": .boolean(isOn)]
    if isOn, let days = wanted["recoveryPeriodInDays"], !days.isNull {
      specification["RecoveryPeriodInDays"] = days
    }
    try await aws.write(
      DynamoDB.updateContinuousBackups,
      ["TableName": table["TableName"] ?? .null, "PointInTimeRecoverySpecification": .map(specification)])
  }

  // MARK: Policy

  /// Waits until the policy is read as it was written: GetResourcePolicy is behind for a moment.
  private func writePolicy(
    _ wanted: Resource, _ table: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    let arn: [String: Value] = ["ResourceArn": table["TableArn"] ?? .null]
    let policy = wanted["resourcePolicy"] ?? .null
    var revision: Value?
    if policy.isEmpty {
      try await aws.delete(DynamoDB.deleteResourcePolicy, arn)
    } else {
      let input = arn.merging(["Policy": .string(policy.json)]) { $1 }
      revision = try await aws.write(DynamoDB.putResourcePolicy, input)["RevisionId"]
    }
    try await aws.waiting(for: "the policy of the table to settle") { () throws(ProviderError) -> Void? in
      let answer = try await aws.reading.readIfPresent(DynamoDB.getResourcePolicy, arn)
      return answer?["RevisionId"] == revision ? () : nil
    }
  }

  // MARK: Contributor insights

  private func writeInsights(
    _ wanted: Resource, _ table: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    let insights = wanted["contributorInsightsSpecification"] ?? .null
    let isOn = insights["enabled"] == true
    var input: [String: Value] = [
      "TableName": table["TableName"] ?? .null, "ContributorInsightsAction": isOn ? "ENABLE" : "DISABLE",
    ]
    if isOn, let mode = insights["mode"], !mode.isNull { input["ContributorInsightsMode"] = mode }
    try await aws.write(DynamoDB.updateContributorInsights, input)
  }

  // MARK: Kinesis

  /// Another stream only after the first one was ended. Each step waits until it is done, since the next one
  /// is refused meanwhile.
  private func writeKinesis(
    _ wanted: Resource, _ live: [String: Value], _ table: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    let new = wanted["kinesisStreamSpecification"] ?? .null
    let old = live["kinesisStreamSpecification"] ?? .null
    guard let precision = Self.precision(of: new), new["streamArn"] == old["streamArn"] else {
      if let stream = old["streamArn"] {
        try await send(DynamoDB.disableKinesisStreamingDestination, stream, [:], table, aws)
      }
      guard let stream = new["streamArn"] else { return }
      let configuration = Self.precision(of: new).map { ["EnableKinesisStreamingConfiguration": $0] } ?? [:]
      return try await send(
        DynamoDB.enableKinesisStreamingDestination, stream, configuration, table, aws)
    }
    guard precision != Self.precision(of: old) else { return }
    try await send(
      DynamoDB.updateKinesisStreamingDestination, new["streamArn"] ?? .null,
      ["UpdateKinesisStreamingConfiguration": precision], table, aws)
  }

  private static func precision(of specification: Value) -> Value? {
    guard let stream = specification["streamArn"], !stream.isEmpty else { return nil }
    let declared = specification["approximateCreationDateTimePrecision"] ?? .null
    return ["ApproximateCreationDateTimePrecision": declared.isNull ? "MILLISECOND" : declared]
  }

  private func send(
    _ operation: Operation<Writes>, _ stream: Value, _ configuration: [String: Value], _ table: Value,
    _ aws: WritingClient
  ) async throws(ProviderError) {
    let name: [String: Value] = ["TableName": table["TableName"] ?? .null]
    try await aws.write(
      operation, name.merging(configuration.merging(["StreamArn": stream]) { $1 }) { $1 })
    let event = "the table's way to \(stream.string ?? "Kinesis") to settle"
    try await aws.waiting(for: event) { () throws(ProviderError) -> Void? in
      let destination = try await Self.destinations(name, aws.reading)
        .first { $0["StreamArn"] == stream }
      let status = destination?["DestinationStatus"]?.string ?? "DISABLED"
      return ["ENABLING", "UPDATING", "DISABLING"].contains(status) ? nil : ()
    }
  }
}
