package import Planner

extension LogGroupKind {
  package func problems(of resource: Resource) -> [PropertyProblem] {
    classProblems(of: resource) + subscriptionProblems(of: resource) + metricProblems(of: resource)
      + nameProblems(of: resource)
  }

  private func classProblems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if resource.name?.hasPrefix("aws/") == true {
      problems.append(
        PropertyProblem(
          ["name"], "Reserved name", "Names that begin with aws/ are AWS's own.",
          fix: "Begin it with /aws/, as the log groups of lambdas, or with something else."))
    }
    let group = resource["logGroupClass"]?.string ?? "STANDARD"
    if group == "DELIVERY", resource["retentionInDays"] != nil {
      problems.append(
        PropertyProblem(
          ["retentionInDays"], "Options that don't go together",
          "The class DELIVERY keeps lines for one day, whatever retentionInDays says.",
          fix: "Take retentionInDays out."))
    }
    guard group != "STANDARD" else { return problems }
    // "Log classes" in the CloudWatch Logs user guide.
    for name in ["subscriptionFilters", "metricFilters", "dataProtectionPolicy"] where resource.says(name) {
      problems.append(
        PropertyProblem(
          [name], "Options that don't go together", "Log groups of the class \(group) have no \(name).",
          fix: "Take it out, or set logGroupClass: STANDARD."))
    }
    return problems
  }

  private func nameProblems(of resource: Resource) -> [PropertyProblem] {
    LogFilters.all.flatMap { filters -> [PropertyProblem] in
      let names = resource[filters.property]?.map?.keys.sorted() ?? []
      var problems = names.filter { $0.contains { ":*".contains($0) } || !(1...512).contains($0.count) }.map {
        PropertyProblem(
          [filters.property, $0], "Name not allowed",
          "A filter's name is 1 to 512 characters without : and *; \"\($0)\" is not.")
      }
      if names.count > filters.most {
        problems.append(
          PropertyProblem(
            [filters.property], "Too many filters",
            "A log group has at most \(filters.most) of them, not \(names.count).",
            fix: "Let one lambda or stream pass lines on to the others."))
      }
      return problems
    }
  }

  private func subscriptionProblems(of resource: Resource) -> [PropertyProblem] {
    let filters = (resource["subscriptionFilters"]?.map ?? [:]).sorted { $0.key < $1.key }
    return filters.compactMap { name, filter in
      let path = ["subscriptionFilters", name]
      let service = Self.service(of: filter, resource, name)
      let hasRole = !(filter["roleArn"]?.isEmpty ?? true)
      if ["kinesis", "firehose"].contains(service), !hasRole {
        return PropertyProblem(
          path + ["destinationArn"], "Missing property",
          "Logs writes to a stream under a role that may do so.",
          fix:
            "Set roleArn: a role that logs.amazonaws.com may assume, with kinesis:PutRecord or firehose:PutRecord."
        )
      }
      guard service == "lambda", hasRole else { return nil }
      return PropertyProblem(
        path + ["roleArn"], "Options that don't go together",
        "A lambda is called by permission, not under a role.",
        fix: "Take roleArn out: the permission is derived.")
    }
  }

  private func metricProblems(of resource: Resource) -> [PropertyProblem] {
    let filters = (resource["metricFilters"]?.map ?? [:]).sorted { $0.key < $1.key }
    return filters.flatMap { name, filter -> [PropertyProblem] in
      let path = ["metricFilters", name]
      let dimensions = filter["dimensions"]?.map ?? [:]
      var problems: [PropertyProblem] = []
      if dimensions.count > 3 {
        problems.append(
          PropertyProblem(
            path + ["dimensions"], "Too many dimensions",
            "A metric of a filter has at most three, not \(dimensions.count)."))
      }
      if !dimensions.isEmpty, filter["defaultValue"]?.isNull == false {
        problems.append(
          PropertyProblem(
            path + ["defaultValue"], "Options that don't go together",
            "A metric with dimensions has no defaultValue.", fix: "Take out one of both."))
      }
      return problems
    }
  }

  /// The service that a subscription delivers to, as `lambda`; by the section that it refers to while the ARN is not known.
  static func service(of filter: Value, _ resource: Resource, _ name: String) -> String? {
    if let arn = filter["destinationArn"]?.string {
      return arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(2).first.map(String.init)
    }
    switch resource.referenced(at: "subscriptionFilters.\(name).destinationArn")?.section {
    case "lambdas": return "lambda"
    case "streams": return "kinesis"
    default: return nil
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
