import Planner

@testable import Providers

/// Stands in for an endpoint: notes every request, and answers each operation with what the test says, in
/// order; the last answer stays.
actor AnsweringSender: RequestSender {
  typealias Answer = Result<Value, ProviderError>

  private(set) var requests: [AWSRequest] = []
  private var answers: [String: [Answer]]

  init(_ answers: [String: [Answer]] = [:]) { self.answers = answers }

  init(_ answers: [String: Value]) { self.answers = answers.mapValues { [.success($0)] } }

  func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
    requests.append(request)
    guard var left = answers[request.operation], !left.isEmpty else {
      throw ProviderError(.notFound, message: "\(request.operation) is not there", status: 404)
    }
    let answer = left.count > 1 ? left.removeFirst() : left[0]
    answers[request.operation] = left
    return AWSResponse(status: 200, value: try answer.get())
  }

  var operations: [String] { requests.map(\.operation) }

  /// The body or input of the last request of an operation.
  func input(_ operation: String) -> Value? {
    guard let request = requests.last(where: { $0.operation == operation }),
      case .value(let value) = request.body
    else { return nil }
    return value
  }

  nonisolated var target: Target {
    Target(account: "111111111111", region: "eu-west-1", endpoint: "http://localhost:4566")
  }
  nonisolated var reading: ReadingClient { ReadingClient(target: target, sender: self) }
  nonisolated var writing: WritingClient { WritingClient(target: target, sender: self) }

  /// A client that knows which emulator the endpoint is, and so its traits. Without one an endpoint counts as AWS.
  nonisolated func writing(as software: EndpointSoftware) -> WritingClient {
    var target = target
    target.software = software.rawValue
    return WritingClient(target: target, sender: self)
  }
}

extension LiveQuery {
  /// A query about a wanted resource.
  init(
    _ wanted: Resource, id: String? = nil, depth: Depth = .everything, owner: Owner,
    looksForTwins: Bool = true
  ) {
    self.init(
      address: wanted.address, section: wanted.section, name: wanted.name, id: id, wanted: wanted,
      depth: depth, owner: owner)
    self.looksForTwins = looksForTwins
  }
}
