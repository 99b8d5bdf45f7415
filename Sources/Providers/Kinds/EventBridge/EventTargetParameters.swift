import Planner

/// What only some sorts of targets take.
enum EventTargetParameters {
  static let members = [
    Property(
      "appSyncParameters",
      .object([
        Property(
          "graphQLOperation", .string(TextRule(length: 1...1_048_576)), required: true,
          "The mutation, as text.")
      ]), "What an AppSync API gets."),
    Property("batchParameters", .object(batch), "The job that a Batch queue gets."),
    Property("ecsParameters", .object(task), "How an ECS cluster runs the task."),
    Property(
      "httpParameters",
      .object([
        Property("headerParameters", .map(.text), "Headers of the request."),
        Property("pathParameterValues", .list(.text), "What stands for each * in the path."),
        Property("queryStringParameters", .map(.text), "Parameters of the query."),
      ]), "What the request to an API or an API destination has."),
    Property(
      "kinesisParameters",
      .object([
        Property(
          "partitionKeyPath", .string(TextRule(length: 0...256)), required: true,
          "The part of the event that is the partition key, as $.detail.order.")
      ]), "What a stream gets; the event's id is the partition key without it."),
    Property("redshiftDataParameters", .object(statement), "The SQL that Redshift runs."),
    Property(
      "runCommandParameters",
      .object([
        Property(
          "runCommandTargets",
          .list(
            .object([
              Property(
                "key", .string(TextRule(length: 1...128)), required: true,
                "InstanceIds, or tag: and a tag's key."),
              Property(
                "values", .list(.string(TextRule(length: 1...256))), required: true,
                "Instances' ids, or the tag's values."),
            ])), required: true, "The instances, by their ids or tags.")
      ]), "The instances that a Systems Manager command runs on."),
    Property(
      "sageMakerPipelineParameters",
      .object([
        Property(
          "pipelineParameterList",
          .list(
            .object([
              Property("name", .string(TextRule(length: 1...256)), required: true, "The parameter's name."),
              Property(
                "value", .string(TextRule(length: 0...1024)), required: true, "The parameter's value."),
            ])), "The parameters.")
      ]), "What a SageMaker pipeline gets."),
    Property(
      "sqsParameters",
      .object([
        Property("messageGroupId", .string(TextRule(length: 1...100)), required: true, "The message group.")
      ]), "What a queue gets; a FIFO queue must."),
  ]

  static let relations = Relation.inside(
    "\(EventTargets.property).*",
    .atMostOne(of: "input", "inputPath", "inputTransformer"),
    .atMost(100, of: "inputTransformer.inputPathsMap", what: "parts"),
    .excludes(
      "roleArn", .arn("arn", of: .logGroup),
      because: "A resource policy of CloudWatch Logs lets EventBridge write."),
    .needs(
      .text("arn", endsWith: ".fifo"), "sqsParameters.messageGroupId",
      because: "A FIFO queue takes no message without a group."),
    .goesWith(["sqsParameters"], .arn("arn", of: .queue)),
    .goesWith(["kinesisParameters"], .arn("arn", of: .stream)),
    .needs(.arn("arn", of: .cluster), "ecsParameters"),
    .goesWith(["ecsParameters"], .arn("arn", of: .cluster)),
    .excludes(["ecsParameters.launchType"], "ecsParameters.capacityProviderStrategy"),
    .needs(.arn("arn", of: .jobQueue), "batchParameters"),
    .goesWith(["batchParameters"], .arn("arn", of: .jobQueue)),
    .needs(.arn("arn", of: .graph), "appSyncParameters", "roleArn"),
    .goesWith(["appSyncParameters"], .arn("arn", of: .graph)),
    .needs(.arn("arn", of: .warehouse, .serverlessWarehouse), "redshiftDataParameters", "roleArn"),
    .goesWith(["redshiftDataParameters"], .arn("arn", of: .warehouse, .serverlessWarehouse)),
    .exactlyOne(
      of: "redshiftDataParameters.sql", "redshiftDataParameters.sqls", when: "redshiftDataParameters"),
    .goesWith(["httpParameters"], .arn("arn", of: .deployedApi, .apiDestination)),
    .goesWith(["runCommandParameters"], .arn("arn", of: .systemsManager)),
    .goesWith(["sageMakerPipelineParameters"], .arn("arn", of: .pipeline)))

  /// The names that the service spells otherwise, by their paths.
  static let renamed: [String: String] = {
    let small = [
      "networkConfiguration.awsVpcConfiguration", "capacityProviderStrategy.*.base",
      "capacityProviderStrategy.*.capacityProvider", "capacityProviderStrategy.*.weight",
      "placementConstraints.*.expression", "placementConstraints.*.type", "placementStrategies.*.field",
      "placementStrategies.*.type",
    ]
    var renamed = Dictionary(small.map { ($0, String($0.split(separator: ".").last ?? "")) }) { $1 }
    renamed["networkConfiguration.awsVpcConfiguration"] = "awsvpcConfiguration"
    renamed["placementStrategies"] = "PlacementStrategy"
    renamed["tagList"] = "Tags"
    return Dictionary(renamed.map { ("\(EventTargets.property).ecsParameters.\($0)", $1) }) { $1 }
  }()

  private static let batch = [
    Property("jobDefinition", .text, required: true, "The job definition's ARN or name."),
    Property("jobName", .text, required: true, "The job's name."),
    Property(
      "arrayProperties",
      .object([Property("size", .integer(2...10_000), required: true, "How many jobs it is.")]),
      "Makes an array of jobs of it."),
    Property(
      "retryStrategy",
      .object([Property("attempts", .integer(1...10), required: true, "How often it is tried.")]),
      "How a failed job is tried again."),
  ]

  private static let statement = [
    Property("database", .string(TextRule(length: 1...64)), required: true, "The database."),
    Property("dbUser", .string(TextRule(length: 1...128)), "The database's user; not with a secret."),
    Property(
      "secretManagerArn", .string(TextRule(length: 1...1600)),
      "The secret with the credentials: its ARN, or a path in the event."),
    Property("sql", .string(TextRule(length: 1...100_000)), "The statement."),
    Property(
      "sqls", .list(.string(TextRule(length: 1...100_000))), "Several statements, in one transaction."),
    Property("statementName", .string(TextRule(length: 1...500)), "The statement's name."),
    Property("withEvent", .boolean, default: false, "Whether its end is an event, too."),
  ]

  private static let task = [
    Property(
      "taskDefinitionArn", .string(TextRule(length: 1...1600)), required: true, "The task definition's ARN."),
    Property("taskCount", .integer(1...10), default: 1, "How many tasks are run."),
    Property("launchType", .choice(["EC2", "FARGATE", "EXTERNAL"]), "What the tasks run on."),
    Property(
      "networkConfiguration", .object(TaskParameters.network("awsVpcConfiguration")),
      "Where tasks of the network mode awsvpc are."),
    Property("platformVersion", .text, "Fargate: the platform's version."),
    Property(
      "capacityProviderStrategy", .list(.object(TaskParameters.provider)), "What the tasks run on, by shares."
    ),
    Property("group", .text, "The task group."),
    Property("placementConstraints", .set(.object(TaskParameters.constraint)), "Where tasks may be placed."),
    Property("placementStrategies", .list(.object(TaskParameters.strategy)), "How places are chosen."),
    Property("propagateTags", .choice(["TASK_DEFINITION"]), "Whether tasks get the task definition's tags."),
    Property("referenceId", .string(TextRule(length: 0...1024)), "A note about where the task comes from."),
    Property("tagList", .list(.object(tag)), "Tags of the tasks."),
    Property(
      "enableECSManagedTags", .boolean, default: false, "Whether ECS puts tags of its own on the tasks."),
    Property(
      "enableExecuteCommand", .boolean, default: false, "Whether `execute-command` works in the tasks."),
  ]

  private static let tag = [
    Property("key", .string(TextRule(length: 1...128)), required: true, "The tag's key."),
    Property("value", .string(TextRule(length: 0...256)), required: true, "The tag's value."),
  ]
}
