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

  @Test(arguments: [["rest", "http"], ["http", "rest"]])
  func `An API that gets the other protocol is one API in the end, wherever the change breaks off`(
    protocols: [String]
  ) async throws {
    guard TestEndpoint.ministack.url != nil else { return }
    func yaml(_ name: String) -> String {
      """
      lambdas:
        worker: { runtime: python3.12, handler: index.handler, code: { zipFile: 'def handler(event, context): return {}' } }
      apis:
        shop: { protocol: \(name), routes: { GET /a: { lambda: "${lambdas.worker.arn}" } } }

      """
    }
    let wanted = yaml(protocols[1])
    for writes in 1..<40 {
      let account = try TestAccount(.ministack)
      defer { account.remove() }
      let run = TestRun(account)
      try await run.apply(yaml(protocols[0]))
      let isWhole = try await run.apply(wanted, breakingOffAt: writes)
      #expect(try await permissions(account) > 0, "after \(writes) writes")
      try await run.apply(wanted)
      #expect(try await permissions(account) == 1, "after \(writes) writes")
      let live = try await leftovers(account)
      #expect(live.count == 1, "after \(writes) writes: \(live)")
      #expect(try await run.plan(wanted).lines == [], "after \(writes) writes")
      _ = try await run.destroy(wanted)
      #expect(try await leftovers(account) == [], "after \(writes) writes")
      if isWhole { return }
    }
    Issue.record("the change never came to its end")
  }

  private func breakOffEverywhere(_ yaml: String, on endpoint: TestEndpoint) async throws {
    for writes in 1..<100 {
      let account = try TestAccount(endpoint)
      defer { account.remove() }
      let run = TestRun(account)
      let isWhole = try await run.apply(yaml, breakingOffAt: writes)
      try await run.apply(yaml)
      #expect(try await run.plan(yaml).lines == [], "after \(writes) writes")
      _ = try await run.destroy(yaml)
      #expect(try await leftovers(account) == [], "after \(writes) writes")
      if isWhole { return }
    }
    Issue.record("the creation never came to its end")
  }

  /// How many statements let APIs call the lambda.
  private func permissions(_ account: TestAccount) async throws -> Int {
    let aws = ReadingClient(target: account.target, sender: account.client)
    let answer = try await aws.readIfPresent(Lambda.getPolicy, ["FunctionName": "worker"])
    return answer?["Policy"]?.string.map { PolicyText.document($0).items("Statement").count } ?? 0
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
