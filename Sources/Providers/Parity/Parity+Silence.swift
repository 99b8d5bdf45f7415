import Planner

extension Parity {
  /// A property that an emulator takes and does nothing with: that it worked there shows nothing.
  package struct Silence: Sendable, Hashable {
    package enum Emulator: String, Sendable { case ministack = "MiniStack", localstack = "LocalStack" }

    package let section: String
    package let property: String
    package let emulators: [Emulator]
    /// The request, and its result.
    package let evidence: String
  }

  /// What the conformance suite tries on every run (`docs/conformance.md`), and where it found this.
  package static let silences: [Silence] = [
    silence(
      "alarms", "evaluateLowSampleCountPercentile", [.ministack],
      "PutMetricAlarm answers 200, DescribeAlarms returns none"),
    silence("alarms", "evaluationCriteria", [.ministack, .localstack], "accepted and never returned"),
    silence("alarms", "evaluationInterval", [.ministack, .localstack], "accepted and never returned"),
    silence("alarms", "metrics", [.ministack], "PutMetricAlarm accepts Metrics and never returns them"),
    silence("alarms", "thresholdMetricId", [.ministack], "accepted and never returned"),
    silence(
      "buckets", "analyticsConfigurations", [.ministack],
      "PUT answers 200, GET answers a listing of the objects"),
    silence(
      "buckets", "intelligentTieringConfigurations", [.ministack],
      "PUT answers 200, GET answers a listing of the objects"),
    silence(
      "buckets", "inventoryConfigurations", [.ministack],
      "PUT answers 200, GET answers a listing of the objects"),
    silence(
      "buckets", "metricsConfigurations", [.ministack],
      "PUT answers 200, GET answers a listing of the objects"),
    silence(
      "buckets", "requestPayer", [.ministack],
      "PUT ?requestPayment answers 200, GET answers a listing of the objects"),
    silence(
      "buckets", "transitionDefaultMinimumObjectSize", [.ministack],
      "PUT ?lifecycle with the header answers 200, GET returns another"),
    silence(
      "compositeAlarms", "actionsSuppressor", [.ministack],
      "PutCompositeAlarm answers 200, DescribeAlarms returns none"),
    silence(
      "eventMappings", "kmsKeyArn", [.ministack],
      "CreateEventSourceMapping answers 202, GetEventSourceMapping returns none"),
    silence(
      "eventMappings", "metricsConfig", [.ministack],
      "CreateEventSourceMapping answers 202, GetEventSourceMapping returns none"),
    silence(
      "eventMappings", "provisionedPollerConfig", [.ministack],
      "CreateEventSourceMapping answers 202, GetEventSourceMapping returns none"),
    silence(
      "eventMappings", "tumblingWindowInSeconds", [.ministack],
      "CreateEventSourceMapping answers 202, GetEventSourceMapping returns none"),
    silence(
      "lambdas", "codeSigningConfigArn", [.ministack],
      "CreateFunction answers 201, GetFunctionCodeSigningConfig returns none"),
    silence("lambdas", "kmsKeyArn", [.localstack], "CreateFunction answers 201, GetFunction returns none"),
    silence(
      "streams", "desiredShardLevelMetrics", [.ministack],
      "EnableEnhancedMonitoring answers 200, DescribeStreamSummary returns none"),
    silence(
      "subscriptions", "replayPolicy", [.ministack],
      "Subscribe answers 200, GetSubscriptionAttributes returns none"),
    silence(
      "tables", "onDemandThroughput", [.localstack], "CreateTable answers 200, DescribeTable returns none"),
    silence(
      "tables", "recoveryPeriodInDays", [.ministack, .localstack],
      "UpdateContinuousBackups answers 200, DescribeContinuousBackups returns none"),
    silence("tables", "tableClass", [.localstack], "CreateTable answers 200, DescribeTable returns none"),
    silence(
      "tables", "warmThroughput", [.ministack, .localstack],
      "CreateTable answers 200, DescribeTable returns none"),
    silence(
      "topics", "fifoThroughputScope", [.localstack],
      "CreateTopic answers 200, GetTopicAttributes returns none"
    ),
    silence(
      "topics", "tracingConfig", [.localstack],
      "SetTopicAttributes answers 200, GetTopicAttributes returns none"),
  ]

  private static func silence(
    _ section: String, _ property: String, _ emulators: [Silence.Emulator], _ evidence: String
  ) -> Silence {
    Silence(section: section, property: property, emulators: emulators, evidence: evidence)
  }

  static func silentProperties(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    return silences.flatMap { silence -> [Diagnostic] in
      let bearers = move.all(silence.section).filter { $0[silence.property]?.withoutNulls.isEmpty == false }
      guard let first = bearers.first else { return [] }
      let emulators = silence.emulators.map(\.rawValue).joined(separator: " and ")
      let others = bearers.count == 1 ? "" : " (\(ParityMove.names(bearers)))"
      return [
        move.warning(
          first, [silence.property], "Taken, and without effect",
          "\(emulators) take\(silence.emulators.count == 1 ? "s" : "") \(silence.property) and do\(silence.emulators.count == 1 ? "es" : "") nothing with it\(others): \(silence.evidence).",
          fix: "Check it after the first apply on AWS: that it worked so far proves nothing.")
      ]
    }
  }
}
