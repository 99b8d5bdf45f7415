import Foundation
import Planner
import Providers

/// An endpoint that a test may use: its URL, and an account of its own there.
struct LiveEndpoint: Sendable, CustomStringConvertible {
  let name: String
  let target: Target
  let client: AWSClient

  var reading: ReadingClient { ReadingClient(target: target, sender: client) }
  var writing: WritingClient { WritingClient(target: target, sender: client) }
  var description: String { name }

  /// The endpoints that the environment names; each test run has a fresh account on each.
  static let all: [LiveEndpoint] = TestEndpoint.allCases.compactMap { endpoint in
    endpoint.url.flatMap { try? LiveEndpoint(name: endpoint.rawValue, url: $0) }
  }

  /// The endpoint with an account that nobody has used.
  static func fresh(_ endpoint: TestEndpoint) throws -> LiveEndpoint {
    guard let url = endpoint.url else { throw TestAccount.MissingEndpoint(name: endpoint.rawValue) }
    return try LiveEndpoint(name: endpoint.rawValue, url: url)
  }

  private init(name: String, url: String) throws(ProviderError) {
    let account = String(Int.random(in: 100_000_000_000...999_999_999_999))
    self.name = name
    target = Target(
      account: account, region: "us-east-1", endpoint: url, isDisposable: true,
      software: TestEndpoint(rawValue: name)?.software.rawValue)
    client = try AWSClient(
      settings: ClientSettings(
        credentials: .emulator(account: account), region: "us-east-1", endpoint: url),
      transport: CurlTransport())
  }
}
