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
    switch (arn.flatMap { ARN($0)?.service }, section) {
    case ("sqs", _), (nil, "queues"): self = .queue
    case ("dynamodb", _), (nil, "tables"): self = .table
    case ("kinesis", _), (nil, "streams"): self = .stream
    default: self = .other
    }
  }

  /// Lambda's defaults.
  var defaultBatchSize: Value { self == .queue ? 10 : 100 }
}

/// The settings of a mapping, and how the API spells them.
enum EventMappingSettings {
  /// Only records of a stream have them: a queue's mapping answers nothing, or a value that says nothing.
  static let ofStreams = [
    "parallelizationFactor", "maximumRetryAttempts", "maximumRecordAgeInSeconds",
    "bisectBatchOnFunctionError", "tumblingWindowInSeconds", "destinationOnFailure",
  ]

  private static let schema = EventMappingKind().schema
  private static let defaults = schema.properties.compactMap { property in
    property.defaultValue.map { (property.name, $0) }
  }
  private static let wire = WireFields(
    renamed: [
      "destinationOnFailure": "DestinationConfig.OnFailure.Destination", "kmsKeyArn": "KMSKeyArn",
      "maximumConcurrency": "ScalingConfig.MaximumConcurrency", "metricsConfig": "MetricsConfig.Metrics",
    ],
    apart: ["source", "lambda", "filterCriteria"],
    // Nothing in the pollers goes back to such as come when they are needed.
    resets: [
      "destinationOnFailure": "", "functionResponseTypes": [], "kmsKeyArn": "", "metricsConfig": [],
      "provisionedPollerConfig": [:],
    ].merging(defaults) { $1 })

  /// The fields that set these properties of a resource.
  static func fields(
    of resource: Resource, source: EventSource, _ isWanted: (String) -> Bool
  ) -> [String: Value] {
    let names = schema.properties.map(\.name).filter { !wire.apart.contains($0) && isWanted($0) }
    var fields = wire.fields(of: resource, names, in: schema)
    if isWanted("batchSize"), fields["BatchSize"] == nil { fields["BatchSize"] = source.defaultBatchSize }
    // An empty structure takes away what it wraps.
    if isWanted("maximumConcurrency"), fields["ScalingConfig"] == nil { fields["ScalingConfig"] = [:] }
    if isWanted("filterCriteria") {
      let patterns = (resource["filterCriteria"]?.list ?? []).map { ["Pattern": .string($0.json)] as Value }
      fields["FilterCriteria"] = ["Filters": .list(patterns)]
    }
    return fields
  }

  /// The properties that a mapping's answer holds.
  static func properties(in mapping: Value) -> [String: Value] {
    var properties = wire.properties(in: mapping, schema)
    let patterns = (mapping["FilterCriteria"] ?? .null).items("Filters").compactMap { $0["Pattern"]?.string }
    properties["filterCriteria"] = .list(patterns.map { Value(json: $0) ?? .string($0) })
    properties["startingPositionTimestamp"] = mapping["StartingPositionTimestamp"]?.number
      .map { .integer(Int($0)) }
    return properties.filter { !$0.value.isEmpty }
  }
}
