import Planner

extension StatesCheck {
  mutating func checkChoices(_ members: [String: Value], _ place: Place) {
    if let otherwise = members["Default"] { target(otherwise, "Default", place) }
    guard let value = members["Choices"], let rules = value.list, !rules.isEmpty else {
      guard members["Choices"]?.isPending != true else { return }
      return add(place.path, "No choices", "A Choice state needs Choices, with one rule at least.")
    }
    for (index, rule) in rules.enumerated() where !rule.isWhollyPending {
      let inner = place.within("Choices", String(index))
      guard let fields = rule.map else {
        add(inner.path, "Wrong type", "A rule is a mapping.")
        continue
      }
      if let next = fields["Next"] {
        target(next, "Next", inner)
      } else {
        add(inner.path, "No next state", "A rule needs Next: the state that comes when it fits.")
      }
      if let assign = fields["Assign"] { checkTemplate(assign, inner.within("Assign")) }
      if place.query == .jsonata {
        checkCondition(fields, inner)
      } else {
        checkRule(fields, inner, isOuter: true)
      }
    }
    if members["Default"] == nil, !Self.isExhaustive(rules) {
      add(
        place.path, "No default",
        "Where no rule fits, the execution fails with States.NoChoiceMatched.",
        fix: "Name the state for all other cases in Default.", severity: .warning)
    }
  }

  private mutating func checkCondition(_ rule: [String: Value], _ place: Place) {
    fields(rule, among: ["Assign", "Comment", "Condition", "Next", "Output"], of: "A rule of JSONata", place)
    guard let condition = rule["Condition"] else {
      return add(
        place.path, "No condition", "A rule of JSONata needs Condition, as {% $states.input.size > 1 %}.")
    }
    guard condition.boolean == nil, !condition.isPending, !isExpression(condition, place) else { return }
    add(
      place.path + ["Condition"], "Not a condition", "\(condition.json.shortened) is no expression.",
      fix: "Write it between {% and %}.")
  }

  /// A rule of JSONPath: a comparison, or some that are combined.
  private mutating func checkRule(_ rule: [String: Value], _ place: Place, isOuter: Bool) {
    let plain: Set<String> = isOuter ? ["Assign", "Comment", "Next", "Variable"] : ["Comment", "Variable"]
    let operators = StatesLanguage.comparisons.union(StatesLanguage.combinations)
    if !isOuter, rule["Next"] != nil {
      add(place.path + ["Next"], "Next within a rule", "Only the outermost rule says what comes next.")
    }
    let unknown = rule.keys.filter { !plain.contains($0) && !operators.contains($0) && $0 != "Next" }.sorted()
    for name in unknown {
      if place.query == .jsonPath, name == "Condition" || name == "Output" {
        add(
          place.path + [name], "Query language", "\(name) goes with JSONata, and the state is of JSONPath.",
          fix: "Write QueryLanguage: JSONata in the state, or compare a Variable.")
      } else {
        let near = suggestion(for: name, among: operators.union(plain).sorted()).map { "Did you mean \($0)?" }
        add(place.path + [name], "Unknown field", "A rule has no \(name.shortened).", fix: near)
      }
    }
    let found = rule.keys.filter(operators.contains).sorted()
    guard found.count == 1, let name = found.first, let value = rule[name] else {
      guard unknown.isEmpty || found.count > 1 else { return }
      return add(
        place.path, "Not a rule",
        found.isEmpty
          ? "A rule compares something, as Variable: $.size with NumericGreaterThan: 1."
          : "A rule has one comparison, and this has \(found.joined(separator: " and ")).",
        fix: found.isEmpty ? nil : "Put them into And, or into rules of their own.")
    }
    if StatesLanguage.combinations.contains(name) { return checkCombined(value, place.within(name)) }
    checkComparison(name, value, rule["Variable"], place)
  }

  private mutating func checkCombined(_ value: Value, _ place: Place) {
    guard !value.isPending else { return }
    let isNot = place.path.last == "Not"
    let rules = isNot ? [value] : value.list ?? []
    if rules.isEmpty {
      add(place.path, "Wrong type", "\(place.path.last ?? "") is a list of rules, with one at least.")
    }
    for (index, rule) in rules.enumerated() {
      let inner = isNot ? place : place.within(String(index))
      guard let fields = rule.map else {
        add(inner.path, "Wrong type", "A rule is a mapping.")
        continue
      }
      checkRule(fields, inner, isOuter: false)
    }
  }

  private mutating func checkComparison(
    _ name: String, _ value: Value, _ variable: Value?, _ place: Place
  ) {
    if variable == nil {
      add(place.path, "No variable", "\(name) needs Variable: the path of what is compared, as $.size.")
    } else if let text = variable?.string, !text.hasPrefix("$") {
      add(place.path + ["Variable"], "Not a path", "\(text.shortened) is no path: a path begins with $.")
    }
    guard !value.isPending else { return }
    let isRight =
      if name.hasSuffix("Path") {
        value.string?.hasPrefix("$") == true
      } else if name.hasPrefix("Boolean") || StatesLanguage.tests.contains(name) {
        value.boolean != nil
      } else if name.hasPrefix("Numeric") { value.number != nil } else { value.string != nil }
    guard !isRight else { return }
    add(place.path + [name], "Wrong type", "\(name) does not take \(value.json.shortened).")
  }

  /// Whether one of the rules fits whatever comes: one that is always true, or a test and its opposite.
  private static func isExhaustive(_ rules: [Value]) -> Bool {
    let bare = rules.map { rule in
      (rule.map ?? [:]).filter { !["Assign", "Comment", "Next", "Output"].contains($0.key) }
    }
    return bare.contains { rule in
      if rule["Condition"] == true || rule["Condition"] == "{% true %}" { return true }
      return opposites(of: rule).contains { bare.contains($0) }
    }
  }

  private static func opposites(of rule: [String: Value]) -> [[String: Value]] {
    var opposites: [[String: Value]] = [["Not": .map(rule)]]
    for name in StatesLanguage.tests + ["BooleanEquals"] {
      guard let flag = rule[name]?.boolean else { continue }
      opposites.append(rule.merging([name: .boolean(!flag)]) { $1 })
    }
    return opposites
  }
}
