import Planner

/// How much of a resource's own policy a service takes.
struct PolicyQuota: Sendable {
  let service: String
  /// In UTF-8, as JSON without blanks.
  let bytes: Int
  var statements: Int?
  /// In one statement.
  var actions: Int?

  /// "Amazon SQS policy quotas" in the SQS developer guide.
  static let queue = PolicyQuota(service: "SQS", bytes: 8192, statements: 20, actions: 7)
  /// "Policy quotas" in the SNS developer guide: Amazon SNS API permissions.
  static let topic = PolicyQuota(service: "SNS", bytes: 30_720, statements: 100)
  /// "Bucket policies are limited to 20 KB": the S3 user guide.
  static let bucket = PolicyQuota(service: "S3", bytes: 20_480)
  /// "Function resource-based policy" in Lambda's quotas.
  static let function = PolicyQuota(service: "Lambda", bytes: 20_480)

  /// What the service would refuse. A value that is known after apply counts as empty: what is said is certain.
  func problems(of resource: Resource, _ property: String = "policy") -> [PropertyProblem] {
    guard let policy = resource[property], !policy.isNull else { return [] }
    let all = policy.map == nil ? [] : policy.items("Statement")
    func problem(_ title: String, _ detail: String) -> PropertyProblem {
      let derived = resource.derivations[property] == nil ? "" : " Some of it is derived."
      return PropertyProblem(
        [property], title, detail + derived,
        fix: derived.isEmpty
          ? "Say it in fewer statements, with lists of actions and sources, or with patterns."
          : "Write a statement of your own with a pattern as aws:SourceArn: what it allows is not derived.")
    }
    var problems: [PropertyProblem] = []
    if let statements, all.count > statements {
      problems.append(
        problem(
          "Too many statements",
          "\(service) takes \(statements) statements in a policy, and here are \(all.count)."))
    }
    if let actions, let many = all.map({ $0.items("Action").count }).max(), many > actions {
      problems.append(
        problem(
          "Too many actions", "\(service) takes \(actions) actions in a statement, and one has \(many)."))
    }
    let size = policy.leastSize
    if size > bytes {
      problems.append(
        problem("Policy too long", "It has \(size) bytes, and \(service) takes \(bytes) in a policy."))
    }
    return problems
  }
}

extension Value {
  /// The bytes of the JSON, with nothing for what is known only after apply: at least so many will be sent.
  var leastSize: Int { replacingTemplates(\.literalText).json.utf8.count }
}

extension Template {
  /// What stands beside the expressions.
  fileprivate var literalText: Value {
    .string(parts.map { part in if case .text(let text) = part { text } else { "" } }.joined())
  }
}
