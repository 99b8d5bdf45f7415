package import Planner

extension BucketKind {
  /// Permissions: the bucket calls the lambdas and sends to the queues and topics of its notifications; S3
  /// writes its logs and reports to their buckets; the role of its replication copies objects.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    notificationEdges(of: resource, in: stack) + loggingEdges(of: resource, in: stack)
      + reportEdges(of: resource, in: stack) + replicationEdges(of: resource, in: stack)
  }

  /// What S3 does for a bucket in its service's own name, it does only for that bucket.
  private func condition(on source: Resource, in stack: Stack) -> [String: Value] {
    var condition: [String: Value] = [:]
    if let arn = earlyAttributes(of: source, in: stack.target)["arn"] {
      condition["ArnLike"] = ["aws:SourceArn": arn]
    }
    if let account = stack.target.account {
      condition["StringEquals"] = ["aws:SourceAccount": .string(account)]
    }
    return condition
  }

  /// "Permissions for log delivery" in the S3 user guide.
  private func loggingEdges(of resource: Resource, in stack: Stack) -> [Derived] {
    guard let address = resource.referenced(at: "logging.destinationBucket"), address.section == "buckets",
      let destination = stack[address],
      let arn = earlyAttributes(of: destination, in: stack.target)["arn"]?.string
    else { return [] }
    let statement: Value = [
      "Effect": "Allow", "Principal": ["Service": "logging.s3.amazonaws.com"], "Action": "s3:PutObject",
      "Resource": .string("\(arn)/*"),
      "Condition": .map(condition(on: resource, in: stack)),
    ]
    let reason = "\(resource.address) is logged there"
    return [.statement(on: address, property: "policy", statement: statement, because: reason)]
  }

  /// "Granting permissions for S3 Inventory and S3 analytics" in the S3 user guide.
  private func reportEdges(of resource: Resource, in stack: Stack) -> [Derived] {
    var seen: Set<Address> = []
    let places = [("analyticsConfigurations", "dataExport"), ("inventoryConfigurations", "destination")]
    return places.flatMap { property, member in
      (resource[property]?.list ?? []).indices.compactMap { position -> Derived? in
        guard let address = resource.referenced(at: "\(property).\(position).\(member).bucketArn"),
          address.section == "buckets", seen.insert(address).inserted, let destination = stack[address],
          let arn = earlyAttributes(of: destination, in: stack.target)["arn"]?.string
        else { return nil }
        let statement: Value = [
          "Effect": "Allow", "Principal": ["Service": "s3.amazonaws.com"], "Action": "s3:PutObject",
          "Resource": .string("\(arn)/*"), "Condition": .map(condition(on: resource, in: stack)),
        ]
        return .statement(
          on: address, property: "policy", statement: statement,
          because: "reports of \(resource.address) go there")
      }
    }
  }

  /// "Setting up permissions for live replication" in the S3 user guide: what the role does, where it is of this stack.
  private func replicationEdges(of resource: Resource, in stack: Stack) -> [Derived] {
    guard let role = resource.referenced(at: "replication.role"), role.section == "roles",
      let source = earlyAttributes(of: resource, in: stack.target)["arn"]?.string
    else { return [] }
    let rules = resource["replication"]?["rules"]?.list ?? []
    let copies = Set(
      rules.indices.compactMap { position in
        let other = resource.referenced(at: "replication.rules.\(position).destination.bucket")
        let early = other.flatMap { stack[$0] }.map { earlyAttributes(of: $0, in: stack.target) }
        return (early?["arn"] ?? rules[position]["destination"]?["bucket"])?.string
      }
    ).sorted()
    let reads = ["ForReplication", "Acl", "Tagging"].map { Value.string("s3:GetObjectVersion\($0)") }
    let writes = ["Object", "Delete", "Tags"].map { Value.string("s3:Replicate\($0)") }
    let permissions: [(actions: [Value], resources: [Value])] = [
      (["s3:GetReplicationConfiguration", "s3:ListBucket"], [.string(source)]),
      (reads, [.string("\(source)/*")]), (writes, copies.map { .string("\($0)/*") }),
    ]
    return permissions.filter { !$0.resources.isEmpty }.map { actions, resources in
      .statement(
        on: role, property: "policy",
        statement: ["Effect": "Allow", "Action": .list(actions), "Resource": .list(resources)],
        because: "\(resource.address) is copied by it")
    }
  }

  private func notificationEdges(of resource: Resource, in stack: Stack) -> [Derived] {
    var derived: [Derived] = []
    var seen: Set<Address> = []
    let source = (
      arn: earlyAttributes(of: resource, in: stack.target)["arn"], account: stack.target.account
    )
    for (position, entry) in (resource["notifications"]?.list ?? []).enumerated() {
      for receiver in ["lambda", "queue", "topic"] {
        guard let value = entry[receiver],
          let address = resource.referenced(at: "notifications.\(position).\(receiver)"),
          seen.insert(address).inserted
        else { continue }
        switch address.section {
        case "lambdas":
          derived += Derived.permission(
            part: "permission-\(address.name)", of: resource, toCall: address, function: value,
            principal: "s3.amazonaws.com", source: source, because: "\(resource.address) calls it")
        case "queues", "topics":
          derived.append(
            .sending(
              to: address, arn: value, service: "s3.amazonaws.com", source: source,
              because: "\(resource.address) sends there"))
        default: break
        }
      }
    }
    return derived
  }
}
