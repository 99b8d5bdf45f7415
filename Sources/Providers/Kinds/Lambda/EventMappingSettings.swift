import Planner

/// The kinds of event sources that mappings distinguish.
enum EventSource: Hashable {
  case queue
  case stream
  case table
  case other

  /// - Parameters:
  ///   - arn: the source's ARN, where that is known.
  ///   - section: that of the resource that the property refers to. It is known before the ARN is.
  init(arn: String?, section: String?) {
    let service = arn?.split(separator: ":", omittingEmptySubsequences: false).dropFirst(2).first
    switch (service.map(String.init), section) {
    case ("sqs", _), (nil, "queues"): self = .queue
    case ("dynamodb", _), (nil, "tables"): self = .table
    case ("kinesis", _), (nil, "streams"): self = .stream
    default: self = .other
    }
  }

  var isStream: Bool { self == .table || self == .stream }
  /// Lambda's defaults.
  var defaultBatchSize: Value { self == .queue ? 10 : 100 }
}

/// The settings of a mapping, and how the API has them: a row each.
struct EventMappingSetting {
  let property: String
  /// The path in the API's structure.
  let path: [String]
  /// What puts it back.
  var reset: Value
  /// Only records of a stream have it: a queue's mapping answers nothing, or a value that says nothing.
  var isForStreams = false

  static let all = [
    EventMappingSetting(property: "batchSize", path: ["BatchSize"], reset: .null),
    EventMappingSetting(
      property: "maximumBatchingWindowInSeconds", path: ["MaximumBatchingWindowInSeconds"], reset: 0),
    EventMappingSetting(property: "functionResponseTypes", path: ["FunctionResponseTypes"], reset: []),
    EventMappingSetting(
      property: "maximumConcurrency", path: ["ScalingConfig", "MaximumConcurrency"], reset: .null),
    EventMappingSetting(property: "kmsKeyArn", path: ["KMSKeyArn"], reset: ""),
    EventMappingSetting(property: "metricsConfig", path: ["MetricsConfig", "Metrics"], reset: []),
    EventMappingSetting(
      property: "parallelizationFactor", path: ["ParallelizationFactor"], reset: 1, isForStreams: true),
    EventMappingSetting(
      property: "maximumRetryAttempts", path: ["MaximumRetryAttempts"], reset: -1, isForStreams: true),
    EventMappingSetting(
      property: "maximumRecordAgeInSeconds", path: ["MaximumRecordAgeInSeconds"], reset: -1,
      isForStreams: true),
    EventMappingSetting(
      property: "bisectBatchOnFunctionError", path: ["BisectBatchOnFunctionError"], reset: false,
      isForStreams: true),
    EventMappingSetting(
      property: "tumblingWindowInSeconds", path: ["TumblingWindowInSeconds"], reset: 0, isForStreams: true),
    EventMappingSetting(
      property: "destinationOnFailure", path: ["DestinationConfig", "OnFailure", "Destination"], reset: "",
      isForStreams: true),
  ]

  private static let pollers = ["MinimumPollers": "minimumPollers", "MaximumPollers": "maximumPollers"]

  /// The fields that set these properties of a resource.
  static func fields(
    of resource: Resource, source: EventSource, _ isWanted: (String) -> Bool
  ) -> [String: Value] {
    var fields: [String: Value] = [:]
    for setting in all where isWanted(setting.property) {
      var value = resource[setting.property] ?? .null
      if value.isNull { value = setting.property == "batchSize" ? source.defaultBatchSize : setting.reset }
      // An empty structure removes its member.
      var inner: Value = value
      for member in setting.path.dropFirst().reversed() { inner = inner.isNull ? [:] : [member: inner] }
      fields[setting.path[0]] = inner
    }
    if isWanted("enabled") {
      fields["Enabled"] = .boolean(resource["enabled"]?.boolean ?? true)
    }
    if isWanted("filterCriteria") {
      let patterns = (resource["filterCriteria"]?.list ?? []).map { ["Pattern": .string($0.json)] as Value }
      fields["FilterCriteria"] = ["Filters": .list(patterns)]
    }
    if isWanted("provisionedPollerConfig") {
      // Without members, Lambda runs pollers as they are needed.
      let pollers = resource["provisionedPollerConfig"] ?? .null
      fields["ProvisionedPollerConfig"] = .map(
        Self.pollers.compactMapValues { pollers[$0] }.filter { !$0.value.isNull })
    }
    return fields
  }

  /// The properties that a mapping's answer holds.
  static func properties(in mapping: Value) -> [String: Value] {
    var properties: [String: Value] = [:]
    for setting in all {
      properties[setting.property] = setting.path.reduce(mapping as Value?) { value, member in value?[member]
      }
    }
    let patterns = (mapping["FilterCriteria"] ?? .null).items("Filters").compactMap { $0["Pattern"]?.string }
    properties["filterCriteria"] = .list(patterns.map { Value(json: $0) ?? .string($0) })
    if let pollers = mapping["ProvisionedPollerConfig"] {
      let members = Self.pollers.map { ($0.value, pollers[$0.key] ?? .null) }.filter { !$0.1.isNull }
      properties["provisionedPollerConfig"] = .map(Dictionary(members) { first, _ in first })
    }
    properties["startingPosition"] = mapping["StartingPosition"]
    properties["startingPositionTimestamp"] = mapping["StartingPositionTimestamp"]?.number
      .map { .integer(Int($0)) }
    return properties.filter { !$0.value.isEmpty }
  }
}
