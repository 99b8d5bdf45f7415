import Foundation
import Planner
import Testing

@testable import Providers

extension Workplace {
  /// The SHA-256, in base64, of the code that a lambda runs.
  func codeDigest(of lambda: String) async throws -> String? {
    let answer = try await account.client.send(
      Request(Lambda.getFunction, ["FunctionName": .string(lambda)]).wire)
    return answer.value["Configuration"]?["CodeSha256"]?.string
  }

  /// Demands that the release is the current one, and that its files are there and whole.
  func expectCurrent(_ number: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let ledger = try await ledger(sourceLocation: sourceLocation)
    #expect(ledger.currentRelease == number, sourceLocation: sourceLocation)
    let release = try #require(ledger.current, sourceLocation: sourceLocation)
    let bundle = try await store().bundle(release.bundle)
    #expect(bundle.files[release.stackFile] != nil, sourceLocation: sourceLocation)
  }
}

/// Stacks of a few resources, for releases that follow each other.
enum SmallShop {
  static func stack(timeout: Int, more: String = "") -> String {
    """
    stack: shop
    variables:
      timeout: \(timeout)
      password: { type: string, secret: true, default: none-was-given }
    queues:
      jobs: { visibilityTimeout: "${var.timeout}" }
    \(more)
    lambdas:
      worker:
        code: code
        runtime: python3.12
        handler: app.handler
        environment: { PASSWORD: "${var.password}" }

    """
  }

  static func code(_ version: Int) -> String { "def handler(event, context):\n    return \(version)\n" }
}
