import Testing

@testable import Planner
@testable import Stackform

struct JSONRendererTests {
  private let events = JSONEvents(timestamp: { "2026-11-21T01:02:03Z" })

  @Test func `a plan streams Terraform's events, one object a line`() {
    let text = events.version() + events.plan(SamplePlans.everything)
    for line in text.split(separator: "\n") { #expect(Value(json: String(line))?["type"] != nil) }
    expectSnapshot(text, "events-plan")
  }

  @Test func `an apply streams its steps, what still runs, failures and the counts`() {
    let (queue, table) = (
      Step(0, Address("queues", "orders")), Step(1, Address("tables", "hosts"), deleting: true)
    )
    var progress = JSONProgress(total: 2, events: events)
    var text = progress.show(.started(queue), at: .zero)
    text += progress.show(.started(table), at: .zero)
    text += progress.tick(at: .seconds(9)) + progress.tick(at: .seconds(11))
    text += progress.show(.completed(queue, id: "orders", .seconds(12)), at: .seconds(12))
    let error = ProviderError(
      .invalid, code: "Bad", message: "no", operation: "dynamodb:DeleteTable", status: 400)
    let failure = StepFailure(table, error.after(attempts: 3, in: .seconds(2), isAmbiguous: false))
    let lambda = Step(2, Address("lambdas", "worker"), needs: [1])
    let skipped = SkippedStep(lambda, because: table, root: table)
    text += progress.show(.failed(failure, .seconds(13)), at: .seconds(13))
    text += progress.show(.skipped(skipped), at: .seconds(13))
    var summary = ExecutionSummary()
    summary.added = 1
    summary.failures = [failure]
    summary.skipped = [skipped]
    summary.notReread = [SampleSummaries.unread]
    summary.outputs = [
      Output(name: "url", value: "http://x"), Output(name: "token", value: "s3cr3t", isSecret: true),
    ]
    text += events.summary(summary, isDestroy: false)
    expectSnapshot(text, "events-apply")
  }

  @Test func `the JSON plan has Terraform's shape`() {
    expectSnapshot(JSONPlan(SamplePlans.everything).value.prettyJSON, "plan-json")
  }

  @Test func `a new revision is a creation and a deletion, as a replacement is, and marked`() {
    let change = JSONPlan(SamplePlans.plan([SamplePlans.revision])).value["resource_changes"]?.list?.first
    #expect(change?["revision"] == true)
    #expect(change?["change"]?["actions"] == ["create", "delete"])
    #expect(change?["change"]?["replace_paths"] == [["cpu"]])
    #expect(change?["action_reason"] == "replace_because_cannot_update")
  }

  @Test func `no JSON holds a secret`() {
    let address = Address("lambdas", "x")
    let resource = Resource(
      address, properties: ["environment": ["PASSWORD": "hunter3", "MODE": "fast"], "memorySize": 128],
      secretPaths: ["environment.PASSWORD"])
    let live = LiveResource(
      id: "x", properties: ["environment": ["PASSWORD": "hunter2", "MODE": "fast"], "unrelated": "hunter1"],
      attributes: [:], owner: nil)
    let step = Step(
      id: 0, address: address, section: "lambdas", operation: .update(live, resource, changed: []), needs: [])
    let change = ResourceChange(
      address: address, section: "lambdas", id: "x", action: .update,
      properties: [
        PropertyChange(
          path: ["environment", "PASSWORD"], before: "hunter2", after: "hunter3", isSecret: true)
      ])
    let plan = SamplePlans.plan([change], steps: [step], outputs: SamplePlans.outputs)
    let json = JSONPlan(plan).value
    #expect(!json.json.contains("hunter"))
    #expect(!json.json.contains("s3cr3t"))
    #expect(!events.plan(plan).contains("hunter"))
    let after = json["resource_changes"]?[0]?["change"]?["after"]
    #expect(after == ["environment": ["PASSWORD": .null, "MODE": "fast"], "memorySize": 128])
    #expect(
      json["resource_changes"]?[0]?["change"]?["after_sensitive"] == ["environment": ["PASSWORD": true]])
  }

  @Test func `outputs are aligned as text, typed as JSON, bare when raw`() {
    let outputs = [
      Output(name: "url", value: "http://localhost:4566/x"), Output(name: "queues", value: ["a", "b"]),
      Output(name: "settings", value: ["retries": 3, "on": true]),
      Output(name: "token", value: "s3cr3t", isSecret: true),
    ]
    let renderer = OutputsRenderer(style: .plain)
    expectSnapshot(renderer.block(outputs) + OutputsRenderer.json(outputs).prettyJSON, "outputs")
    #expect(OutputsRenderer.raw("a\nb") == "a\nb")
    #expect(OutputsRenderer.raw(3) == "3")
    #expect(OutputsRenderer.raw([]) == nil)
  }
}
