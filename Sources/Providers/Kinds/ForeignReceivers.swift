import Planner

extension Stack {
  /// A receiver that is spelt out and is not of this stack: what lets a service send there can't be derived, and without it
  /// nothing arrives. A lambda's permission may stand in this stack, for it is a resource of its own.
  func foreignReceiverProblem(
    _ arn: Value?, at path: [String], from sender: Resource, service: String
  ) -> PropertyProblem? {
    guard let arn = arn?.string, let parts = ARN(arn),
      !sender.references.contains(where: { $0.path == path.joined(separator: ".") })
    else { return nil }
    let kinds = ["sqs": "queue", "sns": "topic", "lambda": "lambda"]
    guard let kind = kinds[parts.service],
      !(kind == "lambda" && isPermitted(arn, for: service))
    else { return nil }
    let need =
      kind == "lambda"
      ? "a permission for \(service)" : "a statement for \(service) in the \(kind)'s policy"
    return PropertyProblem(
      path, "Nothing is derived", "\(arn) is not of this stack, so that \(need) is not derived.",
      fix: kind == "lambda"
        ? "Declare it in `permissions`, or see that the lambda's own stack does."
        : "See that the \(kind)'s own stack has it.",
      severity: .warning)
  }

  private func isPermitted(_ arn: String, for service: String) -> Bool {
    let function = FunctionReference(arn)
    return resources(in: "permissions").contains { permission in
      permission["principal"] == .string(service)
        && permission["function"]?.string.map { FunctionReference($0) == function } == true
    }
  }
}
