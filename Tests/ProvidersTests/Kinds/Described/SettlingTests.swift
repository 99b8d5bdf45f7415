import Planner
import Testing

@testable import Providers

/// Waiting for what goes through phases.
struct `What goes through phases` {
  private let phase = Phase(
    path: "Status", ready: ["ACTIVE"], changing: ["UPDATING"], failed: ["FAILED"], reason: "Why")
  private let aws = AnsweringSender().writing

  /// Reads that return these words, nil for "not there".
  private actor Reads {
    private var words: [Value?]
    private(set) var count = 0

    init(_ words: [Value?]) { self.words = words }

    func next() -> Value? {
      count += 1
      return words.isEmpty ? nil : words.removeFirst().map { ["Status": $0, "Why": "no room"] }
    }
  }

  private func settle(
    _ reads: Reads, from answer: Value? = nil, mayBeMissing: Bool = false
  ) async throws(ProviderError) -> Value {
    try await aws.settled(
      "the stream", through: [phase], by: Kinesis.describeStreamSummary, from: answer,
      mayBeMissing: mayBeMissing
    ) {
      () throws(ProviderError) in await reads.next()
    }
  }

  @Test func `is read until it is ready`() async throws {
    let reads = Reads([nil, "CREATING", "ACTIVE"])
    #expect(try await settle(reads, mayBeMissing: true)["Status"] == "ACTIVE")
    #expect(await reads.count == 3)
  }

  @Test func `is not read when the call's own answer is the last one`() async throws {
    let reads = Reads([])
    #expect(try await settle(reads, from: ["Status": "ACTIVE"])["Status"] == "ACTIVE")
    #expect(await reads.count == 0)
  }

  @Test(arguments: [(false, [nil]), (true, ["CREATING", nil])] as [(Bool, [Value?])])
  func `is gone when it is not there, unless it is too new`(_ isNew: Bool, _ words: [Value?]) async throws {
    let error = await #expect(throws: ProviderError.self) {
      try await settle(Reads(words), mayBeMissing: isNew)
    }
    #expect(error?.kind == .notFound && error?.message == "the stream is gone")
    #expect(error?.operation == "kinesis:DescribeStreamSummary")
  }

  @Test func `tells why it failed`() async throws {
    let error = await #expect(throws: ProviderError.self) {
      try await settle(Reads(["CREATING", "FAILED"]))
    }
    #expect(error?.message == "the stream failed: no room" && error?.code == "FAILED")
    #expect(error?.operation == "kinesis:DescribeStreamSummary")
  }
}
