/// What expressions of one stack may refer to in one target. Shared by every decoder of a run, hence a class.
final class ResolutionScope {
  let declaration: StackDeclaration
  let registry: KindRegistry
  let target: Target
  let variables: [String: Variable]
  let environment: [String: String]
  let files: FileReader
  let patterns = PatternCache()
  /// The attributes that are known so far. An address that is absent was not worked out yet.
  var early: [Address: [String: Value]] = [:]
  /// What follows from names alone, while names are given.
  var named: [Address: [String: Value]] = [:]
  /// The derived resources, once there are any, with their sections.
  var derivedSections: [Address: String]?
  /// The entries of each section, in the order of the file.
  let entries: [String: [String]]
  private let declared: Set<Address>
  /// How many bytes of text all expressions have made.
  private var made = 0
  /// A list of aliases of one expression must not take all memory.
  private static let mostMade = 256 << 20
  private var templates: [String: Result<Template, TemplateError>] = [:]

  init(
    declaration: StackDeclaration, registry: KindRegistry, target: Target, variables: [String: Variable],
    environment: [String: String], files: FileReader
  ) {
    self.declaration = declaration
    self.registry = registry
    self.target = target
    self.variables = variables
    self.environment = environment
    self.files = files
    declared = Set(declaration.resources.map(\.address))
    entries = Dictionary(grouping: declaration.resources, by: \.address.section)
      .mapValues { $0.map(\.address.name) }
  }

  /// Whether the stack's files declare a resource at the address. Derived ones do not count.
  func isDeclared(_ address: Address) -> Bool { declared.contains(address) }

  /// The template of a text, parsed once.
  func template(_ source: String) throws(TemplateError) -> Template {
    if let known = templates[source] { return try known.get() }
    let result: Result<Template, TemplateError>
    do throws(TemplateError) {
      result = .success(try Template(parsing: source))
    } catch {
      result = .failure(error)
    }
    templates[source] = result
    return try result.get()
  }

  /// Counts what an expression has made.
  fileprivate func count(_ value: Value) throws(ExpressionProblem) {
    made += value.scalarTexts.reduce(0) { $0 + $1.utf8.count }
    guard made > Self.mostMade else { return }
    throw ExpressionProblem(
      "Too much text", "All expressions together make more than \(ByteCount(Self.mostMade)) of text.",
      fix: "No service takes as much: make the texts shorter, or the stack smaller.")
  }
}

/// The references and secrets that one evaluation found.
final class ReferenceTrace {
  /// Who refers; nil for outputs.
  let from: Address?
  /// References to other resources are allowed (not in a physical name).
  let allowsResources: Bool
  var references: [(address: Address, attribute: String, isEarly: Bool)] = []
  var hasSecret = false

  init(from: Address?, allowsResources: Bool) {
    self.from = from
    self.allowsResources = allowsResources
  }
}

extension ResolutionScope {
  /// Evaluates a template; the trace gets what it refers to.
  func value(of template: Template, _ trace: ReferenceTrace) throws(ExpressionProblem) -> Value {
    let evaluator = Evaluator(
      lookup: { path throws(ExpressionProblem) in try self.lookup(path, trace) },
      file: { path throws(ExpressionProblem) in try self.text(ofFile: path) })
    let value = try evaluator.value(of: template)
    try count(value)
    return value
  }

  private func lookup(_ path: [String], _ trace: ReferenceTrace) throws(ExpressionProblem) -> Value? {
    switch path[0] {
    case "var": return try variable(path, trace)
    case "profile": return try profile(path)
    case "env": return try environment(path)
    case "each", "stack", "module", "modules":
      throw ExpressionProblem(
        "Not there yet", "This version of Stackform has no ${\(path[0]).…}.",
        words: path.joined(separator: "."),
        fix: "References are ${section.name.attribute}, ${var.x}, ${profile.x} and ${env.X}.")
    default: return try attribute(path, trace)
    }
  }

  private func variable(_ path: [String], _ trace: ReferenceTrace) throws(ExpressionProblem) -> Value {
    let words = path.joined(separator: ".")
    guard path.count > 1 else {
      throw ExpressionProblem("Incomplete reference", "var needs a variable's name.", words: words)
    }
    guard let variable = variables[path[1]] else {
      let names = declaration.variables.map(\.name)
      let near = suggestion(for: path[1], among: names).map { "Did you mean ${var.\($0)}?" }
      throw ExpressionProblem(
        "Unknown variable", "There is no variable \(path[1]).", words: words,
        fix: near ?? "Declare it under variables.")
    }
    trace.hasSecret = trace.hasSecret || variable.isSecret
    var value = variable.value
    for (index, key) in path.enumerated().dropFirst(2) {
      guard let member = value[key] ?? Int(key).flatMap({ value[$0] }) else {
        let near = suggestion(for: key, among: (value.map ?? [:]).keys).map { "Did you mean \($0)?" }
        throw ExpressionProblem(
          "Unknown member", "\(path[..<index].joined(separator: ".")) has no \(key).", words: words,
          fix: near)
      }
      value = member
    }
    return value
  }

  private func profile(_ path: [String]) throws(ExpressionProblem) -> Value? {
    let words = path.joined(separator: ".")
    let values: [String: Value?] = [
      "name": .string(target.profile), "region": .string(target.region),
      "account": target.account.map(Value.string), "endpoint": .string(target.endpoint ?? ""),
      "namePrefix": .string(target.namePrefix), "partition": .string(target.partition),
    ]
    guard path.count == 2, let value = values[path[1]] else {
      let near = suggestion(for: path.dropFirst().joined(separator: "."), among: values.keys)
      throw ExpressionProblem(
        "Unknown reference", "A profile has no \(path.dropFirst().joined(separator: ".")) to refer to.",
        words: words,
        fix: near.map { "Did you mean ${profile.\($0)}?" }
          ?? "It has: \(values.keys.sorted().joined(separator: ", ")).")
    }
    return value
  }

  private func environment(_ path: [String]) throws(ExpressionProblem) -> Value {
    let name = path.dropFirst().joined(separator: ".")
    guard let value = environment[name] else {
      throw ExpressionProblem(
        "Unset environment variable", "The environment has no \(name).", words: path.joined(separator: "."),
        fix: "Set it, or give a fallback: ${default(env.\(name), \"…\")}.")
    }
    return .string(value)
  }

  private func text(ofFile path: String) throws(ExpressionProblem) -> String {
    guard !FilePath.climbs(path) else {
      throw ExpressionProblem(
        "Path leaves the stack", "\(path) is outside of the stack's folder.", words: "file",
        fix: "Keep what a stack needs below its folder.")
    }
    if let target = files.escape(of: path, from: declaration.directory) {
      throw ExpressionProblem(
        "Link leaves the stack", "\(path) leads over a link to \(target), outside of the stack's folder.",
        words: "file", fix: "Copy what it points to into the folder.")
    }
    let bytes: [UInt8]
    do throws(FileReader.Failure) {
      bytes = try files.read(FilePath.joined(declaration.directory, path))
    } catch {
      throw ExpressionProblem("Unreadable file", "\(path) \(error.reason).", words: "file")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ExpressionProblem("Not UTF-8", "\(path) is not UTF-8 text.", words: "file")
    }
    return text
  }
}
