import Planner

/// What the role of a state machine must allow: what its tasks call, and what its settings need.
///
/// Facts: "How Step Functions generates IAM policies for integrated services", "Using CloudWatch Logs to log execution history",
/// "AWS X-Ray and Step Functions", "Data at rest encryption" in the Step Functions developer guide.
struct MachineRights {
  private(set) var statements: [Value] = []
  /// What is called is known only as the machine runs, or is not known to Stackform.
  private(set) var unknown: [PropertyProblem] = []
  private let machine: Resource
  private let target: Target

  init(of machine: Resource, in target: Target) {
    self.machine = machine
    self.target = target
    for task in MachineTask.all(in: machine["definition"], target) { add(task) }
    addSettings()
    for grant in machine["grants"]?.list ?? [] {
      var fields: [String: Value] = ["Effect": "Allow"]
      fields["Action"] = grant["actions"]
      fields["Resource"] = grant["resources"]
      if let condition = grant["condition"], !condition.isEmpty { fields["Condition"] = condition }
      add([.map(fields)])
    }
  }

  private mutating func add(_ new: [Value]) {
    statements += new.filter { !statements.contains($0) }
  }

  private mutating func add(_ task: MachineTask) {
    if let role = task.state["Credentials"]?["RoleArn"], role.string?.hasPrefix("{%") != true {
      add([LambdaKind.statement(["sts:AssumeRole"], on: role)])
      return
    }
    if task.state["Type"] == "Map" {
      add(DistributedMap(task, of: machine).statements)
      return
    }
    guard let value = task.state["Resource"] else { return }
    if value.isPending {
      // In a task's place stands a lambda or an activity, and only the first needs a right.
      let section = value.templates.first?.references.first?.first
      if section != "activities" { add([LambdaKind.statement(["lambda:InvokeFunction"], on: value)]) }
      return
    }
    guard let text = value.string, let resource = TaskResource(text) else { return }
    switch resource.target {
    case .activity: break
    case .lambda: add([LambdaKind.statement(["lambda:InvokeFunction"], on: value)])
    case .integration(let service, let action):
      if let rights = task.rights(service, action, resource.pattern) { add(rights) } else { note(task, text) }
    case .sdk(let service, let action): add(task.sdkRights(service, action))
    }
  }

  private mutating func note(_ task: MachineTask, _ resource: String) {
    unknown.append(
      PropertyProblem(
        machine["definitionFile"] == nil ? task.path + ["Resource"] : ["definitionFile"],
        "Rights not known",
        "What \(task.path.last ?? "") may do with \(resource) does not follow from the definition, "
          + "and the derived role does not allow it.",
        fix: "Say it in `grants`, or name a role of your own in `roleArn`.", severity: .warning))
  }

  // MARK: Settings

  private mutating func addSettings() {
    if let level = machine["loggingConfiguration"]?["level"], level != "OFF" {
      // Deliveries of logs know no finer resource.
      let actions = [
        "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
      ]
      add([LambdaKind.statement(actions, on: "*")])
    }
    if machine["tracingConfiguration"]?["enabled"] == true {
      let actions = [
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
      ]
      add([LambdaKind.statement(actions, on: "*")])
    }
    if let key = machine["encryptionConfiguration"]?["kmsKeyId"], !key.isEmpty { add([keyStatement(key)]) }
  }

  /// The key of data. An alias is no resource of a policy, but may be a condition.
  private func keyStatement(_ key: Value) -> Value {
    let actions = ["kms:Decrypt", "kms:GenerateDataKey"]
    guard let text = key.string, !text.hasPrefix("arn:") || text.contains(":alias/") else {
      return LambdaKind.statement(actions, on: key)
    }
    guard let start = text.firstRange(of: "alias/")?.lowerBound else {
      return LambdaKind.statement(
        actions,
        on: target.arn("kms", "key/\(text)")
          ?? .string("arn:\(target.partition):kms:\(target.region):*:key/\(text)"))
    }
    return [
      "Effect": "Allow", "Action": .list(actions.map(Value.string)), "Resource": "*",
      "Condition": ["ForAnyValue:StringEquals": ["kms:ResourceAliases": .string(String(text[start...]))]],
    ]
  }
}

/// What a Map needs that starts executions of its own, and reads and writes objects.
private struct DistributedMap {
  let statements: [Value]

  init(_ task: MachineTask, of machine: Resource) {
    let state = task.state
    guard state["ItemProcessor"]?["ProcessorConfig"]?["Mode"] == "DISTRIBUTED" else {
      statements = []
      return
    }
    let own = task.arn("states", "stateMachine:\(machine.name ?? "*")")
    var statements = [
      LambdaKind.statement(["states:StartExecution"], on: own),
      LambdaKind.statement(
        ["states:DescribeExecution", "states:StopExecution"], on: task.executions(of: own)),
    ]
    for (field, actions) in [
      ("ItemReader", ["s3:GetObject"]),
      (
        "ResultWriter",
        ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"]
      ),
    ] {
      let parameters = state[field]?["Parameters"] ?? state[field]?["Arguments"] ?? .null
      guard case .known(let bucket) = MachineTask.parameter("Bucket", in: parameters) else { continue }
      if state[field]?["Resource"]?.string?.hasSuffix("listObjectsV2") == true {
        statements.append(LambdaKind.statement(["s3:ListBucket"], on: task.bucket(bucket)))
      }
      statements.append(LambdaKind.statement(actions, on: task.bucket(bucket, objects: "/*")))
    }
    self.statements = statements
  }
}
