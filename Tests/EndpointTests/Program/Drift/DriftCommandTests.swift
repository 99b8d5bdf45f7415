import Foundation
import Planner
import Providers
import Testing

/// `stackform drift` as people and pipelines use it.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct DriftCommandTests {
  /// With comments, both styles, a variable, an anchor, and a second file.
  private static let stack = """
    # The shop.
    stack: shop
    include: [topics.yaml]
    variables: { timeout: 30 }
    queues:
      jobs:
        visibilityTimeout: ${var.timeout}
        delaySeconds: 5     # a short breath
      feed: &feed { delaySeconds: 1 }   # flow
      twin: *feed
    logGroups:
      app: { retentionInDays: 7 }

    """

  private static let topics = "topics:\n    # Read by many.\n    news: { displayName: 'The news' }\n"

  private func with(_ endpoint: TestEndpoint, _ body: (Workplace) async throws -> Void) async throws {
    try await Workplace.with(endpoint, Self.stack) { place in
      try place.write(Self.topics, to: "topics.yaml")
      try await place.expect(0, "apply", "--auto-approve")
      try await body(place)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Drift tells nothing after an apply, and all that somebody changed afterwards`(endpoint: TestEndpoint)
    async throws
  {
    try await with(endpoint) { place in
      let quiet = try await place.expect(0, "drift", "--detailed-exitcode")
      #expect(quiet.output.contains("Nothing moved"), "\(quiet)")
      try await place.change("jobs", ["DelaySeconds": "9", "ReceiveMessageWaitTimeSeconds": "7"])
      try await place.account.python("client('logs').delete_log_group(logGroupName='app')")
      let drift = try await place.expect(2, "drift", "--detailed-exitcode")
      #expect(drift.lines.contains("queues.jobs.delaySeconds 5 9 declared"), "\(drift)")
      #expect(drift.lines.contains("queues.jobs.receiveMessageWaitTimeSeconds 0 7 undeclared"), "\(drift)")
      #expect(drift.lines.contains("logGroups.app there gone deleted"), "\(drift)")
      try await place.expect(0, "drift")
      let json = try await place.expect(2, "drift", "--detailed-exitcode", "--json")
      let value = try #require(Value(json: json.output))
      #expect(value["drift"]?.list?.count == 2, "\(json)")
      #expect(value["drift"]?[0]?["moves"]?[0]?["was"] == 5, "\(json)")
      let markdown = try await place.expect(0, "drift", "--format", "markdown")
      #expect(
        markdown.output.contains("| `queues.jobs.delaySeconds` | `5` | `9` | declared |"), "\(markdown)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Drift writes nothing to the endpoint`(endpoint: TestEndpoint) async throws {
    try await with(endpoint) { place in
      try await place.change("jobs", ["DelaySeconds": "9"])
      let before = place.proxy.requests.count
      try await place.expect(0, "drift")
      #expect(place.proxy.requests.dropFirst(before).filter(\.isWrite).isEmpty)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Repair puts back what was declared and what was not, and only what it was told to`(
    endpoint: TestEndpoint
  )
    async throws
  {
    try await with(endpoint) { place in
      try await place.change("jobs", ["DelaySeconds": "9", "ReceiveMessageWaitTimeSeconds": "7"])
      try await place.change("feed", ["DelaySeconds": "8"])
      // The working tree has moved on; what was deployed is what is put back.
      try place.write(Self.stack.replacingOccurrences(of: "delaySeconds: 5", with: "delaySeconds: 6"))
      let refused = try await place.expect(1, "drift", "--repair")
      #expect(refused.errors.contains("No one to ask for approval"), "\(refused)")
      try await place.expect(0, "drift", "--repair", "queues.jobs.delaySeconds", "--auto-approve")
      let rest = try await place.expect(2, "drift", "--detailed-exitcode")
      #expect(
        !rest.output.contains("jobs.delaySeconds") && rest.output.contains("jobs.receiveMessage"), "\(rest)")
      try await place.expect(0, "drift", "--repair", "--auto-approve")
      try await place.expect(0, "drift", "--detailed-exitcode")
      #expect(try await place.attribute("DelaySeconds", of: "jobs") == "5")
      #expect(try await place.attribute("ReceiveMessageWaitTimeSeconds", of: "jobs") ?? "0" == "0")
      #expect(try await place.attribute("DelaySeconds", of: "feed") == "1")
      // What was put back is not declared by it: the next apply leaves it alone.
      try place.write(Self.stack)
      try await place.expect(0, "plan", "--detailed-exitcode")
      try await place.expectQuietLedger()
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Accept writes live values into both files, and the next plan and drift are empty`(
    endpoint: TestEndpoint
  )
    async throws
  {
    try await with(endpoint) { place in
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o640], ofItemAtPath: place.path("stack.yaml"))
      try await place.change("jobs", ["DelaySeconds": "9", "ReceiveMessageWaitTimeSeconds": "7"])
      try await place.account.python(
        """
        client('sns').set_topic_attributes(TopicArn=f"arn:aws:sns:us-east-1:{account}:news",
            AttributeName='DisplayName', AttributeValue="It's new")
        """)
      let declined = try await place.expect(1, "drift", "--accept")
      #expect(declined.errors.contains("No one to ask"), "\(declined)")
      #expect(try place.text("stack.yaml") == Self.stack)
      let accepted = try await place.expect(0, "drift", "--accept", "--auto-approve")
      #expect(accepted.output.contains("-    delaySeconds: 5     # a short breath"), "\(accepted)")
      #expect(accepted.output.contains("+    delaySeconds: 9     # a short breath"), "\(accepted)")
      let expected = Self.stack.replacingOccurrences(
        of: "delaySeconds: 5     # a short breath",
        with: "delaySeconds: 9     # a short breath\n    receiveMessageWaitTimeSeconds: 7")
      #expect(try place.text("stack.yaml") == expected)
      #expect(
        try place.text("topics.yaml")
          == Self.topics.replacingOccurrences(of: "'The news'", with: "'It''s new'"))
      let mode = try FileManager.default.attributesOfItem(atPath: place.path("stack.yaml"))[.posixPermissions]
      #expect(mode as? Int == 0o640)
      try await place.expect(0, "plan", "--detailed-exitcode")
      try await place.expect(0, "drift", "--detailed-exitcode")
      let release = try #require(try await place.store().load()?.ledger.current)
      #expect(release.number == 2, "what was taken over is a release of its own")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What comes from a variable or an anchor is refused with its place, and nothing is written`(
    endpoint: TestEndpoint
  ) async throws {
    try await with(endpoint) { place in
      try await place.change("jobs", ["VisibilityTimeout": "77", "DelaySeconds": "9"])
      try await place.change("feed", ["DelaySeconds": "8"])
      let refused = try await place.expect(1, "drift", "--accept", "--auto-approve")
      #expect(refused.errors.contains("stack.yaml:7:24"), "\(refused)")
      #expect(
        refused.errors.flattened.contains("Set the variable timeout to 77 in the profile local"), "\(refused)"
      )
      #expect(refused.errors.contains("stack.yaml:9:9"), "\(refused)")
      #expect(try place.text("stack.yaml") == Self.stack)
      // What can be taken over can be, by name; the rest goes on being told.
      try await place.expect(0, "drift", "--accept", "queues.jobs.delaySeconds", "--auto-approve")
      let rest = try await place.expect(2, "drift", "--detailed-exitcode")
      #expect(
        !rest.output.contains("jobs.delaySeconds") && rest.output.contains("jobs.visibilityTimeout"),
        "\(rest)")
      let unknown = try await place.expect(
        1, "drift", "--accept", "queues.jobs.delaySecond", "--auto-approve")
      #expect(unknown.errors.contains("Nothing moved there"), "\(unknown)")
    }
  }
}

extension Workplace {
  func text(_ file: String) throws -> String { try String(contentsOfFile: path(file), encoding: .utf8) }
}

extension Program.Result {
  /// Its lines, with one blank between words.
  var lines: [String] {
    output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
  }
}

extension String {
  /// Without the places where lines were broken.
  var flattened: String { split { $0 == " " || $0 == "\n" }.joined(separator: " ") }
}
