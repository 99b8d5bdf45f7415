import Planner
import Testing

@testable import Providers

/// An API is many requests. Wherever its creation breaks off, the next apply makes it whole, and nothing is
/// left behind in the end.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ApiInterruptionTests {
  private static let rest = """
    apis:
      shop:
        protocol: rest
        cors: { allowOrigin: "*" }
        models: { Order: { type: object } }
        authorizers:
          people:
            type: COGNITO_USER_POOLS
            providerARNs: ["arn:aws:cognito-idp:us-east-1:{account}:userpool/us-east-1_a"]
        apiKeys: { one: {}, two: { value: 01234567890123456789 } }
        usagePlans: { basic: { apiKeys: [one], quota: { limit: 5, period: DAY } }, gold: { apiKeys: [two] } }
        routes:
          GET /a: { mock: { status: 200 }, apiKeyRequired: true, authorizer: people }
          POST /a/{id}:
            mock: { status: 200 }
            requestModels: { application/json: Order }
            throttling: { burstLimit: 3 }

    """

  private static let http = """
    apis:
      shop:
        protocol: http
        authorizers:
          people: { type: JWT, jwtConfiguration: { issuer: "https://issuer.example", audience: [shop] } }
        routes:
          GET /a: { http: "https://a.example", authorizer: people }
          $default: { http: "https://b.example", authorization: AWS_IAM }

    """

  @Test(arguments: TestEndpoint.available)
  func `A REST API whose creation breaks off anywhere is made whole, and leaves nothing`(
    endpoint: TestEndpoint
  ) async throws {
    try await breakOffEverywhere(Self.rest, on: endpoint)
  }

  @Test func `An HTTP API whose creation breaks off anywhere is made whole, and leaves nothing`() async throws
  {
    guard TestEndpoint.ministack.url != nil else { return }
    try await breakOffEverywhere(Self.http, on: .ministack)
  }

  private func breakOffEverywhere(_ yaml: String, on endpoint: TestEndpoint) async throws {
    for writes in 1..<100 {
      let account = try TestAccount(endpoint)
      defer { account.remove() }
      let run = TestRun(account)
      let isWhole = try await create(yaml, run, breakingOffAt: writes)
      try await run.apply(yaml)
      #expect(try await run.plan(yaml).lines == [], "after \(writes) writes")
      _ = try await run.destroy(yaml)
      #expect(try await leftovers(account) == [], "after \(writes) writes")
      if isWhole { return }
    }
    Issue.record("the creation never came to its end")
  }

  /// Applies while the answer to the given write, and all that come after it, are lost. Returns whether the apply went through.
  private func create(_ yaml: String, _ run: TestRun, breakingOffAt write: Int) async throws -> Bool {
    let sender = BreakingSender(run.account.client, writes: write)
    let writer = AWSWriter(client: WritingClient(target: run.account.target, sender: sender))
    let planned = try await run.pipeline.plan(try run.stack(yaml), options: PlanOptions())
    let summary = try await run.pipeline.apply(planned, writer: writer, width: 1, stop: StopRequest()) { _ in
    }
    return summary.isSuccess
  }

  private func leftovers(_ account: TestAccount) async throws -> [String] {
    let aws = ReadingClient(target: account.target, sender: account.client)
    var left: [String] = []
    for (listing, kind) in [
      (APIGateway.getRestApis, "restapis"), (APIGateway.getApiKeys, "apikeys"),
      (APIGateway.getUsagePlans, "usageplans"),
    ] {
      left += try await aws.everyItem(listing).map { "\(kind) \($0["name"]?.string ?? "")" }
    }
    guard account.endpoint == TestEndpoint.ministack.url else { return left }
    return left
      + (try await aws.everyItem(APIGatewayV2.getApis).map { "apis \($0["name"]?.string ?? "")" })
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
