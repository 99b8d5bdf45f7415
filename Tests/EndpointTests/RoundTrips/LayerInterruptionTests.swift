import Planner
import Testing

@testable import Providers

/// A layer's versions bear no tags: one that a run has published and not noted is known by its contents alone.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil)) struct LayerInterruptionTests {
  private func yaml(_ folder: String) -> String { "layers:\n  lib: { content: \(folder) }\n" }

  @Test func `A new version is published once, and none is left, wherever that breaks off`() async throws {
    for writes in 1..<10 {
      let account = try TestAccount(.ministack)
      defer { account.remove() }
      try account.write("one", to: "one/lib.txt")
      try account.write("two", to: "two/lib.txt")
      let run = TestRun(account)
      try await run.apply(yaml("one"))
      let isWhole = try await run.apply(yaml("two"), breakingOffAt: writes)
      try await run.apply(yaml("two"))
      #expect(try await versions(account) == 1, "after \(writes) writes")
      #expect(try await run.plan(yaml("two")).lines == [], "after \(writes) writes")
      _ = try await run.destroy(yaml("two"))
      #expect(try await versions(account) == 0, "after \(writes) writes")
      if isWhole { return }
    }
    Issue.record("the change never came to its end")
  }

  private func versions(_ account: TestAccount) async throws -> Int {
    let aws = ReadingClient(target: account.target, sender: account.client)
    return try await aws.everyItem(Lambda.listLayerVersions, ["LayerName": "lib"]).count
  }
}
