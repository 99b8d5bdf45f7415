import Planner

extension LambdaKind {
  /// The role that is derived for the lambda at an address.
  static func roleAddress(of lambda: Address) -> Address {
    Address(lambda.section, lambda.name, part: "role")
  }

  /// Whether Stackform derives this lambda's role, perhaps in an earlier step.
  static func hasDerivedRole(_ lambda: Resource) -> Bool {
    lambda["role"]?.isNull ?? true || lambda.derivations["role"] != nil
  }

  func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let logGroup = Self.logGroupResource(of: resource, in: stack)
    var derived = Self.urlPermissions(of: resource)
    if let logGroup {
      derived.append(
        .dependency(
          of: resource.address, on: logGroup,
          because: "the function writes to it, and would make it without settings"))
    }
    guard Self.hasDerivedRole(resource) else {
      return derived
        + LambdaRights(of: resource, in: stack).derived(
          Self.settingStatements(of: resource), because: "\(resource.address) runs as it")
    }
    let address = Self.roleAddress(of: resource.address)
    let name = Self.roleName(of: resource.address, in: stack)
    let statements =
      Self.logStatements(of: resource, makesGroup: logGroup == nil, in: stack.target)
      + Self.settingStatements(of: resource) + Self.grantStatements(of: resource)
    let role = Resource(
      address, section: "roles", name: name,
      properties: [
        "assumedBy": ["lambda.amazonaws.com"],
        "policy": ["Version": "2012-10-17", "Statement": .list(statements)],
      ],
      derivations: [
        "": resource["grants"] == nil ? "\(resource.address) runs as it" : "grants of \(resource.address)"
      ])
    derived.append(.resource(role))
    // A reference, so that the role is made first.
    let reference = Template(
      parts: [.expression(.reference([address.section, address.name, "role", "arn"]))],
      source: "${\(address).arn}")
    derived.append(
      .property(
        on: resource.address, name: "role", value: .pending(reference), because: "the role of its grants"))
    return derived
  }

  /// Roles are the whole account's, so that two regions' stacks must not share a name.
  private static func roleName(of lambda: Address, in stack: Stack) -> String {
    StableHash.shortened(
      "\(stack.target.namePrefix)\(stack.name)-\(lambda.name)-\(stack.target.region)", to: 64)
  }

  /// Lambda makes the log group of a function that ran, where the stack has none for it.
  func remains(of resource: Resource, in stack: Stack) -> String? {
    guard let group = Self.logGroup(of: resource), Self.logGroupResource(of: resource, in: stack) == nil
    else { return nil }
    return "log group \(group)"
  }

  /// The stack's log group that the function writes to. One of the same name as the lambda is the custom, so it is tried first.
  private static func logGroupResource(of resource: Resource, in stack: Stack) -> Address? {
    guard let name = logGroup(of: resource) else { return nil }
    let namesake = Address("logGroups", resource.address.name)
    if stack[namesake]?.name == name { return namesake }
    return stack.resources.first { $0.section == "logGroups" && $0.name == name }?.address
  }

  /// Streams and lines in its own log group only; the group itself just when nothing else makes it.
  private static func logStatements(
    of resource: Resource, makesGroup: Bool, in target: Target
  ) -> [Value] {
    let group = logGroup(of: resource) ?? resource.name.map(defaultLogGroup) ?? ""
    // Without an account (offline) the plan can't be carried out, so any account number will do.
    let arn =
      target.arn("logs", "log-group:\(group)")?.string
      ?? "arn:\(target.partition):logs:\(target.region):*:log-group:\(group)"
    var statements = [
      statement(["logs:CreateLogStream", "logs:PutLogEvents"], on: .string("\(arn):*"))
    ]
    if makesGroup {
      statements.append(
        statement(["logs:CreateLogGroup"], on: [.string(arn), .string("\(arn):*")]))
    }
    return statements
  }

  /// What settings of the function itself need.
  static func settingStatements(of resource: Resource) -> [Value] {
    var statements: [Value] = []
    if resource["tracing"] == "Active" {
      // X-Ray knows no finer resource.
      statements.append(statement(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], on: "*"))
    }
    if let target = resource["deadLetterTargetArn"], !target.isEmpty {
      statements += delivery(to: target, section: resource.referenced(by: "deadLetterTargetArn")?.section)
    }
    if let key = resource["kmsKeyArn"], !key.isEmpty {
      statements.append(statement(["kms:Decrypt"], on: key))
    }
    let places =
      ["eventInvokeConfig"]
      + (resource["aliases"]?.map ?? [:]).keys.sorted().map { "aliases.\($0).eventInvokeConfig" }
    for place in places {
      let path = place.split(separator: ".").map(String.init)
      let config = path.reduce(Value.map(resource.properties) as Value?) { $0?[$1] }
      for end in ["onSuccess", "onFailure"] {
        guard let target = config?[end], !target.isEmpty else { continue }
        let found = delivery(
          to: target, section: resource.referenced(at: "\(place).\(end)")?.section)
        statements += found.filter { !statements.contains($0) }
      }
    }
    return statements + networkStatements(of: resource)
  }

  /// What the interfaces in a network and the file system there need; AWSLambdaVPCAccessExecutionRole, and
  /// EFS's "Using IAM to control access".
  private static func networkStatements(of resource: Resource) -> [Value] {
    var statements: [Value] = []
    if resource["vpcConfig"]?["subnetIds"]?.isEmpty == false {
      let actions = [
        "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
      ]
      // Interfaces have no ARN before they are made, and what only describes has none at all.
      statements.append(statement(actions, on: "*"))
    }
    for system in resource["fileSystemConfigs"]?.list ?? [] {
      guard let arn = system["arn"] else { continue }
      statements.append([
        "Effect": "Allow",
        "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], "Resource": "*",
        "Condition": ["StringEquals": ["elasticfilesystem:AccessPointArn": arn]],
      ])
    }
    return statements
  }

  /// The permission to send something to a queue, topic, bucket or other lambda. The section says what a
  /// pending ARN will be.
  static func delivery(to target: Value, section: String?) -> [Value] {
    switch (target.string.flatMap { ARN($0)?.service }, section) {
    case ("sqs", _), (nil, "queues"): return [statement(["sqs:SendMessage"], on: target)]
    case ("sns", _), (nil, "topics"): return [statement(["sns:Publish"], on: target)]
    case ("lambda", _), (nil, "lambdas"): return [statement(["lambda:InvokeFunction"], on: target)]
    case ("events", _): return [statement(["events:PutEvents"], on: target)]
    case ("s3", _):
      return [
        statement(["s3:ListBucket"], on: target),
        statement(["s3:PutObject"], on: .string("\(target.string ?? "")/*")),
      ]
    default: return []
    }
  }

  private static func grantStatements(of resource: Resource) -> [Value] {
    (resource["grants"]?.list ?? []).map { grant in
      var fields: [String: Value] = ["Effect": "Allow"]
      fields["Action"] = grant["actions"] ?? grant["allow"]
      fields["Resource"] = grant["resources"] ?? grant["on"]
      if let condition = grant["condition"], !condition.isEmpty { fields["Condition"] = condition }
      return .map(fields)
    }
  }

  /// A policy statement that allows the actions on the resource.
  static func statement(_ actions: [String], on resource: Value) -> Value {
    ["Effect": "Allow", "Action": .list(actions.map(Value.string)), "Resource": resource]
  }
}
