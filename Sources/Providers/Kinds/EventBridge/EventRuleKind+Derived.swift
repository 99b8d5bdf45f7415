package import Planner

extension EventRuleKind {
  /// What a target omits is so without it. One that is called in a role's name gets the derived role.
  package func completed(_ resource: Resource) -> Resource {
    var resource = resource
    guard let targets = resource["targets"]?.map else { return resource }
    let role = Self.roleAddress(of: resource)
    let shape = Shape.object(EventTargets.members)
    for (name, target) in targets {
      var whole = shape.completed(target).map ?? [:]
      if whole["roleArn"]?.isNull ?? true, EventRights.needsRole(EventRights.service(of: target["arn"])) {
        whole["roleArn"] = .pending("${\(role).arn}")
        resource.references.append(
          Reference(role, attribute: "arn", property: "targets", path: "targets.\(name).roleArn"))
      }
      resource.properties["targets"] = .map(
        (resource["targets"]?.map ?? [:]).merging([name: .map(whole)]) { $1 })
    }
    return resource
  }

  /// The role that is derived for a rule.
  static func roleAddress(of rule: Resource) -> Address {
    Address(rule.address.section, rule.address.name, part: "role")
  }

  /// The right to call each target: a permission of a lambda, a statement of a queue's or topic's policy, or a role for the
  /// rest; the right to send dead letters; and the bus before the rule.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let targets = (resource["targets"]?.map ?? [:]).sorted { $0.key < $1.key }
    let rule = (arn: earlyAttributes(of: resource, in: stack.target)["arn"], account: String?.none)
    var derived = Derived.order(of: resource, byNameIn: "eventBusName", of: "eventBuses", in: stack)
    var statements: [Value] = []
    var functions: [Address: [Value]] = [:]
    for (name, target) in targets {
      derived += deadLetterEdges(of: name, target, in: resource, from: rule)
      guard target["roleArn"]?.isNull ?? true else {
        let role = resource.referenced(at: "targets.\(name).roleArn")
        let needed = EventRights.statements(for: target)
        if role == Self.roleAddress(of: resource) {
          statements += needed.filter { !statements.contains($0) }
        } else if let role, stack[role]?.section == "roles" {
          derived += RoleRights.derived(
            needed, for: role, in: stack, because: "\(resource.address) calls \(name) as it")
        }
        continue
      }
      derived += callEdges(of: name, target, in: resource, from: rule, &functions)
    }
    return derived + roleResource(statements, of: resource, in: stack)
  }

  /// What lets EventBridge in by a policy of the target's own.
  private func callEdges(
    of name: String, _ target: Value, in resource: Resource, from rule: (arn: Value?, account: String?),
    _ functions: inout [Address: [Value]]
  ) -> [Derived] {
    guard let place = resource.referenced(at: "targets.\(name).arn"), let arn = target["arn"] else {
      return []
    }
    let reason = "\(resource.address) sends there"
    switch place.section {
    case "lambdas":
      guard functions[place]?.contains(arn) != true else { return [] }
      let part = "permission-\(place.name)" + (functions[place] == nil ? "" : "-\(name)")
      functions[place, default: []].append(arn)
      return Derived.permission(
        part: part, of: resource, toCall: place, function: arn, principal: EventBridge.principal,
        source: rule, because: "\(resource.address) calls it")
    case "queues": return [sending(to: place, arn, from: rule, because: reason)]
    // To SNS, EventBridge does not say for which rule it publishes: a condition would let nothing in.
    case "topics": return [sending(to: place, arn, from: (nil, nil), because: reason)]
    default: return []
    }
  }

  private func sending(
    to place: Address, _ arn: Value, from rule: (arn: Value?, account: String?), because reason: String
  ) -> Derived {
    .sending(to: place, arn: arn, service: EventBridge.principal, source: rule, because: reason)
  }

  private func deadLetterEdges(
    of name: String, _ target: Value, in resource: Resource, from rule: (arn: Value?, account: String?)
  ) -> [Derived] {
    guard let queue = resource.referenced(at: "targets.\(name).deadLetterConfig.arn"),
      queue.section == "queues",
      let arn = target["deadLetterConfig"]?["arn"]
    else { return [] }
    return [sending(to: queue, arn, from: rule, because: "\(resource.address) sends dead letters there")]
  }

  /// Roles are the whole account's, so that two regions' stacks must not share a name.
  private func roleResource(_ statements: [Value], of rule: Resource, in stack: Stack) -> [Derived] {
    guard !statements.isEmpty else { return [] }
    let name = "\(stack.target.namePrefix)\(stack.name)-\(rule.address.name)-events-\(stack.target.region)"
    return [
      .resource(
        Resource(
          Self.roleAddress(of: rule), section: "roles", name: StableHash.shortened(name, to: 64),
          properties: [
            "assumedBy": [.string(EventBridge.principal)],
            "policy": ["Version": "2012-10-17", "Statement": .list(statements)],
          ], derivations: ["": "\(rule.address) calls its targets as it"]))
    ]
  }
}
