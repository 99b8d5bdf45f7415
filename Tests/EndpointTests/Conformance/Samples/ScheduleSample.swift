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
    ],
    part: StackPart(
      entries: """
          nightly:
            groupName: "${scheduleGroups.shop.name}"
            description: Every {size} minutes
            scheduleExpression: rate({size} minutes)
            flexibleTimeWindow: { mode: "OFF" }
            # MiniStack would call every minute.
            state: DISABLED
            target: { arn: "${queues.jobs.arn}", roleArn: "${roles.reader.arn}", input: { job: nightly } }
        """,
      listing: #"[s["GroupName"] + " " + s["Name"] for s in c("scheduler").list_schedules()["Schedules"]]"#))

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

  /// A task of an ECS cluster, then a SageMaker pipeline.
  static let runningSchedule = KindSample(
    section: "schedules",
    surroundings: ["roles": "  caller: { assumedBy: [scheduler.amazonaws.com] }"],
    properties: [
      "scheduleExpression": "rate(1 day)", "flexibleTimeWindow": "{ mode: 'OFF' }",
      "target": "{ arn: 'arn:aws:ecs:us-east-1:{account}:cluster/one', roleArn: '${roles.caller.arn}', "
        + "ecsParameters: { taskDefinitionArn: 'arn:aws:ecs:us-east-1:{account}:task-definition/t:1', taskCount: 2, "
        + "launchType: FARGATE, platformVersion: LATEST, group: nightly, propagateTags: TASK_DEFINITION, "
        + "enableECSManagedTags: true, enableExecuteCommand: true, networkConfiguration: { awsvpcConfiguration: "
        + "{ subnets: [subnet-1, subnet-2], securityGroups: [sg-1], assignPublicIp: ENABLED } }, "
        + "placementConstraints: [{ type: memberOf, expression: 'attribute:ecs.os-type == linux' }], "
        + "placementStrategy: [{ type: spread, field: instanceId }] } }",
    ],
    mutations: [
      "target": "{ arn: 'arn:aws:sagemaker:us-east-1:{account}:pipeline/p', roleArn: '${roles.caller.arn}', "
        + "sageMakerPipelineParameters: { pipelineParameterList: [{ name: size, value: small }] } }"
    ])

  static let sharedSchedule = KindSample(
    section: "schedules",
    surroundings: ["roles": "  caller: { assumedBy: [scheduler.amazonaws.com] }"],
    properties: [
      "scheduleExpression": "rate(1 day)", "flexibleTimeWindow": "{ mode: 'OFF' }",
      "target": "{ arn: 'arn:aws:ecs:us-east-1:{account}:cluster/one', roleArn: '${roles.caller.arn}', "
        + "ecsParameters: { taskDefinitionArn: 'arn:aws:ecs:us-east-1:{account}:task-definition/t:1', "
        + "capacityProviderStrategy: [{ capacityProvider: FARGATE, base: 1, weight: 1 }, "
        + "{ capacityProvider: FARGATE_SPOT, weight: 4 }] } }",
    ],
    mutations: [
      "target": "{ arn: 'arn:aws:ecs:us-east-1:{account}:cluster/one', roleArn: '${roles.caller.arn}', "
        + "ecsParameters: { taskDefinitionArn: 'arn:aws:ecs:us-east-1:{account}:task-definition/t:2' } }"
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
