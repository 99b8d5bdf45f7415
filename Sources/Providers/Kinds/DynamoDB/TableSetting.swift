import Planner

/// What of a table has calls of its own: DescribeTable does not tell it, and UpdateTable does not take it.
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
    let name: Value = ["TableName": table["TableName"] ?? .null]
    switch self {
    case .timeToLive:
      let answer = try await aws.read(.dynamoDB, "DescribeTimeToLive", name)["TimeToLiveDescription"]
      let isOn = ["ENABLED", "ENABLING"].contains(answer?["TimeToLiveStatus"]?.string ?? "")
      return ["timeToLive": isOn ? answer?["AttributeName"] ?? .null : .null]
    case .recovery:
      let answer = try await aws.read(.dynamoDB, "DescribeContinuousBackups", name)
      let recovery = answer["ContinuousBackupsDescription"]?["PointInTimeRecoveryDescription"]
      var properties: [String: Value] = [
        "pointInTimeRecovery": .boolean(recovery?["PointInTimeRecoveryStatus"] == "ENABLED")
      ]
      properties["recoveryPeriodInDays"] = recovery?["RecoveryPeriodInDays"]
      return properties
    case .policy:
      let request = AWSRequest(
        .dynamoDB, "GetResourcePolicy", ["ResourceArn": table["TableArn"] ?? .null])
      let policy = try await aws.readIfPresent(request)?.value["Policy"]?.string
      return ["resourcePolicy": policy.map { Value(json: $0) ?? .string($0) } ?? .null]
    case .insights:
      let answer = try await Self.offered(
        AWSRequest(.dynamoDB, "DescribeContributorInsights", name), aws)
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

  static func destinations(_ name: Value, _ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    let request = AWSRequest(.dynamoDB, "DescribeKinesisStreamingDestination", name)
    return try await offered(request, aws).items("KinesisDataStreamDestinations")
  }

  /// Nothing where the endpoint has no such call: what it can't do is not on.
  private static func offered(
    _ request: AWSRequest, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value {
    do throws(ProviderError) {
      return try await aws.readIfPresent(request)?.value ?? .null
    } catch {
      if error.kind == .unsupported { return .null }
      throw error
    }
  }
}
