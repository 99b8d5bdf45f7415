import Planner

/// What a function's role must allow for its settings and its event mappings, whoever made the role.
struct LambdaRights {
  private let function: Resource
  /// The role that Stackform derives for the function, or the one of the stack that the function names; nil for a role from
  /// elsewhere.
  let role: Address?
  private let stack: Stack

  init(of function: Resource, in stack: Stack) {
    self.function = function
    self.stack = stack
    if LambdaKind.hasDerivedRole(function) {
      role = LambdaKind.roleAddress(of: function.address)
    } else {
      role = function.referenced(by: "role").flatMap { stack[$0]?.section == "roles" ? $0 : nil }
    }
  }

  /// The statements in the role's `policy`, without those that the role's own policies have already.
  func derived(_ statements: [Value], because reason: String) -> [Derived] {
    role.map { RoleRights.derived(statements, for: $0, in: stack, because: reason) } ?? []
  }

  /// Of a role from elsewhere nothing is known: what it must allow.
  func problems(_ statements: [Value], at path: [String], of subject: Address) -> [PropertyProblem] {
    guard role == nil, !statements.isEmpty else { return [] }
    let actions = statements.flatMap { $0.items("Action").compactMap(\.string) }
    let text = function["role"]?.string ?? "a role of another stack"
    return [
      PropertyProblem(
        path, "Rights of another's role",
        "\(function.address) runs as \(text), which this stack does not declare: for \(subject) it must allow "
          + "\(actions.joined(separator: ", ")).",
        fix: "See that it does, or leave `role` out: Stackform derives one that does.",
        severity: .warning)
    ]
  }
}
