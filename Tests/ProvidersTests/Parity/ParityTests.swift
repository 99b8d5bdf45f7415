import Planner
import Testing

@testable import Providers

/// What is said of a stack before it leaves the place where it was tried.
struct `Parity of two places` {
  private let local = Target(
    profile: "local", account: "000000000000", region: "us-east-1", endpoint: "http://localhost:4566")
  private let dev = Target(profile: "dev", account: "111111111111", region: "eu-west-1")
  private let production = Target(profile: "production", account: "333333333333", region: "eu-west-1")

  private func warnings(_ yaml: String, from source: Target, to target: Target) throws -> [Diagnostic] {
    let files = FileReader(files: ["stack.yaml": Array("stack: shop\n\(yaml)\n".utf8)])
    let stack = try StackDeclaration.load("stack.yaml", files: files).resolved(
      registry: AWSKinds.registry, target: target, variables: [:], environment: [:], files: files)
    return Parity.warnings(for: stack, from: source, to: target)
  }

  /// `summary (address)`.
  private func told(_ yaml: String, from source: Target? = nil, to target: Target? = nil) throws -> [String] {
    try warnings(yaml, from: source ?? local, to: target ?? dev).map {
      #expect($0.severity == .warning && $0.fix != nil && $0.address != nil)
      return "\($0.summary) (\($0.address?.description ?? ""))"
    }
  }

  private static let worker = """
    lambdas:
      worker:
        code: { zipFile: "def handler(event, context): return event" }
        runtime: python3.12
        handler: index.handler
        timeout: 60
    """

  @Test func `nothing is said of what can't differ`() throws {
    #expect(try told("logGroups: { app: { retentionInDays: 7 } }").isEmpty)
    let everything =
      "\(Self.worker)\nqueues: { jobs: {} }\nbuckets: { uploads: { name: \"uploads-${profile.account}\" } }"
    #expect(try told(everything, from: dev, to: production).isEmpty)
    var other = local
    other.endpoint = "http://localhost:4567"
    #expect(try told(everything, from: local, to: other).isEmpty)
  }

  @Test func `rights that no emulator has checked are named, roles and resource policies apart`() throws {
    let yaml = """
      \(Self.worker)
      queues:
        jobs:
          policy: { Statement: [{ Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: "*" }] }
      """
    let told = try told(yaml)
    #expect(told.contains("Rights are unproven (lambdas.worker.role)"))
    #expect(told.contains("Resource policies are unproven (queues.jobs)"))
  }

  @Test(arguments: [
    ("arn:aws:kms:eu-west-1:000000000000:key/abc", "the account 000000000000"),
    ("arn:aws:kms:us-east-1:111111111111:key/abc", "the region us-east-1"),
  ])
  func `an ARN of the source that is written out is found`(arn: String, fault: String) throws {
    let warnings = try warnings(
      "logGroups: { app: { kmsKeyId: \"\(arn)\" } }", from: local, to: dev)
    #expect(warnings.map(\.summary) == ["Names another place"])
    #expect(warnings.first?.detail.contains(fault) == true)
    #expect(warnings.first?.span?.line == 2)
  }

  @Test func `an ARN of a third account, and one that is referred to, are nobody's mistake`() throws {
    let yaml = """
      logGroups: { app: { kmsKeyId: "arn:aws:kms:eu-west-1:999999999999:key/abc" } }
      topics: { news: {} }
      alarms:
        high: { namespace: A, metricName: B, statistic: Sum, period: 60, evaluationPeriods: 1, threshold: 1,
          comparisonOperator: GreaterThanThreshold, alarmActions: ["${topics.news.arn}"] }
      """
    #expect(try !told(yaml).contains { $0.hasPrefix("Names another place") })
  }

  @Test(arguments: ["http://localhost:4566", "http://127.0.0.1:8080/x", "http://host.docker.internal:4566"])
  func `an address of this machine is found in an environment`(url: String) throws {
    let yaml = "\(Self.worker)\n    environment: { AWS_ENDPOINT_URL: \"\(url)\" }"
    let warnings = try warnings(yaml, from: local, to: dev)
    let warning = try #require(warnings.first { $0.summary == "An address of this machine" })
    #expect(warning.detail.hasPrefix("environment.AWS_ENDPOINT_URL is"))
    // What stays on this machine may name it.
    var second = local
    second.account = "111111111111"
    #expect(try !told(yaml, to: second).contains { $0.hasPrefix("An address") })
  }

  @Test func `runtimes that AWS gives up, code that is reloaded, and reservations beyond the quota`() throws {
    let yaml = """
      lambdas:
        old:
          code: { s3Bucket: hot-reload, s3Key: /home/me/code }
          runtime: python3.9
          handler: app.handler
          reservedConcurrentExecutions: 950
      """
    let warnings = try warnings(yaml, from: local, to: dev)
    let runtime = try #require(warnings.first { $0.summary == "A runtime that AWS gives up" })
    #expect(runtime.detail.contains("2025-12-15") && runtime.fix?.contains("python3.14") == true)
    #expect(warnings.contains { $0.summary == "Code that is reloaded from a folder" })
    #expect(warnings.contains { $0.summary == "Beyond Lambda's quota" && $0.detail.contains("950") })
  }

  @Test func `an API that waits too briefly`() throws {
    let yaml = """
      \(Self.worker)
      apis:
        shop: { routes: { GET /orders: { lambda: "${lambdas.worker.arn}" } } }
        patient:
          endpointType: REGIONAL
          routes: { GET /orders: { lambda: "${lambdas.worker.arn}", timeoutInMillis: 60000 } }
      """
    let told = try told(yaml)
    #expect(
      told.filter { $0.hasPrefix("Callers") } == ["Callers are sent away before the answer (apis.shop)"])
    #expect(told.contains("Beyond API Gateway's quota (apis.patient)"))
  }

  @Test func `a trust policy that needs a raised quota`() throws {
    let condition = "{ StringEquals: { \"aws:SourceArn\": \"\(String(repeating: "x", count: 3000))\" } }"
    let yaml = """
      roles:
        big:
          assumeRolePolicyDocument:
            Statement:
              - { Effect: Allow, Action: "sts:AssumeRole", Principal: { Service: ecs.amazonaws.com }, Condition: \(condition) }
      """
    #expect(try told(yaml).contains("Beyond IAM's quota (roles.big)"))
    #expect(try !told(yaml, from: dev, to: production).contains { $0.hasPrefix("Beyond") })
  }

  @Test func `bucket names: one world on AWS, one space on one emulator, told apart by account or prefix`()
    throws
  {
    #expect(try told("buckets: { uploads: {} }") == ["Bucket names may be taken (buckets.uploads)"])
    #expect(try told("buckets: { uploads: { name: \"uploads-${profile.account}\" } }").isEmpty)
    #expect(
      try told("buckets: { uploads: {} }", from: dev, to: production) == [
        "Bucket names are taken (buckets.uploads)"
      ])
    var second = local
    second.account = "111111111111"
    second.profile = "dev"
    #expect(
      try told("buckets: { uploads: {} }", from: local, to: second) == [
        "Bucket names are taken (buckets.uploads)"
      ])
    second.namePrefix = "dev-"
    #expect(try told("buckets: { uploads: {} }", from: local, to: second).isEmpty)
  }

  @Test func `queues of sixty are one warning, and what an emulator ignores names it`() throws {
    let queues = (1...60).map { "  q\($0): {}" }.joined(separator: "\n")
    let warnings = try warnings("queues:\n\(queues)", from: local, to: dev)
    #expect(warnings.map(\.summary) == ["Queue names rest for a minute"])
    #expect(warnings.first?.detail.contains("queues.q1, queues.q2, queues.q3 and 57 more") == true)
    let silent = try self.warnings(
      "topics: { news: { tracingConfig: Active } }", from: local, to: dev)
    #expect(silent.map(\.summary) == ["Taken, and without effect"])
    #expect(silent.first?.detail.contains("LocalStack takes tracingConfig") == true)
  }

  @Test func `every silent property is one that its kind has`() {
    for silent in SilentProperty.all {
      #expect(
        AWSKinds.registry[silent.section]?.schema.property(silent.property) != nil,
        "\(silent.section).\(silent.property)")
      #expect(!silent.evidence.isEmpty, "\(silent.section).\(silent.property)")
    }
  }

  @Test(arguments: [
    ("https://sqs.eu-west-1.amazonaws.com", true), ("https://vpce-1.sqs.cn-north-1.amazonaws.com.cn", true),
    ("http://localhost:4566", false), ("https://amazonaws.com.example.org", false),
  ])
  func `AWS is known by its host`(endpoint: String, isAWS: Bool) {
    #expect(Target(account: nil, region: "eu-west-1", endpoint: endpoint).isAWS == isAWS)
  }
}
