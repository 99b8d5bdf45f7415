import Planner

@testable import Providers

extension TestRun {
  /// Applies while the answer to the given write, and all that come after it, are lost. Returns whether the apply went through.
  func apply(_ yaml: String, breakingOffAt write: Int) async throws -> Bool {
    let sender = BreakingSender(account.client, writes: write)
    let writer = AWSWriter(client: WritingClient(target: account.target, sender: sender))
    let planned = try await pipeline.plan(try stack(yaml), options: PlanOptions())
    let summary = try await pipeline.apply(planned, writer: writer, width: 1, stop: StopRequest()) { _ in }
    return summary.isSuccess
  }
}

/// Hands requests on until a write, which is carried out and whose answer is lost; nothing gets through after it.
private actor BreakingSender: RequestSender {
  private let sender: any RequestSender
  private var writes: Int

  init(_ sender: any RequestSender, writes: Int) {
    self.sender = sender
    self.writes = writes
  }

  func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
    guard writes > 0 else { throw Self.lost }
    if request.isWrite { writes -= 1 }
    let answer = try await sender.send(request)
    if writes == 0 { throw Self.lost }
    return answer
  }

  private static let lost = ProviderError(.unreachable, message: "the line is dead")
}
