import Foundation
import Planner
import Providers
import Testing

/// Four profiles, each an account of its own, on one emulator or on two: what a team promotes through.
struct Ladder: Sendable {
  static let names = ["local", "dev", "staging", "production"]

  /// By profile: its account, on its endpoint.
  let accounts: [String: TestAccount]
  /// By profile: what stands between the program and the endpoint.
  let proxies: [String: FaultProxy]
  /// Where the program works.
  let folder: URL

  /// Where the four profiles are.
  enum Plan: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case oneMiniStack, oneLocalStack, miniStackAndLocalStack, twoLocalStacks

    var testDescription: String { rawValue }

    /// The endpoints of the first two profiles and of the last two; nil where there is no such emulator.
    var endpoints: (first: (TestEndpoint, String), second: (TestEndpoint, String))? {
      let mini = TestEndpoint.ministack.urls.first.map { (TestEndpoint.ministack, $0) }
      let stacks = TestEndpoint.localstack.urls.map { (TestEndpoint.localstack, $0) }
      switch self {
      case .oneMiniStack: return mini.map { ($0, $0) }
      case .oneLocalStack:
        return TestEndpoint.localstack.nextURL.map { url in
          ((.localstack, url), (.localstack, url))
        }
      case .miniStackAndLocalStack: return mini.flatMap { first in stacks.first.map { (first, $0) } }
      case .twoLocalStacks: return stacks.count > 1 ? (stacks[0], stacks[1]) : nil
      }
    }

    static var available: [Plan] { allCases.filter { $0.endpoints != nil } }
    /// Every profile on one emulator.
    static var single: [Plan] { available.filter { [.oneMiniStack, .oneLocalStack].contains($0) } }
  }

  init(_ plan: Plan) throws {
    let endpoints = try #require(plan.endpoints)
    var accounts: [String: TestAccount] = [:]
    var proxies: [String: FaultProxy] = [:]
    for (index, name) in Self.names.enumerated() {
      // One step of the ladder goes from one emulator to the other: from local to dev, and all behind it.
      let (kind, url) = index == 0 ? endpoints.first : endpoints.second
      accounts[name] = try TestAccount(kind, url: url)
      proxies[name] = try FaultProxy(to: url)
    }
    self.accounts = accounts
    self.proxies = proxies
    folder = try #require(accounts["local"]).folder
  }

  func account(_ profile: String) throws -> TestAccount { try #require(accounts[profile]) }
  func proxy(_ profile: String) throws -> FaultProxy { try #require(proxies[profile]) }

  /// Writes `stackform.yaml`; `more` are lines of a profile in flow form, as `gates: [inSync]`.
  func project(_ more: [String: String] = [:]) throws {
    var text = "project: shop\nprofiles:\n"
    for (index, name) in Self.names.enumerated() {
      text +=
        "  \(name): { endpoint: \"\(try proxy(name).url)\", region: us-east-1, account: \"\(try account(name).id)\""
      if index > 0 { text += ", promoteFrom: \(Self.names[index - 1])" }
      text += (more[name].map { ", \($0)" } ?? "") + " }\n"
    }
    try write(text, to: "stackform.yaml")
  }

  func write(_ text: String, to path: String) throws { try account("local").write(text, to: path) }

  /// Takes away the working tree: all but `stackform.yaml`.
  func forgetWorkingTree() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name != "stackform.yaml" {
      try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }

  /// A folder of another machine: it has `stackform.yaml`, and nothing else.
  func anotherMachine() throws -> URL {
    let other = FileManager.default.temporaryDirectory.appendingPathComponent(
      "stackform-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: folder.appendingPathComponent("stackform.yaml"), to: other.appendingPathComponent("stackform.yaml"))
    return other
  }

  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
      "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "USER": "tester",
      "STACKFORM": Program.binary.path,
    ]
  }

  func start(
    _ arguments: [String], variables: [String: String] = [:], in folder: URL? = nil, terminal: Int32? = nil
  ) throws -> ProgramRun {
    try ProgramRun(
      arguments, in: folder ?? self.folder, environment: environment.merging(variables) { $1 },
      terminal: terminal)
  }

  /// Runs the program, and demands its exit code.
  @discardableResult
  func expect(
    _ code: Int32, _ arguments: String..., variables: [String: String] = [:], in folder: URL? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Program.Result {
    let result = try await Program.slots.with {
      try await start(arguments, variables: variables, in: folder).result()
    }
    #expect(result.code == code, "\(result)", sourceLocation: sourceLocation)
    return result
  }

  func store(_ profile: String) throws -> S3LedgerStore {
    let account = try account(profile)
    return S3LedgerStore(
      sender: account.client, account: account.id, region: "us-east-1", stack: "shop",
      isRunning: { _ in true })
  }

  func ledger(_ profile: String) async throws -> Ledger {
    try #require(try await store(profile).load()).ledger
  }

  /// Changes a ledger behind the program's back.
  func edit(_ profile: String, _ change: (inout Ledger) -> Void) async throws {
    let store = try store(profile)
    var stored = try #require(try await store.load())
    change(&stored.ledger)
    _ = try await store.save(stored.ledger, replacing: stored.revision)
  }

  /// Gives each test a ladder, and clears up after it: what it left on the endpoints goes too.
  static func with(_ plan: Plan, _ body: (Ladder) async throws -> Void) async throws {
    let ladder = try Ladder(plan)
    do {
      try await body(ladder)
    } catch {
      await ladder.clear()
      throw error
    }
    await ladder.clear()
  }

  private func clear() async {
    for proxy in proxies.values { proxy.passEverything() }
    try? write("stack: shop\n", to: "stack.yaml")
    for name in Self.names {
      _ = try? await store(name).breakLock()
      _ = try? await start(
        ["destroy", "--profile", name, "--auto-approve", "--confirm", name, "--allow-data-loss"]
      ).result()
    }
    for proxy in proxies.values { proxy.close() }
    for account in accounts.values { account.remove() }
  }
}

extension Stacks {
  /// A small service whose values differ from profile to profile.
  static func service(code: Int = 1) -> (stack: String, code: String) {
    (
      """
      stack: shop
      variables:
        retention: 7
        timeout: { type: integer, default: 30 }
      queues:
        jobs: { visibilityTimeout: "${var.timeout}" }
      logGroups:
        worker: { name: /aws/lambda/worker, retentionInDays: "${var.retention}" }
      lambdas:
        worker: { code: code, runtime: python3.12, handler: app.handler, environment: { QUEUE: "${queues.jobs.url}" } }
      alarms:
        deep:
          namespace: AWS/SQS
          metricName: ApproximateNumberOfMessagesVisible
          statistic: Maximum
          period: 60
          evaluationPeriods: 1
          threshold: 1
          comparisonOperator: GreaterThanOrEqualToThreshold
          treatMissingData: ignore
          dimensions: { QueueName: "${queues.jobs.name}" }
      outputs:
        url: "${queues.jobs.url}"

      """, "def handler(event, context):\n    return \(code)\n"
    )
  }
}

extension Ladder {
  /// Writes the service and applies it to local.
  @discardableResult
  func applyService(code: Int = 1, _ more: String..., variables: [String: String] = [:]) async throws
    -> Program.Result
  {
    let service = Stacks.service(code: code)
    try write(service.stack, to: "stack.yaml")
    try write(service.code, to: "code/app.py")
    let result = try await start(["apply", "--auto-approve"] + more, variables: variables).result()
    #expect(result.code == 0, "\(result)")
    return result
  }

  /// The digest of a lambda's code, as boto3 tells it.
  func codeDigest(_ profile: String) async throws -> String {
    try await account(profile).python(
      "print(client('lambda').get_function(FunctionName='worker')['Configuration']['CodeSha256'])")
  }

  /// What people and programs see of an account, ledger apart.
  func live(_ profile: String) async throws -> String { try await Self.live(try account(profile)) }

  static func live(_ account: TestAccount) async throws -> String {
    let text = try await account.python(
      """
      sqs, logs, functions = client("sqs"), client("logs"), client("lambda")
      for url in sorted(sqs.list_queues().get("QueueUrls", [])):
          print(url.rsplit("/")[-1], sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"])
      for group in logs.describe_log_groups()["logGroups"]:
          print(group["logGroupName"], group.get("retentionInDays"))
      for function in functions.list_functions()["Functions"]:
          print(function["FunctionName"], function["CodeSha256"], function["Timeout"])
      print([a["AlarmName"] for a in client("cloudwatch").describe_alarms()["MetricAlarms"]])
      print(sorted(r["RoleName"] for r in client("iam").list_roles()["Roles"] if not r["Path"].startswith("/aws-service-role")))
      """)
    return text.replacingOccurrences(of: account.id, with: "ACCOUNT")
  }
}
