import Planner

extension MachineTask {
  /// What an integration needs: "Integrating optimized services" in the developer guide has a page for each. nil where it
  /// does not follow from the parameters.
  func rights(_ service: String, _ action: String, _ pattern: String) -> [Value]? {
    let waits = pattern.hasPrefix(".sync")
    switch (service, action) {
    case ("lambda", "invoke"):
      guard case .known(let name) = parameter("FunctionName") else { return nil }
      return [LambdaKind.statement(["lambda:InvokeFunction"], on: function(name))]
    case ("sqs", "sendMessage"):
      guard case .known(let url) = parameter("QueueUrl"), let queue = queue(url) else { return nil }
      return [LambdaKind.statement(["sqs:SendMessage"], on: queue)]
    case ("sns", "publish"):
      if let topic = allow("sns:Publish", on: "TopicArn", "sns", "") { return topic }
      // A message to a telephone has no resource.
      guard case .missing = parameter("PhoneNumber") else {
        return [LambdaKind.statement(["sns:Publish"], on: "*")]
      }
      return allow("sns:Publish", on: "TargetArn", "sns", "")
    case ("dynamodb", _):
      return allow("dynamodb:\(action.capitalisedFirst)", on: "TableName", "dynamodb", "table/")
    case ("events", "putEvents"): return buses()
    case ("states", "startExecution"): return executionRights(waits)
    case ("ecs", "runTask"): return taskRights(waits)
    case ("batch", "submitJob"): return batchRights(waits)
    case ("glue", "startJobRun"):
      let actions = waits ? ["GetJobRun", "GetJobRuns", "BatchStopJobRun"] : []
      return allow((["StartJobRun"] + actions).map { "glue:\($0)" }, on: "JobName", "glue", "job/")
    case ("codebuild", "startBuild"):
      let actions = waits ? ["StopBuild", "BatchGetBuilds", "BatchGetReports"] : []
      return allow(
        (["StartBuild"] + actions).map { "codebuild:\($0)" }, on: "ProjectName", "codebuild", "project/"
      )
      .map { $0 + (waits ? [managedRule("StepFunctionsGetEventForCodeBuildStartBuildRule")] : []) }
    case ("http", "invoke"): return connectionRights()
    case ("apigateway", "invoke"):
      guard case .known(let type) = parameter("AuthType"), type == "IAM_ROLE" else { return [] }
      return nil
    default: return nil
    }
  }

  /// Actions on what a parameter names; nil where it does not say.
  private func allow(_ actions: [String], on name: String, _ service: String, _ prefix: String) -> [Value]? {
    guard case .known(let value) = parameter(name) else { return nil }
    return [LambdaKind.statement(actions, on: resource(value, service, prefix))]
  }

  private func allow(_ action: String, on name: String, _ service: String, _ prefix: String) -> [Value]? {
    allow([action], on: name, service, prefix)
  }

  private func buses() -> [Value]? {
    guard case .known(let entries) = parameter("Entries"), let list = entries.list else { return nil }
    var buses: [Value] = []
    for entry in list {
      switch Self.parameter("EventBusName", in: entry) {
      case .dynamic: return nil
      case .missing: buses.append(arn("events", "event-bus/default"))
      case .known(let bus): buses.append(resource(bus, "events", "event-bus/"))
      }
    }
    let distinct = Set(buses).sorted { $0.json < $1.json }
    return [
      LambdaKind.statement(["events:PutEvents"], on: distinct.count == 1 ? distinct[0] : .list(distinct))
    ]
  }

  private func executionRights(_ waits: Bool) -> [Value]? {
    guard case .known(let machine) = parameter("StateMachineArn") else { return nil }
    let start = LambdaKind.statement(["states:StartExecution"], on: machine)
    guard waits else { return [start] }
    return [
      start,
      LambdaKind.statement(
        ["states:DescribeExecution", "states:StopExecution"], on: executions(of: machine)),
      managedRule("StepFunctionsGetEventsForStepFunctionsExecutionRule"),
    ]
  }

  private func taskRights(_ waits: Bool) -> [Value]? {
    guard case .known(let definition) = parameter("TaskDefinition") else { return nil }
    let passed: Value = [
      "Effect": "Allow", "Action": ["iam:PassRole"], "Resource": "*",
      "Condition": ["StringEquals": ["iam:PassedToService": "ecs-tasks.amazonaws.com"]],
    ]
    let tasks = resource(definition, "ecs", "task-definition/").withRevisions(after: "task-definition/")
    let run = LambdaKind.statement(["ecs:RunTask"], on: tasks.count == 1 ? tasks[0] : .list(tasks))
    guard waits else { return [run, passed] }
    return [
      run, LambdaKind.statement(["ecs:StopTask", "ecs:DescribeTasks"], on: arn("ecs", "task/*")), passed,
      managedRule("StepFunctionsGetEventsForECSTaskRule"),
    ]
  }

  private func batchRights(_ waits: Bool) -> [Value]? {
    guard case .known(let definition) = parameter("JobDefinition"),
      case .known(let queue) = parameter("JobQueue")
    else { return nil }
    let jobs = resource(definition, "batch", "job-definition/").withRevisions(after: "job-definition/")
    let submit = LambdaKind.statement(
      ["batch:SubmitJob"], on: .list(jobs + [resource(queue, "batch", "job-queue/")]))
    guard waits else { return [submit] }
    return [
      // What only describes has no finer resource.
      submit, LambdaKind.statement(["batch:DescribeJobs", "batch:TerminateJob"], on: "*"),
      managedRule("StepFunctionsGetEventsForBatchJobsRule"),
    ]
  }

  /// A function, and what a Qualifier names of it: IAM holds the two apart.
  func function(_ name: Value) -> Value {
    let function = resource(name, "lambda", "function:")
    if case .missing = parameter("Qualifier") { return function }
    return function.string.map { [.string($0), .string($0 + ":*")] } ?? function
  }

  private func connectionRights() -> [Value]? {
    guard
      case .known(let connection) = Self.parameter("ConnectionArn", in: parameters["Authentication"] ?? [:])
    else { return nil }
    return [
      LambdaKind.statement(["states:InvokeHTTPEndpoint"], on: "*"),
      LambdaKind.statement(["events:RetrieveConnectionCredentials"], on: connection),
      LambdaKind.statement(
        ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        on: arn("secretsmanager", "secret:events!connection/*")),
    ]
  }
}
