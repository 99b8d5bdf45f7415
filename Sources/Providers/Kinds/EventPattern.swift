import Planner

/// A pattern that filters events: for each member of an event a list of what it may be, as values and as rules such as
/// `{ prefix: a }`. Event mappings and subscriptions take it.
///
/// Facts: "Filter rule syntax" in the Lambda developer guide; "Amazon SNS subscription filter policies" and "Filter policy
/// constraints" in the SNS developer guide; "Comparison operators" in the EventBridge user guide.
struct EventPattern {
  private static let operators = [
    "anything-but", "cidr", "equals-ignore-case", "exists", "numeric", "prefix", "suffix", "wildcard",
  ]
  private static let alternatives = "$or"

  /// How many members may have a list, and how many combinations of their values there may be; nil for any number.
  var mostKeys: Int?
  var mostCombinations: Int?

  /// What the services refuse of a pattern at a path.
  func problems(in pattern: Value?, at path: [String]) -> [PropertyProblem] {
    guard let pattern, !pattern.isEmpty, !isPendingWhole(pattern) else { return [] }
    guard pattern.map != nil else {
      return [Self.problem(path, "A pattern is a mapping of members to lists of values.")]
    }
    let problems = members(of: pattern, at: path)
    return problems.isEmpty ? quotaProblems(pattern, at: path) : problems
  }

  private func isPendingWhole(_ value: Value) -> Bool { if case .pending = value { true } else { false } }

  private func members(of pattern: Value, at path: [String]) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    for (name, value) in (pattern.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let place = path + [name]
      switch value {
      case .pending: break
      case .map: problems += members(of: value, at: place)
      case .list(let items) where name == Self.alternatives:
        for (position, item) in items.enumerated() where item.map != nil {
          problems += members(of: item, at: place + [String(position)])
        }
      case .list(let items): problems += rules(items, at: place)
      case .null, .boolean, .integer, .number, .string:
        problems.append(
          Self.problem(
            place, "\(name) has one value, and a filter wants a list of those that fit.",
            fix: "Write [\(value.scalarText ?? "null")]."))
      }
    }
    return problems
  }

  private func rules(_ items: [Value], at path: [String]) -> [PropertyProblem] {
    if items.isEmpty {
      return [Self.problem(path, "An empty list fits nothing.", fix: "Name a value, or take it out.")]
    }
    return items.enumerated().flatMap { position, item -> [PropertyProblem] in
      let place = path + [String(position)]
      if item.list != nil { return [Self.problem(place, "A list can't stand in a list of values.")] }
      guard let rule = item.map else { return [] }
      if rule.count != 1 { return [Self.problem(place, "A rule has one operator, as { prefix: a }.")] }
      return rule.keys.filter { !Self.operators.contains($0) }.map { name in
        let near = suggestion(for: name, among: Self.operators).map { "Did you mean \"\($0)\"?" }
        return PropertyProblem(
          place, "Unknown operator", "Filters know no \"\(name)\".",
          fix: near ?? "There are: \(Self.operators.joined(separator: ", ")).")
      }
    }
  }

  private func quotaProblems(_ pattern: Value, at path: [String]) -> [PropertyProblem] {
    let size = Self.size(of: pattern)
    if let mostKeys, size.keys > mostKeys {
      return [
        PropertyProblem(
          path, "Too many members",
          "A filter looks at \(mostKeys) members at most, and this one at \(size.keys).")
      ]
    }
    guard let mostCombinations, size.combinations > mostCombinations else { return [] }
    let count = size.combinations == .max ? "more than can be counted" : String(size.combinations)
    return [
      PropertyProblem(
        path, "Too many values",
        "The filter has \(count) combinations of values, and may have \(mostCombinations).")
    ]
  }

  /// How many members have a list, and how many combinations of their values there are. Of alternatives an event meets one: their
  /// combinations add up, and the one with the most members counts. AWS documents no count for `$or`: this is the lenient
  /// reading.
  private static func size(of pattern: Value) -> (keys: Int, combinations: Int) {
    var (keys, combinations) = (0, 1)
    for (name, value) in pattern.map ?? [:] {
      var part: (keys: Int, combinations: Int) = (0, 1)
      if value.map != nil {
        part = size(of: value)
      } else if let items = value.list {
        let alternatives = name == alternatives ? items.filter { $0.map != nil }.map(size) : []
        part =
          alternatives.isEmpty
          ? (1, items.count)
          : (
            alternatives.map(\.keys).max() ?? 0,
            alternatives.map(\.combinations).reduce(0) { bounded($0.addingReportingOverflow($1)) }
          )
      }
      keys += part.keys
      combinations = bounded(combinations.multipliedReportingOverflow(by: part.combinations))
    }
    return (keys, combinations)
  }

  private static func bounded(_ sum: (partialValue: Int, overflow: Bool)) -> Int {
    sum.overflow ? .max : sum.partialValue
  }

  private static func problem(_ path: [String], _ detail: String, fix: String? = nil) -> PropertyProblem {
    PropertyProblem(path, "Not a filter", detail, fix: fix)
  }
}
