import Planner
import Providers
import Testing

/// Answers requests by their operation, and remembers them.
actor ScriptedSender: RequestSender {
  private(set) var sent: [AWSRequest] = []
  private let answers: @Sendable (AWSRequest) throws(ProviderError) -> Value

  init(_ answers: @escaping @Sendable (AWSRequest) throws(ProviderError) -> Value) { self.answers = answers }

  func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
    sent.append(request)
    return AWSResponse(status: 200, value: try answers(request))
  }

  var operations: [String] { sent.map(\.operation) }
}
