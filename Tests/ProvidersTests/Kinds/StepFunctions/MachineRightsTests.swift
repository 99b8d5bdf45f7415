import Testing

@testable import Planner
@testable import Providers

struct `The role of a state machine` {
  /// The statements of the role that is derived for a machine of these states.
  private func rights(_ states: String, _ besides: String = "") throws -> [Value] {
    let entries = "\(besides)stateMachines: { m: { definition: { StartAt: A, States: { \(states) } } } }\n"
    let role = try StackChecking.resources(entries)["stateMachines.m.role"]
    #expect(role?["assumedBy"] == ["states.amazonaws.com"])
    return role?["policy"]?.items("Statement") ?? []
  }

  private func task(_ resource: String, _ parameters: String) throws -> [Value] {
    try rights("A: { Type: Task, Resource: '\(resource)', Parameters: \(parameters), End: true }")
  }

  private func allows(_ actions: [String], _ resource: Value) -> Value {
    ["Effect": "Allow", "Action": .list(actions.map(Value.string)), "Resource": resource]
  }

  @Test(arguments: [
    (
      "lambda:invoke", "{ FunctionName: f }", "lambda:InvokeFunction",
      "lambda:us-east-1:000000000000:function:f"
    ),
    (
      "sqs:sendMessage.waitForTaskToken", "{ QueueUrl: 'http://localhost:4566/000000000000/q' }",
      "sqs:SendMessage",
      "sqs:us-east-1:000000000000:q"
    ),
    (
      "sns:publish", "{ TopicArn: 'arn:aws:sns:us-east-1:000000000000:t' }", "sns:Publish",
      "sns:us-east-1:000000000000:t"
    ),
    ("dynamodb:putItem", "{ TableName: t }", "dynamodb:PutItem", "dynamodb:us-east-1:000000000000:table/t"),
    (
      "events:putEvents", "{ Entries: [{ Source: a }] }", "events:PutEvents",
      "events:us-east-1:000000000000:event-bus/default"
    ),
    ("glue:startJobRun", "{ JobName: j }", "glue:StartJobRun", "glue:us-east-1:000000000000:job/j"),
    ("aws-sdk:s3:getObject", "{ Bucket: b, Key: a/b }", "s3:GetObject", "s3:::b/a/b"),
    ("aws-sdk:s3:listObjectsV2", "{ Bucket: b }", "s3:ListBucket", "s3:::b"),
    ("aws-sdk:s3:deleteObjects", "{ Bucket: b, Delete: {} }", "s3:DeleteObject", "s3:::b/*"),
    (
      "aws-sdk:sns:publishBatch", "{ TopicArn: 'arn:aws:sns:us-east-1:000000000000:t' }", "sns:Publish",
      "sns:us-east-1:000000000000:t"
    ),
    (
      "aws-sdk:ssm:getParameter", "{ Name: /a/b }", "ssm:GetParameter",
      "ssm:us-east-1:000000000000:parameter/a/b"
    ),
    (
      "aws-sdk:secretsmanager:getSecretValue", "{ SecretId: s }", "secretsmanager:GetSecretValue",
      "secretsmanager:us-east-1:000000000000:secret:s-??????"
    ),
    (
      "aws-sdk:sfn:startSyncExecution",
      "{ StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:n' }",
      "states:StartSyncExecution", "states:us-east-1:000000000000:stateMachine:n"
    ),
  ])
  func `may do what its tasks call, and no more`(
    _ row: (resource: String, parameters: String, action: String, arn: String)
  ) throws {
    #expect(
      try task("arn:aws:states:::\(row.resource)", row.parameters) == [
        allows([row.action], .string("arn:aws:\(row.arn)"))
      ])
  }

  @Test func `may call a function's alias, what is copied, and each revision of a family`() throws {
    let function = "arn:aws:lambda:us-east-1:000000000000:function:f"
    #expect(
      try task("arn:aws:states:::lambda:invoke", "{ FunctionName: f, Qualifier: live }") == [
        allows(["lambda:InvokeFunction"], [.string(function), .string(function + ":*")])
      ])
    #expect(
      try task(
        "arn:aws:states:::aws-sdk:s3:copyObject", "{ Bucket: b, Key: k, CopySource: /a/x.txt }") == [
          allows(["s3:PutObject"], "arn:aws:s3:::b/k"), allows(["s3:GetObject"], "arn:aws:s3:::a/x.txt"),
        ])
    let task = "arn:aws:ecs:us-east-1:000000000000:task-definition/web"
    #expect(
      try self.task("arn:aws:states:::ecs:runTask", "{ TaskDefinition: web }").first
        == allows(["ecs:RunTask"], [.string(task), .string(task + ":*")]))
    #expect(
      try self.task("arn:aws:states:::aws-sdk:kms:listAliases", "{ KeyId: k }") == [
        allows(["kms:ListAliases"], "*")
      ])
  }

  @Test func `may do all of a service's call where no resource is known`() throws {
    #expect(
      try task("arn:aws:states:::aws-sdk:eventbridge:listRules", "{}") == [allows(["events:ListRules"], "*")])
    #expect(
      try task("arn:aws:states:::aws-sdk:dynamodb:query", "{ TableName: t, IndexName: i }")
        == [
          allows(
            ["dynamodb:Query"],
            [
              "arn:aws:dynamodb:us-east-1:000000000000:table/t",
              "arn:aws:dynamodb:us-east-1:000000000000:table/t/index/*",
            ])
        ])
  }

  @Test func `may wait for another machine, by a rule of the service's own`() throws {
    let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:n"
    #expect(
      try task("arn:aws:states:::states:startExecution.sync:2", "{ StateMachineArn: '\(machine)' }") == [
        allows(["states:StartExecution"], .string(machine)),
        allows(
          ["states:DescribeExecution", "states:StopExecution"],
          "arn:aws:states:us-east-1:000000000000:execution:n:*"),
        allows(
          ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
          "arn:aws:events:us-east-1:000000000000:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"),
      ])
  }

  @Test func `may run tasks and jobs, and pass them their roles`() throws {
    let actions = try task("arn:aws:states:::ecs:runTask.sync", "{ TaskDefinition: t, Cluster: c }")
      .flatMap { $0.items("Action").compactMap(\.string) }
    #expect(
      Set(actions).isSuperset(of: [
        "ecs:RunTask", "ecs:StopTask", "ecs:DescribeTasks", "iam:PassRole", "events:PutRule",
      ]))
    let jobs = try task("arn:aws:states:::batch:submitJob", "{ JobDefinition: d, JobQueue: q, JobName: n }")
    #expect(
      jobs == [
        allows(
          ["batch:SubmitJob"],
          [
            "arn:aws:batch:us-east-1:000000000000:job-definition/d",
            "arn:aws:batch:us-east-1:000000000000:job-definition/d:*",
            "arn:aws:batch:us-east-1:000000000000:job-queue/q",
          ])
      ])
  }

  @Test func `may do what is within its branches and maps, of whichever query language`() throws {
    let statements = try rights(
      """
      A: { Type: Parallel, Next: B, Branches: [{ StartAt: C, States: { C: { Type: Task, QueryLanguage: JSONata,
        Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: c }, End: true } } }] },
      B: { Type: Map, End: true, ItemProcessor: { ProcessorConfig: { Mode: DISTRIBUTED, ExecutionType: STANDARD },
        StartAt: D, States: { D: { Type: Task, Resource: 'arn:aws:lambda:us-east-1:000000000000:function:d', End: true } } },
        ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: b, Key: k } } }
      """)
    let all = statements.flatMap { statement in statement.items("Resource").compactMap(\.string) }
    #expect(
      all == [
        "arn:aws:lambda:us-east-1:000000000000:function:c",
        "arn:aws:states:us-east-1:000000000000:stateMachine:m",
        "arn:aws:states:us-east-1:000000000000:execution:m:*", "arn:aws:s3:::b/*",
        "arn:aws:lambda:us-east-1:000000000000:function:d",
      ])
  }

  @Test func `may log, trace and use its key where the file says so`() throws {
    let entries = """
      logGroups: { runs: {} }
      stateMachines:
        m:
          definition: { StartAt: A, States: { A: { Type: Succeed } } }
          loggingConfiguration: { level: ALL, destinations: ["${logGroups.runs.arn}"] }
          tracingConfiguration: { enabled: true }
          encryptionConfiguration: { type: CUSTOMER_MANAGED_KMS_KEY, kmsKeyId: alias/own }
      """
    let resources = try StackChecking.resources(entries)
    let statements = resources["stateMachines.m.role"]?["policy"]?.items("Statement") ?? []
    let first = statements.map { $0.items("Action").first?.string }
    #expect(first == ["logs:CreateLogDelivery", "xray:PutTraceSegments", "kms:Decrypt"])
    #expect(statements.last?["Condition"]?["ForAnyValue:StringEquals"]?["kms:ResourceAliases"] == "alias/own")
    #expect(
      resources["stateMachines.m"]?["loggingConfiguration"]?["destinations"]
        == ["arn:aws:logs:us-east-1:000000000000:log-group:runs:*"])
  }

  @Test func `may be one of the stack, which is given what it lacks`() throws {
    let resources = try StackChecking.resources(
      """
      roles: { own: { assumedBy: [states.amazonaws.com] } }
      queues: { jobs: {} }
      stateMachines:
        m:
          roleArn: "${roles.own.arn}"
          definition:
            StartAt: A
            States:
              A: { Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", End: true,
                Parameters: { QueueUrl: "${queues.jobs.url}", MessageBody: a } }
      """)
    #expect(resources["stateMachines.m.role"] == nil)
    #expect(
      resources["roles.own"]?["policy"]?.items("Statement") == [
        allows(["sqs:SendMessage"], "arn:aws:sqs:us-east-1:000000000000:jobs")
      ])
  }
}
