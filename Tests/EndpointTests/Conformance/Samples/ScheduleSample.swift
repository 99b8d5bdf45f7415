extension KindSample {
  static let schedule = KindSample(
    section: "schedules",
    surroundings: [
      "scheduleGroups": "  one: {}\n  other: {}", "queues": "  jobs: {}\n  others: {}\n  dead: {}",
      "roles": "  caller: { assumedBy: [scheduler.amazonaws.com] }",
    ],
    properties: [
      "groupName": "'${scheduleGroups.one.name}'", "description": "every night",
      "scheduleExpression": "rate(1 hour)", "scheduleExpressionTimezone": "Europe/Berlin",
      "startDate": "2098-01-01T00:00:00Z", "endDate": "2098-12-31T00:00:00Z", "state": "DISABLED",
      "flexibleTimeWindow": "{ mode: FLEXIBLE, maximumWindowInMinutes: 15 }",
      "kmsKeyArn": "'arn:aws:kms:us-east-1:{account}:key/11111111-1111-1111-1111-111111111111'",
      "actionAfterCompletion": "DELETE",
      "target": "{ arn: '${queues.jobs.arn}', roleArn: '${roles.caller.arn}', input: { job: nightly }, "
        + "deadLetterConfig: { arn: '${queues.dead.arn}' }, "
        + "retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 3 } }",
    ],
    mutations: [
      "description": "every day", "scheduleExpression": "cron(0 2 * * ? *)",
      "scheduleExpressionTimezone": "America/New_York", "startDate": "2098-02-01T00:00:00Z",
      "endDate": "2098-11-30T00:00:00Z", "state": "ENABLED", "flexibleTimeWindow": "{ mode: 'OFF' }",
      "kmsKeyArn": "'arn:aws:kms:us-east-1:{account}:key/22222222-2222-2222-2222-222222222222'",
      "actionAfterCompletion": "NONE",
      "target": "{ arn: 'arn:aws:events:us-east-1:{account}:event-bus/default', "
        + "roleArn: '${roles.caller.arn}', input: { job: daily }, "
        + "eventBridgeParameters: { detailType: Job, source: shop } }",
    ],
    replacements: ["groupName": "'${scheduleGroups.other.name}'", "name": "renamed"],
    outsideChanges: [
      "description": set("Description", "'theirs'"),
      "scheduleExpression": set("ScheduleExpression", "'rate(2 days)'"),
      "scheduleExpressionTimezone": set("ScheduleExpressionTimezone", "'Asia/Tokyo'"),
      "startDate": set("StartDate", "datetime.datetime(2098, 3, 1)"),
      "endDate": set("EndDate", "datetime.datetime(2098, 10, 1)"), "state": set("State", "'ENABLED'"),
      "flexibleTimeWindow": set("FlexibleTimeWindow", "{'Mode': 'FLEXIBLE', 'MaximumWindowInMinutes': 99}"),
      "kmsKeyArn": set("KmsKeyArn", "f'arn:aws:kms:us-east-1:{account}:key/3'"),
      "actionAfterCompletion": set("ActionAfterCompletion", "'NONE'"),
      "target": set("Target", "now['Target'] | {'Input': '{}'}"),
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "actionAfterCompletion",
        evidence: "CreateSchedule with ActionAfterCompletion DELETE: 200, UpdateSchedule with NONE: 200, "
          + "GetSchedule: DELETE still")
    ])

  /// What only some targets take, in the default group.
  static let targetedSchedule = KindSample(
    section: "schedules",
    surroundings: [
      "queues": "  ordered: { fifoQueue: true }",
      "roles": "  caller: { assumedBy: [scheduler.amazonaws.com] }",
    ],
    properties: [
      "scheduleExpression": "at(2098-01-01T00:00:00)", "flexibleTimeWindow": "{ mode: 'OFF' }",
      "target": "{ arn: '${queues.ordered.arn}', roleArn: '${roles.caller.arn}', input: { a: [1, 2.5] }, "
        + "sqsParameters: { messageGroupId: one } }",
    ],
    mutations: [
      "target": "{ arn: 'arn:aws:kinesis:us-east-1:{account}:stream/lines', roleArn: '${roles.caller.arn}', "
        + "kinesisParameters: { partitionKey: one } }"
    ])

  /// A change sends everything: what it leaves out is unset.
  private static func set(_ field: String, _ value: String) -> String {
    """
    import datetime
    group, own = name.split("|")
    now = client("scheduler").get_schedule(GroupName=group, Name=own)
    for field in ("ResponseMetadata", "Arn", "CreationDate", "LastModificationDate"):
        now.pop(field, None)
    client("scheduler").update_schedule(**(now | {"\(field)": \(value)}))
    """
  }
}
