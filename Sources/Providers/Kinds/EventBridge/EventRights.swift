import Planner

/// What EventBridge must be allowed to call a target: by the target's own policy, or by a role that it takes on.
///
/// Facts: "Using resource-based policies for Amazon EventBridge", "Using identity-based policies" and "Event bus targets" in the
/// user guide.
enum EventRights {
  /// The service of a target's ARN, even where that is known only after apply.
  static func service(of arn: Value?) -> String? {
    if let text = arn?.string { return ARN(text)?.service }
    guard case .pending(let template)? = arn, case .reference(let path)? = template.whole else { return nil }
    return path.first.flatMap { sections[$0] }
  }

  private static let sections = [
    "eventBuses": "events", "lambdas": "lambda", "logGroups": "logs",
    "queues": "sqs", "streams": "kinesis", "topics": "sns",
  ]

  /// Whether the service is called in a role's name, and the role can be derived.
  static func needsRole(_ service: String?) -> Bool {
    guard let service, !ownPolicies.contains(service) else { return false }
    return ["batch", "ecs", "events", "ssm"].contains(service) || actions[service] != nil
  }

  /// Services whose resources let EventBridge in by policies of their own.
  private static let ownPolicies: Set<String> = ["lambda", "logs", "sns", "sqs"]

  private static let actions = [
    "codebuild": ["codebuild:StartBuild"], "codepipeline": ["codepipeline:StartPipelineExecution"],
    "execute-api": ["execute-api:Invoke"], "firehose": ["firehose:PutRecord", "firehose:PutRecordBatch"],
    "glue": ["glue:notifyEvent"], "imagebuilder": ["imagebuilder:StartImagePipelineExecution"],
    "inspector": ["inspector:StartAssessmentRun"], "kinesis": ["kinesis:PutRecord", "kinesis:PutRecords"],
    "lambda": ["lambda:InvokeFunction"], "sagemaker": ["sagemaker:StartPipelineExecution"],
    "sns": ["sns:Publish"], "sqs": ["sqs:SendMessage"], "ssm-incidents": ["ssm-incidents:StartIncident"],
    "states": ["states:StartExecution"],
  ]

  /// The statements that a role needs to call the target.
  static func statements(for target: Value) -> [Value] {
    guard let arn = target["arn"], let service = service(of: arn) else { return [] }
    let statement = LambdaKind.statement
    switch service {
    case "events":
      return [statement([isDestination(arn) ? "events:InvokeApiDestination" : "events:PutEvents"], arn)]
    case "ecs": return taskStatements(target["ecsParameters"], cluster: arn)
    case "batch":
      let job = target["batchParameters"]?["jobDefinition"]
      let isARN = job?.string.map { $0.hasPrefix("arn:") } ?? (job != nil)
      let definitions = isARN ? (job ?? "*").withRevisions(after: "job-definition/") : ["*"]
      return [statement(["batch:SubmitJob"], .list([arn] + definitions))]
    case "ssm":
      if arn.string.map({ $0.contains(":automation-definition/") }) == true {
        return [statement(["ssm:StartAutomationExecution"], arn)]
      }
      // Which instances have a tag is known only when the command runs.
      let partition = arn.string.flatMap { ARN($0)?.partition } ?? "aws"
      return [statement(["ssm:SendCommand"], [arn, .string("arn:\(partition):ec2:*:*:instance/*")])]
    default: return actions[service].map { [statement($0, arn)] } ?? []
    }
  }

  private static func isDestination(_ arn: Value) -> Bool {
    arn.string?.contains(":api-destination/") == true
  }

  /// "AmazonEC2ContainerServiceEventsRole" in the ECS developer guide, for just this task definition and cluster.
  private static func taskStatements(_ parameters: Value?, cluster: Value) -> [Value] {
    let tasks = (parameters?["taskDefinitionArn"] ?? "*").withRevisions(after: "task-definition/")
    let run: Value = [
      "Effect": "Allow", "Action": ["ecs:RunTask"], "Resource": tasks.count == 1 ? tasks[0] : .list(tasks),
      "Condition": ["ArnLike": ["ecs:cluster": cluster]],
    ]
    let pass: Value = [
      "Effect": "Allow", "Action": ["iam:PassRole"], "Resource": "*",
      "Condition": ["StringLike": ["iam:PassedToService": "ecs-tasks.amazonaws.com"]],
    ]
    let tag: Value = [
      "Effect": "Allow", "Action": ["ecs:TagResource"], "Resource": "*",
      "Condition": ["StringEquals": ["ecs:CreateAction": ["RunTask"]]],
    ]
    return [run, pass, tag]
  }
}
