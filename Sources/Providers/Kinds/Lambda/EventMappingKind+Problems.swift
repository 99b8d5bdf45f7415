import Planner

extension EventMappingKind {
  func problems(of resource: Resource) -> [PropertyProblem] {
    if let problem = sourceProblem(resource) { return [problem] }
    guard let age = resource["maximumRecordAgeInSeconds"]?.integer, (0..<60).contains(age) else { return [] }
    return [
      PropertyProblem(
        ["maximumRecordAgeInSeconds"], "Out of range", "\(age) is neither -1 nor at least 60.",
        fix: "Use -1 for any age.")
    ]
  }

  /// Lambda polls brokers, too, which this kind knows nothing of. What calls lambdas by itself has no mapping.
  private func sourceProblem(_ resource: Resource) -> PropertyProblem? {
    guard Self.source(of: resource) == .other, let arn = resource["source"]?.string else { return nil }
    let service = arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
    let callers = [
      "s3": "A bucket calls a lambda by its `notifications`.",
      "sns": "A topic calls a lambda by a subscription (`subscriptions`).",
    ]
    return PropertyProblem(
      ["source"], "Unknown source of events",
      "\(arn) is neither a queue, a table's stream nor a Kinesis stream.",
      fix: callers[String(service)])
  }
}
