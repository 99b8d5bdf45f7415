import Foundation
import Planner
import Providers
import Testing

/// A real endpoint that the tests run against. `scripts/test` starts each and names its URL in the environment.
enum TestEndpoint: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case ministack, localstack

  /// One of its processes: the first.
  var url: String? { urls.first }

  /// All of its processes. There may be some, as URLs with blanks between them: LocalStack does one thing at
  /// a time, and slows down with all that it keeps.
  var urls: [String] { Self.urls(in: "STACKFORM_TEST_\(rawValue.uppercased())") }

  /// The same processes behind a layer that refuses what AWS refuses; none where it was not started.
  var strictURLs: [String] { Self.urls(in: "STACKFORM_TEST_STRICT_\(rawValue.uppercased())") }

  /// The process of the next account: all take their turn, so that each keeps and does its share.
  var nextURL: String? { Self.next(of: urls) }

  /// The same behind the strict layer; without it where that was not started.
  var nextStrictURL: String? { Self.next(of: strictURLs.isEmpty ? urls : strictURLs) }

  private static func urls(in variable: String) -> [String] {
    let text = ProcessInfo.processInfo.environment[variable] ?? ""
    return text.split(separator: " ").map(String.init)
  }

  private static func next(of urls: [String]) -> String? {
    guard urls.count > 1 else { return urls.first }
    return urls[
      turns.withLock { turns in
        turns += 1
        return turns % urls.count
      }]
  }
  private static let turns = Locked(0)

  var testDescription: String { rawValue }

  /// Those that have the strict layer before them.
  static var strict: [TestEndpoint] { available.filter { !$0.strictURLs.isEmpty } }

  /// What it is, as a run finds out by asking.
  var software: EndpointSoftware { self == .ministack ? .miniStack : .localStack }

  /// Those that are there.
  static var available: [TestEndpoint] { allCases.filter { $0.url != nil } }

  /// The URL of one that checks signatures and policies: MiniStack with AUTH.
  static var checkingSignatures: String? {
    ProcessInfo.processInfo.environment["STACKFORM_TEST_MINISTACK_AUTH"]
  }

  /// A Python that has boto3: what changes things behind our back.
  static var python: String? { ProcessInfo.processInfo.environment["STACKFORM_TEST_PYTHON"] }
}

/// An account of its own on an endpoint: a fresh 12-digit access key is a fresh account on both emulators.
struct TestAccount: Sendable {
  let endpoint: String
  let id: String
  let target: Target
  let client: AWSClient
  let folder: URL

  /// `trace` is told of every request.
  /// On one of the endpoint's processes: the next where none is named.
  init(
    _ endpoint: TestEndpoint, url: String? = nil, transport: CurlTransport = TestAccount.transport,
    trace: (@Sendable (RequestTrace) -> Void)? = nil
  ) throws {
    guard let url = url ?? endpoint.nextURL else { throw MissingEndpoint(name: endpoint.rawValue) }
    self.endpoint = url
    id = String((0..<12).map { _ in Character(String(Int.random(in: 1...9))) })
    target = Target(
      account: id, region: "us-east-1", endpoint: url, isDisposable: true,
      software: endpoint.software.rawValue)
    client = try AWSClient(
      settings: ClientSettings(
        credentials: Credentials(accessKeyID: id, secretAccessKey: "secret"), region: "us-east-1",
        endpoint: url),
      transport: transport, trace: trace)
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("stackform-\(id)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// One for all tests: connections are kept alive.
  static let transport = CurlTransport()

  struct MissingEndpoint: Error { let name: String }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Writes files into the account's folder: what stacks refer to.
  func write(_ text: String, to path: String) throws {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Runs Python with `client(service)` at hand, and the variables given. Returns what it printed.
  @discardableResult
  func python(_ script: String, _ variables: [String: String] = [:]) async throws -> String {
    guard let python = TestEndpoint.python else { throw MissingEndpoint(name: "python") }
    let all = variables.merging(["account": id, "endpoint": endpoint, "region": target.region]) { $1 }
    return try await PythonWorkers.shared.run(script, all, python: python)
  }
}
