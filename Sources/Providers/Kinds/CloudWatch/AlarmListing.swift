import Planner

/// Alarms of one of the two types, a hundred in a call: as many names as DescribeAlarms takes.
struct AlarmListing: Sendable {
  /// `MetricAlarm` or `CompositeAlarm`. Without it LocalStack returns both.
  let type: String

  /// The alarms with these names; without names all of the account.
  func alarms(named names: [String] = [], _ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    var input: [String: Value] = ["AlarmTypes": [.string(type)], "MaxRecords": 100]
    if !names.isEmpty { input["AlarmNames"] = .list(names.map(Value.string)) }
    return try await aws.everyItem(CloudWatch.describeAlarms(of: type), input)
  }

  /// Reads the alarm of each query's name; `live` makes a live resource of it.
  func read(
    _ queries: [LiveQuery], _ aws: ReadingClient,
    live: @escaping @Sendable (Value, LiveQuery) async throws(ProviderError) -> LiveResource?
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    let chunks = stride(from: 0, to: queries.count, by: 100).map {
      Array(queries[$0..<min($0 + 100, queries.count)])
    }
    return await withTaskGroup(of: [Address: Result<LiveResource?, ProviderError>].self) { group in
      for chunk in chunks { group.addTask { await read(chunk: chunk, aws, live: live) } }
      var answers: [Address: Result<LiveResource?, ProviderError>] = [:]
      for await part in group { answers.merge(part) { first, _ in first } }
      return answers
    }
  }

  private func read(
    chunk queries: [LiveQuery], _ aws: ReadingClient,
    live: @escaping @Sendable (Value, LiveQuery) async throws(ProviderError) -> LiveResource?
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    let listing = await outcome { () throws(ProviderError) in
      try await self.alarms(named: queries.compactMap(\.name), aws)
    }
    let alarms: [Value]
    switch listing {
    case .success(let found): alarms = found
    case .failure(let error): return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
    let byName = Dictionary(alarms.map { ($0["AlarmName"]?.string ?? "", $0) }) { first, _ in first }
    return await AlarmKind().concurrently(queries) { query throws(ProviderError) in
      guard let alarm = byName[query.name ?? ""] else { return nil }
      return try await live(alarm, query)
    }
  }
}
