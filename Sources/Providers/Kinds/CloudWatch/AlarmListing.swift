import Planner

/// Alarms of one of the two types, a hundred in a call: as many names as DescribeAlarms takes.
struct AlarmListing: Sendable {
  /// As `MetricAlarm`. Without it LocalStack would tell both types.
  let type: String

  /// What is there of each query's name, made a live resource by `live`.
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
    let names = Value.list(queries.compactMap(\.name).map(Value.string))
    let listing = await outcome { () throws(ProviderError) in
      try await aws.pages(
        .cloudWatch, "DescribeAlarms",
        ["AlarmNames": names, "AlarmTypes": [.string(type)], "MaxRecords": 100], token: "NextToken")
    }
    let alarms: [Value]
    switch listing {
    case .success(let pages): alarms = (pages ?? []).flatMap { $0.items("\(type)s") }
    case .failure(let error): return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
    let byName = Dictionary(alarms.map { ($0["AlarmName"]?.string ?? "", $0) }) { first, _ in first }
    return await AlarmKind().concurrently(queries) { query throws(ProviderError) in
      guard let alarm = byName[query.name ?? ""] else { return nil }
      return try await live(alarm, query)
    }
  }
}
