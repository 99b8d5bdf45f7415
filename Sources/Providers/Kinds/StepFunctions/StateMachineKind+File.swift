package import Planner

extension StateMachineKind {
  /// The definition out of its file, with the substitutions in it. Everything that is wrong with it is told at once, with its
  /// place in that file.
  package func packed(
    _ resource: Resource, directory: String, files: FileReader
  ) throws(PropertyProblem) -> PackedResource {
    guard let path = resource["definitionFile"]?.string else { return PackedResource(resource) }
    let file = try DefinitionFile(path, in: directory, files: files)
    var text = Substitution(values: resource["definitionSubstitutions"]?.map ?? [:])
    let definition = text.applied(to: file.value, at: [])
    var packed = resource
    packed.properties["definition"] = definition
    packed.derivations["definition"] = "it is what \(path) says"
    if resource.secretPaths.contains(where: { $0.hasPrefix("definitionSubstitutions") }) {
      packed.secretPaths.insert("definition")
    }
    let flaws = StatesCheck.problems(of: definition, isExpress: Self.isExpress(resource), at: ["definition"])
    // What nothing stands for is wrong in its place, too.
    let problems = text.problems + flaws.filter { flaw in !text.problems.contains { $0.path == flaw.path } }
    return PackedResource(packed, warnings: problems.map(file.placed))
  }
}

/// A file that holds a definition, as JSON or YAML.
private struct DefinitionFile {
  let value: Value
  private let path: String
  /// nil for JSON that is no YAML: then no places are known.
  private let root: YAMLNode?

  init(_ path: String, in directory: String, files: FileReader) throws(PropertyProblem) {
    self.path = path
    let bytes: [UInt8]
    do throws(FileReader.Failure) {
      bytes = try files.read(FilePath.joined(directory, path))
    } catch {
      throw Self.problem("Unreadable file", "\(path) \(error.reason).")
    }
    let json = Value(json: String(decoding: bytes, as: UTF8.self))
    do throws(Diagnostics) {
      root = try YAMLParser.parse(try YAMLParser.source(name: path, bytes: bytes))
    } catch {
      guard json != nil else {
        let first = error.items.first
        throw Self.problem(
          first?.summary ?? "Not YAML", "\(path):\(first?.span?.line ?? 1): \(first?.detail ?? "")",
          fix: first?.fix)
      }
      root = nil
    }
    value = json ?? root?.plainValue ?? .null
  }

  /// A problem of the definition as one of the property, with its place in the file.
  func placed(_ problem: PropertyProblem) -> PropertyProblem {
    let span = root?.nearest(to: Array(problem.path.dropFirst())).span
    let place = span.map { ":\($0.line):\($0.column)" } ?? ""
    return PropertyProblem(
      ["definitionFile"], problem.summary, "\(path)\(place): \(problem.detail)", fix: problem.fix,
      severity: problem.severity)
  }

  private static func problem(_ summary: String, _ detail: String, fix: String? = nil) -> PropertyProblem {
    PropertyProblem(["definitionFile"], summary, detail, fix: fix)
  }
}

/// Each `${Name}` in the texts of a definition, replaced by its value.
private struct Substitution {
  let values: [String: Value]
  private(set) var problems: [PropertyProblem] = []

  init(values: [String: Value]) { self.values = values }

  mutating func applied(to value: Value, at path: [String]) -> Value {
    switch value {
    case .string(let text): return text.contains("${") ? substituted(text, at: path) : value
    case .list(let items):
      var all: [Value] = []
      for (index, item) in items.enumerated() { all.append(applied(to: item, at: path + [String(index)])) }
      return .list(all)
    case .map(let members):
      var all: [String: Value] = [:]
      for (name, member) in members.sorted(by: { $0.key < $1.key }) {
        all[name] = applied(to: member, at: path + [name])
      }
      return .map(all)
    case .null, .boolean, .integer, .number, .pending: return value
    }
  }

  private mutating func substituted(_ text: String, at path: [String]) -> Value {
    var parts: [Template.Part] = []
    var source = ""
    func append(_ text: some StringProtocol) {
      if !text.isEmpty { parts.append(.text(String(text))) }
      source += text
    }
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      append(rest[..<start.lowerBound])
      rest = rest[start.upperBound...]
      let end = rest.firstIndex(of: "}")
      let name = end.map { String(rest[..<$0]) } ?? ""
      guard let end, Self.isName(name) else {
        append("${")
        continue
      }
      rest = rest[rest.index(after: end)...]
      guard let value = values[name] else {
        report(name, at: path)
        continue
      }
      if rest.isEmpty, parts.isEmpty { return value }
      guard case .pending(let template) = value else {
        append(value.scalarText ?? "")
        continue
      }
      parts += template.parts
      source += template.source
    }
    append(rest)
    let isPending = parts.contains { if case .text = $0 { false } else { true } }
    return isPending ? .pending(Template(parts: parts, source: source)) : .string(source)
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
  }

  private mutating func report(_ name: String, at path: [String]) {
    let near = suggestion(for: name, among: values.keys.sorted()).map { "Did you mean \($0)?" }
    problems.append(
      PropertyProblem(
        ["definition"] + path, "Unknown substitution", "Nothing stands for ${\(name.shortened)}.",
        fix: near ?? "Name it in definitionSubstitutions."))
  }
}
