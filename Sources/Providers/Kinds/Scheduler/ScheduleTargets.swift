import Planner

/// What schedules give to targets that take more than an input: ECS tasks and SageMaker pipelines.
enum ScheduleTargets {
  static let properties = [
    Property("ecsParameters", .object(task), "How an ECS cluster runs the task."),
    Property(
      "sageMakerPipelineParameters",
      .object([
        Property(
          "pipelineParameterList",
          .list(
            .object([
              Property("name", .string(TextRule(length: 1...256)), required: true, "The parameter's name."),
              Property(
                "value", .string(TextRule(length: 1...1024)), required: true, "The parameter's value."),
            ])), "The parameters.")
      ]), "What a SageMaker pipeline gets."),
  ]

  static let relations = Relation.inside(
    "target",
    .needs(.arn("arn", of: .cluster), "ecsParameters"),
    .goesWith(["ecsParameters"], .arn("arn", of: .cluster)),
    .goesWith(["sageMakerPipelineParameters"], .arn("arn", of: .pipeline)),
    .excludes(["ecsParameters.launchType"], "ecsParameters.capacityProviderStrategy"))

  /// The names that the service spells with a small letter, by their paths.
  static let renamed = Dictionary(
    [
      "networkConfiguration.awsvpcConfiguration", "capacityProviderStrategy.*.base",
      "capacityProviderStrategy.*.capacityProvider", "capacityProviderStrategy.*.weight",
      "placementConstraints.*.expression", "placementConstraints.*.type", "placementStrategy.*.field",
      "placementStrategy.*.type",
    ].map { ("target.ecsParameters.\($0)", String($0.split(separator: ".").last ?? "")) }
  ) { $1 }

  private static let task = [
    Property("taskDefinitionArn", .arn, required: true, "The task definition's ARN."),
    Property("taskCount", .integer(1...10), default: 1, "How many tasks are run."),
    Property("launchType", .choice(["EC2", "FARGATE", "EXTERNAL"]), "What the tasks run on."),
    Property(
      "networkConfiguration", .object(TaskParameters.network("awsvpcConfiguration")),
      "Where tasks of the network mode awsvpc are."),
    Property("platformVersion", .string(TextRule(length: 1...64)), "Fargate: the platform's version."),
    Property(
      "capacityProviderStrategy", .list(.object(TaskParameters.provider)), "What the tasks run on, by shares."
    ),
    Property("group", .string(TextRule(length: 1...255)), "The task group."),
    Property("placementConstraints", .set(.object(TaskParameters.constraint)), "Where tasks may be placed."),
    Property("placementStrategy", .list(.object(TaskParameters.strategy)), "How places are chosen."),
    Property("propagateTags", .choice(["TASK_DEFINITION"]), "Whether tasks get the task definition's tags."),
    Property(
      "enableECSManagedTags", .boolean, default: false, "Whether ECS puts tags of its own on the tasks."),
    Property(
      "enableExecuteCommand", .boolean, default: false, "Whether `execute-command` works in the tasks."),
  ]
}
