package import Planner

extension EventRuleKind {
  package func problems(of resource: Resource) -> [PropertyProblem] {
    var problems = EventPattern.problems(inEvents: resource["eventPattern"], at: ["eventPattern"])
    if let text = resource["scheduleExpression"]?.string, let flaw = ScheduleExpression.flaw(ofRule: text) {
      problems.append(
        PropertyProblem(["scheduleExpression"], "Bad schedule expression", flaw.detail, fix: flaw.fix))
    }
    return problems + EventTargets.problems(of: resource)
  }

  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    (resource["targets"]?.map ?? [:]).sorted { $0.key < $1.key }.flatMap {
      name, target -> [PropertyProblem] in
      let queue = target["deadLetterConfig"]?["arn"]
      let path = ["targets", name]
      let place = path + ["deadLetterConfig", "arn"]
      let foreign = stack.foreignReceiverProblem(
        queue, at: place, from: resource, service: EventBridge.principal)
      return stack.deadLetterProblems(queue, at: place, acrossAccounts: true) + [foreign].compactMap(\.self)
        + rightsProblems(of: target, at: path, in: resource, stack)
    }
  }

  /// What nothing in the stack can let EventBridge call.
  private func rightsProblems(
    of target: Value, at path: [String], in rule: Resource, _ stack: Stack
  ) -> [PropertyProblem] {
    let arn = target["arn"]
    switch EventRights.service(of: arn) {
    case "logs":
      return [
        PropertyProblem(
          path + ["arn"], "Nothing is derived",
          "A log group takes events by a resource policy of CloudWatch Logs, which is the account's and not derived.",
          fix: "See that one lets \(EventBridge.principal) do logs:CreateLogStream and logs:PutLogEvents.",
          severity: .warning)
      ]
    case "lambda", "sns", "sqs":
      guard target["roleArn"]?.isNull ?? true else { return [] }
      return [
        stack.foreignReceiverProblem(arn, at: path + ["arn"], from: rule, service: EventBridge.principal)
      ].compactMap(\.self)
    case let service? where target["roleArn"]?.isNull ?? true && service != "events":
      return [
        PropertyProblem(
          path + ["arn"], "Nothing is derived",
          "EventBridge calls \(service) in a role's name, and what that role must allow is not known here.",
          fix: "Name a role in roleArn that \(EventBridge.principal) may assume.", severity: .warning)
      ]
    default: return []
    }
  }
}

extension ScheduleExpression {
  /// What is wrong with when a rule runs: as for schedules, and a rate's unit must agree with its number, which EventBridge
  /// demands of rules alone ("Setting a schedule pattern for scheduled rules (legacy)" in the user guide).
  static func flaw(ofRule text: String) -> (detail: String, fix: String)? {
    if let flaw = flaw(of: text) { return flaw }
    guard text.hasPrefix("rate(") else { return nil }
    let fields = text.dropFirst("rate(".count).dropLast().split(separator: " ").map(String.init)
    guard fields.count == 2, (fields[0] == "1") == fields[1].hasSuffix("s") else { return nil }
    let unit = fields[0] == "1" ? String(fields[1].dropLast()) : fields[1] + "s"
    return (
      "A rule's rate is one minute or 2 minutes, and \(text) is neither.", "Write rate(\(fields[0]) \(unit))."
    )
  }
}
