import Planner

/// What of a table has calls of its own: it is neither in DescribeTable's answer nor in UpdateTable's input.
enum TableSetting: CaseIterable {
  case timeToLive
  case recovery
  case policy
  case insights
  case kinesis

  /// The properties that it is about.
  var properties: [String] {
    switch self {
    case .timeToLive: ["timeToLive"]
    case .recovery: ["pointInTimeRecovery", "recoveryPeriodInDays"]
    case .policy: ["resourcePolicy"]
    case .insights: ["contributorInsightsSpecification"]
    case .kinesis: ["kinesisStreamSpecification"]
    }
  }

  // MARK: Reading

  /// The properties as they are live.
  func read(
    _ table: Value, wanted: Resource?, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value] {
    let name: [String: Value] = ["TableName": table["TableName"] ?? .null]
    switch self {
    case .timeToLive:
      let answer = try await aws.read(DynamoDB.describeTimeToLive, name)["TimeToLiveDescription"]
      let isOn = ["ENABLED", "ENABLING"].contains(answer?["TimeToLiveStatus"]?.string ?? "")
      return ["timeToLive": isOn ? answer?["AttributeName"] ?? .null : .null]
    case .recovery:
      let answer = try await aws.read(DynamoDB.describeContinuousBackups, name)
      let recovery = answer["ContinuousBackupsDescription"]?["PointInTimeRecoveryDescription"]
      var properties: [String: Value] = [
        "pointInTimeRecovery": .boolean(recovery?["PointInTimeRecoveryStatus"] == "ENABLED")
      ]
      properties["recoveryPeriodInDays"] = recovery?["RecoveryPeriodInDays"]
      return properties
    case .policy:
      let arn: [String: Value] = ["ResourceArn": table["TableArn"] ?? .null]
      let policy = try await aws.readIfPresent(DynamoDB.getResourcePolicy, arn)?["Policy"]?.string
      return ["resourcePolicy": policy.map { Value(json: $0) ?? .string($0) } ?? .null]
    case .insights:
      let answer = try await Self.offered(DynamoDB.describeContributorInsights, name, aws)
      guard ["ENABLED", "ENABLING"].contains(answer["ContributorInsightsStatus"]?.string) else { return [:] }
      var insights: [String: Value] = ["enabled": true]
      insights["mode"] = answer["ContributorInsightsMode"]
      return ["contributorInsightsSpecification": .map(insights)]
    case .kinesis:
      let streams = try await Self.destinations(name, aws).filter { destination in
        ["ACTIVE", "ENABLING", "UPDATING"].contains(destination["DestinationStatus"]?.string)
      }
      let wanted = wanted?["kinesisStreamSpecification"]?["streamArn"]
      guard let stream = streams.first(where: { $0["StreamArn"] == wanted }) ?? streams.first else {
        return [:]
      }
      var specification: [String: Value] = ["streamArn": stream["StreamArn"] ?? .null]
      specification["approximateCreationDateTimePrecision"] = stream["ApproximateCreationDateTimePrecision"]
      return ["kinesisStreamSpecification": .map(specification)]
    }
  }

  /// The Kinesis streams that get the table's changes, in any status.
  static func destinations(
    _ name: [String: Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> [Value] {
    try await offered(DynamoDB.describeKinesisStreamingDestination, name, aws)
      .items(at: "KinesisDataStreamDestinations")
  }

  /// Nothing if the endpoint has no such call: then the setting is off.
  private static func offered(
    _ operation: Operation<Reads>, _ input: [String: Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> Value {
    do throws(ProviderError) {
      return try await aws.readIfPresent(operation, input) ?? .null
    } catch {
      if error.kind == .unsupported { return .null }
      throw error
    }
  }
}
