import Planner
import Testing

@testable import Stackform

/// What is said of files that hold secrets, when they are malformed.
struct SecretDiagnosticTests {
  private static let plain = DiagnosticRenderer(style: .plain, width: 100)

  private func said(_ work: () throws(Diagnostics) -> Void) -> String? {
    do throws(Diagnostics) {
      try work()
      return nil
    } catch { return Self.plain.render(error) + error.validationJSON.json }
  }

  @Test(arguments: [
    "password: \"hunter2\nnext: 1\n", "password: hunter2: x\n", "password: @hunter2\n",
    "password: *hunter2\n",
    "password: !hunter2 x\n", "password: %hunter2\n", "password: [hunter2\n", "hunter2\n", "- hunter2\n",
    "password: hunter2\n\tx: 1\n", "password: \"\\qhunter2\"\n", "password=hunter2\n", "a: 1\na: hunter2\n",
    "password: hunter2\u{7}\n",
  ])
  func `a fault in a variable file shows its place and not its line`(text: String) {
    let files = FileReader(files: ["v.yaml": Array(text.utf8)])
    let said = said { () throws(Diagnostics) in _ = try VariableFile.values("v.yaml", files: files) }
    #expect(
      said?.contains("hunter2") == false && said?.contains("v.yaml") == true, "\(said ?? "nothing is wrong")")
  }

  @Test(arguments: [
    "profiles:\n  dev:\n    variables:\n      password: \"hunter2\n",
    "profiles:\n  dev:\n    variables: { password: [hunter2 }\n",
    "profiles:\n  dev:\n    variables:\n      password: |\n        a\n-----KEY-----\nhunter2\n",
    "profiles:\n  dev:\n    variables:\n      password: *hunter2\n",
  ])
  func `a fault in a profile's variables shows its place and not its line`(text: String) {
    let files = FileReader(files: ["stackform.yaml": Array(text.utf8)])
    let said = said { () throws(Diagnostics) in _ = try Project.load("stackform.yaml", files: files) }
    #expect(
      said?.contains("hunter2") == false && said?.contains("stackform.yaml") == true,
      "\(said ?? "nothing is wrong")")
  }

  @Test func `other lines of a project are shown`() {
    let files = FileReader(files: ["stackform.yaml": Array("profiles:\n  dev: { endpiont: x }\n".utf8)])
    let said = said { () throws(Diagnostics) in _ = try Project.load("stackform.yaml", files: files) }
    #expect(said?.contains("  2 | ") == true, "\(said ?? "nothing is wrong")")
  }
}
