import Foundation
import Planner
import Testing

/// Every gate closed and open, on both emulators.
@Suite(.enabled(if: !Ladder.Plan.single.isEmpty && TestEndpoint.python != nil)) struct PromotionGateTests {
  /// What one gate says in a dry run, and its exit code.
  private func ask(
    _ ladder: Ladder, _ code: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> [Value] {
    let result = try await ladder.expect(
      code, "promote", "dev", "--dry-run", "--json", "--allow-drift", sourceLocation: sourceLocation)
    return result.output.split(separator: "\n").compactMap { Value(json: String($0)) }
      .filter { $0["type"] == "gate" }
  }

  @Test(arguments: Ladder.Plan.single)
  func `in sync: neither the source nor what is run over in the target was changed by hand`(plan: Ladder.Plan)
    async throws
  {
    try await Ladder.with(plan) { ladder in
      try ladder.project(["dev": "gates: [inSync]"])
      try await ladder.applyService()
      try await ladder.expect(0, "promote", "dev", "-y")
      try await ladder.applyService(code: 2, "--var", "timeout=50")
      func set(_ profile: String, _ attribute: String, _ value: Int) async throws {
        try await ladder.account(profile).python(
          "sqs = client('sqs'); sqs.set_queue_attributes(QueueUrl=sqs.get_queue_url(QueueName='jobs')['QueueUrl'], Attributes={'\(attribute)': '\(value)'})"
        )
      }
      #expect(try await ask(ladder, 0)[0]["outcome"] == "open")
      try await set("local", "VisibilityTimeout", 77)
      let source = try await ask(ladder, 3)
      #expect(
        source[0]["detail"]?.string?.contains(
          "local is not what its release made: queues.jobs: visibilityTimeout") == true, "\(source)")
      try await set("local", "VisibilityTimeout", 50)
      // Changed by hand in the target: what the release does not declare, what it sets to just that, what it would run over.
      try await set("dev", "DelaySeconds", 5)
      #expect(try await ask(ladder, 0)[0]["outcome"] == "open")
      try await set("dev", "VisibilityTimeout", 50)
      #expect(try await ask(ladder, 0)[0]["outcome"] == "open")
      try await set("dev", "VisibilityTimeout", 31)
      let target = try await ask(ladder, 3)
      #expect(
        target[0]["detail"]?.string?.contains(
          "dev was changed by hand, and this would run over it: queues.jobs") == true, "\(target)")
      let refused = try await ladder.expect(3, "promote", "dev", "-y")
      #expect(
        refused.output.contains("Nothing was promoted: 1 of 1 gates of dev is closed (inSync)."), "\(refused)"
      )
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `in sync: what was moved or forgotten since the release is no drift`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      func write(_ entries: String) throws { try ladder.write("stack: shop\n" + entries, to: "stack.yaml") }
      let api = "apis:\n  api: { protocol: rest, routes: { GET /: { mock: { status: 200 } } } }\n"
      try ladder.project(["dev": "gates: [inSync]"])
      try write(api + "queues: { jobs: {}, bills: {}, notes: {} }\n")
      try await ladder.expect(0, "apply", "-y")
      func give(_ addresses: String..., from profile: String) async throws {
        for address in addresses {
          try await ladder.expect(0, "move", address, "--to", "billing", "-y", "-p", profile)
        }
      }
      try await give("apis.api", "queues.bills", from: "local")
      try await ladder.expect(0, "forget", "queues.notes", "-y")
      let source = try await ask(ladder, 0)
      #expect(
        source[0]["detail"]?.string?.contains(
          "moved or forgotten since: apis.api, queues.bills, queues.notes") == true, "\(source)")
      try await ladder.expect(0, "promote", "dev", "-y")
      // In the target it would be made once more.
      try await give("apis.api", from: "dev")
      let target = try await ask(ladder, 3)
      #expect(
        target[0]["detail"]?.string?.contains(
          "this would run over it: apis.api was moved or forgotten since the release") == true, "\(target)")
      try await give("queues.bills", from: "dev")
      try await ladder.expect(0, "forget", "queues.notes", "-y", "-p", "dev")
      try write("queues: { jobs: {} }\n")
      try await ladder.expect(0, "apply", "-y")
      #expect(try await ladder.ledger("local").changedHands == nil)
      #expect(try await ask(ladder, 0)[0]["outcome"] == "open")
      try await ladder.expect(0, "promote", "dev", "-y")
      #expect(try await ladder.ledger("dev").changedHands == nil)
      for profile in ["local", "dev"] {
        try await ladder.expect(0, "destroy", "--stack", "billing", "-y", "--allow-data-loss", "-p", profile)
        try await ladder.account(profile).python(
          "sqs = client('sqs'); sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName='notes')['QueueUrl'])")
      }
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `alarms: one in ALARM closes, and OK opens again`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project(["dev": "gates: [alarmsOk]"])
      try await ladder.applyService()
      func set(_ state: String) async throws {
        try await ladder.account("local").python(
          "client('cloudwatch').set_alarm_state(AlarmName='deep', StateValue='\(state)', StateReason='for the test')"
        )
      }
      #expect(try await ask(ladder, 0)[0]["outcome"] == "open")
      try await set("ALARM")
      let closed = try await ask(ladder, 3)
      #expect(closed[0]["detail"]?.string?.hasPrefix("deep is in ALARM") == true, "\(closed)")
      try await set("OK")
      #expect(try await ask(ladder, 0)[0]["detail"] == "1 OK")
      try await ladder.account("local").python("client('cloudwatch').delete_alarms(AlarmNames=['deep'])")
      #expect(try await ask(ladder, 3)[0]["detail"] == "deep is not there")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `commands: run in the project's folder with outputs and release, bounded in time`(plan: Ladder.Plan)
    async throws
  {
    try await Ladder.with(plan) { ladder in
      let commands = [
        "{ run: 'test \"${outputs.url}\" = \"$STACKFORM_OUTPUT_url\" && test ${release.number} = 1 && test -f stackform.yaml' }",
        "{ run: [sh, -c, 'echo ${profile.name} to ${target.name}; echo $AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID; exit 4'] }",
        "{ run: 'echo begun; sleep 60', timeout: 1s }",
      ]
      try ladder.project(["dev": "gates: [\(commands.joined(separator: ", "))]"])
      try await ladder.applyService()
      let reports = try await ask(ladder, 3)
      #expect(reports.map { $0["outcome"] } == ["open", "closed", "closed"], "\(reports)")
      let account = try ladder.account("local").id
      let url = try ladder.proxy("local").url
      #expect(reports[1]["detail"] == "ended with status 4")
      #expect(reports[1]["output"] == .string("local to dev\n\(url) \(account)\n"))
      #expect(reports[2]["detail"] == "took longer than 1s and was ended")
      #expect(reports[2]["output"] == "begun\n")
      let text = try await ladder.expect(3, "promote", "dev", "-y")
      #expect(text.output.contains("Nothing was promoted: 2 of 3 gates of dev are closed"), "\(text)")
      try ladder.project(["dev": "gates: [{ run: 'echo ${outputs.ulr}' }]"])
      let typo = try await ladder.expect(1, "promote", "dev", "-y")
      #expect(typo.errors.contains("Did you mean ${outputs.url}?"), "\(typo)")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `what the gates said stays with the release that went through them`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      let key = "canary-of-the-caller's-own-key"
      try ladder.project([
        "dev": "gates: [inSync, { run: 'echo seen by $STACKFORM_PROFILE, with $CALLERS; seq 1 2000' }]"
      ])
      try await ladder.applyService()
      let variables = ["AWS_SESSION_TOKEN": key, "CALLERS": key]
      try await ladder.expect(0, "promote", "dev", "-y", variables: variables)
      let gates = try #require(try await ladder.ledger("dev").releases.last?.gates)
      #expect(gates.map(\.gate).first == "inSync" && gates.count == 2, "\(gates)")
      #expect(gates[1].detail == "succeeded", "\(gates)")
      let output = try #require(gates[1].output)
      #expect(output.count == 2000 && output.hasSuffix("1999\n2000\n"), "\(output)")
      let shown = try await ladder.expect(0, "show", "--release", "1", "-p", "dev")
      #expect(shown.output.contains("Gates\n") && shown.output.contains("1999"), "\(shown)")
      let json = try await ladder.expect(0, "show", "--release", "1", "-p", "dev", "--json")
      #expect(json.output.contains("\"output\"") && !json.output.contains(key), "\(json)")
      try ladder.project(["dev": "gates: [{ run: 'echo with $CALLERS; exit 1' }]"])
      try await ladder.applyService(code: 2)
      let closed = try await ladder.expect(3, "promote", "dev", "-y", variables: variables)
      #expect(closed.output.contains("with (sensitive value)"), "\(closed)")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `time: a release has to be current for so long`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project(["dev": "gates: [{ soak: 1h }]"])
      try await ladder.applyService()
      let closed = try await ask(ladder, 3)
      #expect(closed[0]["fix"]?.string?.hasPrefix("Promote again in ") == true, "\(closed)")
      try await ladder.edit("local") { $0.releases[0].time = "2026-01-01T00:00:00Z" }
      #expect(try await ask(ladder, 0)[0]["outcome"] == "open")
      try await ladder.edit("local") { $0.releases[0].time = "2126-01-01T00:00:00Z" }
      #expect(try await ask(ladder, 3)[0]["detail"]?.string?.contains("still to come") == true)
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `approvals: for that very release and target, by those who may, from any machine`(plan: Ladder.Plan)
    async throws
  {
    try await Ladder.with(plan) { ladder in
      try ladder.project([
        "dev": "gates: [{ approval: { from: [alice, bob, carol], count: 2 } }]",
        "staging": "gates: [{ approval: required }]",
      ])
      try await ladder.applyService()
      try ladder.forgetWorkingTree()
      let machine = try ladder.anotherMachine()
      defer { try? FileManager.default.removeItem(at: machine) }
      let stranger = try await ladder.expect(
        1, "approve", "dev", "--stack", "shop", "--as", "alcie", in: machine)
      #expect(stranger.errors.contains("Did you mean --as alice?"), "\(stranger)")
      try await ladder.expect(
        0, "approve", "dev", "--stack", "shop", "--as", "alice", "--note", "fine", in: machine)
      let twice = try await ladder.expect(
        0, "approve", "dev", "--stack", "shop", "--as", "alice", in: machine)
      #expect(twice.output.contains("alice approved #1 of local for dev already"), "\(twice)")
      // For another target it is no approval.
      try await ladder.expect(0, "approve", "staging", "--from", "local", "--stack", "shop", in: machine)
      let one = try await ladder.expect(3, "promote", "dev", "--stack", "shop", "-y", in: machine)
      #expect(one.output.contains("approved by alice alone"), "\(one)")
      try await ladder.expect(0, "approve", "dev", "--stack", "shop", variables: ["USER": "bob"])
      try await ladder.expect(0, "promote", "dev", "--stack", "shop", "-y", in: machine)
      let approvals = try await ladder.ledger("local").releases[0].approvals
      #expect(approvals.map(\.author.user) == ["alice", "tester", "bob"])
      #expect(approvals.map(\.profile) == ["dev", "staging", "dev"] && approvals[0].note == "fine")
      // The next release has none.
      try await ladder.applyService(code: 2)
      try await ladder.expect(3, "promote", "dev", "-y")
      try await ladder.expect(1, "approve", "dev", "--release", "7", "--as", "alice")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `tests: recorded with the very release that they ran against`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project(["dev": "gates: [{ verified: smoke }]"])
      try await ladder.applyService()
      try await ladder.expect(3, "promote", "dev", "-y")
      let failed = try await ladder.expect(
        1, "verify", "local", "--name", "smoke", "--", "echo $STACKFORM_OUTPUT_url; exit 2")
      #expect(failed.output.contains("/jobs\n") && failed.output.contains("ended with status 2"), "\(failed)")
      #expect(try await ask(ladder, 3)[0]["detail"]?.string?.hasPrefix("smoke failed") == true)
      try await ladder.expect(0, "verify", "local", "--name", "load", "--", "true")
      try await ladder.expect(3, "promote", "dev", "-y")
      try await ladder.expect(0, "verify", "local", "--name", "smoke", "--", "test", "-n", "x")
      try await ladder.expect(0, "promote", "dev", "-y")
      let runs = try await ladder.ledger("local").releases[0].verifications
      #expect(
        runs.map(\.test) == ["smoke", "load", "smoke"] && runs.map(\.isSuccess) == [false, true, true])
      // A release that is made while the test runs was not tested.
      let meanwhile = try await ladder.expect(
        1, "verify", "local", "--name", "smoke", "--",
        "\"$STACKFORM\" apply --auto-approve --var timeout=51 >/dev/null")
      #expect(meanwhile.errors.contains("Another release meanwhile"), "\(meanwhile)")
      #expect(try await ladder.ledger("local").releases.last?.verifications.isEmpty == true)
      try await ladder.expect(3, "promote", "dev", "-y")
      try await ladder.expect(1, "verify", "local")
    }
  }
}
