import Foundation
import Planner
import Synchronization
import TestSupport
import Testing

/// Endpoints that mean ill: each ends in a diagnostic, within bounds of time and memory.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct HostileEndpointTests {
  /// What a user sets who does not want to wait; the bounds are the same ones, a minute and two by default.
  private static let patience = [
    "STACKFORM_READ_TIMEOUT": "1s", "STACKFORM_OPERATION_TIMEOUT": "3s", "STACKFORM_CONNECT_TIMEOUT": "1s",
    "AWS_MAX_ATTEMPTS": "2",
  ]

  private static func deep(_ open: String, _ close: String) -> String {
    String(repeating: open, count: 300_000) + String(repeating: close, count: 300_000)
  }

  private static func head(_ lines: String...) -> String {
    (["HTTP/1.1 200 OK", "Content-Type: application/json"] + lines).joined(separator: "\r\n") + "\r\n\r\n"
  }

  private static let attacks: [(name: String, fate: FaultProxy.Fate)] = [
    ("silence", .silence),
    (
      "a byte now and then",
      .drip(head("Content-Length: 100000") + String(repeating: " ", count: 2000), milliseconds: 200)
    ),
    (
      "a head that never ends",
      .drip("HTTP/1.1 200 OK\r\nX-Slow: \(String(repeating: "x", count: 2000))", milliseconds: 200)
    ),
    (
      "gigabytes",
      .endless(head: head("Content-Length: 8000000000"), piece: String(repeating: "[0,", count: 20_000))
    ),
    (
      "gigabytes in chunks",
      .endless(
        head: head("Transfer-Encoding: chunked"),
        piece: "2710\r\n\(String(repeating: "x", count: 10_000))\r\n")
    ),
    ("interim answers without an end", .endless(head: "", piece: "HTTP/1.1 100 Continue\r\n\r\n")),
    ("nested JSON", .answer(Answers.http("200 OK", "application/json", deep("{\"a\":[", "]}")))),
    ("nested XML", .answer(Answers.http("200 OK", "text/xml", deep("<a>", "</a>")))),
    (
      "entities that grow",
      .answer(
        Answers.http(
          "200 OK", "text/xml",
          #"<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;">]><a>&d;</a>"#
        ))
    ),
    ("a length below nothing", .answer(head("Content-Length: -1") + "{}")),
    ("a length that is no number", .answer(head("Content-Length: many") + "{}")),
    ("two lengths", .answer(head("Content-Length: 2", "Content-Length: 5000") + "{}")),
    ("a chunk of no size", .answer(head("Transfer-Encoding: chunked") + "zz\r\n{}\r\n")),
    (
      "an encoding that nobody asked for", .answer(head("Content-Encoding: gzip", "Content-Length: 2") + "{}")
    ),
    ("a status that is none", .answer("HTTP/1.1 99999 Huh\r\n\r\n")),
    (
      "text that is no UTF-8, halfway",
      .answer(Answers.http("200 OK", "application/json", "{\"Account\": \"\u{FFFD}"))
    ),
  ]

  @Test(arguments: Self.attacks.indices)
  func `An attack ends soon, in little memory, with a diagnostic`(_ index: Int) async throws {
    let (name, fate) = Self.attacks[index]
    try await Workplace.with(TestEndpoint.available[0], Stacks.queues()) { place in
      for reach in ["", "ledger.json"] {
        place.proxy.start { reach.isEmpty || $0.path.contains(reach) ? fate : .pass }
        let start = ContinuousClock.now
        let result = try await place.run(["plan"], variables: Self.patience)
        Tally.note(.endpoints, "attacks by answers without an end, or of no form", tried: 1)
        let comment: Comment = "\(name) for \"\(reach)\": \(result)"
        #expect(result.code == 1, comment)
        #expect(result.errors.hasPrefix("error:") || result.errors.hasPrefix("Error:"), comment)
        #expect(result.everything.utf8.count < 10_000, comment)
        // Twice three seconds and the start of a debug build on a busy machine.
        #expect(ContinuousClock.now - start < .seconds(25), comment)
        #expect(result.peakKilobytes < 900_000, comment)
      }
    }
  }

  @Test func `Silence is paid for once, however many requests wait for their turn`() async throws {
    let names = (1...40).map { "queue-\($0)" }
    try await Workplace.with(TestEndpoint.available[0], Stacks.queues(names)) { place in
      try await place.expect(0, "apply", "--auto-approve")
      place.proxy.start {
        $0.operation.hasSuffix("Queues") || $0.operation.hasSuffix("QueueAttributes")
          || $0.operation.hasPrefix("GetQueue") || $0.operation.hasPrefix("ListQueue") ? .silence : .pass
      }
      let start = ContinuousClock.now
      let result = try await place.run(["plan"], variables: Self.patience)
      #expect(result.code == 1, "\(result)")
      #expect(ContinuousClock.now - start < .seconds(25), "\(result)")
    }
  }

  @Test func `A listing without an end ends`() async throws {
    try await Workplace.with(TestEndpoint.available[0], Stacks.queues(["one", "two", "three"])) { place in
      place.proxy.start { request in
        guard request.operation == "ListQueues" else { return .pass }
        let body =
          #"{"QueueUrls":["http://x/000000000000/other-\#(request.number)"],"NextToken":"\#(request.number)"}"#
        return .answer(Answers.http("200 OK", "application/x-amz-json-1.0", body))
      }
      try await place.expect(0, "plan", variables: Self.patience)
      #expect(place.proxy.requests.filter { $0.operation == "ListQueues" }.count < 10)
    }
  }

  @Test func `A redirect leads nowhere, round and round or elsewhere`() async throws {
    try await Workplace.with(TestEndpoint.available[0], Stacks.queues()) { place in
      for location in [place.proxy.url, "http://127.0.0.1:1/", "file:///etc/passwd"] {
        for status in ["301 Moved Permanently", "307 Temporary Redirect"] {
          place.proxy.start { _ in
            .answer(
              "HTTP/1.1 \(status)\r\nLocation: \(location)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
          }
          // With short limits a busy machine would ask twice.
          let result = try await place.run(["plan"])
          #expect(result.code == 1, "\(result)")
          #expect(place.proxy.requests.count <= 2, "\(result) \(place.proxy.requests)")
        }
      }
    }
  }

  @Test func `Bounds that are none are refused, with how to write them`() async throws {
    try await Workplace.with(TestEndpoint.available[0], Stacks.queues()) { place in
      for (name, text) in [
        ("AWS_MAX_ATTEMPTS", "none"), ("AWS_MAX_ATTEMPTS", "0"), ("STACKFORM_READ_TIMEOUT", "soon"),
        ("STACKFORM_OPERATION_TIMEOUT", "0"), ("STACKFORM_CONNECT_TIMEOUT", "-3s"),
      ] {
        let result = try await place.run(["plan"], variables: [name: text])
        #expect(result.code == 1 && result.errors.contains(name) && result.errors.contains(text), "\(result)")
      }
    }
  }
}
