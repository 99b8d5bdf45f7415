import Planner

/// How much of a policy a service takes.
struct PolicyQuota: Sendable {
  /// What sizes are counted in, of JSON without blanks: bytes of UTF-8, or characters.
  enum Unit: String, Sendable { case bytes, characters }

  let service: String
  let most: Int
  var unit = Unit.bytes
  /// What it is the quota of.
  var whole = "a policy"
  var statements: Int?
  /// In one statement.
  var actions: Int?

  /// "Amazon SQS policy quotas" in the SQS developer guide.
  static let queue = PolicyQuota(service: "SQS", most: 8192, statements: 20, actions: 7)
  /// "Policy quotas" in the SNS developer guide: Amazon SNS API permissions.
  static let topic = PolicyQuota(service: "SNS", most: 30_720, statements: 100)
  /// "Bucket policies are limited to 20 KB": the S3 user guide.
  static let bucket = PolicyQuota(service: "S3", most: 20_480)
  /// "Function resource-based policy" in Lambda's quotas.
  static let function = PolicyQuota(service: "Lambda", most: 20_480)

  // "IAM and AWS STS quotas" in the IAM user guide: white space does not count.

  /// Of all inline policies of a role.
  static let role = PolicyQuota(service: "IAM", most: 10_240, unit: .characters, whole: "a role")
  /// Of an account that has asked for as much as there is.
  static let trust = PolicyQuota(service: "IAM", most: 4096, unit: .characters, whole: "a role")
  /// Of an account that has asked for nothing.
  static let standardTrust = PolicyQuota(service: "IAM", most: 2048, unit: .characters, whole: "a role")
  static let managed = PolicyQuota(
    service: "IAM", most: 6144, unit: .characters, whole: "a managed policy")

  /// The size of policies that are too long together; nil where they are not. What is known only after apply counts
  /// as nothing: at least so much will be sent.
  func excess(_ policies: [Value]) -> Int? {
    let texts = policies.map { $0.replacingTemplates(\.literalText).json }
    let size = texts.reduce(0) { $0 + (unit == .bytes ? $1.utf8.count : $1.unicodeScalars.count) }
    return size > most ? size : nil
  }

  /// As in "8200 bytes, and SQS takes 8192 in a policy".
  func sentence(_ size: Int) -> String {
    "\(size) \(unit.rawValue), and \(service) takes \(most) in \(whole)"
  }

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
    if let size = excess([policy]) {
      problems.append(problem("Policy too long", "It has \(sentence(size))."))
    }
    return problems
  }
}

extension Template {
  /// What stands beside the expressions.
  fileprivate var literalText: Value {
    .string(parts.map { part in if case .text(let text) = part { text } else { "" } }.joined())
  }
}
