import Planner

extension EventMappingKind {
  func problems(of resource: Resource) -> [PropertyProblem] {
    if let problem = sourceProblem(resource) { return [problem] }
    let filters = (resource["filterCriteria"]?.list ?? []).enumerated().flatMap { position, pattern in
      EventPattern().problems(in: pattern, at: ["filterCriteria", String(position)])
    }
    guard let age = resource["maximumRecordAgeInSeconds"]?.integer, (0..<60).contains(age) else {
      return filters
    }
    return filters + [
      PropertyProblem(
        ["maximumRecordAgeInSeconds"], "Out of range", "\(age) is neither -1 nor at least 60.",
        fix: "Use -1 for any age.")
    ]
  }

  /// What Lambda compares when a mapping is made: "Using Lambda with Amazon SQS" in the Lambda developer guide.
  func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    FunctionReference.placeProblems(of: resource, "lambda", in: stack)
      + placeProblems(of: resource, in: stack) + visibilityProblems(of: resource, in: stack)
      + rightsProblems(of: resource, in: stack) + streamProblems(of: resource, in: stack)
  }

  /// A table without a stream has no `streamArn`, now or later.
  private func streamProblems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    guard let table = resource.referenced(by: "source").flatMap({ stack[$0] }),
      table.section == "tables",
      table["stream"]?.isEmpty ?? true
    else { return [] }
    return [
      PropertyProblem(
        ["source"], "No stream", "\(table.address) has no stream to read.",
        fix: "Give the table one: stream: NEW_AND_OLD_IMAGES.")
    ]
  }

  private func rightsProblems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    guard let function = resource.referenced(by: "lambda").flatMap({ stack[$0] }) else { return [] }
    return LambdaRights(of: function, in: stack)
      .problems(statements(of: resource, in: stack), at: ["lambda"], of: resource.address)
  }

  /// A queue must hide a message for as long as the function may take: CreateEventSourceMapping answers
  /// InvalidParameterValueException. Both emulators take the mapping.
  private func visibilityProblems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    guard let queue = resource.referenced(by: "source").flatMap({ stack[$0] }), queue.section == "queues",
      let lambda = resource.referenced(by: "lambda").flatMap({ stack[$0] }), lambda.section == "lambdas"
    else { return [] }
    let timeout = lambda["timeout"] ?? 3
    let visibility = queue["visibilityTimeout"] ?? 30
    guard let timeout = timeout.integer, let visibility = visibility.integer, visibility < timeout else {
      return []
    }
    return [
      PropertyProblem(
        ["source"], "Messages come back too soon",
        "\(queue.address) hides a message for \(visibility) s and \(lambda.address) may take \(timeout) s; "
          + "AWS refuses such a mapping.",
        fix:
          "Give the queue a visibilityTimeout of six times the function's timeout: \(min(timeout * 6, 43_200))."
      )
    ]
  }

  /// The source may be another account's, but it is of the function's region.
  private func placeProblems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    guard let arn = resource["source"]?.string, let region = ARN(arn)?.region, !region.isEmpty,
      region != stack.target.region
    else { return [] }
    return [
      PropertyProblem(
        ["source"], "Another region",
        "\(arn) is in \(region), and a lambda reads in its own region alone: \(stack.target.region).",
        fix: "Name a source of that region, or \(Self.placeFix).")
    ]
  }

  private static let placeFix = "write ${profile.region} in its ARN"

  /// Lambda polls brokers, too, which this kind knows nothing of. What calls lambdas by itself has no mapping.
  private func sourceProblem(_ resource: Resource) -> PropertyProblem? {
    guard Self.source(of: resource) == .other, let arn = resource["source"]?.string else { return nil }
    let callers = [
      "s3": "A bucket calls a lambda by its `notifications`.",
      "sns": "A topic calls a lambda by a subscription (`subscriptions`).",
    ]
    return PropertyProblem(
      ["source"], "Unknown source of events",
      "\(arn) is neither a queue, a table's stream nor a Kinesis stream.",
      fix: callers[ARN(arn)?.service ?? ""])
  }
}
