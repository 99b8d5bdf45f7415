package import Planner

extension LogGroupKind {
  static let relations =
    [
      Relation.excludes(
        "retentionInDays", .value("logGroupClass", "DELIVERY"),
        because: "That class keeps lines for one day, whatever retentionInDays says."),
      // "Log classes" in the CloudWatch Logs user guide.
      .goesWith(
        ["subscriptionFilters", "metricFilters", "dataProtectionPolicy"],
        .value("logGroupClass", "STANDARD")),
    ] + LogFilters.all.map { .atMost($0.most, of: PropertyPath($0.property), what: "filters") }
    + Relation.inside(
      "subscriptionFilters.*",
      .needs(
        .arn("destinationArn", of: .stream, .delivery), "roleArn",
        because:
          "logs.amazonaws.com must be allowed to assume it, and it to do kinesis:PutRecord or firehose:PutRecord."
      ),
      .excludes(
        "roleArn", .arn("destinationArn", of: .lambda),
        because: "A lambda is called by a permission, which is derived."))
    + Relation.inside(
      "metricFilters.*", .atMost(3, of: "dimensions", what: "dimensions"),
      .excludes("defaultValue", "dimensions"))

  package func problems(of resource: Resource) -> [PropertyProblem] {
    let problems = nameProblems(of: resource)
    guard resource.name?.hasPrefix("aws/") == true else { return problems }
    let reserved = PropertyProblem(
      ["name"], "Reserved name", "Names that begin with aws/ are AWS's own.",
      fix: "Begin it with /aws/, as the log groups of lambdas, or with something else.")
    return [reserved] + problems
  }

  /// A group with the name of a lambda's that no lambda writes to: the profile's `namePrefix` goes before lambdas' names.
  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    let prefix = LambdaKind.defaultLogGroup("")
    guard let name = resource.name, name.hasPrefix(prefix) else { return [] }
    let lambdas = stack.resources(in: "lambdas")
    if lambdas.contains(where: { LambdaKind.logGroup(of: $0) == name }) { return [] }
    let function = String(name.dropFirst(prefix.count))
    let near = suggestion(for: function, among: lambdas.map(\.address.name))
    let likely =
      lambdas.first { $0.address.name == function || $0.name == stack.target.namePrefix + function }
      ?? lambdas.first { $0.address.name == near }
    guard let likely, let group = LambdaKind.logGroup(of: likely) else { return [] }
    return [
      PropertyProblem(
        ["name"], "No lambda writes to it", "\(likely.address) writes to \(group).",
        fix: "Write name: ${\(likely.address).logGroupName}", severity: .warning)
    ]
  }

  /// A destroy leaves such a group there: it is not the stack's.
  package func otherMaker(of name: String) -> String? {
    name.hasPrefix(LambdaKind.defaultLogGroup(""))
      ? "Lambda makes such a group when a function runs that has none." : nil
  }

  private func nameProblems(of resource: Resource) -> [PropertyProblem] {
    LogFilters.all.flatMap { filters in
      let names = resource[filters.property]?.map?.keys.sorted() ?? []
      return names.filter { $0.contains { ":*".contains($0) } || !(1...512).contains($0.count) }.map {
        PropertyProblem(
          [filters.property, $0], "Name not allowed",
          "A filter's name is 1 to 512 characters without : and *; \"\($0)\" is not.")
      }
    }
  }

  /// Logs may call the lambdas that its subscriptions go to.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let filters = (resource["subscriptionFilters"]?.map ?? [:]).sorted { $0.key < $1.key }
    let streams = stack.target.arn("logs", "log-group:\(resource.name ?? ""):*")
    var seen: Set<Address> = []
    return filters.flatMap { name, filter -> [Derived] in
      guard let lambda = resource.referenced(at: "subscriptionFilters.\(name).destinationArn"),
        lambda.section == "lambdas", let function = filter["destinationArn"], seen.insert(lambda).inserted
      else { return [] }
      return Derived.permission(
        part: "permission-\(lambda.name)", of: resource, toCall: lambda, function: function,
        principal: "logs.amazonaws.com", source: (streams, stack.target.account),
        because: "\(resource.address) sends it lines")
    }
  }

  /// Fills in the members that a filter omits, so that one that is removed from the file is removed from the filter.
  package func completed(_ resource: Resource) -> Resource {
    var resource = resource
    for filters in LogFilters.all { resource.complete(each: filters.property, with: filters.completion) }
    return resource
  }
}
