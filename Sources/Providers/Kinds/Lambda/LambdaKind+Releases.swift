import Planner

/// What is wrong with where a function's results go, and which of its versions is called.
extension LambdaKind {
  /// What is wrong with the destinations of asynchronous calls.
  func destinationProblems(_ resource: Resource) -> [PropertyProblem] {
    let aliases = (resource["aliases"]?.map ?? [:]).sorted { $0.key < $1.key }
    return destinationProblems(resource["eventInvokeConfig"], at: ["eventInvokeConfig"])
      + aliases.flatMap { name, alias in
        destinationProblems(alias["eventInvokeConfig"], at: ["aliases", name, "eventInvokeConfig"])
      }
  }

  private func destinationProblems(_ config: Value?, at path: [String]) -> [PropertyProblem] {
    ["onSuccess", "onFailure"].compactMap { end in
      guard let arn = config?[end]?.string, !arn.isEmpty else { return nil }
      let known = ["sqs", "sns", "lambda", "events"] + (end == "onFailure" ? ["s3"] : [])
      if known.contains(ARN(arn)?.service ?? ""), !arn.hasSuffix(".fifo") { return nil }
      return PropertyProblem(
        path + [end], "Destination", "Lambda sends no results to \(arn).",
        fix: "Name a queue or topic that is not FIFO, a lambda, an event bus"
          + (end == "onFailure" ? ", or a bucket." : "."))
    }
  }

  /// An alias behind the function's ARN or name that it does not have. Where no aliases are declared, somebody else
  /// may have made it.
  func problem(with value: Value, naming resource: Resource, at path: [String]) -> PropertyProblem? {
    guard let function = FunctionReference(value: value), let alias = function.qualifier,
      function.name == resource.name || function.name == resource.address.name,
      value.string.map({ $0.hasPrefix("arn:") }) ?? true
        || ["function", "lambda"].contains(path.last),
      alias.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }),
      !alias.allSatisfy(\.isNumber), resource["aliases"]?[alias] == nil
    else { return nil }
    let aliases = (resource["aliases"]?.map ?? [:]).keys.sorted()
    return PropertyProblem(
      path, "Unknown alias", "\(resource.address) has no alias \"\(alias)\".",
      fix: suggestion(for: alias, among: aliases).map { "Did you mean \"\($0)\"?" }
        ?? (aliases.isEmpty
          ? "Declare it: aliases: { \(alias): {} }."
          : "There are: \(aliases.joined(separator: ", "))."),
      severity: aliases.isEmpty ? .warning : .error)
  }

  /// What is wrong with the aliases.
  func aliasProblems(_ resource: Resource) -> [PropertyProblem] {
    (resource["aliases"]?.map ?? [:]).sorted { $0.key < $1.key }.flatMap { aliasProblems($0, $1) }
      + reservationProblems(resource)
  }

  /// "Configuring provisioned concurrency" in the Lambda developer guide: what is provisioned is a part of what is reserved.
  private func reservationProblems(_ resource: Resource) -> [PropertyProblem] {
    let provisioned = (resource["aliases"]?.map ?? [:]).values
      .compactMap { $0["provisionedConcurrentExecutions"]?.integer }.reduce(0, +)
    guard let reserved = resource["reservedConcurrentExecutions"]?.integer, provisioned > reserved else {
      return []
    }
    return [
      PropertyProblem(
        ["reservedConcurrentExecutions"], "Out of range",
        "The aliases keep \(provisioned) executions initialised, and the function has \(reserved) reserved.",
        fix: "Reserve at least \(provisioned), or keep fewer initialised.")
    ]
  }

  private func aliasProblems(_ name: String, _ alias: Value) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    func add(_ member: String?, _ summary: String, _ detail: String, _ fix: String) {
      problems.append(
        PropertyProblem(["aliases", name] + (member.map { [$0] } ?? []), summary, detail, fix: fix))
    }
    let letters = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    if !letters || name.isEmpty || name.count > 128 || name.allSatisfy(\.isNumber) {
      add(
        nil, "Alias name", "\"\(name)\" is not a name that Lambda takes.",
        "Use letters, digits, - and _, and not digits alone.")
    }
    let version = alias["version"]?.string ?? "newest"
    let weights = alias["weights"]?.map ?? [:]
    for (other, weight) in weights {
      if other != "newest", Int(other) == nil {
        add("weights", "Version", "\"\(other)\" is not a version.", "Name it by number, or as `newest`.")
      }
      if let share = weight.number, !(0...1).contains(share) {
        add("weights", "Share of calls", "\(share) is not between 0 and 1.", "Write a tenth as 0.1.")
      }
      if other == version || version == "$LATEST" {
        add(
          "weights", "Versions of an alias", "Calls of \(version) can't be shared with \(other).",
          "Name two published versions.")
      }
    }
    return problems
  }
}
