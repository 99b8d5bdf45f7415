import Foundation
import Planner
import Providers
import Testing

/// What scripts and tools rely on: exit codes, JSON, and no colour where nobody sees it.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ExitCodeTests {
  @Test(arguments: TestEndpoint.available)
  func `Exit codes tell scripts how it went`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try await place.expect(0, "plan")
      try await place.expect(2, "plan", "--detailed-exitcode")
      let unasked = try await place.expect(1, "apply")
      #expect(unasked.errors.contains("standard input is not a terminal and holds no answer"), "\(unasked)")
      #expect(unasked.errors.contains("--auto-approve"), "\(unasked)")
      #expect(try await place.store().load() == nil)
      try await place.expect(1, "apply", "--input=false")
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "plan", "-detailed-exitcode")
      // With nothing to do there is nothing to ask.
      try await place.expect(0, "apply")
      try await place.expect(1, "destroy")
      try await place.expect(1, "plan", "--detailed-exitcode", "--target", "queues.tow")
      try await place.expect(1, "plan", "nowhere.yaml", "--detailed-exitcode")
      try await place.expect(1, "wibble")
      try await place.expect(0, "destroy", "--auto-approve")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A yes may come through a pipe, and nothing else is one`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      for (input, code) in [("echo no", 1), ("echo y", 1), ("printf ''", 1), ("printf yes", 0)] {
        let result = try await place.shell("\(input) | \(Program.binary.path) apply")
        #expect(result.code == code, "\(input): \(result)")
        #expect((try await place.store().load() == nil) == (code == 1), "\(input)")
      }
      let refused = try await place.shell("echo yes | \(Program.binary.path) destroy --input=false")
      #expect(refused.code == 1, "\(refused)")
      let destroyed = try await place.shell("echo yes | \(Program.binary.path) destroy")
      #expect(destroyed.code == 0 && destroyed.output.contains("2 destroyed"), "\(destroyed)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Machines get JSON in the shapes of Terraform's`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      let valid = try json(try await place.expect(0, "validate", "--json"))
      #expect(valid["valid"] == true && valid["error_count"] == 0)
      let plan = try lines(try await place.expect(0, "plan", "--json"))
      #expect(plan.first?["type"] == "version")
      #expect(plan.last { $0["type"] == "change_summary" }?["changes"]?["add"] == .integer(15))
      #expect(plan.filter { $0["type"] == "planned_change" }.count == 15)
      try await place.expect(0, "plan", "--out", "shop.plan", "--json")
      let saved = try json(try await place.expect(0, "show", "--json", "shop.plan"))
      #expect(saved["format_version"]?.string?.hasPrefix("1.") == true)
      let changes = saved["resource_changes"]?.list ?? []
      #expect(changes.count == 15)
      #expect(changes.allSatisfy { $0["change"]?["actions"] == ["create"] && $0["address"]?.string != nil })
      let apply = try lines(try await place.expect(0, "apply", "--auto-approve", "--json"))
      for type in ["apply_start", "apply_complete"] {
        #expect(apply.filter { $0["type"] == .string(type) }.count == 15, "\(type)")
      }
      #expect(apply.allSatisfy { ["@level", "@message", "@timestamp"].allSatisfy($0.has) })
      #expect(apply.last?["type"] == "outputs")
      let outputs = try json(try await place.expect(0, "output", "--json"))
      #expect(outputs["jobs"]?["sensitive"] == false && outputs["jobs"]?["type"] == "string")
      let raw = try await place.expect(0, "output", "--raw", "jobs")
      #expect(outputs["jobs"]?["value"] == .string(raw.output))
      let refused = try await place.expect(1, "plan", "--json", "--target", "queues.nothing")
      #expect(
        try lines(refused).contains { $0["type"] == "diagnostic" && $0["@level"] == "error" }, "\(refused)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `There is no colour off a terminal, nor where NO_COLOR says so`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      for arguments in [
        ["plan"], ["apply", "--auto-approve"], ["plan", "--target", "queues.tow"], ["show"],
      ] {
        let result = try await place.run(arguments)
        #expect(!result.everything.contains("\u{1b}"), "\(result)")
      }
      try place.write(Stacks.queues(timeout: 31))
      let colourful = try await place.onTerminal(["plan"], typing: "")
      #expect(colourful.text.contains("\u{1b}["), "\(colourful)")
      let plain = try await place.onTerminal(["plan"], typing: "", variables: ["NO_COLOR": "1"])
      #expect(!plain.text.contains("\u{1b}["), "\(plain)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `On a terminal only yes approves`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      for answer in ["no\n", "y\n", "YES\n", "\n", "\u{4}"] {
        let result = try await place.onTerminal(["apply"], typing: answer)
        #expect(result.code == 1 && result.text.contains("Apply cancelled."), "\(answer): \(result)")
      }
      let interrupted = try await place.onTerminal(["apply"], typing: "\u{3}")
      #expect(interrupted.code == 130, "\(interrupted)")
      #expect(try await place.store().load() == nil)
      #expect(try await place.store().lockHolder() == nil)
      let approved = try await place.onTerminal(["apply"], typing: "yes\n")
      #expect(approved.code == 0 && approved.text.contains("Apply complete!"), "\(approved)")
    }
  }

  private func json(_ result: Program.Result) throws -> Value { try parsed(result.output) }

  private func lines(_ result: Program.Result) throws -> [Value] {
    try result.output.split(separator: "\n").map { try parsed(String($0)) }
  }

  private func parsed(_ text: String) throws -> Value {
    try #require(JSONReader.read(Data(text.utf8)), "\(text)")
  }
}

extension Value {
  fileprivate func has(_ member: String) -> Bool { self[member]?.string != nil }
}

extension Workplace {
  /// What a line of shell does here.
  fileprivate func shell(_ line: String) async throws -> Program.Result {
    try await Program.slots.with {
      try await ProgramRun(
        ["-c", line], of: URL(fileURLWithPath: "/bin/sh"), in: folder, environment: environment
      ).result()
    }
  }
}
