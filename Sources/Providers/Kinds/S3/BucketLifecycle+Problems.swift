import Planner

/// "Lifecycle configuration elements" and "Transitioning objects" in the S3 user guide: what S3 refuses beyond the shapes.
extension BucketLifecycle {
  static func problems(of resource: Resource) -> [PropertyProblem] {
    let rules = resource["lifecycleRules"]?.list ?? []
    var problems: [PropertyProblem] = []
    if rules.isEmpty, resource[sizeProperty]?.isEmpty == false {
      problems.append(
        PropertyProblem(
          [sizeProperty], "Options that don't go together",
          "Nothing moves in a bucket without lifecycleRules.",
          fix: "Set lifecycleRules, or take \(sizeProperty) out."))
    }
    if rules.count > 1000 {
      problems.append(
        PropertyProblem(
          ["lifecycleRules"], "Too many rules", "S3 takes 1000 rules, not \(rules.count)."))
    }
    var ids: Set<String> = []
    for (position, rule) in rules.enumerated() {
      let path = ["lifecycleRules", String(position)]
      if let id = rule["id"]?.string, !ids.insert(id).inserted {
        problems.append(PropertyProblem(path + ["id"], "Duplicate id", "Two rules are called \"\(id)\"."))
      }
      problems +=
        actionProblems(of: rule, at: path) + filterProblems(of: rule, at: path)
        + transitionProblems(of: rule, at: path) + orderProblems(of: rule, at: path)
    }
    return problems
  }

  private static let actions = [
    "abortIncompleteMultipartUpload", "expirationDate", "expirationInDays", "expiredObjectDeleteMarker",
    "noncurrentVersionExpiration", "noncurrentVersionTransitions", "transitions",
  ]

  private static func actionProblems(of rule: Value, at path: [String]) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if !actions.contains(where: { rule[$0].map { !$0.isEmpty } ?? false }) {
      problems.append(
        PropertyProblem(
          path, "Rule without action", "The rule says nothing of what happens to the objects.",
          fix: "Set expirationInDays, transitions or another of them."))
    }
    let expirations = ["expirationDate", "expirationInDays"].filter { rule[$0] != nil }
    if expirations.count + (rule["expiredObjectDeleteMarker"] == true ? 1 : 0) > 1 {
      problems.append(
        PropertyProblem(
          path, "Options that don't go together",
          "A rule has one of expirationInDays, expirationDate and expiredObjectDeleteMarker."))
    }
    return problems
  }

  private static func filterProblems(of rule: Value, at path: [String]) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    let byTag = rule["tagFilters"]?.isEmpty == false
    let bySize = rule["objectSizeGreaterThan"] != nil || rule["objectSizeLessThan"] != nil
    if rule["abortIncompleteMultipartUpload"] != nil, byTag || bySize {
      problems.append(
        PropertyProblem(
          path + ["abortIncompleteMultipartUpload"], "Options that don't go together",
          "An unfinished upload has neither tags nor a size to filter by.",
          fix: "Give it a rule of its own, with a prefix at most."))
    }
    if rule["expiredObjectDeleteMarker"] == true, byTag || bySize {
      problems.append(
        PropertyProblem(
          path + ["expiredObjectDeleteMarker"], "Options that don't go together",
          "A delete mark has neither tags nor a size to filter by.",
          fix: "Give it a rule of its own, with a prefix at most."))
    }
    if let least = rule["objectSizeGreaterThan"]?.integer, let most = rule["objectSizeLessThan"]?.integer,
      least >= most
    {
      problems.append(
        PropertyProblem(
          path + ["objectSizeLessThan"], "No object fits",
          "No object is larger than \(least) and smaller than \(most) bytes."))
    }
    return problems
  }

  /// S3 moves nothing to these before 30 days are over.
  private static let slowClasses = ["ONEZONE_IA", "STANDARD_IA"]

  private static func transitionProblems(of rule: Value, at path: [String]) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    for (list, index, transition) in transitions(of: rule) {
      let path = path + [list, String(index)]
      if list == "transitions",
        (transition["transitionDate"] == nil) == (transition["transitionInDays"] == nil)
      {
        problems.append(
          PropertyProblem(
            path, "Date or days", "A transition has either a transitionDate or transitionInDays."))
      }
      if list == "transitions", let days = transition["transitionInDays"]?.integer, days < 30,
        let name = transition["storageClass"]?.string, slowClasses.contains(name)
      {
        problems.append(
          PropertyProblem(
            path + ["transitionInDays"], "Too early",
            "S3 moves objects to \(name) after 30 days at the earliest.",
            fix: "Set transitionInDays: 30 or more."))
      }
    }
    let moves = rule["transitions"]?.list ?? []
    let dates = rule["expirationDate"] != nil || moves.contains { $0["transitionDate"] != nil }
    let days = rule["expirationInDays"] != nil || moves.contains { $0["transitionInDays"] != nil }
    if dates, days, rule["expirationDate"] == nil || rule["expirationInDays"] == nil {
      problems.append(
        PropertyProblem(
          path, "Options that don't go together", "A rule tells its times either in days or in dates.",
          fix: "Split it into two rules."))
    }
    return problems
  }

  private static func transitions(of rule: Value) -> [(list: String, index: Int, transition: Value)] {
    ["noncurrentVersionTransitions", "transitions"].flatMap { list in
      (rule[list]?.list ?? []).enumerated().map { (list, $0.offset, $0.element) }
    }
  }

  /// What expires must not have been due to move later.
  private static func orderProblems(of rule: Value, at path: [String]) -> [PropertyProblem] {
    let pairs = [
      (end: rule["expirationInDays"], of: "transitions", property: ["expirationInDays"]),
      (
        end: rule["noncurrentVersionExpiration"]?["noncurrentDays"], of: "noncurrentVersionTransitions",
        property: ["noncurrentVersionExpiration", "noncurrentDays"]
      ),
    ]
    return pairs.compactMap { pair in
      let last = (rule[pair.of]?.list ?? []).compactMap { $0["transitionInDays"]?.integer }.max()
      guard let end = pair.end?.integer, let last, end <= last else { return nil }
      return PropertyProblem(
        path + pair.property, "Expires before it moves",
        "The objects expire after \(end) days and would move after \(last).",
        fix: "Set it to more than \(last).")
    }
  }
}
