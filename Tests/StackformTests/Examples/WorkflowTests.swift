import Foundation
import Planner
import Providers
import Testing

@testable import Stackform

/// The pipelines of the example are what they say: YAML that is read, and command lines that are understood.
struct WorkflowTests {
  private static let folder = "examples/github-actions"
  static let workflows = Repository.files(below: "\(folder)/workflows", ending: ".yml")

  @Test func `there is a workflow for each step from a pull request to production`() {
    let names = Self.workflows.map { $0.split(separator: "/").last.map(String.init) ?? "" }
    #expect(names == ["approve.yml", "dev.yml", "plan.yml", "production.yml", "staging.yml"])
  }

  @Test(arguments: workflows) func `a workflow is YAML with triggers, jobs and steps`(path: String) throws {
    let workflow = try Self.value(of: path)
    #expect(workflow["name"]?.string?.isEmpty == false && workflow["on"] != nil)
    for (name, job) in workflow["jobs"]?.map ?? [:] {
      #expect(job["runs-on"]?.string != nil, "\(path): \(name)")
      for step in job["steps"]?.list ?? [] {
        #expect((step["run"] == nil) != (step["uses"] == nil), "\(path): \(name)")
        if let run = step["run"]?.string, run.hasPrefix("scripts/") {
          let script = Repository.path("\(Self.folder)/\(run.prefix { $0 != " " })")
          #expect(FileManager.default.isExecutableFile(atPath: script), "\(path): \(run)")
        }
      }
    }
  }

  @Test(arguments: workflows)
  func `every command line in it is understood, and names profiles that there are`(
    path: String
  ) throws {
    let lines = try Self.commandLines(in: Self.value(of: path))
    #expect(!lines.isEmpty, "\(path) runs no stackform")
    let files = FileReader.disk
    let project = try Project.load(Repository.path("\(Self.folder)/stackform.yaml"), files: files)
    let profiles = Set(project.profiles.map(\.name))
    for words in lines {
      let command = try CommandLineParser.parse(words)
      #expect(command.notes.isEmpty)
      var named = [command.profile, command.confirmation].compactMap(\.self)
      switch command.name {
      case .promote: named += command.arguments
      case .approve, .verify: named += command.arguments.prefix(1)
      default: break
      }
      #expect(Set(named).isSubset(of: profiles), "\(path): stackform \(words.joined(separator: " "))")
      if let program = command.program.first {
        let script = Repository.path("\(Self.folder)/\(program)")
        #expect(FileManager.default.isExecutableFile(atPath: script), "\(program)")
      }
    }
  }

  @Test func `the way to production is the one that is promised`() throws {
    func triggers(_ name: String) throws -> Value? {
      try Self.value(of: "\(Self.folder)/workflows/\(name).yml")["on"]
    }
    func lines(_ name: String) throws -> [String] {
      try Self.commandLines(in: Self.value(of: "\(Self.folder)/workflows/\(name).yml")).map {
        $0.joined(separator: " ")
      }
    }
    #expect(try triggers("dev") == "workflow_dispatch")
    #expect(try triggers("staging")?["push"]?["branches"] == ["main"])
    #expect(try triggers("production") == "workflow_dispatch")
    #expect(try triggers("plan") == "pull_request")
    #expect(try lines("dev").contains("promote local dev --auto-approve"))
    #expect(try lines("staging").contains { $0.hasPrefix("promote staging --auto-approve") })
    #expect(
      try lines("production").contains { $0.hasPrefix("promote staging production --confirm production") })
    #expect(try lines("plan").contains("plan --profile dev --format markdown"))
    let production = try Self.value(of: "\(Self.folder)/workflows/production.yml")
    #expect(production["jobs"]?["production"]?["environment"] == "production")
    let project = try Project.load(Repository.path("\(Self.folder)/stackform.yaml"), files: .disk)
    let gates = try project.profile(named: "production").gates
    #expect(gates.contains { if case .approval = $0 { true } else { false } })
  }

  private static func value(of path: String) throws -> Value {
    let source = try YAMLParser.source(name: path, bytes: Array(try Repository.text(path).utf8))
    return try #require(try YAMLParser.parse(source)).plainValue
  }

  /// The words of each call of stackform in the scripts of a workflow, up to what the shell does with it.
  private static func commandLines(in workflow: Value) -> [[String]] {
    let steps = (workflow["jobs"]?.map ?? [:]).values.flatMap { $0["steps"]?.list ?? [] }
    return steps.compactMap { $0["run"]?.string }.flatMap { script in
      script.split(separator: "\n").compactMap { line in ShellLine.stackform(in: line.drop { $0 == " " }) }
    }
  }
}
