package import Planner

extension QueueKind {
  static let declaration = Schema(
    section: "queues", kind: "queue", title: "Amazon SQS queue",
    summary: "A queue holds messages until a consumer has dealt with them.",
    naming: Naming(
      TextRule(
        length: 1...80, pattern: "[A-Za-z0-9_-]+(\\.fifo)?",
        says: "letters, digits, hyphens and underscores (a FIFO queue's name ends in .fifo)"),
      suffix: (property: "fifoQueue", suffix: ".fifo")),
    holdsData: true,
    properties: [
      Property(
        "contentBasedDeduplication", .boolean, default: false,
        "FIFO: the deduplication id is computed from the message's body."),
      Property(
        "deduplicationScope", .choice(["messageGroup", "queue"]), default: "queue",
        "FIFO: where a deduplication id must be unique."),
      Property(
        "delaySeconds", .integer(0...900), default: 0, "Seconds before a new message can be received."),
      Property("fifoQueue", .boolean, default: false, change: .replaces, "Keeps order and drops duplicates."),
      Property(
        "fifoThroughputLimit", .choice(["perQueue", "perMessageGroupId"]), default: "perQueue",
        "FIFO: whether the throughput quota is the queue's or each message group's."),
      Property(
        "kmsDataKeyReusePeriodSeconds", .integer(60...86400), default: 300,
        "Seconds that a data key is used before KMS is asked again."),
      Property("kmsMasterKeyId", .text, "The id, alias or ARN of the KMS key that encrypts messages."),
      Property(
        "maximumMessageSize", .integer(1024...1_048_576), default: 1_048_576,
        "The largest message that is taken, in bytes."),
      Property(
        "messageRetentionPeriod", .integer(60...1_209_600), default: 345_600,
        "Seconds that an undeleted message is kept."),
      Property("policy", .policy, need: .value, "Who may do what with the queue."),
      Property(
        "receiveMessageWaitTimeSeconds", .integer(0...20), default: 0,
        "Seconds that a receiving call waits for a message (long polling)."),
      Property(
        "redriveAllowPolicy", .object(redriveAllowPolicy), need: .value,
        "Who may use it as dead letter queue."),
      Property("redrivePolicy", .object(redrivePolicy), "Where a message goes that was received too often."),
      Property(
        "sqsManagedSseEnabled", .boolean, default: true, "Messages are encrypted with keys that SQS manages."),
      Property(
        "visibilityTimeout", .integer(0...43200), default: 30,
        "Seconds that a received message is hidden from other consumers."),
    ],
    attributes: [
      Attribute("arn", early: true, "The queue's ARN."),
      Attribute("name", early: true, "The queue's name."),
      Attribute("url", early: true, "The URL that messages are sent to and received from."),
    ], relations: relations,
    example: """
      queues:
        orders-dead: {}
        orders:
          visibilityTimeout: 60
          redrivePolicy: { deadLetterTargetArn: "${queues.orders-dead.arn}", maxReceiveCount: 3 }
      """)

  private static let redrivePolicy = [
    Property("deadLetterTargetArn", .arn, required: true, "The dead letter queue's ARN."),
    Property(
      "maxReceiveCount", .integer(1...1000), required: true,
      "How often a message is received before it goes there."),
  ]

  private static let redriveAllowPolicy = [
    Property(
      "redrivePermission", .choice(["allowAll", "denyAll", "byQueue"]), required: true,
      "All queues, none, or those of sourceQueueArns."),
    Property("sourceQueueArns", .set(.arn), "The queues that may, at most ten."),
  ]

  private static let relations =
    [
      Relation.goesWith(
        [.value("contentBasedDeduplication", true), "deduplicationScope", "fifoThroughputLimit"],
        .value("fifoQueue", true), because: "A standard queue drops no duplicates."),
      .needs(
        .value("fifoThroughputLimit", "perMessageGroupId"), .value("deduplicationScope", "messageGroup")),
      .excludes(
        .value("sqsManagedSseEnabled", true), "kmsMasterKeyId",
        because: "A queue is encrypted with its own KMS key or with SQS's keys, not with both."),
    ]
    + Relation.inside(
      "redriveAllowPolicy", .needs(.value("redrivePermission", "byQueue"), "sourceQueueArns"),
      .goesWith(["sourceQueueArns"], .value("redrivePermission", "byQueue")),
      .atMost(10, of: "sourceQueueArns", what: "source queues"))

  package func problems(of resource: Resource) -> [PropertyProblem] {
    let isFIFO = resource["fifoQueue"] == true
    let name = resource.name ?? ""
    let isMisnamed = isFIFO != name.hasSuffix(".fifo") && !name.isEmpty
    return (isMisnamed ? [.fifoName(name, "queue", property: "fifoQueue", isFIFO: isFIFO)] : [])
      + (deadLetterProblem(of: resource).map { [$0] } ?? [])
      + PolicyText.problems(in: resource["policy"], at: ["policy"], of: .resource)
  }

  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    PolicyQuota.queue.problems(of: resource)
      + stack.deadLetterProblems(
        resource["redrivePolicy"]?["deadLetterTargetArn"], at: ["redrivePolicy", "deadLetterTargetArn"])
  }

  private func deadLetterProblem(of resource: Resource) -> PropertyProblem? {
    guard let target = resource["redrivePolicy"]?["deadLetterTargetArn"]?.string, let name = resource.name
    else { return nil }
    let path = ["redrivePolicy", "deadLetterTargetArn"]
    guard let queue = ARN(target), queue.service == "sqs", !queue.resource.contains(":") else {
      return PropertyProblem(
        path, "Dead letter queue", "\(target) is not a queue.",
        fix: "What fails can go to a queue of the same account and region alone.")
    }
    if queue.resource == name {
      return PropertyProblem(
        path, "Dead letter queue", "\(name) would be its own dead letter queue.",
        fix: "Declare another queue, and refer to that one.")
    }
    guard target.hasSuffix(".fifo") != name.hasSuffix(".fifo") else { return nil }
    return PropertyProblem(
      path, "Dead letter queue of another type",
      "A FIFO queue's dead letter queue must be FIFO, too, and a standard queue's must not.")
  }
}

extension PropertyProblem {
  /// A queue or topic with a name that does not fit its type.
  static func fifoName(_ name: String, _ kind: String, property: String, isFIFO: Bool) -> PropertyProblem {
    PropertyProblem(
      ["name"], "Name does not fit the type",
      isFIFO
        ? "The name of a FIFO \(kind) ends in .fifo, \"\(name)\" does not."
        : "Only a FIFO \(kind)'s name may end in .fifo.",
      fix: isFIFO ? "Call it \"\(name).fifo\"." : "Set \(property): true, or choose another name.")
  }
}
