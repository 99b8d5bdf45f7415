import Planner

/// The built-in local profile's target.
let sampleTarget = Target(
  account: "000000000000", region: "us-east-1", endpoint: "http://localhost:4566", isDisposable: true)

/// Files in memory, as a stack folder would hold them.
func files(_ texts: [String: String]) -> FileReader { FileReader(files: texts.mapValues { Array($0.utf8) }) }

/// A stack from the text of its file; `others` are files beside it.
func resolved(
  _ yaml: String, others: [String: String] = [:], registry: KindRegistry = SampleKinds.registry,
  target: Target = sampleTarget, variables: [String: Value] = [:], environment: [String: String] = [:]
) throws(Diagnostics) -> Stack {
  let files = files(others.merging(["stack.yaml": yaml]) { _, new in new })
  return try StackDeclaration.load("stack.yaml", files: files)
    .resolved(
      registry: registry, target: target, variables: variables, environment: environment, files: files)
}

/// What is wrong with a stack, as lines: `2:3 Unknown property: … → Did you mean …?`.
func mistakes(
  _ yaml: String, others: [String: String] = [:], variables: [String: Value] = [:],
  environment: [String: String] = [:]
) -> [String] {
  do throws(Diagnostics) {
    _ = try resolved(yaml, others: others, variables: variables, environment: environment)
    return []
  } catch {
    return error.items.map(line)
  }
}

/// A diagnostic on one line, with its file where that is not the stack itself.
func line(_ diagnostic: Diagnostic) -> String {
  var place = "-"
  if let span = diagnostic.span {
    let file = span.source.name == "stack.yaml" ? "" : "\(span.source.name):"
    place = "\(file)\(span.line):\(span.column)"
  }
  return "\(place) \(diagnostic.summary): \(diagnostic.detail)" + (diagnostic.fix.map { " → \($0)" } ?? "")
}
