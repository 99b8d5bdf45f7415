import Planner

extension Derived {
  /// What the file names without a reference, as a rule its bus, comes first all the same, and takes what is in it with it when
  /// it goes.
  static func order(
    of resource: Resource, byNameIn property: String, of section: String, in stack: Stack
  ) -> [Derived] {
    guard resource.referenced(by: property) == nil, let name = resource[property]?.string,
      let place = stack.resources.first(where: { $0.section == section && $0.name == name })
    else { return [] }
    return [
      .dependency(
        of: resource.address, on: place.address, because: "\(resource.address) is in \(place.address)")
    ]
  }

  /// The permission for a service to call a lambda, as a resource of its own; and the order: lambda,
  /// permission, then the resource of the calling service. Only for what `function` refers to in this stack.
  static func permission(
    part: String, of caller: Resource, toCall lambda: Address, function: Value, principal: String,
    source: (arn: Value?, account: String?), because reason: String
  ) -> [Derived] {
    let address = Address(caller.address.section, caller.address.name, part: part)
    var properties: [String: Value] = ["function": function, "principal": .string(principal)]
    properties["sourceArn"] = source.arn
    properties["sourceAccount"] = source.account.map(Value.string)
    let permission = Resource(
      address, section: "permissions", properties: properties,
      references: [Reference(lambda, attribute: "arn", property: "function", path: "function")],
      derivations: ["": reason])
    return [.resource(permission), .dependency(of: caller.address, on: address, because: reason)]
  }

  /// The statement in the policy of a queue or topic of this stack that lets a service send there.
  static func sending(
    to receiver: Address, arn: Value, service: String, source: (arn: Value?, account: String?),
    because reason: String
  ) -> Derived {
    var condition: [String: Value] = [:]
    if let arn = source.arn { condition["ArnLike"] = ["aws:SourceArn": arn] }
    if let account = source.account { condition["StringEquals"] = ["aws:SourceAccount": .string(account)] }
    let action: Value = receiver.section == "topics" ? "sns:Publish" : "sqs:SendMessage"
    var statement: [String: Value] = [
      "Effect": "Allow", "Principal": ["Service": .string(service)], "Action": action, "Resource": arn,
    ]
    if !condition.isEmpty { statement["Condition"] = .map(condition) }
    return .statement(on: receiver, property: "policy", statement: .map(statement), because: reason)
  }
}

extension Resource {
  /// The resource that the value at exactly this path refers to, as `notifications.0.lambda`.
  func referenced(at path: String) -> Address? { references.first { $0.path == path }?.address }

  /// The items of a list or set of texts, each with the resource that it refers to.
  func referringItems(of property: String) -> [(value: Value, address: Address)] {
    (self[property]?.list ?? []).enumerated().compactMap { position, value in
      referenced(at: "\(property).\(position)").map { (value, $0) }
    }
  }
}
