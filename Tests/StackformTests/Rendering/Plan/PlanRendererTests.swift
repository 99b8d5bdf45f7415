import Testing

@testable import Planner
@testable import Stackform

struct PlanRendererTests {
  @Test func `a plan with every action is shown in Terraform's shapes`() {
    expectSnapshot(PlanRenderer(style: .plain).render(SamplePlans.everything), "plan-everything")
  }

  @Test func `on a terminal it has colours`() {
    expectSnapshot(PlanRenderer(style: .colour).render(SamplePlans.everything), "plan-colour")
  }

  @Test func `nothing to do says so in Terraform's words`() {
    expectSnapshot(PlanRenderer(style: .plain).render(SamplePlans.plan([SamplePlans.kept])), "plan-empty")
  }

  @Test func `nothing but outputs to change is no change of resources`() {
    let plan = SamplePlans.plan([SamplePlans.kept], outputs: SamplePlans.outputs)
    expectSnapshot(PlanRenderer(style: .plain).render(plan), "plan-outputs")
  }

  @Test func `an empty destroy says that nothing is there`() {
    let text = PlanRenderer(style: .plain).render(SamplePlans.plan([], isDestroy: true))
    #expect(text.contains("No changes. There is nothing to destroy."))
  }

  @Test func `a secret is never shown`() {
    for style in [TerminalStyle.plain, .colour] {
      let text = PlanRenderer(style: style, isVerbose: true).render(SamplePlans.everything)
      #expect(!text.contains("hunter"))
      #expect(!text.contains("s3cr3t"))
    }
  }

  @Test func `data loss is no alarm where the profile is disposable or it was allowed`() {
    let local = SamplePlans.plan([SamplePlans.deletion])
    #expect(PlanRenderer(style: .plain).render(local).contains("# what it holds is lost\n"))
    let staging = SamplePlans.plan([SamplePlans.deletion], target: .staging)
    #expect(PlanRenderer(style: .plain).render(staging).contains("needs --allow-data-loss"))
    let allowed = PlanRenderer(style: .plain, allowsDataLoss: true).render(staging)
    #expect(!allowed.contains("--allow-data-loss"))
  }

  @Test func `a replacement that nothing forces was asked for`() {
    var change = SamplePlans.table
    change.properties = []
    change.reason = .requested
    #expect(
      PlanRenderer(style: .plain).render(SamplePlans.plan([change])).contains(
        "# tables.replication-status will be replaced, as requested"))
  }

  @Test func `how to keep what looks like a renamed entry is told in every form of a plan`() {
    var change = SamplePlans.creation
    change.renameHint = RenameHint(from: SamplePlans.deletion.address, name: "old")
    let plan = SamplePlans.plan([SamplePlans.deletion, change], target: .staging)
    expectSnapshot(PlanRenderer(style: .plain).render(plan), "plan-rename-hint")
    let advice =
      "like queues.old, which goes; if it is that one, give this entry its name: `name: old`, and nothing is made anew"
    let changes = JSONPlan(plan).value["resource_changes"]?.list ?? []
    #expect(
      changes.map { $0["rename_hint"] }
        == [nil, ["address": "queues.old", "name": "old", "advice": .string(advice)]])
    #expect(JSONEvents().plan(plan).contains("\"rename_hint\":\"\(advice)\""))
    #expect(MarkdownPlan.row(change).cells[2].contains("like queues.old, which goes"))
  }

  @Test func `what is left over is told in every form of a plan`() {
    let plan = SamplePlans.plan([SamplePlans.cleanUp], target: .staging)
    expectSnapshot(PlanRenderer(style: .plain).render(plan), "plan-leftovers")
    #expect(MarkdownPlan.summary(plan).contains("1 to destroy"))
    let changes = JSONPlan(plan).value["resource_changes"]?.list ?? []
    #expect(changes.map { $0["deposed"]?.string } == [nil, "one"])
    #expect(changes.map { $0["change"]?["actions"] } == [["no-op"], ["delete"]])
    #expect(JSONEvents().plan(plan).contains("\"remove\":1"))
    #expect(!plan.isNothing)
  }

  @Test func `a new revision says so, and what becomes of the old one`() {
    let text = PlanRenderer(style: .plain).render(SamplePlans.plan([SamplePlans.revision]))
    #expect(
      text.contains(
        """
          # taskDefinitions.web will be revised
          # (a new revision; the old one is retired once nothing uses it)
        +/- taskDefinitions.web {
                id  = "web:1"
              ~ cpu = "256" -> "512" # makes a new revision
            }
        """))
    #expect(text.contains("+/- make a new revision and then retire the old one\n"))
    #expect(!text.contains("replace"))
    #expect(text.contains("Plan: 1 to add, 0 to change, 1 to destroy."))
  }

  @Test func `what an endpoint does not return is taken out unseen`() {
    let change = ResourceChange(
      address: Address("topics", "news"), section: "topics", id: "news", action: .update,
      properties: [PropertyChange(path: ["tracingConfig"], before: nil, after: nil, cause: .reset)])
    let line =
      "- tracingConfig = (not returned by the endpoint) -> null # no longer declared: back to its default"
    #expect(PlanRenderer(style: .plain).render(SamplePlans.plan([change])).contains(line))
  }

  @Test func `a long text is cut with a count, and whole when more is asked for`() {
    let long = String(repeating: "x", count: 500)
    let change = ResourceChange(
      address: Address("queues", "q"), section: "queues", id: nil, action: .create,
      properties: [PropertyChange(path: ["note"], before: nil, after: .string(long))])
    let plan = SamplePlans.plan([change])
    #expect(PlanRenderer(style: .plain).render(plan).contains("xxx…\" (500 characters)"))
    #expect(PlanRenderer(style: .plain, isVerbose: true).render(plan).contains("\"\(long)\""))
  }

  @Test func `two long texts are shown from where they part`() {
    let common = String(repeating: "x", count: 300)
    let pair = ValueText(limit: 120).quotedPair(common + "one", common + "two")
    #expect(pair == ("\"…xxxxxxxxxxxxxxxxone\"", "\"…xxxxxxxxxxxxxxxxtwo\""))
  }

  @Test func `a value cannot write to the terminal`() {
    let change = ResourceChange(
      address: Address("queues", "q"), section: "queues", id: nil, action: .create,
      properties: [
        PropertyChange(path: ["a"], before: nil, after: "\u{1B}[2J"),
        PropertyChange(path: ["b"], before: nil, after: "one\n\u{1B}[2Jtwo"),
      ])
    #expect(!PlanRenderer(style: .plain).render(SamplePlans.plan([change])).contains("\u{1B}"))
  }

  @Test func `counts name what is adopted and what is forgotten`() {
    #expect(
      PlanRenderer.counts(of: SamplePlans.everything)
        == "1 to adopt, 4 to add, 3 to change, 3 to destroy, 1 to forget")
  }

  @Test func `what somebody else deleted is drift`() {
    var change = SamplePlans.creation
    change.reason = .deletedOutside
    let plan = SamplePlans.plan([change])
    let text = PlanRenderer(style: .plain).render(plan)
    #expect(text.contains("Note: Objects have changed outside of this stack: queues.build-jobs\n"))
    let drift = JSONPlan(plan).value["resource_drift"]?[0]
    #expect(drift?["change"]?["actions"] == ["delete"])
    #expect(drift?["address"] == "queues.build-jobs")
  }

  @Test func `a thousand resources are shown`() {
    let changes = (0..<1000).map { number in
      var change = SamplePlans.creation
      change.address = Address("queues", "q\(number)")
      return change
    }
    let plan = SamplePlans.plan(changes, steps: changes.enumerated().map { Step($0, $1.address) })
    #expect(PlanRenderer(style: .colour).render(plan).count > 100_000)
    #expect(JSONPlan(plan).value.json.count > 100_000)
  }

  @Test func `a member deep in a list is shown by its index`() {
    let change = ResourceChange(
      address: Address("apis", "a"), section: "apis", id: "x", action: .update,
      properties: [
        PropertyChange(
          path: ["indexes", "by-day", "key"], before: "day", after: "date", rebuilds: "indexes.by-day"),
        PropertyChange(path: ["rules", "10", "days"], before: 1, after: 2),
      ])
    let plan = SamplePlans.plan([change])
    expectSnapshot(PlanRenderer(style: .plain).render(plan), "plan-index")
    #expect(JSONPlan(plan).value["resource_changes"]?[0]?["change"]?["rebuilt"] == ["indexes.by-day"])
  }

  @Test func `two long values beside each other show where they differ`() {
    let (start, end) = (String(repeating: "a", count: 100), String(repeating: "z", count: 100))
    let (one, other) = ValueText.cells(
      .string(start + "1" + end), .string(start + "2" + end), isSecret: false, limit: 24)
    #expect(one == "…aaaaaaaaaaaaaaaa1zzzzzz…" && other == "…aaaaaaaaaaaaaaaa2zzzzzz…")
    #expect(ValueText.cells("a", "b", isSecret: false, limit: 24) == ("\"a\"", "\"b\""))
    #expect(
      ValueText.cells(.string(start), .string(end), isSecret: true, limit: 24) == (
        "(sensitive value)", "(sensitive value)"
      ))
  }
}
