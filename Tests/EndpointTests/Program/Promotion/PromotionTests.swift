import Foundation
import Planner
import Providers
import Testing

/// The release that runs in one profile, brought to another: with four accounts of one emulator, and with two emulators.
@Suite(.enabled(if: !Ladder.Plan.available.isEmpty && TestEndpoint.python != nil)) struct PromotionTests {
  @Test(arguments: Ladder.Plan.available)
  func `the same bytes go from local to production, whatever became of the working tree`(plan: Ladder.Plan)
    async throws
  {
    try await Ladder.with(plan) { ladder in
      try ladder.project([
        "staging": "variables: { retention: 14 }", "production": "variables: { retention: 90, timeout: 60 }",
      ])
      try await ladder.applyService(code: 1, "--var", "timeout=45")
      // Changed first, then gone altogether: neither is what is promoted.
      let other = Stacks.service(code: 2)
      try ladder.write(other.stack.replacingOccurrences(of: "jobs:", with: "other:"), to: "stack.yaml")
      try ladder.write(other.code, to: "code/app.py")
      try await ladder.expect(0, "promote", "local", "dev", "--stack", "shop", "--auto-approve")
      try ladder.forgetWorkingTree()
      let machine = try ladder.anotherMachine()
      defer { try? FileManager.default.removeItem(at: machine) }
      try await ladder.expect(0, "promote", "staging", "--stack", "shop", "-y", in: machine)
      let last = try await ladder.expect(0, "promote", "production", "--stack", "shop", "-y", in: machine)
      #expect(last.output.contains("Promoted #1 of staging to production as #1."), "\(last)")

      let digest = try await ladder.codeDigest("local")
      for name in ["dev", "staging", "production"] {
        #expect(try await ladder.codeDigest(name) == digest, "\(name)")
      }
      for (name, values) in [("dev", (7, 45)), ("staging", (14, 45)), ("production", (90, 60))] {
        let live = try await ladder.live(name)
        #expect(live.contains("/aws/lambda/worker \(values.0)\n"), "\(name): \(live)")
        #expect(live.contains("{'VisibilityTimeout': '\(values.1)'}"), "\(name): \(live)")
      }
      let source = try await ladder.ledger("local").releases
      let target = try await ladder.ledger("production").releases
      #expect(source.count == 1 && target.count == 1)
      #expect(source[0].bundle == target[0].bundle && source[0].artifacts == target[0].artifacts)
      guard case .promote(let from) = target[0].origin else {
        Issue.record("the origin is \(target[0].origin)")
        return
      }
      #expect(from.profile == "staging" && from.release == 1)
      #expect(from.account == (try ladder.account("staging").id))
      let again = try await ladder.expect(0, "promote", "production", "--stack", "shop", "-y", in: machine)
      #expect(again.output.contains("production runs release #1 of staging already"))
      #expect(try await ladder.ledger("production").releases.count == 1)
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `what works in the source and will be different in the target is told before it goes`(
    plan: Ladder.Plan
  ) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project()
      let account = try ladder.account("local").id
      try ladder.write(
        """
        stack: shop
        queues: { jobs: { tags: { owner: "arn:aws:iam::\(account):role/owner" } } }
        """, to: "stack.yaml")
      try await ladder.expect(0, "apply", "-y")
      let shown = try await ladder.expect(0, "promote", "dev", "--dry-run")
      #expect(shown.errors.contains("warning: Names another place (queues.jobs)"), "\(shown)")
      let json = try await ladder.expect(0, "promote", "dev", "--dry-run", "--json")
      #expect(json.output.contains("Names another place"), "\(json)")
      let markdown = try await ladder.expect(0, "promote", "dev", "--dry-run", "--format", "markdown")
      #expect(markdown.output.contains("[!WARNING]") && markdown.output.contains(account), "\(markdown)")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `a dry run shows three columns and changes nothing`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project(["dev": "variables: { retention: 3 }"])
      try await ladder.applyService()
      try await ladder.expect(0, "promote", "dev", "-y")
      try await ladder.applyService(code: 2, "--var", "timeout=50")
      try ladder.proxy("dev").passEverything()
      let shown = try await ladder.expect(2, "promote", "dev", "--dry-run", "--detailed-exitcode")
      #expect(shown.output.contains("local live  dev live  wanted"), "\(shown)")
      #expect(shown.output.contains("visibilityTimeout  50          30        50"), "\(shown)")
      #expect(!shown.output.contains("retentionInDays"), "nothing changes there: \(shown)")
      let written = try ladder.proxy("dev").requests.filter { $0.isWrite }
      #expect(written.isEmpty, "\(written)")
      let json = try await ladder.expect(0, "promote", "dev", "--dry-run", "--json")
      let lines = json.output.split(separator: "\n").map { Value(json: String($0)) }
      #expect(lines.allSatisfy { $0?["type"] != nil })
      let row = lines.compactMap { $0?["properties"]?.list }.flatMap(\.self).first {
        $0["path"]?[0] == "visibilityTimeout"
      }
      #expect(row?["source"] == 50 && row?["before"] == 30 && row?["after"] == 50, "\(json)")
      let markdown = try await ladder.expect(0, "promote", "dev", "--dry-run", "--format", "markdown")
      #expect(markdown.output.hasPrefix("### shop #2: local → dev\n"), "\(markdown)")
      #expect(markdown.output.contains("| `visibilityTimeout` | `50` | `30` | `50` |"), "\(markdown)")
      try await ladder.expect(1, "promote", "dev", "-y", "--format", "markdown")
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `what drifted in the source is refused, unless it is allowed aloud`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project()
      try await ladder.applyService()
      try await ladder.account("local").python(
        "sqs = client('sqs'); sqs.set_queue_attributes(QueueUrl=sqs.get_queue_url(QueueName='jobs')['QueueUrl'], Attributes={'VisibilityTimeout': '99'})"
      )
      let refused = try await ladder.expect(1, "promote", "dev", "-y")
      #expect(refused.errors.contains("queues.jobs: visibilityTimeout"), "\(refused)")
      let allowed = try await ladder.expect(0, "promote", "dev", "-y", "--allow-drift")
      #expect(allowed.errors.contains("what is promoted is the release, not what is live"), "\(allowed)")
      #expect(try await ladder.live("dev").contains("{'VisibilityTimeout': '30'}"))
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `a secret is given again, and shows nowhere`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      let canary = "canary-\(UUID().uuidString)"
      let other = "other-\(UUID().uuidString)"
      try ladder.project([
        "dev": "gates: [inSync, { run: 'echo the secret is $STACKFORM_VAR_token; exit 1' }]"
      ])
      let secretive = """
        stack: shop
        variables: { token: { secret: true, type: string, pattern: "^[a-zA-Z0-9-]+$" } }
        lambdas: { worker: { code: code, runtime: python3.12, handler: app.handler, environment: { TOKEN: "${var.token}" } } }
        """
      try ladder.write(secretive, to: "stack.yaml")
      try ladder.write("def handler(e, c): pass\n", to: "code/app.py")
      var seen = try await ladder.expect(0, "apply", "-y", variables: ["STACKFORM_VAR_token": canary])
        .everything
      let missing = try await ladder.expect(1, "promote", "dev", "-y")
      #expect(missing.errors.contains("variables.token was given to release #1"), "\(missing)")
      // The source's own secret is not known here, and still its drift can be told: by fingerprints.
      let closed = try await ladder.expect(
        3, "promote", "dev", "-y", variables: ["STACKFORM_VAR_token": other])
      #expect(closed.output.contains("the secret is (sensitive value)"), "\(closed)")
      #expect(closed.output.contains("✓ inSync") || closed.output.contains("+ inSync"), "\(closed)")
      try ladder.project(["dev": "gates: [inSync]"])
      let shown = try await ladder.expect(
        0, "promote", "dev", "--dry-run", "-v", variables: ["STACKFORM_VAR_token": other])
      let json = try await ladder.expect(
        0, "promote", "dev", "-y", "--json", variables: ["STACKFORM_VAR_token": other])
      seen += missing.everything + closed.everything + shown.everything + json.everything
      #expect(!seen.contains(canary) && !seen.contains(other))
      let value = try await ladder.account("dev").python(
        "print(client('lambda').get_function(FunctionName='worker')['Configuration']['Environment']['Variables']['TOKEN'])"
      )
      #expect(value.contains(other))
      for name in ["local", "dev"] {
        let kept = try await ladder.account(name).python(
          """
          s3 = client("s3")
          bucket = "stackform-" + account + "-us-east-1"
          for item in s3.list_objects_v2(Bucket=bucket)["Contents"]:
              print(item["Key"], s3.get_object(Bucket=bucket, Key=item["Key"])["Body"].read())
          """)
        #expect(kept.contains(".tar") && !kept.contains(canary) && !kept.contains(other), "\(name)")
      }
      // Changed by hand in the source: the fingerprint tells, although nobody gives the value.
      try await ladder.account("local").python(
        "client('lambda').update_function_configuration(FunctionName='worker', Environment={'Variables': {'TOKEN': 'changed'}})"
      )
      let drifted = try await ladder.expect(
        3, "promote", "dev", "--dry-run", variables: ["STACKFORM_VAR_token": "third-one"])
      #expect(drifted.output.contains("local is not what its release made: lambdas.worker:"), "\(drifted)")
      #expect(!drifted.everything.contains("third-one"))
    }
  }

  @Test(arguments: Ladder.Plan.single)
  func `a chain goes as far as its gates are open, and says where it stands`(plan: Ladder.Plan) async throws {
    try await Ladder.with(plan) { ladder in
      try ladder.project([
        "staging": "gates: [inSync, alarmsOk]", "production": "gates: [{ approval: [alice] }]",
      ])
      try await ladder.applyService()
      try ladder.forgetWorkingTree()
      let stopped = try await ladder.expect(3, "promote", "--chain", "--stack", "shop", "-y")
      #expect(
        stopped.output.contains("The chain stands at \"staging\". Not reached: production."), "\(stopped)")
      #expect(try await ladder.ledger("staging").currentRelease == 1)
      try await ladder.expect(0, "approve", "production", "--stack", "shop", "--as", "alice")
      let whole = try await ladder.expect(0, "promote", "--chain", "production", "--stack", "shop", "-y")
      #expect(whole.output.contains("dev runs release #1 of local already"), "\(whole)")
      #expect(whole.output.contains("Promoted #1 of staging to production as #1."), "\(whole)")
      let idle = try await ladder.expect(
        0, "promote", "--chain", "--stack", "shop", "-y", "--detailed-exitcode")
      #expect(idle.output.contains("production runs release #1 of staging already"), "\(idle)")
    }
  }
}
