import Planner

extension LambdaKind {
  /// AWS's "Defined runtime environment variables": these can't be set.
  private static let reserved: Set<String> = [
    "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
  ]

  func problems(of resource: Resource) -> [PropertyProblem] {
    environmentProblems(resource) + targetProblems(resource) + destinationProblems(resource)
      + aliasProblems(resource) + grantProblems(resource)
  }

  /// No relation, as the JSON Schema can't demand a key that a YAML 1.1 reader takes for another one.
  private func grantProblems(_ resource: Resource) -> [PropertyProblem] {
    (resource["grants"]?.list ?? []).enumerated().flatMap { position, grant in
      [("actions", "allow"), ("resources", "on")].compactMap { name, other -> PropertyProblem? in
        let given = [name, other].filter { grant[$0]?.isEmpty == false }
        guard given.count != 1 else { return nil }
        return PropertyProblem(
          ["grants", String(position)],
          given.isEmpty ? "Missing property" : "Options that don't go together",
          given.isEmpty ? "A grant needs \(name)." : "\(name) and \(other) are the same.",
          fix: given.isEmpty
            ? "As { actions: [\"s3:GetObject\"], resources: \"arn:aws:s3:::reports/*\" }."
            : "Keep \(name).")
      }
    }
  }

  func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    permissionProblems(of: resource, in: stack)
      + LambdaRights(of: resource, in: stack)
      .problems(Self.settingStatements(of: resource), at: ["role"], of: resource.address)
  }

  /// Every alias has a policy of its own, to which each permission adds a statement.
  private func permissionProblems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    var policies: [String: [Value]] = [:]
    for permission in stack.all(in: "permissions") {
      guard let function = PermissionKind.function(of: permission),
        isMeant(function, by: permission, resource)
      else { continue }
      policies[function.qualifier ?? "", default: []].append(
        PermissionKind.statement(of: permission, in: stack))
    }
    return policies.sorted { $0.key < $1.key }.compactMap { alias, statements in
      let policy: Value = ["Version": "2012-10-17", "Id": "default", "Statement": .list(statements)]
      let quota = PolicyQuota.function
      guard let size = quota.excess([policy]) else { return nil }
      let name = alias.isEmpty ? "\(resource.address)" : "the alias \(alias) of \(resource.address)"
      return PropertyProblem(
        [], "Too many permissions",
        "The \(statements.count) permissions of \(name) take \(size) bytes of policy, and Lambda takes \(quota.most).",
        fix: "Let several sources call it through one topic, queue or API, or let some of them call an alias."
      )
    }
  }

  private func isMeant(_ function: FunctionReference, by permission: Resource, _ lambda: Resource) -> Bool {
    permission.referenced(by: "function").map { $0 == lambda.address } ?? (function.name == lambda.name)
  }

  private func environmentProblems(_ resource: Resource) -> [PropertyProblem] {
    let variables = resource["environment"]?.map ?? [:]
    var problems: [PropertyProblem] = []
    for name in variables.keys.sorted() {
      if Self.reserved.contains(name) {
        problems.append(
          PropertyProblem(
            ["environment", name], "Reserved variable", "Lambda sets \(name) itself.",
            fix: "Take it out: the code finds it in its environment anyway."))
      } else if !Self.isVariableName(name) {
        problems.append(
          PropertyProblem(
            ["environment", name], "Variable name", "\"\(name)\" is not a name that Lambda takes.",
            fix: "Begin with a letter, and use at least two letters, digits and _."))
      }
    }
    // Lambda counts the variables as JSON.
    let size = Value.map(variables).json.utf8.count
    if size > 4096 {
      problems.append(
        PropertyProblem(
          ["environment"], "Too large", "The environment takes \(size) bytes; Lambda allows 4096.",
          fix: "Keep long values in a parameter or a bucket, and name that instead."))
    }
    return problems
  }

  private static func isVariableName(_ name: String) -> Bool {
    name.count > 1 && name.first?.isLetter == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  private func targetProblems(_ resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if let target = resource["deadLetterTargetArn"]?.string, !target.contains(":sqs:"),
      !target.contains(":sns:")
    {
      problems.append(
        PropertyProblem(
          ["deadLetterTargetArn"], "Dead letter target", "\(target) is neither a queue nor a topic.",
          fix: "Name a queue's or a topic's ARN."))
    }
    if let target = resource["deadLetterTargetArn"]?.string, target.hasSuffix(".fifo") {
      problems.append(
        PropertyProblem(
          ["deadLetterTargetArn"], "Dead letter target",
          "Lambda sends no failed calls to FIFO queues and topics.",
          fix: "Name one that is not FIFO."))
    }
    return problems
  }
}
