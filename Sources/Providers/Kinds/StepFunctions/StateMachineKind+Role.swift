package import Planner

extension StateMachineKind {
  /// The role that tasks are done as, or what a role of the stack must allow besides.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let statements = MachineRights(of: resource, in: stack.target).statements
    let reason = "\(resource.address) runs as it"
    guard Self.hasDerivedRole(resource) else {
      guard let role = resource.referenced(by: "roleArn"), stack[role]?.section == "roles" else { return [] }
      return RoleRights.derived(statements, for: role, in: stack, because: reason)
    }
    let role = Self.role(of: resource, statements, in: stack, because: reason)
    let arn =
      stack.target.arn("iam", "role/\(role.name ?? "")", region: "") ?? .pending("${\(role.address).arn}")
    return [
      .resource(role), .property(on: resource.address, name: "roleArn", value: arn, because: reason),
      .dependency(of: resource.address, on: role.address, because: reason),
    ]
  }

  /// Whether Stackform derives the role, perhaps in an earlier step.
  private static func hasDerivedRole(_ resource: Resource) -> Bool {
    resource["roleArn"]?.isNull ?? true || resource.derivations["roleArn"] != nil
  }

  private static func role(
    of machine: Resource, _ statements: [Value], in stack: Stack, because reason: String
  ) -> Resource {
    let target = stack.target
    // Roles are the whole account's, so that two regions' stacks must not share a name; nor a machine and a lambda of one name.
    let name = "\(target.namePrefix)\(stack.name)-\(machine.address.name)-states-\(target.region)"
    var properties: [String: Value] = ["assumedBy": ["states.amazonaws.com"]]
    if !statements.isEmpty {
      properties["policy"] = ["Version": "2012-10-17", "Statement": .list(statements)]
    }
    return Resource(
      Address(machine.address.section, machine.address.name, part: "role"), section: "roles",
      name: StableHash.shortened(name, to: 64), properties: properties, derivations: ["": reason])
  }

  /// Rights that can't be derived, and what a role from elsewhere must allow.
  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    let rights = MachineRights(of: resource, in: stack.target)
    if Self.hasDerivedRole(resource) { return rights.unknown }
    let role = resource.referenced(by: "roleArn").flatMap { stack[$0] }
    guard role?.section != "roles", !rights.statements.isEmpty else { return [] }
    let actions = rights.statements.flatMap { $0.items("Action").compactMap(\.string) }
    let text = resource["roleArn"]?.string ?? "a role of another stack"
    return [
      PropertyProblem(
        ["roleArn"], "Rights of another's role",
        "\(resource.address) runs as \(text), which this stack does not declare: it must allow "
          + "\(actions.joined(separator: ", ")).",
        fix: "See that it does, or leave `roleArn` out: Stackform derives one that does.", severity: .warning)
    ]
  }
}
