package import Planner

extension TopicKind {
  static let declaration = Schema(
    section: "topics", kind: "topic", title: "Amazon SNS topic",
    summary: "A topic passes each message on to all its subscriptions.",
    naming: Naming(
      TextRule(
        length: 1...256, pattern: "[A-Za-z0-9_-]+(\\.fifo)?",
        says: "letters, digits, hyphens and underscores (a FIFO topic's name ends in .fifo)"),
      suffix: (property: "fifoTopic", suffix: ".fifo")),
    properties: [
      Property("archivePolicy", .document, "FIFO: how long messages are kept for replay."),
      Property(
        "contentBasedDeduplication", .boolean, default: false,
        "FIFO: a message's body tells its deduplication id."),
      Property(
        "dataProtectionPolicy", .document,
        "Which messages are stopped, masked or reported for what is in them."),
      Property("deliveryPolicy", .document, "How deliveries over HTTP are retried and throttled."),
      Property(
        "deliveryStatusLogging", .set(.object(TopicDeliveryLogging.members)),
        "Which deliveries are logged, by kind of receiver."),
      Property(
        "displayName", .string(TextRule(length: 0...100)), "The sender's name in e-mails and text messages."),
      Property(
        "fifoThroughputScope", .choice(["Topic", "MessageGroup"]), default: "Topic",
        "FIFO: whether the throughput quota is the topic's or each message group's."),
      Property("fifoTopic", .boolean, default: false, change: .replaces, "Keeps order and drops duplicates."),
      Property("kmsMasterKeyId", .text, "The id, alias or ARN of the KMS key that encrypts messages."),
      Property(
        "policy", .policy, need: .value,
        "Who may do what with the topic. Without one, whoever in the account is allowed to by IAM."),
      Property(
        "signatureVersion", .choice(["1", "2"]), default: "1",
        "The hash that deliveries are signed with: SHA-1 or SHA-256."),
      Property(
        "tracingConfig", .choice(["PassThrough", "Active"]), default: "PassThrough",
        "Whether X-Ray traces what publishers did not sample."),
    ],
    attributes: [
      Attribute("arn", early: true, "The topic's ARN."),
      Attribute("name", early: true, "The topic's name."),
    ], relations: relations,
    example: """
      topics:
        alerts:
          displayName: Alerts
      """)

  private static let relations =
    [
      Relation.goesWith(
        ["archivePolicy", .value("contentBasedDeduplication", true), "fifoThroughputScope"],
        .value("fifoTopic", true), because: "A standard topic drops no duplicates, and keeps no archive."),
      .excludes(
        .value("tracingConfig", "Active"), .value("fifoTopic", true),
        because: "SNS traces standard topics alone."),
      .distinct("deliveryStatusLogging.*.protocol"),
    ]
    + Relation.inside(
      "deliveryStatusLogging.*",
      .needs(
        "successFeedbackSampleRate", "successFeedbackRoleArn",
        because: "A sample of the successful deliveries is logged only with a role that may write the log."))

  package func problems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    let isFIFO = resource["fifoTopic"] == true
    let name = resource.name ?? ""
    if isFIFO != name.hasSuffix(".fifo"), !name.isEmpty {
      problems.append(.fifoName(name, "topic", property: "fifoTopic", isFIFO: isFIFO))
    }
    return problems + archiveProblems(of: resource)
      + PolicyText.problems(in: resource["policy"], at: ["policy"], of: .resource)
  }

  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    PolicyQuota.topic.problems(of: resource)
  }

  /// "Message archiving for FIFO topic owners" in the SNS developer guide.
  private func archiveProblems(of resource: Resource) -> [PropertyProblem] {
    guard let archive = resource["archivePolicy"]?.map, !archive.isEmpty else { return [] }
    let period = archive["MessageRetentionPeriod"]
    if period?.isPending == true { return [] }
    let days = period?.integer ?? period?.string.flatMap(Int.init) ?? 0
    guard !(1...365).contains(days) || archive.count > 1 else { return [] }
    return [
      PropertyProblem(
        ["archivePolicy"], "Not an archive policy",
        "An archive policy tells how many days messages are kept, from 1 to 365, and nothing else.",
        fix: "Write { MessageRetentionPeriod: 30 }.")
    ]
  }
}
