import Testing

@testable import Planner
@testable import Stackform

/// Releases, runs and holds as they are shown.
struct ReleaseRendererTests {
  private static let ada = ReleaseAuthor(user: "ada", host: "engine")
  private static let target = Target(
    profile: "dev", account: "111111111111", region: "eu-west-1", endpoint: "http://localhost:4566")

  private static let ledger: Ledger = {
    var ledger = Ledger(stack: "shop", salt: "salt")
    ledger.releases = [
      Release(
        number: 9, bundle: String(repeating: "ab", count: 32), stackFile: "stack.yaml",
        artifacts: ["lambdas.worker": String(repeating: "cd", count: 32)],
        variables: [
          "password": ReleaseVariable(value: nil, fingerprint: "f", origin: .given),
          "retentionDays": ReleaseVariable(value: 7, origin: .profile),
        ], author: ada, time: "2026-01-30T09:15:00Z", seconds: 83.4,
        commit: String(repeating: "1a2b", count: 10) + "+changes",
        counts: ReleaseCounts(added: 12, adopted: 1),
        origin: .promote(
          from: .init(profile: "local", account: "000000000000", region: "us-east-1", release: 3)),
        approvals: [
          Endorsement(author: ada, time: "2026-01-31T10:00:00Z", profile: "production", note: "looks good")
        ]),
      Release(
        number: 10, bundle: "b", stackFile: "stack.yaml",
        author: ReleaseAuthor(user: "grace\u{1B}[2J", host: "hopper"), time: "2026-01-31T10:00:00Z",
        seconds: 0.4,
        counts: ReleaseCounts(changed: 2), isPartial: true),
      Release(
        number: 11, bundle: "b", stackFile: "stack.yaml", author: ada, time: "2026-01-31T10:05:00Z",
        seconds: 400, counts: ReleaseCounts(changed: 2, destroyed: 1), origin: .rollback(to: 9)),
    ]
    ledger.currentRelease = 11
    ledger.hold = Hold(author: ada, time: "2026-01-31T10:05:00Z", reason: "payments fail", rolledBackFrom: 10)
    return ledger
  }()

  @Test func `History is a table with the current release marked, and the hold`() {
    let renderer = HistoryRenderer(style: .plain, width: 80)
    expectSnapshot(renderer.render(Self.ledger, target: Self.target, stack: "shop"), "history")
  }

  @Test func `On a narrow terminal the table loses what matters least`() {
    let renderer = HistoryRenderer(style: .plain, width: 80, mustFit: true)
    let lines = renderer.render(Self.ledger, target: Self.target, stack: "shop").split(separator: "\n")
    #expect(lines[1].contains("What") && !lines[1].contains("Took"))
    #expect(lines[1...4].allSatisfy { $0.count <= 80 }, "\(lines)")
  }

  @Test func `A release tells all but secrets`() {
    let bundle = ReleaseBundle(
      files: ["stack.yaml": Array("stack: shop\n".utf8), "code/run": [1, 2]], executables: ["code/run"],
      links: ["code/link": "run"])
    let text = ReleaseRenderer(style: .plain)
      .render(Self.ledger.releases[0], in: Self.ledger, target: Self.target, bundle: bundle)
    expectSnapshot(text, "release")
  }

  @Test func `Without any release that is said`() {
    let text = HistoryRenderer(style: .plain, width: 80).render(nil, target: Self.target, stack: "shop")
    #expect(text.hasSuffix("\n\nNo release yet.\n"))
  }

  @Test func `A terminal gets colours, and nothing of what others wrote moves its cursor`() {
    let style = TerminalStyle(hasColour: true, symbols: .unicode)
    let text = HistoryRenderer(style: style, width: 80)
      .render(Self.ledger, target: Self.target, stack: "shop")
    #expect(text.contains("\u{1B}[") && !text.contains("\u{1B}[2J"))
  }

  @Test(arguments: [
    ("# branch.oid 1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d\n# branch.head main\n", ""),
    ("# branch.oid 1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d\n? stack.yaml\n", "+changes"),
  ])
  func `A commit is told, and whether something differs from it`(status: String, end: String) {
    #expect(SourceCommit.read(status) == "1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d" + end)
  }

  @Test(arguments: ["", "fatal: not a git repository", "# branch.oid (initial)\n# branch.head main\n"])
  func `Without a commit there is none`(status: String) { #expect(SourceCommit.read(status) == nil) }
}
