import Foundation
import Planner
import TestSupport
import Testing

@testable import Providers

/// What AWS does to requests that are right, for all kinds at once: `Tests/Strict/habits.py` plays it, chosen by a seed.
@Suite(.enabled(if: !TestEndpoint.ministack.strictURLs.isEmpty && TestEndpoint.python != nil))
struct HabitTests {
  static let seed = CrashTests.seed

  @Test(arguments: ["stale", "slow", "throttled", "throttled-until"])
  func `The wide stack is created, changed and destroyed under each habit`(habit: String) async throws {
    try await Self.with { place in
      try await place.take(habit, seed: Self.seed)
      for isChanged in [false, true] {
        try place.write(Stacks.wide(account: place.account.id, isChanged: isChanged))
        try await place.expect(0, "apply", "--auto-approve", variables: place.strictly)
        try await place.expectShown(habit)
        // A plan believes what it reads: without the habit, which would tell it of the time before.
        try await place.take("none", seed: Self.seed)
        if habit == "stale" { try await place.mendStream() }
        try await place.expect(0, "plan", "--detailed-exitcode", variables: place.strictly)
        try await place.take(habit, seed: Self.seed)
      }
      try await place.expect(0, "destroy", "--auto-approve", variables: place.strictly)
      try await place.expectShown(habit)
      #expect(try await Survey.of([place])[place.account.id] == [:], "seed \(Self.seed)")
    }
  }

  @Test func `A token that expires in mid-run ends it with one reason, and the next run goes on`()
    async throws
  {
    try await Self.with { place in
      try place.write(Stacks.wide(account: place.account.id))
      try await place.take("expiring", seed: Self.seed)
      func variables(_ token: String) -> [String: String] {
        place.strictly.merging(["AWS_SESSION_TOKEN": token]) { $1 }
      }
      let ended = try await place.expect(1, "apply", "--auto-approve", variables: variables("first"))
      #expect(ended.everything.contains("The credentials have expired. Get new ones"), "\(ended)")
      #expect(!ended.everything.contains(" errors"), "\(ended)")
      try await place.expectShown("expiring")
      try await place.expect(0, "apply", "--auto-approve", variables: variables("second"))
      try await place.expect(0, "plan", "--detailed-exitcode", variables: variables("second"))
      try await place.expect(0, "destroy", "--auto-approve", variables: variables("second"))
      #expect(try await Survey.of([place])[place.account.id] == [:])
    }
  }

  @Test func `A token that expires in mid-run is fetched anew where the profile's program gives another`()
    async throws
  {
    try await Self.with { place in
      try place.write(Stacks.wide(account: place.account.id))
      try await place.take("expiring", seed: Self.seed)
      let key = "\"Version\": 1, \"AccessKeyId\": \"\(place.account.id)\", \"SecretAccessKey\": \"x\""
      try place.account.write(
        "echo x >>asked\necho '{ \(key), \"SessionToken\": \"'$(wc -l <asked)'\" }'\n", to: "give-key")
      try place.account.write("[profile work]\ncredential_process = sh give-key\n", to: "aws-config")
      try place.account.write(
        "profiles:\n  local: { awsProfile: work, disposable: true }\n", to: "stackform.yaml")
      let environment = place.strictly.merging(
        [
          "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_CONFIG_FILE": place.path("aws-config"),
        ]) { $1 }
      try await place.expect(0, "apply", "--auto-approve", variables: environment)
      try await place.expectShown("expiring")
      try await place.expect(0, "destroy", "--auto-approve", variables: environment)
    }
  }

  private static func with(_ body: (Workplace) async throws -> Void) async throws {
    try await Workplace.with(.ministack) { place in try await body(place) }
  }
}

extension Workplace {
  /// The environment of a run behind the strict layer.
  fileprivate var strictly: [String: String] {
    ["AWS_ENDPOINT_URL": strictURL(on: .ministack)]
  }

  /// Has the strict layer play this habit to the account from now on.
  fileprivate func take(_ habit: String, seed: UInt64) async throws {
    _ = try await strictLayer("PUT", #"{"habit": "\#(habit)", "seed": \#(seed)}"#)
  }

  /// The layer hides which emulator it stands before, so that the program waits as it does for AWS. So it does not know
  /// that MiniStack drops the tags of a new stream, either. Nothing else may be left over.
  fileprivate func mendStream() async throws {
    let result = try await expect(0, "apply", "--auto-approve", variables: strictly)
    let begun = result.output.matches(of: /(?m)^(\S+): (?:Creating|Modifying|Destroying)\.\.\./).map { $0.1 }
    #expect(Set(begun).isSubset(of: ["streams.clicks"]), "\(result)")
  }

  /// Demands that the habit has shown since it was taken, and notes how often.
  fileprivate func expectShown(_ habit: String, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let shown = try JSONDecoder().decode([String: Int].self, from: await strictLayer("GET"))["done"] ?? 0
    #expect(shown > 0, "\(habit), seed \(HabitTests.seed)", sourceLocation: sourceLocation)
    Tally.note(.habits, "answers of the habit \(habit)", tried: shown)
  }

  private func strictLayer(_ method: String, _ body: String = "") async throws -> Data {
    let url = (strictly["AWS_ENDPOINT_URL"] ?? "") + "/_strict/habits/\(account.id)"
    return try await TestAccount.transport.send(
      HTTPRequest(method: method, url: url, headers: [], body: Data(body.utf8), isRepeatable: true)
    ).body
  }
}
