import Testing

@testable import Planner
@testable import Stackform

/// Three columns, or one below the other.
struct ThreeWayRendererTests {
  private static let comparison = ThreeWayComparison(changes: [
    .init(
      change: ResourceChange(
        address: Address("queues", "orders"), section: "queues", id: "orders", action: .update),
      isInSource: true,
      rows: [
        .init(path: ["visibilityTimeout"], source: 45, before: 30, after: 60),
        .init(
          path: ["policy"],
          source: [
            "Statement": [["Effect": "Allow", "Resource": "arn:aws:sqs:us-east-1:111111111111:orders"]]
          ],
          before: nil, after: .template("${topics.a.arn}")),
        .init(path: ["password"], source: "hunter1", before: "hunter2", after: "hunter3", isSecret: true),
      ]),
    .init(
      change: ResourceChange(
        address: Address("tables", "orders"), section: "tables", id: "orders",
        action: .replace(createFirst: false),
        properties: [
          PropertyChange(path: ["partitionKey"], before: nil, after: nil, forcesReplacement: true)
        ],
        losesData: true), isInSource: false,
      rows: [
        .init(path: ["partitionKey", "id"], source: nil, before: "S", after: "N", forcesReplacement: true)
      ]),
    .init(
      change: ResourceChange(
        address: Address("queues", "old"), section: "queues", id: "old", action: .delete,
        reason: .notInStack(Address("queues", "old"))), isInSource: false, rows: []),
  ])

  private func text(_ width: Int, _ style: TerminalStyle = .plain) -> String {
    ThreeWayRenderer(plan: PlanRenderer(style: style), width: width, source: "staging", target: "production")
      .render(Self.comparison, of: SamplePlans.plan([], target: .staging))
  }

  @Test(arguments: [120, 80, 50]) func `columns stand where they have room`(width: Int) {
    expectSnapshot(text(width) + "\n", "three-way-\(width)")
    for line in text(width).split(separator: "\n") where !line.contains("#") {
      #expect(TerminalText.width(of: String(line)) <= width, "\(line)")
    }
  }

  @Test func `no secret is shown at any width`() {
    for width in [200, 120, 80, 60, 40] { #expect(!text(width, .colour).contains("hunter")) }
  }

  @Test func `gates are a line each, and a closed one tells what to do`() throws {
    let reports = [
      GateReport(.inSync, .open, "dev is what its release #3 made", seconds: 0.4),
      GateReport(
        .soak(1800), .closed, "current in dev for 10m, and 20m are still to go", fix: "Promote again in 20m."
      ),
      GateReport(
        .run(GateCommand(template: try CommandTemplate("scripts/smoke ${outputs.apiUrl}"))), .closed,
        "ended with status 1",
        fix: "Fix what it found, in dev.", seconds: 12, output: "checking\n\u{1B}[2Jexpected 200, got 503\n"
      ),
      GateReport(.alarmsOk, .failed, "no answer", seconds: 0.1),
    ]
    let text = GateRenderer(style: .unicode, width: 80).render(reports, target: "staging")
    #expect(!text.contains("\u{1B}"))
    expectSnapshot(text, "gates")
    let markdown = try #require(GateRenderer.markdown(reports))
    expectSnapshot(
      markdown.table + "\n" + markdown.details.map(\.body).joined(separator: "\n") + "\n", "gates-markdown")
  }
}
