package import Planner

extension UserPoolKind {
  /// The permissions by which the pool calls its lambdas, before users come in through its clients; and the right to send
  /// texts of a role of the stack.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let permissions = triggerPermissions(of: resource)
    let clients = stack.resources.filter {
      $0.section == "userPoolClients" && $0.referenced(by: "userPoolId") == resource.address
    }
    let order = clients.flatMap { client in
      permissions.map {
        Derived.dependency(
          of: client.address, on: $0.address,
          because: "who signs in through it has \(resource.address) call the lambda")
      }
    }
    return permissions.map(Derived.resource) + order + textRights(of: resource, in: stack)
  }

  /// One for each lambda of the stack, and for each alias of one, whichever triggers call it.
  private func triggerPermissions(of resource: Resource) -> [Resource] {
    var seen: Set<Value> = []
    return resource.references.sorted { $0.path < $1.path }.compactMap { reference in
      guard reference.path.hasPrefix("lambdaConfig."), reference.address.section == "lambdas",
        let function = Value.map(resource.properties).at(reference.path), seen.insert(function).inserted
      else { return nil }
      let alias = FunctionReference(value: function)?.qualifier.map { "-\($0)" } ?? ""
      return Resource(
        Address(
          resource.address.section, resource.address.name,
          part: "permission-\(reference.address.name)\(alias)"), section: "permissions",
        properties: [
          "function": function, "principal": "cognito-idp.amazonaws.com",
          "sourceArn": .pending("${\(resource.address).arn}"),
        ],
        references: [
          Reference(
            reference.address, attribute: reference.attribute, property: "function", path: "function")
        ],
        derivations: ["": "\(resource.address) calls it"])
    }
  }

  private func textRights(of resource: Resource, in stack: Stack) -> [Derived] {
    guard let role = resource.referenced(at: "smsConfiguration.snsCallerArn"), role.section == "roles" else {
      return []
    }
    let sending: Value = ["Effect": "Allow", "Action": ["sns:Publish"], "Resource": "*"]
    return RoleRights.derived(
      [sending], for: role, in: stack, because: "\(resource.address) sends texts as it")
  }
}
