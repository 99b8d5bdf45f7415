extension VariableDeclaration {
  private static let longKeys: Set<String> = [
    "type", "default", "minimum", "maximum", "pattern", "allowed", "description", "secret",
  ]

  /// Reads one entry of `variables`: a mapping with its members, or else the default value.
  static func decoded(_ entry: YAMLNode.Entry) -> (VariableDeclaration, Diagnostics) {
    guard entry.value.entries != nil || entry.value.isNull else {
      let value = entry.value.plainValue
      return (
        VariableDeclaration(entry, kind: Kind(of: value), default: value), template(in: entry.value, entry)
      )
    }
    if let keys = entry.value.entries?.map(\.key), !keys.isEmpty, longKeys.isDisjoint(with: keys),
      keys.allSatisfy({ suggestion(for: $0, among: longKeys) == nil })
    {
      var variable = VariableDeclaration(entry, kind: .map, default: nil)
      variable.defaultValue = entry.value.plainValue
      return (variable, Diagnostics([.bareMapping(entry)]))
    }
    var members = MemberReader(entry.value, of: "variables.\(entry.key)")
    let kind = kind(&members)
    let defaultNode = members.node("default")
    let minimum = members.number("minimum")
    let maximum = members.number("maximum")
    if let minimum, let maximum, minimum > maximum {
      members.add(
        Diagnostic("Bad range", "minimum \(minimum) is above maximum \(maximum).", at: entry.value.span))
    }
    var variable = VariableDeclaration(
      entry, kind: kind ?? defaultNode.map { Kind(of: $0.plainValue) }, default: nil)
    variable.range = minimum == nil && maximum == nil ? nil : range(minimum, maximum)
    variable.pattern = pattern(&members)
    variable.allowed = members.node("allowed")?.items?.map(\.plainValue) ?? []
    variable.summary = members.text("description")
    variable.isSecret = members.boolean("secret") ?? false
    members.finish()
    var problems = members.diagnostics
    if let defaultNode {
      problems.add(contentsOf: template(in: defaultNode, entry))
      variable.takeDefault(defaultNode, &problems)
    }
    return (variable, problems)
  }

  private mutating func takeDefault(_ node: YAMLNode, _ problems: inout Diagnostics) {
    // A text keeps its characters: an account's zeros must not go.
    let plain = kind == .string ? node.text.map(Value.string) ?? node.plainValue : node.plainValue
    do throws(VariableProblem) {
      defaultValue = try accepted(plain)
    } catch {
      defaultValue = plain
      problems.add(Diagnostic("Bad default", error.detail, at: node.span, fix: error.fix))
    }
  }

  private init(_ entry: YAMLNode.Entry, kind: Kind?, default defaultValue: Value?) {
    self.init(
      name: entry.key, keySpan: entry.keySpan, kind: kind, defaultValue: defaultValue, summary: nil,
      isSecret: false, range: nil, pattern: nil, allowed: [])
  }

  private static func kind(_ members: inout MemberReader) -> Kind? {
    guard let node = members.node("type"), let word = members.text("type") else { return nil }
    if let kind = Kind(rawValue: word) { return kind }
    let words = Kind.allCases.map(\.rawValue)
    let near = suggestion(for: word, among: words).map { "Did you mean \($0)?" }
    members.add(
      Diagnostic(
        "Unknown type", "There is no type \"\(word)\" of variables.", at: node.span,
        fix: near ?? "There are: \(words.joined(separator: ", "))."))
    return nil
  }

  private static func pattern(_ members: inout MemberReader) -> String? {
    guard let node = members.node("pattern"), let pattern = members.text("pattern") else { return nil }
    if Pattern.compiled(pattern) != nil { return pattern }
    members.add(Diagnostic("Bad pattern", "\"\(pattern)\" is not a regular expression.", at: node.span))
    return nil
  }

  private static func range(_ minimum: Double?, _ maximum: Double?) -> ClosedRange<Double> {
    let low = minimum ?? -.infinity
    return low...max(low, maximum ?? .infinity)
  }

  private static func template(in node: YAMLNode, _ entry: YAMLNode.Entry) -> Diagnostics {
    switch node.content {
    case .scalar(let text, _) where Template.isTemplate(text):
      return Diagnostics([
        Diagnostic(
          "Expression in a default", "The default of variables.\(entry.key) can't refer to anything.",
          at: node.span, fix: "Put the expression where the variable is used.")
      ])
    case .scalar: return Diagnostics()
    case .sequence(let items): return Diagnostics(items.flatMap { template(in: $0, entry).items })
    case .mapping(let entries): return Diagnostics(entries.flatMap { template(in: $0.value, entry).items })
    }
  }
}

extension Diagnostic {
  fileprivate static func bareMapping(_ entry: YAMLNode.Entry) -> Diagnostic {
    Diagnostic(
      "Mapping as a short default",
      "What stands under variables.\(entry.key) would be its type, default and so on.",
      at: entry.value.span, fix: "Write it as \(entry.key): { default: { … } }.")
  }
}

extension VariableDeclaration.Kind {
  /// The type that a default implies.
  init(of value: Value) {
    switch value {
    case .integer: self = .integer
    case .number: self = .number
    case .boolean: self = .boolean
    case .list: self = .list
    case .map: self = .map
    case .string, .null, .pending: self = .string
    }
  }
}
