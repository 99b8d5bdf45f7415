/// A property that an emulator takes and then keeps to itself: reads have nothing of it, or another value.
///
/// That it worked there shows nothing, so ``Parity`` warns of it. The conformance suite tries each and fails once one
/// is returned. What plans do with it no table decides: they learn it (`Ledger.Record.unreported`), on endpoints that
/// nobody knows, too.
package struct SilentProperty: Sendable, Hashable {
  package let section: String
  package let property: String
  /// By software: the request, and what came of it.
  package let evidence: [EndpointSoftware: String]
  /// The kind knows it where it reads, so that no plan shows the property there: the suite sets and changes it as any other.
  package let isKnownToKind: Bool

  init(
    _ section: String, _ property: String, _ evidence: [EndpointSoftware: String], isKnownToKind: Bool = false
  ) {
    self.section = section
    self.property = property
    self.evidence = evidence
    self.isKnownToKind = isKnownToKind
  }

  /// What a trait says already: the evidence is the trait's.
  private init(_ section: String, _ property: String, _ trait: EndpointTrait, isKnownToKind: Bool = false) {
    self.init(section, property, trait.evidence, isKnownToKind: isKnownToKind)
  }

  /// Seen with LocalStack 4.8.1 and MiniStack 1.5.33.
  package static let all = alarms + buckets + eventBuses + functions + others + tables

  private static let alarms =
    [
      SilentProperty(
        "alarms", "evaluateLowSampleCountPercentile",
        [
          .miniStack:
            "PutMetricAlarm with EvaluateLowSampleCountPercentile answers 200, DescribeAlarms tells none"
        ]),
      SilentProperty(
        "alarms", "evaluationCriteria",
        [.miniStack: "taken and never told", .localStack: "taken and never told"], isKnownToKind: true),
      SilentProperty(
        "alarms", "evaluationInterval",
        [.miniStack: "taken and never told", .localStack: "taken and never told"], isKnownToKind: true),
      SilentProperty(
        "alarms", "metrics", [.miniStack: "PutMetricAlarm takes Metrics and never tells them"],
        isKnownToKind: true),
      SilentProperty(
        "alarms", "thresholdMetricId", [.miniStack: "taken and never told"], isKnownToKind: true),
    ]
    + ["actionsSuppressor", "actionsSuppressorExtensionPeriod", "actionsSuppressorWaitPeriod"].map {
      SilentProperty(
        "compositeAlarms", $0,
        [
          .miniStack:
            "PutCompositeAlarm with ActionsSuppressor, …WaitPeriod, …ExtensionPeriod: 200, DescribeAlarms tells none"
        ])
    }

  private static let eventBuses = ["DeadLetterConfig", "KmsKeyIdentifier", "LogConfig"].map { field in
    SilentProperty(
      "eventBuses", field.prefix(1).lowercased() + field.dropFirst(),
      [.localStack: "CreateEventBus with \(field): 200, DescribeEventBus tells none"])
  }

  private static let buckets: [SilentProperty] =
    [
      "analyticsConfigurations", "intelligentTieringConfigurations", "inventoryConfigurations",
      "metricsConfigurations",
    ].map {
      SilentProperty(
        "buckets", $0,
        [.miniStack: "PUT with the document and its id answers 200, GET answers a listing of the objects"])
    } + [
      SilentProperty("buckets", "requestPayer", .lacksRequestPayment),
      SilentProperty(
        "buckets", "transitionDefaultMinimumObjectSize",
        [
          .miniStack:
            "PUT ?lifecycle with the header answers 200, GET ?lifecycle tells all_storage_classes_128K"
        ]),
    ]

  private static let functions: [SilentProperty] = [
    SilentProperty(
      "eventMappings", "kmsKeyArn",
      [.miniStack: "CreateEventSourceMapping with KMSKeyArn: 202, GetEventSourceMapping tells none"]),
    SilentProperty(
      "eventMappings", "metricsConfig",
      [.miniStack: "CreateEventSourceMapping with MetricsConfig: 202, GetEventSourceMapping tells none"]),
    SilentProperty(
      "eventMappings", "provisionedPollerConfig",
      [
        .miniStack:
          "CreateEventSourceMapping with ProvisionedPollerConfig: 202, GetEventSourceMapping tells none"
      ]),
    SilentProperty(
      "eventMappings", "tumblingWindowInSeconds",
      [.miniStack: "CreateEventSourceMapping with TumblingWindowInSeconds, GetEventSourceMapping without"]),
    SilentProperty(
      "lambdas", "codeSigningConfigArn",
      [
        .miniStack: "CreateFunction with CodeSigningConfigArn: 201; GetFunctionCodeSigningConfig: \"\""
      ]),
    SilentProperty(
      "lambdas", "kmsKeyArn",
      [
        .localStack:
          "CreateFunction with KMSKeyArn, GetFunction without: LocalStack's model of a function has none"
      ]),
    SilentProperty(
      "permissions", "invokedViaFunctionUrl", .dropsInvokedViaFunctionURL, isKnownToKind: true),
  ]

  private static let others: [SilentProperty] = [
    SilentProperty(
      "activities", "encryptionConfiguration",
      [
        .localStack: "CreateActivity with EncryptionConfiguration: 200, DescribeActivity tells none",
        .miniStack: "CreateActivity with EncryptionConfiguration: 200, DescribeActivity tells none",
      ], isKnownToKind: true),
    SilentProperty(
      "stateMachines", "encryptionConfiguration",
      [
        .localStack:
          "CreateStateMachine with EncryptionConfiguration: 200, DescribeStateMachine tells none"
      ]),
    SilentProperty(
      "stateMachines", "tracingConfiguration",
      [
        .localStack: "CreateStateMachine with TracingConfiguration: 200, DescribeStateMachine tells none",
        .miniStack: "CreateStateMachine with TracingConfiguration: 200, DescribeStateMachine tells none",
      ]),
    SilentProperty(
      "taskDefinitions", "enableFaultInjection", .dropsSettingsOfTaskDefinitions, isKnownToKind: true),
    SilentProperty(
      "taskDefinitions", "inferenceAccelerators", .dropsSettingsOfTaskDefinitions, isKnownToKind: true),
    SilentProperty(
      "streams", "desiredShardLevelMetrics",
      [
        .miniStack:
          "EnableEnhancedMonitoring of IncomingBytes: 200; DescribeStreamSummary: ShardLevelMetrics []"
      ]),
    SilentProperty(
      "subscriptions", "replayPolicy",
      [
        .miniStack: "Subscribe with ReplayPolicy answers 200, GetSubscriptionAttributes tells none; "
          + "SetSubscriptionAttributes: 400 Invalid attribute name"
      ]),
    SilentProperty(
      "topics", "fifoThroughputScope",
      [.localStack: "CreateTopic with FifoThroughputScope answers 200, GetTopicAttributes tells none"]),
    SilentProperty(
      "topics", "tracingConfig",
      [.localStack: "SetTopicAttributes TracingConfig answers 200, GetTopicAttributes tells none"]),
    SilentProperty(
      "userPoolClients", "refreshTokenRotation",
      [
        .miniStack:
          "CreateUserPoolClient with RefreshTokenRotation answers 200, DescribeUserPoolClient tells none"
      ]),
  ]

  private static let backups =
    "UpdateContinuousBackups with RecoveryPeriodInDays 7: 200, DescribeContinuousBackups tells none"

  private static let tables: [SilentProperty] = [
    SilentProperty(
      "tables", "onDemandThroughput",
      [.localStack: "CreateTable and UpdateTable with OnDemandThroughput: 200, DescribeTable tells none"]),
    SilentProperty("tables", "recoveryPeriodInDays", [.localStack: backups, .miniStack: backups]),
    SilentProperty(
      "tables", "tableClass",
      [.localStack: "CreateTable with TableClass answers 200, DescribeTable tells none"]),
    SilentProperty(
      "tables", "warmThroughput",
      [
        .localStack: "CreateTable and UpdateTable with WarmThroughput: 200, DescribeTable tells none",
        .miniStack: "CreateTable and UpdateTable with WarmThroughput: 200, DescribeTable tells 0 and 0",
      ]),
  ]
}
