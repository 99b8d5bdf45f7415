import Planner
import Testing

@testable import Providers

/// A rule does what it is for, by the rights that are derived for it.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil))
struct EventRuleRoundTripTests {
  private static let yaml = """
    eventBuses: { shop: {} }
    queues: { large: {}, all: {} }
    topics: { news: {} }
    subscriptions:
      all: { topic: "${topics.news.arn}", protocol: sqs, endpoint: "${queues.all.arn}", rawMessageDelivery: true }
    eventRules:
      large:
        eventBusName: shop
        eventPattern: { source: [shop], detail: { total: [{ numeric: [">", 100] }] } }
        targets: { queue: { arn: "${queues.large.arn}", inputPath: $.detail } }
      all:
        eventBusName: shop
        eventPattern: { source: [shop] }
        targets:
          news:
            arn: "${topics.news.arn}"
            inputTransformer: { inputPathsMap: { total: $.detail.total }, inputTemplate: '{"sum": <total>}' }

    """

  /// Sends two events, and prints what each queue got.
  private static let sending = """
    import json
    events, sqs = client("events"), client("sqs")
    entries = [{"EventBusName": "shop", "Source": "shop", "DetailType": "sold", "Detail": json.dumps({"total": total})}
        for total in (20, 200)]
    assert events.put_events(Entries=entries)["FailedEntryCount"] == 0
    for name, count in (("large", 1), ("all", 2)):
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        bodies = []
        for _ in range(20):
            if len(bodies) >= count:
                break
            got = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1, MaxNumberOfMessages=10).get("Messages", [])
            bodies += [json.dumps(json.loads(m["Body"])) for m in got]
        print(name, *sorted(bodies))
    """

  @Test(arguments: TestEndpoint.available)
  func `Events that fit reach a queue and a topic, each as its target says`(endpoint: TestEndpoint)
    async throws
  {
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    try await run.apply(Self.yaml)
    #expect(try await run.plan(Self.yaml).lines == [])
    let got = try await account.python(Self.sending)
    #expect(
      got.split(separator: "\n").map(String.init) == [
        #"large {"total": 200}"#, #"all {"sum": 200} {"sum": 20}"#,
      ])
    _ = try await run.destroy(Self.yaml)
  }

  @Test(arguments: TestEndpoint.available)
  func `Targets that somebody else put there do not keep a rule from being deleted`(
    endpoint: TestEndpoint
  ) async throws {
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    let yaml = "eventRules: { bare: { eventPattern: { source: [shop] } } }\n"
    try await run.apply(yaml)
    try await account.python(
      """
      client("events").put_targets(
          Rule="bare", Targets=[{"Id": "theirs", "Arn": f"arn:aws:sqs:{region}:{account}:theirs"}])
      """)
    #expect(try await run.plan(yaml).lines == [])
    _ = try await run.destroy(yaml)
    let left = try await account.python("print(len(client('events').list_rules()['Rules']))")
    #expect(left.hasPrefix("0"))
  }

  private static func calling(_ lambda: String, _ rule: String = "called") -> String {
    """
    stack: shop
    eventBuses: { shop: {} }
    queues: { dead: {} }
    lambdas: { \(lambda): { code: code, runtime: python3.12, handler: app.handler } }
    eventRules:
      \(rule):
        eventBusName: shop
        eventPattern: { source: [shop] }
        targets: { worker: { arn: "${lambdas.\(lambda).arn}", deadLetterConfig: { arn: "${queues.dead.arn}" } } }

    """
  }

  @Test(arguments: TestEndpoint.available)
  func `What a target needs is there before the rule calls it, and goes after the rule lets it go`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Self.calling("first")) { place in
      let plan = try await place.expect(2, "plan", "--detailed-exitcode")
      #expect(plan.output.contains("eventRules.called.permission-first"), "\(plan)")
      try await place.expect(0, "apply", "--auto-approve")
      place.expectOrder(["CreateEventBus", "PutRule", "PutTargets"])
      place.expectOrder(["CreateQueue", "PutTargets"])
      place.expectOrder(["CreateFunction", "AddPermission", "PutTargets"])
      try place.write(Self.calling("second"))
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve")
      place.expectOrder(["CreateFunction", "AddPermission", "PutTargets", "RemovePermission"])
      place.expectOrder(["PutTargets", "DeleteFunction"])
      try await place.expect(0, "plan", "--detailed-exitcode")
      place.proxy.passEverything()
      try await place.expect(0, "destroy", "--auto-approve")
      place.expectOrder(["RemoveTargets", "DeleteRule", "DeleteEventBus"])
      place.expectOrder(["DeleteRule", "DeleteQueue"])
      place.expectOrder(["DeleteRule", "DeleteFunction"])
    }
  }
}

extension Workplace {
  /// Demands that the first request of each operation comes after that of the one before it.
  fileprivate func expectOrder(_ operations: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    let requests = proxy.requests.map(\.name)
    let places = operations.map { operation in requests.firstIndex { $0 == operation } ?? -1 }
    #expect(
      places == places.sorted() && !places.contains(-1), "\(operations): \(requests)",
      sourceLocation: sourceLocation)
  }
}

extension ProxiedRequest {
  /// What the service calls it; Lambda's calls are told by their methods and paths.
  fileprivate var name: String {
    guard path.contains("/functions") else { return operation }
    let isPolicy = path.contains("/policy")
    switch method {
    case "POST" where isPolicy: return "AddPermission"
    case "POST": return "CreateFunction"
    case "DELETE": return isPolicy ? "RemovePermission" : "DeleteFunction"
    default: return operation
    }
  }
}
