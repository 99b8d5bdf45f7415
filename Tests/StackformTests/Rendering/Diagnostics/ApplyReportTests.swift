import Planner
import Testing

@testable import Stackform

/// How the end of an apply is reported, as text, JSON and Markdown.
struct ApplyReportTests {
  private func text(of summary: ExecutionSummary) -> String {
    let renderer = DiagnosticRenderer(style: .plain, width: 80)
    let report = ApplyReport(summary)
    return renderer.render(report.failures)
      + SummaryRenderer(style: .plain, width: 80).render(summary, isDestroy: false)
      + [report.unrecorded].compactMap(\.self).map { "\n" + renderer.render($0) }.joined()
  }

  private func markdown(of summary: ExecutionSummary, limit: Int = 65_536) -> String {
    MarkdownApply(summary: summary, plan: SamplePlans.everything).text(limit: limit)
  }

  @Test func `a failed step has its place, the service's message, its attempts, a fix, and what it skipped`()
  {
    expectSnapshot(text(of: SampleSummaries.throttled), "summary-throttled")
    expectSnapshot(markdown(of: SampleSummaries.throttled), "summary-throttled-markdown")
  }

  @Test func `an endpoint that dies is one reason, and each step says what is known of it`() {
    expectSnapshot(text(of: SampleSummaries.deadEndpoint), "summary-dead-endpoint")
    expectSnapshot(markdown(of: SampleSummaries.deadEndpoint), "summary-dead-endpoint-markdown")
  }

  @Test func `what could not be checked after the apply is a warning`() {
    expectSnapshot(text(of: SampleSummaries.unchecked), "summary-unchecked")
    expectSnapshot(markdown(of: SampleSummaries.unchecked), "summary-unchecked-markdown")
    let events = JSONEvents(timestamp: { "2026-11-21T01:02:03Z" })
    expectSnapshot(events.summary(SampleSummaries.unchecked, isDestroy: false), "events-unchecked")
  }

  @Test func `one warning can be one line`() {
    let renderer = SummaryRenderer(style: .plain, width: 80, isCompact: true)
    let text = renderer.render(SampleSummaries.unchecked, isDestroy: false)
    #expect(text.contains("\nwarning: Not checked after the apply: 2 resources could not be read again"))
  }

  @Test func `fewer steps at a time is no advice where only one ran`() {
    var summary = SampleSummaries.throttled
    #expect(ApplyReport(summary).failures.items[0].fix?.contains("--parallelism") == true)
    summary.mostAtOnce = 1
    #expect(ApplyReport(summary).failures.items[0].fix?.contains("--parallelism") == false)
  }

  @Test func `the same command again is no advice for what the endpoint will never do`() {
    let step = Step(0, Address("queues", "orders"))
    let error = ProviderError(
      .unsupported, message: "not implemented", operation: "sqs:TagQueue", status: 501)
    var summary = ExecutionSummary()
    summary.failures = [StepFailure(step, error)]
    let text = text(of: summary)
    #expect(text.contains("This endpoint does not offer sqs:TagQueue."), "\(text)")
    #expect(!text.contains("again"), "\(text)")
  }

  @Test func `a replacement that waits for the end of the old one is named as the new one`() {
    let old = Step(0, Address("tables", "jobs"), deleting: true)
    let new = Step(1, Address("tables", "jobs"), needs: [0])
    var summary = ExecutionSummary()
    summary.failures = [StepFailure(old, ProviderError(.invalid, message: "no"))]
    summary.skipped = [SkippedStep(new, because: old, root: old)]
    let text = text(of: summary)
    #expect(text.contains("Could not destroy the resource (tables.jobs)"), "\(text)")
    #expect(text.contains("Skipped, because it needs this: the new tables.jobs."), "\(text)")
  }

  @Test func `Markdown that has no room for the failures is at least the outcome`() {
    let text = markdown(of: SampleSummaries.throttled, limit: 200)
    #expect(text.contains("**Apply incomplete: 1 failed, 2 skipped.**"))
    #expect(!text.contains("ThrottlingException"))
  }

  @Test func `an interrupted run names what was not started`() {
    var summary = ExecutionSummary()
    summary.notStarted = (0..<12).map { Step($0, Address("queues", "q\($0)")) }
    summary.wasInterrupted = true
    let text = SummaryRenderer(style: .plain, width: 60).render(summary, isDestroy: false)
    expectSnapshot(text, "summary-interrupted")
  }

  @Test func `success is reported in Terraform's words`() {
    var summary = ExecutionSummary()
    (summary.added, summary.changed, summary.destroyed) = (1, 2, 3)
    let renderer = SummaryRenderer(style: .plain, width: 80)
    #expect(
      renderer.sentence(summary, isDestroy: false)
        == "Apply complete! Resources: 1 added, 2 changed, 3 destroyed.")
    #expect(renderer.sentence(summary, isDestroy: true) == "Destroy complete! Resources: 3 destroyed.")
    summary.adopted = 4
    #expect(renderer.sentence(summary, isDestroy: false).contains("Resources: 4 adopted, 1 added"))
  }
}
