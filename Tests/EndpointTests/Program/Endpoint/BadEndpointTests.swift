import Foundation
import Planner
import Providers
import TestSupport
import Testing

/// Endpoints that are none, or have a bad day: a diagnostic, soon, and nothing changed.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct BadEndpointTests {
  private static let badAnswers: [(name: String, fate: FaultProxy.Fate)] = [
    ("a refusal", .answer(Answers.denied)), ("a failure", .answer(Answers.failed)),
    ("HTML", .answer(Answers.html)), ("HTML as a success", .answer(Answers.htmlSuccess)),
    ("nothing as a success", .answer(Answers.emptySuccess)),
    ("nothing as a failure", .answer(Answers.emptyFailure)),
    ("half a document", .answer(Answers.halfJSON)), ("too deep a document", .answer(Answers.deepJSON)),
    ("a redirect", .answer(Answers.redirect)), ("an answer cut short", .answer(Answers.cutShort)),
    ("another protocol", .answer(Answers.noHTTP)), ("control characters", .answer(Answers.binary)),
    ("a hang-up", .cut),
    (
      "a body without an end",
      .endless(
        head: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n",
        piece: String(repeating: "x", count: 65_536))
    ),
    (
      "headers without an end",
      .endless(head: "HTTP/1.1 200 OK\r\n", piece: "X-More: \(String(repeating: "x", count: 8000))\r\n")
    ),
  ]

  /// Which requests have a bad answer: the first of all, the ledger's, or those to one of the services.
  private enum Reach: CaseIterable, Sendable {
    case everything, ledger, service

    func includes(_ request: ProxiedRequest) -> Bool {
      switch self {
      case .everything: true
      case .ledger: request.path.contains("ledger.json")
      case .service: request.operation.hasSuffix("QueueAttributes") || request.operation == "GetQueueUrl"
      }
    }
  }

  @Test(arguments: Self.badAnswers.indices)
  func `A bad answer is told, and changes nothing`(_ index: Int) async throws {
    let (name, fate) = Self.badAnswers[index]
    // What answers is the proxy: any endpoint will do.
    try await Workplace.with(TestEndpoint.available[0], Stacks.queues()) { place in
      for reach in Reach.allCases {
        for command in [["plan"], ["apply", "--auto-approve"]] {
          place.proxy.start { reach.includes($0) ? fate : .pass }
          let start = ContinuousClock.now
          let result = try await place.run(command)
          Tally.note(.endpoints, "bad answers", tried: 1)
          let comment: Comment = "\(name) for \(reach): \(result)"
          #expect(result.code == 1, comment)
          #expect(ContinuousClock.now - start < .seconds(30), comment)
          #expect(result.errors.hasPrefix("error:") || result.errors.hasPrefix("Error:"), comment)
          #expect(!result.everything.contains("\u{1b}") && !result.everything.contains("\u{7}"), comment)
          #expect(result.everything.utf8.count < 10_000, comment)
          let writes = place.proxy.requests.filter { $0.isWrite && !$0.path.hasPrefix("/stackform-") }
          #expect(writes.isEmpty, comment)
        }
      }
      place.proxy.passEverything()
      #expect(try await place.store().load() == nil)
      #expect(try await place.store().lockHolder() == nil)
      try await place.expect(0, "apply", "--auto-approve")
    }
  }

  @Test func `An endpoint that is not there is named, with what to do`() async throws {
    try await Workplace.with(TestEndpoint.available[0], Stacks.queues()) { place in
      let url = "http://127.0.0.1:\(try Socket.closedPort())"
      for arguments in [["plan"], ["apply", "--auto-approve"], ["output"], ["show"], ["unlock", "--force"]] {
        let result = try await place.run(arguments, variables: ["AWS_ENDPOINT_URL": url])
        #expect(result.code == 1, "\(result)")
        #expect(result.errors.contains(url) || result.errors.contains("127.0.0.1"), "\(result)")
      }
      let unknown = try await place.run(
        ["plan"], variables: ["AWS_ENDPOINT_URL": "http://no-such-host.invalid:4566"])
      #expect(unknown.code == 1 && unknown.errors.contains("no-such-host.invalid"), "\(unknown)")
    }
  }
}
