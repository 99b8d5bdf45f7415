import Planner

extension ScheduleKind {
  static let declaration = Schema(
    section: "schedules", kind: "schedule", title: "Amazon EventBridge schedule",
    summary: "A schedule calls one target, once or again and again.",
    naming: Naming(
      TextRule(length: 1...64, pattern: "[0-9a-zA-Z-_.]+", says: "letters, digits and the signs - _ ."),
      within: ["groupName"]),
    isTaggable: false,
    properties: [
      Property(
        "actionAfterCompletion", .choice(["NONE", "DELETE"]), default: "NONE",
        "What happens to the schedule once it has called its target for the last time."),
      Property("description", .string(TextRule(length: 0...512)), "What the schedule is for."),
      Property("endDate", date, "When it ends, as 2027-01-31T12:00:00Z."),
      Property(
        "flexibleTimeWindow", .object(window), required: true,
        "Whether the target may be called some minutes later than scheduled."),
      Property(
        "groupName", .text, default: "default", change: .replaces, boundTo: "scheduleGroups",
        "The schedule group."),
      Property("kmsKeyArn", .arn, "The ARN of the KMS key that encrypts the schedule's data."),
      Property(
        "scheduleExpression",
        .string(
          TextRule(length: 1...256, pattern: "(rate|cron|at)\\(.*\\)", says: "rate(…), cron(…) or at(…)")),
        required: true, "When it runs: `rate(5 minutes)`, `cron(0 2 * * ? *)` or `at(2027-01-31T12:00:00)`."),
      Property(
        "scheduleExpressionTimezone", .string(TextRule(length: 1...50)), default: "UTC",
        "The time zone of the expression, as Europe/Berlin."),
      Property("startDate", date, "When it begins, as 2027-01-01T00:00:00Z."),
      Property("state", .choice(["ENABLED", "DISABLED"]), default: "ENABLED", "Whether it runs."),
      Property("target", .object(target), required: true, "What it calls."),
    ],
    attributes: [
      Attribute("arn", early: true, "The schedule's ARN."),
      Attribute("name", early: true, "The schedule's name."),
    ], relations: relations,
    example: """
      schedules:
        nightly:
          scheduleExpression: cron(0 2 * * ? *)
          flexibleTimeWindow: { mode: "OFF" }
          target:
            arn: "${queues.jobs.arn}"
            roleArn: "${roles.scheduler.arn}"
            input: { job: nightly }
      """)

  private static let relations =
    Relation.inside(
      "flexibleTimeWindow", .needs(.value("mode", "FLEXIBLE"), "maximumWindowInMinutes"),
      .goesWith(["maximumWindowInMinutes"], .value("mode", "FLEXIBLE")))
    + Relation.inside(
      "target",
      .needs(
        .text("arn", endsWith: ".fifo"), "sqsParameters.messageGroupId",
        because: "A FIFO queue takes no message without a group."),
      .goesWith(["sqsParameters"], .text("arn", endsWith: ".fifo")),
      .needs(.arn("arn", of: .stream), "kinesisParameters"),
      .goesWith(["kinesisParameters"], .arn("arn", of: .stream)),
      .needs(.arn("arn", of: .eventBus), "eventBridgeParameters"),
      .goesWith(["eventBridgeParameters"], .arn("arn", of: .eventBus)))
    + ScheduleTargets.relations

  private static let date = Shape.string(
    TextRule(
      pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
      says: "a time in UTC, as 2027-01-31T12:00:00Z"))

  private static let window = [
    Property("mode", .choice(["OFF", "FLEXIBLE"]), required: true, "OFF calls the target on time."),
    Property("maximumWindowInMinutes", .integer(1...1440), "How many minutes later it may be."),
  ]

  private static let target =
    plainTarget + ScheduleTargets.properties

  private static let plainTarget = [
    Property("arn", .arn, required: true, "The ARN of the target: a lambda, a queue, a bus, or an API call."),
    Property(
      "roleArn", .arn, required: true, "The ARN of the role that the service takes on to call the target."),
    Property("input", .document, "What the target gets."),
    Property(
      "deadLetterConfig", .object([Property("arn", .arn, required: true, "The ARN of the queue.")]),
      "Where a call goes that failed for good."),
    Property(
      "retryPolicy",
      .object([
        Property(
          "maximumEventAgeInSeconds", .integer(60...86_400), default: 86_400, "How old a call may be."),
        Property("maximumRetryAttempts", .integer(0...185), default: 185, "How often it is tried again."),
      ]), "How a failed call is tried again."),
    Property(
      "eventBridgeParameters",
      .object([
        Property(
          "detailType", .string(TextRule(length: 1...128)), required: true, "The event's detail type."),
        Property("source", .string(TextRule(length: 1...256)), required: true, "The event's source."),
      ]), "What an event bus gets."),
    Property(
      "kinesisParameters",
      .object([
        Property("partitionKey", .string(TextRule(length: 1...256)), required: true, "The partition key.")
      ]),
      "What a stream gets."),
    Property(
      "sqsParameters",
      .object([
        Property("messageGroupId", .string(TextRule(length: 1...128)), required: true, "The message group.")
      ]),
      "What a FIFO queue gets."),
  ]
}
