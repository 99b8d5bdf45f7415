import Testing

@testable import Planner

/// Gates that records alone decide.
@Suite struct GateRuleTests {
  @Test(arguments: [
    (3600, 4000, GateReport.Outcome.open), (3600, 3600, .open), (3600, 3599, .closed), (0, 0, .open),
    (60, -5, .closed),
  ])
  func `a release soaks by its age`(wanted: Int, age: Int, outcome: GateReport.Outcome) {
    let report = GateRules.soak(wanted, since: "2026-01-01T00:00:00Z", age: age, source: "dev")
    #expect(report.outcome == outcome)
    #expect((report.fix == nil) == (outcome == .open))
  }

  @Test func `how long it still takes is said, and an unreadable time closes the gate`() {
    #expect(
      GateRules.soak(1800, since: "t", age: 600, source: "dev").detail
        == "current in dev for 10m, and 20m are still to go")
    #expect(GateRules.soak(1, since: "yesterday", age: nil, source: "dev").outcome == .failed)
  }

  @Test(arguments: [
    (ApprovalRule(), [], false), (ApprovalRule(), ["zoe"], true),
    (ApprovalRule(names: ["alice", "bob"]), ["zoe"], false),
    (ApprovalRule(names: ["alice", "bob"]), ["zoe", "bob"], true),
    (ApprovalRule(names: ["alice", "bob"], count: 2), ["bob", "bob"], false),
    (ApprovalRule(names: ["alice", "bob", "carol"], count: 2), ["bob", "alice"], true),
    (ApprovalRule(count: 2), ["zoe"], false), (ApprovalRule(count: 2), ["zoe", "yan"], true),
  ])
  func `approvals count by who gave them, and each person once`(
    rule: ApprovalRule, names: [String], isOpen: Bool
  ) {
    let report = GateRules.approval(rule, given: names, command: "stackform approve production")
    #expect((report.outcome == .open) == isOpen)
    #expect(isOpen || report.fix?.hasSuffix("stackform approve production") == true)
  }

  @Test func `the newest run of a test counts`() {
    func test(_ name: String, _ isSuccess: Bool, _ time: String) -> GateRules.Test {
      GateRules.Test(name: name, isSuccess: isSuccess, time: time)
    }
    func outcome(_ name: String?, _ tests: [GateRules.Test]) -> GateReport.Outcome {
      GateRules.verified(name: name, by: tests, command: "x").outcome
    }
    #expect(outcome("smoke", []) == .closed)
    #expect(outcome("smoke", [test("load", true, "1")]) == .closed)
    #expect(outcome("smoke", [test("smoke", false, "1"), test("smoke", true, "2")]) == .open)
    #expect(outcome("smoke", [test("smoke", true, "1"), test("smoke", false, "2")]) == .closed)
    #expect(outcome("smoke", [test("smoke", true, "1"), test("load", false, "2")]) == .open)
    #expect(outcome(nil, [test("smoke", true, "1"), test("load", false, "2")]) == .closed)
    #expect(
      outcome(nil, [test("load", false, "1"), test("smoke", true, "2"), test("load", true, "3")]) == .open)
  }
}

/// What a command refers to, and how the shell gets it.
@Suite struct CommandTemplateTests {
  @Test(arguments: [
    ("smoke ${outputs.url}", "smoke \"${V}\""), ("smoke \"${outputs.url}/x\"", "smoke \"${V}/x\""),
    ("smoke '${outputs.url}'", "smoke ''\"${V}\"''"),
    ("a \"$(b ${outputs.url} \"c\")\" ${outputs.url}", "a \"$(b \"${V}\" \"c\")\" \"${V}\""),
    ("echo ${HOME} $X ${X:-y.z} \\${outputs.url}", "echo ${HOME} $X ${X:-y.z} \\${outputs.url}"),
    ("echo \"it's ${outputs.url}\"", "echo \"it's ${V}\""), ("echo ${", "echo ${"),
  ])
  func `a reference reads a variable, quoted for its place`(source: String, expected: String) throws {
    #expect(try CommandTemplate(source).shellText { _ in "V" } == expected)
  }

  @Test func `outputs have variables of their own, but secret ones and unknown ones have none`() throws {
    let outputs = [
      Output(name: "api-url", value: "http://x"), Output(name: "api_url", value: "other"),
      Output(name: "count", value: 3), Output(name: "list", value: ["a"]),
      Output(name: "token", value: "s3cr3t", isSecret: true),
      Output(name: "later", value: .pending(try Template(parsing: "${queues.a.arn}"))),
    ]
    let environment = CommandEnvironment(
      outputs: outputs, facts: [.releaseNumber: "12", .targetName: "prod"])
    let own = environment.variables.filter { $0.key.hasPrefix("STACKFORM_OUTPUT_") }
    #expect(
      own == [
        "STACKFORM_OUTPUT_api_url": "http://x", "STACKFORM_OUTPUT_api_url_2": "other",
        "STACKFORM_OUTPUT_count": "3", "STACKFORM_OUTPUT_list": "[\"a\"]",
      ])
    #expect(environment.variables["STACKFORM_RELEASE"] == "12")
    #expect(
      environment.shellText(try CommandTemplate("a ${outputs.api_url} ${release.number} ${target.name}"))
        == "a \"${STACKFORM_OUTPUT_api_url_2}\" \"${STACKFORM_RELEASE}\" \"${STACKFORM_TARGET_PROFILE}\"")
    let problems = CommandEnvironment.problems(
      try CommandTemplate("a ${outputs.api-urll} ${outputs.token} ${outputs.count}"), outputs: outputs)
    #expect(problems.items.map(\.summary) == ["Unknown output", "A secret for a command"])
  }
}
