extension KindSample {
  /// On a bus of its own, with targets that let EventBridge in themselves.
  static let eventRule = KindSample(
    section: "eventRules",
    surroundings: [
      "eventBuses": "  one: {}\n  other: {}", "topics": "  news: {}",
      "queues": "  jobs: {}\n  ordered: { fifoQueue: true }\n  dead: {}",
      "lambdas": "  worker: { code: function, runtime: python3.12, handler: app.handler }",
      "roles": "  rule: { assumedBy: [events.amazonaws.com] }",
    ],
    properties: [
      "eventBusName": "'${eventBuses.one.name}'", "description": "'first'", "state": "DISABLED",
      "eventPattern": "{ source: [shop], detail: { total: [{ numeric: ['>', 9.5] }] } }",
      "roleArn": "'${roles.rule.arn}'", "tags": "{ team: blue }",
      "targets": "{ jobs: { arn: '${queues.jobs.arn}', inputPath: $.detail, "
        + "deadLetterConfig: { arn: '${queues.dead.arn}' }, "
        + "retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 3 } }, "
        + "worker: { arn: '${lambdas.worker.arn}', inputTransformer: { inputPathsMap: { order: $.detail.order }, "
        + "inputTemplate: '{\"order\": <order>}' } } }",
    ],
    mutations: [
      "description": "'second'", "state": "ENABLED", "roleArn": "'arn:aws:iam::{account}:role/other'",
      "eventPattern": "{ source: [{ prefix: sh }], detail-type: [paid] }", "tags": "{ owner: red }",
      // One stays and loses what it had, one goes and two come.
      "targets":
        "{ jobs: { arn: '${queues.jobs.arn}' }, news: { arn: '${topics.news.arn}', input: { a: [1] } }, "
        + "ordered: { arn: '${queues.ordered.arn}', sqsParameters: { messageGroupId: one } } }",
    ],
    replacements: ["eventBusName": "'${eventBuses.other.name}'", "name": "renamed"],
    indispensable: ["eventPattern"],
    outsideChanges: [
      "description": set("Description", "'theirs'"), "state": set("State", "'ENABLED'"),
      "eventPattern": set("EventPattern", "'{\"source\": [\"theirs\"]}'"),
      "roleArn": set("RoleArn", "f'arn:aws:iam::{account}:role/theirs'"),
      "tags": """
      client("events").tag_resource(
          ResourceARN=f"arn:aws:events:{region}:{account}:rule/{name.replace('|', '/')}",
          Tags=[{"Key": "team", "Value": "theirs"}])
      """,
      "targets": """
      bus, own = name.split("|")
      client("events").put_targets(
          Rule=own, EventBusName=bus, Targets=[{"Id": "theirs", "Arn": f"arn:aws:sqs:{region}:{account}:theirs"}])
      """,
    ],
    kept: [
      .ministack: [
        "roleArn": "PutRule with RoleArn, PutRule without it: 200, DescribeRule tells the first one still"
      ]
    ],
    part: StackPart(
      entries: """
          sold:
            eventBusName: "${eventBuses.shop.name}"
            description: Every {size}
            eventPattern: { source: [shop] }
            tags: {tags}
            targets:
              jobs: { arn: "${queues.jobs.arn}", input: { size: {size} } }
        """,
      listing: #"""
        [b["Name"] + " " + r["Name"] for b in c("events").list_event_buses()["EventBuses"]
            for r in c("events").list_rules(EventBusName=b["Name"])["Rules"]]
        """#))

  /// On the default bus, at set times, with targets that are called in a role's name.
  static let scheduledRule = KindSample(
    section: "eventRules",
    surroundings: ["streams": "  clicks: {}", "eventBuses": "  other: {}"],
    properties: [
      "scheduleExpression": "rate(1 day)", "tags": "{ team: blue }",
      "targets": "{ clicks: { arn: '${streams.clicks.arn}', kinesisParameters: { partitionKeyPath: $.id } }, "
        + "other: { arn: '${eventBuses.other.arn}' } }",
    ],
    mutations: [
      "scheduleExpression": "cron(0 2 * * ? *)", "tags": "{ owner: red }",
      "targets": "{ machine: { arn: 'arn:aws:states:us-east-1:{account}:stateMachine:m', input: [1] }, "
        + "clicks: { arn: '${streams.clicks.arn}', roleArn: 'arn:aws:iam::{account}:role/clicks' } }",
    ],
    replacements: ["name": "renamed"], indispensable: ["scheduleExpression"],
    outsideChanges: ["scheduleExpression": set("ScheduleExpression", "'rate(7 days)'")])

  /// Tasks, jobs and commands.
  static let runningRule = KindSample(
    section: "eventRules",
    properties: [
      "eventPattern": "{ source: [shop] }",
      "targets": "{ task: { arn: 'arn:aws:ecs:us-east-1:{account}:cluster/one', ecsParameters: { "
        + "taskDefinitionArn: 'arn:aws:ecs:us-east-1:{account}:task-definition/t:1', taskCount: 2, "
        + "launchType: FARGATE, platformVersion: LATEST, group: nightly, propagateTags: TASK_DEFINITION, "
        + "enableECSManagedTags: true, enableExecuteCommand: true, referenceId: shop, tagList: [{ key: a, value: b }], "
        + "networkConfiguration: { awsVpcConfiguration: { subnets: [subnet-1, subnet-2], securityGroups: [sg-1], "
        + "assignPublicIp: ENABLED } }, "
        + "placementConstraints: [{ type: memberOf, expression: 'attribute:ecs.os-type == linux' }], "
        + "placementStrategies: [{ type: spread, field: instanceId }] } }, "
        + "job: { arn: 'arn:aws:batch:us-east-1:{account}:job-queue/one', batchParameters: { jobDefinition: work, "
        + "jobName: nightly, arrayProperties: { size: 3 }, retryStrategy: { attempts: 2 } } }, "
        + "command: { arn: 'arn:aws:ssm:us-east-1::document/AWS-RunShellScript', runCommandParameters: { "
        + "runCommandTargets: [{ key: 'tag:team', values: [blue] }] } } }",
    ],
    mutations: [
      "targets": "{ task: { arn: 'arn:aws:ecs:us-east-1:{account}:cluster/one', ecsParameters: { "
        + "taskDefinitionArn: 'arn:aws:ecs:us-east-1:{account}:task-definition/t:2', "
        + "capacityProviderStrategy: [{ capacityProvider: FARGATE, base: 1, weight: 1 }, "
        + "{ capacityProvider: FARGATE_SPOT, weight: 4 }] } }, "
        + "job: { arn: 'arn:aws:batch:us-east-1:{account}:job-queue/one', batchParameters: { jobDefinition: work, "
        + "jobName: daily } } }"
    ], indispensable: ["eventPattern"])

  /// Requests, statements and pipelines.
  static let callingRule = KindSample(
    section: "eventRules",
    surroundings: ["roles": "  caller: { assumedBy: [events.amazonaws.com] }"],
    properties: [
      "eventPattern": "{ source: [shop] }",
      "targets": "{ api: { arn: 'arn:aws:execute-api:us-east-1:{account}:a1/live/POST/*', httpParameters: { "
        + "headerParameters: { X-Shop: one }, pathParameterValues: [orders], queryStringParameters: { a: b } } }, "
        + "graph: { arn: 'arn:aws:appsync:us-east-1:{account}:endpoints/graphql-api/g', roleArn: '${roles.caller.arn}', "
        + "appSyncParameters: { graphQLOperation: 'mutation M { m }' } }, "
        + "sql: { arn: 'arn:aws:redshift:us-east-1:{account}:cluster:c', roleArn: '${roles.caller.arn}', "
        + "redshiftDataParameters: { database: shop, dbUser: admin, sql: 'select 1', statementName: one, withEvent: true } }, "
        + "pipeline: { arn: 'arn:aws:sagemaker:us-east-1:{account}:pipeline/p', sageMakerPipelineParameters: { "
        + "pipelineParameterList: [{ name: size, value: small }] } } }",
    ],
    mutations: [
      "targets":
        "{ sql: { arn: 'arn:aws:redshift:us-east-1:{account}:cluster:c', roleArn: '${roles.caller.arn}', "
        + "redshiftDataParameters: { database: shop, secretManagerArn: 'arn:aws:secretsmanager:us-east-1:{account}:secret:s', "
        + "sqls: ['select 1', 'select 2'] } } }"
    ], indispensable: ["eventPattern"])

  /// A change sends everything: what it leaves out is unset.
  private static func set(_ field: String, _ value: String) -> String {
    """
    bus, own = name.split("|")
    now = client("events").describe_rule(Name=own, EventBusName=bus)
    for field in ("ResponseMetadata", "Arn", "CreatedBy"):
        now.pop(field, None)
    client("events").put_rule(**(now | {"\(field)": \(value)}))
    """
  }
}
