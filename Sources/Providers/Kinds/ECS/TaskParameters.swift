import Planner

/// What services that run ECS tasks take alike: rules of EventBridge and schedules. Facts: the API reference of each, `RunTask` in
/// that of ECS.
enum TaskParameters {
  /// `vpc` is how the service spells the member.
  static func network(_ vpc: String) -> [Property] {
    [
      Property(
        vpc,
        .object([
          Property("subnets", .set(.text), required: true, "The subnets' ids."),
          Property("securityGroups", .set(.text), "The ids of security groups."),
          Property(
            "assignPublicIp", .choice(["ENABLED", "DISABLED"]), "Whether a task gets a public address."),
        ]), "The VPC.")
    ]
  }

  static let provider = [
    Property(
      "capacityProvider", .string(TextRule(length: 1...255)), required: true, "The capacity provider."),
    Property("base", .integer(0...100_000), default: 0, "How many tasks it runs at least."),
    Property("weight", .integer(0...1000), default: 0, "Its share of the others."),
  ]

  static let constraint = [
    Property(
      "type", .choice(["distinctInstance", "memberOf"]), required: true, "What kind of constraint it is."),
    Property("expression", .string(TextRule(length: 0...2000)), "memberOf: the cluster query."),
  ]

  static let strategy = [
    Property(
      "type", .choice(["random", "spread", "binpack"]), required: true, "What kind of strategy it is."),
    Property("field", .string(TextRule(length: 0...255)), "What it looks at."),
  ]
}

extension Value {
  /// The ARN of a task or job definition, and those of its revisions where it names none: the family stands for the newest
  /// one, and that is what a call is held against. `marker` stands before the family.
  func withRevisions(after marker: String) -> [Value] {
    guard let text = string, let range = text.firstRange(of: marker),
      !text[range.upperBound...].contains(":")
    else { return [self] }
    return [self, .string(text + ":*")]
  }
}
