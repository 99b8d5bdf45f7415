import Planner
import Testing

@testable import Providers

/// What calls a lambda becomes another thing. Wherever that breaks off, what is live may call: the new permission is there
/// before, and the old one until then.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil)) struct SourceInterruptionTests {
  /// One caller, as the file has it first and then.
  enum Caller: String, CaseIterable, Sendable {
    case rule, subscription, bucket

    func yaml(isSecond: Bool) -> String {
      let name = isSecond ? "two" : "one"
      let lambda =
        "lambdas:\n  worker: { runtime: python3.12, handler: index.handler, "
        + "code: { zipFile: 'def handler(event, context): return {}' } }\n"
      let arn = "${lambdas.worker.arn}"
      let caller =
        switch self {
        case .rule:
          "eventRules:\n  r: { name: \(name), eventPattern: { source: [shop] }, targets: { w: { arn: \"\(arn)\" } } }\n"
        case .subscription:
          "topics: { one: {}, two: {} }\nsubscriptions:\n"
            + "  s: { topic: \"${topics.\(name).arn}\", protocol: lambda, endpoint: \"\(arn)\" }\n"
        case .bucket:
          "buckets:\n  b:\n    name: \(name)-{account}\n"
            + "    notifications: [{ events: ['s3:ObjectCreated:*'], lambda: \"\(arn)\" }]\n"
        }
      return lambda + caller
    }
  }

  @Test(arguments: Caller.allCases)
  func `What is live may call, wherever its change breaks off`(caller: Caller) async throws {
    let wanted = caller.yaml(isSecond: true)
    for writes in 1..<40 {
      let account = try TestAccount(.ministack)
      defer { account.remove() }
      let run = TestRun(account)
      try await run.apply(caller.yaml(isSecond: false))
      let world = CallerWorld(account)
      #expect(try await world.calling(caller) == ["one"])
      let isWhole = try await run.apply(wanted, breakingOffAt: writes)
      let (calling, allowed) = (try await world.calling(caller), try await world.allowed())
      #expect(calling.isSubset(of: allowed), "after \(writes) writes: \(calling) of \(allowed)")
      try await run.apply(wanted)
      #expect(try await run.plan(wanted).lines == [], "after \(writes) writes")
      #expect(try await world.calling(caller) == ["two"])
      #expect(try await world.allowed() == ["two"], "after \(writes) writes")
      if isWhole { return }
    }
    Issue.record("the change never came to its end")
  }
}

/// Which of the two callers are at work, and which may call.
private struct CallerWorld {
  let account: TestAccount
  let aws: ReadingClient

  init(_ account: TestAccount) {
    self.account = account
    aws = ReadingClient(target: account.target, sender: account.client)
  }

  func calling(_ caller: SourceInterruptionTests.Caller) async throws -> Set<String> {
    var found: Set<String> = []
    for name in ["one", "two"] where try await isCalling(name, caller) { found.insert(name) }
    return found
  }

  private func isCalling(_ name: String, _ caller: SourceInterruptionTests.Caller) async throws -> Bool {
    switch caller {
    case .rule:
      let answer = try await aws.readIfPresent(EventBridge.listTargetsByRule, ["Rule": .string(name)])
      return answer?.items("Targets").isEmpty == false
    case .subscription:
      let topic = account.target.arn("sns", name) ?? .null
      return try await !aws.everyItem(SNS.listSubscriptionsByTopic, ["TopicArn": topic]).isEmpty
    case .bucket:
      let bucket = "\(name)-\(account.id)"
      do throws(ProviderError) {
        return try await BucketNotifications.read(bucket, aws).declared.list?.isEmpty == false
      } catch {
        if error.kind == .notFound { return false }
        throw error
      }
    }
  }

  func allowed() async throws -> Set<String> {
    let answer = try await aws.readIfPresent(Lambda.getPolicy, ["FunctionName": "worker"])
    let text = answer?["Policy"]?.string ?? ""
    return Set(
      ["one", "two"].filter {
        text.contains(":\($0)-") || text.contains("/\($0)\"") || text.contains(":\($0)\"")
      })
  }
}
