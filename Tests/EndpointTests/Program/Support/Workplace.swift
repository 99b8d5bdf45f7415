import Foundation
import Planner
import Providers
import Testing

/// A folder with a stack in it, and an account of its own on an endpoint: what a user has.
struct Workplace: Sendable {
  let account: TestAccount
  /// Between the program and the endpoint; what tests have it do is up to them.
  let proxy: FaultProxy

  /// In every run's environment as the secret key. It must occur nowhere else.
  static let secretKey = "sk-0f6c1d5e-never-to-be-seen"

  init(_ endpoint: TestEndpoint) throws {
    account = try TestAccount(endpoint)
    proxy = try FaultProxy(to: account.endpoint)
  }

  var folder: URL { account.folder }

  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
      "AWS_ACCESS_KEY_ID": account.id, "AWS_SECRET_ACCESS_KEY": Self.secretKey, "AWS_REGION": "us-east-1",
      "AWS_ENDPOINT_URL": proxy.url, "AWS_CONFIG_FILE": "/dev/null",
      "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
      "USER": "tester",
    ]
  }

  /// Writes `stack.yaml`, and the lambda's code beside it.
  func write(_ stack: String, to path: String = "stack.yaml") throws {
    try account.write(stack, to: path)
    try account.write(
      "def handler(event, context):\n    return {'batchItemFailures': []}\n", to: "code/app.py")
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The ledger's store, as the program has it.
  func store(_ stack: String = "shop", expiry: Int = 30, isRunning: Bool = true) -> S3LedgerStore {
    S3LedgerStore(
      sender: account.client, account: account.id, region: "us-east-1", stack: stack, expiry: expiry,
      isRunning: { _ in isRunning })
  }

  func remove() {
    proxy.close()
    account.remove()
  }

  /// Gives each test a place, and clears up after it: what it left on the endpoint goes too.
  static func with(
    _ endpoint: TestEndpoint, _ stack: String = "", _ body: (Workplace) async throws -> Void
  ) async throws {
    let place = try Workplace(endpoint)
    defer { place.remove() }
    if !stack.isEmpty { try place.write(stack) }
    do {
      try await body(place)
    } catch {
      await place.clear()
      throw error
    }
    await place.clear()
  }

  private func clear() async {
    proxy.passEverything()
    _ = try? await store().breakLock()
    _ = try? await run("destroy", "--auto-approve", "--allow-data-loss")
  }
}

extension Workplace {
  /// Demands that these operations, and no others, were asked since the proxy was last told what to do. Beside the
  /// first of them the endpoint may be asked once what it is; never where nothing else is asked.
  func expectAsked(_ operations: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    let requests = proxy.requests
    #expect(
      requests.filter { !$0.asksForSoftware }.map(\.operation) == operations, sourceLocation: sourceLocation)
    #expect(requests.count { $0.asksForSoftware } <= min(1, operations.count), sourceLocation: sourceLocation)
  }
}
