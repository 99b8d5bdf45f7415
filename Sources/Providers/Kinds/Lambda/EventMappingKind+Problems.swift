import Planner

extension EventMappingKind {
  func problems(of resource: Resource) -> [PropertyProblem] {
    let source = Self.source(of: resource)
    if let problem = sourceProblem(resource, source) { return [problem] }
    return positionProblems(resource, source) + settingProblems(resource, source)
      + batchProblems(resource, source)
  }

  /// Lambda polls brokers, too, which this kind knows nothing of. What calls lambdas by itself has no mapping.
  private func sourceProblem(_ resource: Resource, _ source: EventSource) -> PropertyProblem? {
    guard source == .other, let arn = resource["source"]?.string else { return nil }
    let service = arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
    let callers = [
      "s3": "A bucket calls a lambda by its `notifications`.",
      "sns": "A topic calls a lambda by a subscription (`subscriptions`).",
    ]
    return PropertyProblem(
      ["source"], "Unknown source of events",
      "\(arn) is neither a queue, a table's stream nor a Kinesis stream.",
      fix: callers[String(service)])
  }

  private func positionProblems(_ resource: Resource, _ source: EventSource) -> [PropertyProblem] {
    let position = resource["startingPosition"]?.string
    var problems: [PropertyProblem] = []
    if source.isStream, position == nil {
      problems.append(
        PropertyProblem(
          [], "No starting position", "A stream's mapping must say where it begins.",
          fix: "Add `startingPosition: LATEST`, or TRIM_HORIZON for all that the stream still has."))
    }
    if source == .queue, position != nil {
      problems.append(
        PropertyProblem(
          ["startingPosition"], "Not for a queue", "A queue has no positions to begin at.",
          fix: "Take it out."))
    }
    let hasTime = resource["startingPositionTimestamp"] != nil
    if hasTime != (position == "AT_TIMESTAMP") {
      problems.append(
        PropertyProblem(
          [hasTime ? "startingPositionTimestamp" : "startingPosition"], "Starting time",
          "AT_TIMESTAMP and startingPositionTimestamp only make sense together.",
          fix: hasTime ? "Add `startingPosition: AT_TIMESTAMP`." : "Add `startingPositionTimestamp`."))
    }
    if source == .table, position == "AT_TIMESTAMP" {
      problems.append(
        PropertyProblem(
          ["startingPosition"], "Not for a table's stream", "AT_TIMESTAMP is for Kinesis alone.",
          fix: "Use LATEST or TRIM_HORIZON."))
    }
    return problems
  }

  private func settingProblems(_ resource: Resource, _ source: EventSource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    for setting in EventMappingSetting.all where setting.isForStreams && source == .queue {
      guard let value = resource[setting.property], !value.isNull else { continue }
      problems.append(
        PropertyProblem(
          [setting.property], "Not for a queue",
          "\(setting.property) is for streams: Lambda refuses it for a queue.",
          fix: "Take it out; a queue's own redrivePolicy says what becomes of failed messages."))
    }
    if source.isStream, resource["maximumConcurrency"]?.isNull == false {
      problems.append(
        PropertyProblem(
          ["maximumConcurrency"], "Not for a stream", "maximumConcurrency is for queues.",
          fix: "Use parallelizationFactor."))
    }
    problems += pollerProblems(resource, source)
    if let age = resource["maximumRecordAgeInSeconds"]?.integer, (0..<60).contains(age) {
      problems.append(
        PropertyProblem(
          ["maximumRecordAgeInSeconds"], "Out of range", "\(age) is neither -1 nor at least 60.",
          fix: "Use -1 for any age."))
    }
    if let filters = resource["filterCriteria"]?.list, filters.count > 10 {
      problems.append(
        PropertyProblem(
          ["filterCriteria"], "Too many filters", "There are \(filters.count); Lambda takes at most 10.",
          fix: "Put several values into one pattern: any of them fits."))
    }
    return problems
  }

  private func pollerProblems(_ resource: Resource, _ source: EventSource) -> [PropertyProblem] {
    guard resource.says("provisionedPollerConfig") else { return [] }
    var problems: [PropertyProblem] = []
    if source.isStream {
      problems.append(
        PropertyProblem(
          ["provisionedPollerConfig"], "Not for a stream", "Pollers are provisioned for queues.",
          fix: "Use parallelizationFactor."))
    }
    if resource["maximumConcurrency"]?.isNull == false {
      problems.append(
        PropertyProblem(
          ["maximumConcurrency"], "Options that don't go together",
          "Provisioned pollers bound by themselves how many calls run.", fix: "Take out one of both."))
    }
    let pollers = resource["provisionedPollerConfig"]
    let least = pollers?["minimumPollers"]?.integer ?? 2
    if let most = pollers?["maximumPollers"]?.integer, most < least {
      problems.append(
        PropertyProblem(
          ["provisionedPollerConfig", "maximumPollers"], "Out of range",
          "At most \(most) pollers and at least \(least) can't be."))
    }
    return problems
  }

  private func batchProblems(_ resource: Resource, _ source: EventSource) -> [PropertyProblem] {
    guard let size = resource["batchSize"]?.integer, source == .queue else { return [] }
    let window = resource["maximumBatchingWindowInSeconds"]?.integer ?? 0
    let isFIFO = resource["source"]?.string?.hasSuffix(".fifo") == true
    if isFIFO, size > 10 {
      return [
        PropertyProblem(
          ["batchSize"], "Batch too large", "A FIFO queue's batch has at most 10 messages, not \(size).",
          fix: "Use 10 or fewer.")
      ]
    }
    guard size > 10, window == 0 else { return [] }
    return [
      PropertyProblem(
        ["batchSize"], "Batch without a window", "More than 10 messages need a window to gather in.",
        fix: "Add `maximumBatchingWindowInSeconds: 1`.")
    ]
  }
}
