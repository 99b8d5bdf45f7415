import Planner
import Testing

@testable import Stackform

/// Where a variable's value comes from, when several give one.
struct PrecedenceTests {
  /// From the weakest to the strongest, as docs/profiles.md has them.
  enum Origin: Int, CaseIterable, CustomTestStringConvertible {
    case standard, profile, firstFile, secondFile, fileBesideTheStack, environment, firstVarFile,
      secondVarFile,
      commandLine
    var testDescription: String { "\(self)" }
  }

  private func value(given origins: [Origin]) throws -> Value? {
    func has(_ origin: Origin) -> Bool { origins.contains(origin) }
    var files = [
      "shop/stacks/web/stack.yaml":
        "stack: web\nvariables: { x: \(has(.standard) ? "standard" : "{ type: string }") }\n"
        + "outputs: { x: \"${var.x}\" }\n",
      "shop/one.yaml": "\(has(.firstFile) ? "x" : "y"): firstFile", "shop/two.json": "{}",
      "a.yaml": "x: firstVarFile", "b.json": "{\"x\": \"secondVarFile\"}",
    ]
    if has(.secondFile) { files["shop/two.json"] = "{\"x\": \"secondFile\"}" }
    if has(.fileBesideTheStack) { files["shop/stacks/web/variables/dev.yaml"] = "x: fileBesideTheStack" }
    let variables = has(.profile) ? "variables: { x: profile }" : ""
    files["shop/stackform.yaml"] =
      "profiles:\n  dev:\n    variableFiles: [one.yaml, two.json]\n    \(variables)\n"
    let reader = FileReader(files: files.mapValues { Array($0.utf8) })
    let project = try Project.find(from: "shop/stacks/web", files: reader)
    let declaration = try StackDeclaration.load("shop/stacks/web/stack.yaml", files: reader)
    var words = ["plan"]
    if has(.firstVarFile) { words += ["--var-file", "a.yaml"] }
    if has(.secondVarFile) { words += ["--var-file", "b.json"] }
    if has(.commandLine) { words += ["--var", "x=commandLine"] }
    let values = try StackVariables.values(
      for: try CommandLineParser.parse(words), declaration: declaration,
      profile: ProfileVariables(
        profile: try project.profile(named: "dev"), projectFolder: project.folder,
        stackFolder: "shop/stacks/web", files: reader
      ).values(), environment: has(.environment) ? ["STACKFORM_VAR_x": "environment"] : [:], files: reader)
    return try declaration.resolved(
      registry: KindRegistry([]), target: Target(account: "000000000000", region: "us-east-1"),
      variables: values.mapValues(\.value),
      environment: [:], files: reader
    ).outputs.first?.value
  }

  @Test(arguments: Origin.allCases)
  func `each origin goes before all that are weaker`(origin: Origin) throws {
    let weaker = Origin.allCases.filter { $0.rawValue <= origin.rawValue }
    #expect(try value(given: weaker) == .string("\(origin)"))
    #expect(try value(given: [origin]) == .string("\(origin)"))
  }

  @Test func `of any two origins the stronger one counts`() throws {
    for (weaker, stronger) in Origin.allCases.flatMap({ one in Origin.allCases.map { (one, $0) } })
    where weaker.rawValue < stronger.rawValue {
      #expect(try value(given: [stronger, weaker]) == .string("\(stronger)"))
    }
  }

  private func values(_ files: [String: String]) throws(Diagnostics) -> [String: Value] {
    let reader = FileReader(files: files.mapValues { Array($0.utf8) })
    let project = try Project.find(from: ".", files: reader)
    return try ProfileVariables(
      profile: project.profile(named: "dev"), projectFolder: project.folder, stackFolder: ".", files: reader
    ).values()
  }

  @Test func `a file that is named and missing is an error with its place`() {
    let error = #expect(throws: Diagnostics.self) {
      try values(["stackform.yaml": "profiles:\n  dev: { variableFiles: gone.yaml }\n"])
    }
    #expect(error?.items.first?.detail == "gone.yaml does not exist.")
    #expect(error?.items.first?.span?.line == 2)
  }

  @Test func `two files for one profile beside the stack are one too many`() {
    let error = #expect(throws: Diagnostics.self) {
      try values([
        "stackform.yaml": "profiles: { dev: {} }", "variables/dev.yaml": "", "variables/dev.json": "{}",
      ])
    }
    #expect(error?.items.first?.detail.contains("variables/dev.yaml and variables/dev.json") == true)
  }

  @Test func `a list is no variable file, an empty one is`() throws {
    #expect(throws: Diagnostics.self) {
      try values(["stackform.yaml": "profiles: { dev: {} }", "variables/dev.yaml": "[a]"])
    }
    #expect(try values(["stackform.yaml": "profiles: { dev: {} }", "variables/dev.yaml": "# none\n"]) == [:])
  }

  @Test func `texts keep their characters`() throws {
    let given = try values([
      "stackform.yaml": "profiles: { dev: {} }", "variables/dev.yaml": "a: 0123\nb: [1, x]\nc: 1.50\n",
    ])
    #expect(given == ["a": "0123", "b": [1, "x"], "c": "1.50"])
  }
}
