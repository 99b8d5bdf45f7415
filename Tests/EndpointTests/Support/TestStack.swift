import Foundation
import Planner
import Providers

/// Runs stack files against an account, through the same pipeline as the program.
struct TestRun: Sendable {
  let account: TestAccount
  let pipeline: Pipeline
  let name: String

  init(_ account: TestAccount, stack name: String = "conformance") {
    self.account = account
    self.name = name
    let reading = ReadingClient(target: account.target, sender: account.client)
    pipeline = Pipeline(
      registry: AWSKinds.registry, reader: AWSReader(client: reading),
      store: S3LedgerStore(
        sender: account.client, account: account.id, region: account.target.region, stack: name,
        isRunning: { _ in true }),
      newSalt: { "salt" }, fingerprinter: { Fingerprinter(salt: $0) })
  }

  /// The stack that YAML spells, without its `stack:` line.
  func stack(_ yaml: String) throws -> Stack {
    let text = "stack: \(name)\n" + yaml.replacingOccurrences(of: "{account}", with: account.id)
    try account.write(text, to: "\(name).yaml")
    let path = account.folder.appendingPathComponent("\(name).yaml").path
    return try StackDeclaration.load(path, files: .disk).resolved(
      registry: AWSKinds.registry, target: account.target, variables: [:], environment: [:], files: .disk)
  }

  /// A plan with all that it was made of, so that the plan that a test has compared can be the one that is applied.
  func planned(
    _ yaml: String, _ options: PlanOptions = PlanOptions()
  ) async throws -> Pipeline.Planned {
    try await pipeline.plan(try stack(yaml), options: options)
  }

  func plan(_ yaml: String, _ options: PlanOptions = PlanOptions()) async throws -> Plan {
    try await planned(yaml, options).plan
  }

  /// Applies the plan as it is, without another look at the endpoint.
  @discardableResult
  func apply(_ planned: Pipeline.Planned) async throws -> ExecutionSummary {
    let writer = AWSWriter(client: WritingClient(target: account.target, sender: account.client))
    let summary = try await pipeline.apply(planned, writer: writer, width: 8, stop: StopRequest()) { _ in }
    if let failure = summary.failures.first {
      throw Failed(address: failure.step.address.description, message: failure.error.account)
    }
    return summary
  }

  @discardableResult
  func apply(_ yaml: String, _ options: PlanOptions = PlanOptions()) async throws -> ExecutionSummary {
    try await apply(planned(yaml, options))
  }

  /// What moved since the last apply, with everything that was read for it.
  func drift(_ yaml: String) async throws -> Pipeline.Drifted {
    try await pipeline.drift(of: try stack(yaml))
  }

  func destroy(_ yaml: String) async throws -> ExecutionSummary {
    var options = PlanOptions()
    options.isDestroy = true
    return try await apply(yaml, options)
  }

  struct Failed: Error, CustomStringConvertible {
    let address: String
    let message: String
    var description: String { "\(address): \(message)" }
  }
}

extension Plan {
  /// What would be done, one line a property: `~ queues.subject visibilityTimeout = 30 -> 60 (cloud)`.
  var lines: [String] {
    changes.filter { $0.action != .keep }.flatMap { change -> [String] in
      let head = "\(change.action) \(change.address) \(change.reason?.sentence ?? "")"
      if change.properties.isEmpty { return [head] }
      return change.properties.map { property in
        let before = property.before?.json ?? "nothing"
        let after = property.after?.json ?? "nothing"
        return
          "\(head) \(property.path.joined(separator: ".")): \(before) -> \(after) (\(property.cause.rawValue))"
      }
    }
  }
}
