import Foundation
import Planner
import Testing

@testable import Providers

/// What an endpoint is, is asked beside who the caller is, and never after it.
@Suite(.timeLimit(.minutes(1))) struct EndpointSoftwareTests {
  private static let miniStackPage = #"{"services":{"s3":"available"}}"#
  private static let endpoint = "http://localhost:4566"

  @Test func `Both questions are under way at one time`() async throws {
    // Each is answered only once the other has come.
    let sender = PairedSender(page: .init(status: 200, body: Data(Self.miniStackPage.utf8)))
    let found = try await sender.identify(endpoint: Self.endpoint)
    #expect(found.software == .miniStack && found.caller.account == "111111111111")
    #expect(await sender.operations.sorted() == ["GetCallerIdentity", "GetObject"])
  }

  @Test func `LocalStack is known by its first answer, and its page is not waited for`() async throws {
    let sender = PairedSender(headers: ["x-localstack": "4.8.1"], page: nil)
    let found = try await sender.identify(endpoint: Self.endpoint, patience: .seconds(600))
    #expect(found.software == .localStack)
  }

  @Test func `A page that hangs is the page of nobody known`() async throws {
    let sender = PairedSender(page: nil)
    let found = try await sender.identify(endpoint: Self.endpoint, patience: .milliseconds(20))
    #expect(found.software == nil && found.caller.account == "111111111111")
  }

  @Test(arguments: [
    AWSResponse(status: 404), AWSResponse(status: 200, body: Data("<html/>".utf8)),
    AWSResponse(status: 200, body: Data(#"{"services":[]}"#.utf8)),
    AWSResponse(status: 500, body: Data(EndpointSoftwareTests.miniStackPage.utf8)),
  ])
  func `Another page is the page of nobody known`(_ page: AWSResponse) async throws {
    let found = try await PairedSender(page: page).identify(endpoint: Self.endpoint)
    #expect(found.software == nil)
  }

  @Test(arguments: [nil, "https://vpce-1.sts.eu-west-1.vpce.amazonaws.com"])
  func `AWS is not asked what it is, at a private endpoint neither`(_ endpoint: String?) async throws {
    let sender = PairedSender(page: nil, needsPage: false)
    #expect(try await sender.identify(endpoint: endpoint).software == nil)
    #expect(await sender.operations == ["GetCallerIdentity"])
  }
}

/// Answers who the caller is once its page was asked for, and gives the page once somebody asked who the caller is; or never.
private actor PairedSender: RequestSender {
  private let headers: [String: String]
  /// nil for one that never comes.
  private let page: AWSResponse?
  private let needsPage: Bool
  private(set) var operations: [String] = []
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(headers: [String: String] = [:], page: AWSResponse?, needsPage: Bool = true) {
    self.headers = headers
    self.page = page
    self.needsPage = needsPage
  }

  func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
    operations.append(request.operation)
    if needsPage, operations.count < 2 {
      await withCheckedContinuation { waiting.append($0) }
    } else {
      for one in waiting { one.resume() }
      waiting = []
    }
    guard request.operation == "GetObject" else {
      let caller: Value = ["Account": "111111111111", "Arn": "arn:aws:iam::111111111111:root"]
      return AWSResponse(status: 200, headers: headers, value: caller)
    }
    if let page { return page }
    // Until the test process ends.
    while true { try? await Task.sleep(for: .seconds(600)) }
  }
}
