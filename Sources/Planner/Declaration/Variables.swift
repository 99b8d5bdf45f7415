/// Why a variable can't have a value. It never holds a secret's value.
struct VariableProblem: Error {
  let detail: String
  let fix: String?
}

/// A variable with its value in one run.
struct Variable {
  let value: Value
  let isSecret: Bool
}

extension VariableDeclaration {
  /// A value in the variable's type. Command line and environment give only texts: these are read as numbers,
  /// booleans, lists (JSON, or items between commas) and maps (JSON), as the type says.
  func accepted(_ value: Value) throws(VariableProblem) -> Value {
    // A secret of a release that was not given again is pending: see `ReleasedVariables`.
    guard let kind, !value.isPending else { return value }
    guard let typed = typed(value, as: kind) else {
      let shown = isSecret ? "the given value is not one" : "this is \(value.describedShape)"
      throw VariableProblem(detail: "variables.\(name) is \(kind.words), and \(shown).", fix: nil)
    }
    try check(typed)
    return typed
  }

  private func typed(_ value: Value, as kind: Kind) -> Value? {
    switch (kind, value) {
    case (.string, _): return value.scalarText.map(Value.string)
    case (.integer, .string(let text)): return YAMLScalar.number(text)?.integer.map(Value.integer)
    case (.integer, _): return value.integer.map(Value.integer)
    case (.number, .string(let text)): return YAMLScalar.number(text)
    case (.number, _): return value.number == nil ? nil : value
    case (.boolean, .string("true")): return true
    case (.boolean, .string("false")): return false
    case (.boolean, _): return value.boolean.map(Value.boolean)
    case (.list, .string(let text)):
      if text.hasPrefix("[") { return Value(json: text).flatMap { $0.list == nil ? nil : $0 } }
      return .list(text.isEmpty ? [] : text.split(separator: ",").map { .string(String($0)) })
    case (.list, _): return value.list == nil ? nil : value
    case (.map, .string(let text)): return Value(json: text).flatMap { $0.map == nil ? nil : $0 }
    case (.map, _): return value.map == nil ? nil : value
    }
  }

  private func check(_ value: Value) throws(VariableProblem) {
    let shown = isSecret ? "the value given" : value.describedShape
    if let range, let number = value.number, !range.contains(number) {
      throw VariableProblem(detail: "variables.\(name) is \(range.words), and not \(shown).", fix: nil)
    }
    if let pattern, let text = value.string, !Pattern.matches(text, pattern) {
      throw VariableProblem(
        detail: "variables.\(name) does not match its pattern \(pattern): \(shown).", fix: nil)
    }
    if !allowed.isEmpty, !allowed.contains(value),
      !allowed.contains(where: { $0.scalarText == value.scalarText })
    {
      let words = allowed.compactMap(\.scalarText)
      let near = value.string.flatMap { suggestion(for: $0, among: words) }.map { "Did you mean \($0)?" }
      throw VariableProblem(
        detail: "variables.\(name) can't be \(shown).",
        fix: near ?? "Allowed are: \(words.joined(separator: ", ")).")
    }
  }
}

extension StackDeclaration {
  /// An error for each name on the command line that is not a variable of the stack.
  package func problems(ofVariablesNamed names: some Sequence<String>) -> Diagnostics {
    let known = variables.map(\.name)
    var problems = Diagnostics()
    for name in names.sorted() where !known.contains(name) {
      let near = suggestion(for: name, among: known).map { "Did you mean \($0)?" }
      problems.add(
        Diagnostic(
          "Unknown variable", "The stack \(self.name) has no variable \(name).",
          fix: near ?? (known.isEmpty ? nil : "It has: \(known.joined(separator: ", "))."))
      )
    }
    return problems
  }

  /// The values of the secret variables, by name, before anything is checked.
  package func secrets(_ given: [String: Value]) -> [String: Value] {
    var secrets: [String: Value] = [:]
    for variable in variables where variable.isSecret {
      secrets[variable.name] = given[variable.name] ?? variable.defaultValue
    }
    return secrets
  }

  /// Every variable with its value: the given one, else the default.
  func valued(_ given: [String: Value]) -> (variables: [String: Variable], problems: Diagnostics) {
    var valued: [String: Variable] = [:]
    var problems = Diagnostics()
    for variable in variables {
      guard let value = given[variable.name] ?? variable.defaultValue else {
        if !variable.isBroken { problems.add(.missingVariable(variable)) }
        continue
      }
      do throws(VariableProblem) {
        let value = given[variable.name] == nil ? value : try variable.accepted(value)
        valued[variable.name] = Variable(value: value, isSecret: variable.isSecret)
      } catch {
        problems.add(Diagnostic("Bad value", error.detail, at: variable.keySpan, fix: error.fix))
      }
    }
    return (valued, problems)
  }
}

extension VariableDeclaration.Kind {
  var words: String {
    switch self {
    case .string: "a text"
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "true or false"
    case .list: "a list"
    case .map: "a mapping"
    }
  }
}

extension ClosedRange<Double> {
  /// As a condition: `at least 1`, `from 1 to 14`.
  fileprivate var words: String {
    let text = { (number: Double) in Value.number(number).scalarText ?? "" }
    if upperBound == .infinity { return "at least \(text(lowerBound))" }
    if lowerBound == -.infinity { return "at most \(text(upperBound))" }
    return "from \(text(lowerBound)) to \(text(upperBound))"
  }
}

extension Diagnostic {
  fileprivate static func missingVariable(_ variable: VariableDeclaration) -> Diagnostic {
    Diagnostic(
      "Missing value", "variables.\(variable.name) has no default, and no value was given.",
      at: variable.keySpan,
      // A secret on the command line is in the shell's history, and one in the project's file in git.
      fix: variable.isSecret
        ? "Give it in the environment: STACKFORM_VAR_\(variable.name)=…, or in a file: --var-file FILE."
        : "Give one: --var \(variable.name)=…, or variables of the profile in stackform.yaml.")
  }
}
