import Foundation
import Planner
import Providers
import TestSupport
import Testing

/// `kill -9` at seeded points of a promotion; the same command on another machine finishes it.
@Suite(.enabled(if: !Ladder.Plan.available.isEmpty && TestEndpoint.python != nil)) struct PromotionCrashTests
{
  private static let points =
    ProcessInfo.processInfo.environment["STACKFORM_TEST_POINTS"].flatMap(Int.init) ?? 12

  @Test(arguments: Ladder.Plan.available)
  func `whatever request a promotion is killed at, the same one elsewhere finishes it`(plan: Ladder.Plan)
    async throws
  {
    try await Ladder.with(plan) { ladder in
      var random = SeededRandom(seed: CrashTests.seed)
      try ladder.project()
      try await ladder.applyService(code: 1)
      let model = try Target(ladder)
      let targets = try (0..<Self.points).map { _ in try Target(ladder) }
      defer { for target in targets + [model] { target.remove() } }
      for (number, code) in [(1, 1), (2, 2)] {
        // The second is a change: gates look at a target that is half the old release and half the new one.
        if number == 2 {
          try await ladder.applyService(code: code, "--var", "timeout=55", "--var", "retention=14")
        }
        model.proxy.passEverything()
        try await model.expect(0)
        let total = model.proxy.requests.count
        let kills = (0..<Self.points).map { point in
          let low = 1 + point * total / Self.points
          return Kill(
            request: Int.random(in: low...max(low, (point + 1) * total / Self.points), using: &random),
            isCarriedOut: Bool.random(using: &random))
        }
        let killed = try await withThrowingTaskGroup(of: Bool.self) { group in
          for (target, kill) in zip(targets, kills) {
            group.addTask { try await target.interrupted(by: kill, release: number) }
          }
          return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        // A run may need fewer requests than the model's did, for polls are among them.
        Tally.note(.kills, "at a request of a promotion", tried: killed)
        #expect(killed > Self.points / 2, "only \(killed) of \(Self.points) were killed")
        let expected = try await model.live()
        #expect(expected.contains("{'VisibilityTimeout': '\(number == 1 ? 30 : 55)'}"))
        for (target, kill) in zip(targets, kills) {
          #expect(try await target.live() == expected, "release \(number), \(kill), seed \(CrashTests.seed)")
        }
      }
      for target in targets + [model] { await target.clear() }
    }
  }

  /// Where a run is killed: just before a request reaches the target, or when it was carried out and the answer is on its way.
  private struct Kill: Sendable, CustomStringConvertible {
    let request: Int
    let isCarriedOut: Bool
    var description: String { "killed \(isCarriedOut ? "after" : "before") request \(request)" }
  }

  /// One of many targets of the same source, each an account of its own, with a machine to promote from.
  private struct Target: Sendable {
    let ladder: Ladder
    let account: TestAccount
    let proxy: FaultProxy
    let machine: URL

    init(_ ladder: Ladder) throws {
      self.ladder = ladder
      let url = try ladder.account("dev").endpoint
      let kind = TestEndpoint.available.first { $0.urls.contains(url) } ?? .localstack
      account = try TestAccount(kind, url: url)
      proxy = try FaultProxy(to: url)
      machine = account.folder
      let local = try ladder.account("local")
      try account.write(
        """
        profiles:
          local: { endpoint: "\(try ladder.proxy("local").url)", account: "\(local.id)", region: us-east-1 }
          dev: { endpoint: "\(proxy.url)", account: "\(account.id)", region: us-east-1, promoteFrom: local, gates: [inSync] }
        """, to: "stackform.yaml")
    }

    private static let words = ["promote", "dev", "--stack", "shop", "--auto-approve"]

    func expect(_ code: Int32, in folder: URL? = nil, _ story: String = "") async throws {
      let result = try await Program.slots.with {
        try await ladder.start(Self.words, in: folder ?? machine).result()
      }
      #expect(result.code == code, "\(story): \(result)")
    }

    /// Whether the run was killed: it may have come to its end before.
    func interrupted(by kill: Kill, release: Int) async throws -> Bool {
      let victim = Victim()
      proxy.kill(victim, at: kill.request, isCarriedOut: kill.isCarriedOut)
      let killed = try await Program.slots.with {
        let run = try ladder.start(Self.words, in: machine)
        victim.set(run)
        return await run.result()
      }
      let story = "release \(release) of \(account.id), \(kill), seed \(CrashTests.seed)"
      #expect(killed.code == -SIGKILL || killed.code == 0, "\(story): \(killed)")
      proxy.passEverything()
      let other = machine.appendingPathComponent("elsewhere-\(release)")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      try await expect(0, in: other, story)
      let ledger = try await ledger()
      #expect(ledger.releases.map(\.number) == Array(1...release), "\(story): \(ledger.releases)")
      #expect(ledger.underway == nil && ledger.currentRelease == release, "\(story)")
      #expect(ledger.records.values.allSatisfy { $0.intent == nil && $0.identities.count == 1 }, "\(story)")
      let source = try await ladder.ledger("local")
      #expect(
        ledger.current?.bundle == source.current?.bundle
          && ledger.current?.artifacts == source.current?.artifacts)
      #expect(try await digest(account) == digest(ladder.account("local")), "\(story)")
      return killed.code == -SIGKILL
    }

    private func ledger() async throws -> Ledger {
      let store = S3LedgerStore(
        sender: account.client, account: account.id, region: "us-east-1", stack: "shop",
        isRunning: { _ in true })
      return try #require(try await store.load()).ledger
    }

    private func digest(_ account: TestAccount) async throws -> String {
      try await account.python(
        "print(client('lambda').get_function(FunctionName='worker')['Configuration']['CodeSha256'])")
    }

    func live() async throws -> String { try await Ladder.live(account) }

    /// Emulators slow down with all that they keep.
    func clear() async {
      try? account.write("stack: shop\n", to: "stack.yaml")
      _ = try? await ladder.start(["destroy", "--profile", "dev", "-y", "--allow-data-loss"], in: machine)
        .result()
    }

    func remove() {
      proxy.close()
      account.remove()
    }
  }
}
