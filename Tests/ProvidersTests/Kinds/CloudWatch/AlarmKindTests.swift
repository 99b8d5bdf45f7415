import Testing

@testable import Planner
@testable import Providers

struct `An alarm's problems` {
  static let cases: [(String, [String: Value], [[String]])] = [
    ("none", [:], []),
    ("nothing to watch", ["metricName": .null], [[]]),
    ("no comparison", ["comparisonOperator": .null], [[]]),
    ("an interval without a query", ["evaluationInterval": 60], [["evaluationInterval"]]),
    ("a query beside all else", ["evaluationCriteria": query], besideQuery),
    ("no namespace", ["namespace": .null], [["metricName"]]),
    ("no statistic", ["statistic": .null], [[]]),
    ("two statistics", ["extendedStatistic": "p99"], [["extendedStatistic"]]),
    ("metric and metric math", ["metrics": [["id": "a", "expression": "1"]]], oneMetric),
    ("no threshold", ["threshold": .null], [[]]),
    ("two thresholds", ["thresholdMetricId": "band"], [["thresholdMetricId"]]),
    (
      "a band's comparison without a band", ["comparisonOperator": "GreaterThanUpperThreshold"],
      [["comparisonOperator"]]
    ),
    ("more data points than periods", ["datapointsToAlarm": 3], [["datapointsToAlarm"]]),
    ("a period of a minute and a half", ["period": 90], [["period"]]),
    ("two days of minutes", ["evaluationPeriods": 2880], [["evaluationPeriods"]]),
    ("two days of hours", ["evaluationPeriods": 48, "period": 3600], []),
    ("six actions", ["okActions": .list((1...6).map { .string("arn:\($0)") })], [["okActions"]]),
  ]

  private static let query: Value = ["promQLCriteria": ["query": "up == 0"]]
  private static let besideQuery = [
    ["metricName"], ["namespace"], ["period"], ["statistic"], ["comparisonOperator"], ["evaluationPeriods"],
    ["threshold"],
  ]
  private static let oneMetric = [["metricName"], ["namespace"], ["period"], ["statistic"]]

  @Test(arguments: cases)
  func `are told by their path`(_ case: String, _ properties: [String: Value], _ paths: [[String]]) {
    let sound: [String: Value] = [
      "metricName": "Size", "namespace": "Mine", "statistic": "Sum", "period": 60, "evaluationPeriods": 2,
      "threshold": 1, "comparisonOperator": "GreaterThanThreshold",
    ]
    let alarm = Resource(
      Address("alarms", "full"), name: "full",
      properties: sound.merging(properties) { $1 }.filter { !$0.value.isNull })
    #expect(AlarmKind().allProblems(of: alarm).map(\.path) == paths)
  }

  @Test func `with an anomaly band are told of the metric that is none`() {
    func problems(_ threshold: Value) -> [[String]] {
      let stat: Value = [
        "metric": ["namespace": "Mine", "metricName": "Size"], "period": 90, "stat": "Sum",
      ]
      let alarm = Resource(
        Address("alarms", "full"), name: "full",
        properties: [
          "thresholdMetricId": threshold, "evaluationPeriods": 1,
          "comparisonOperator": "GreaterThanUpperThreshold",
          "metrics": [
            ["id": "band", "expression": "ANOMALY_DETECTION_BAND(size)"],
            ["id": "size", "metricStat": stat, "period": 60],
          ],
        ])
      return AlarmKind().allProblems(of: alarm).map(\.path)
    }
    let periods = [["metrics", "1", "period"], ["metrics", "1", "metricStat", "period"]]
    #expect(problems("band") == periods)
    #expect(problems("size") == periods + [["thresholdMetricId"]])
    #expect(problems("none") == periods + [["thresholdMetricId"]])
  }

  @Test func `in metric math are told item by item`() {
    let alarm = Resource(
      Address("alarms", "full"), name: "full",
      properties: [
        "threshold": 1, "evaluationPeriods": 1, "comparisonOperator": "GreaterThanThreshold",
        "metrics": [["id": "a", "expression": "b"], ["id": "a"]],
      ])
    #expect(
      AlarmKind().allProblems(of: alarm).map(\.path) == [
        ["metrics", "1", "id"], ["metrics", "1"], ["metrics"],
      ])
  }
}

struct `An alarm's verbs` {
  private let kind = AlarmKind()
  private let owner = Owner(stack: "shop", address: Address("alarms", "full"))

  private func alarm(_ properties: [String: Value] = [:]) -> Resource {
    Resource(Address("alarms", "full"), name: "full", properties: properties)
  }

  @Test func `read through nulls, texts and values that no alarm has`() async throws {
    let sender = AnsweringSender([
      "DescribeAlarms": [
        "MetricAlarms": [
          [
            "AlarmName": "full", "Namespace": "Mine", "MetricName": "Size", "Statistic": "Average",
            "ExtendedStatistic": "p99", "Period": "60", "Threshold": "1.5", "ActionsEnabled": "true",
            "Unit": .null, "OKActions": "", "Dimensions": [["Name": "Queue", "Value": "jobs"]],
          ]
        ]
      ],
      "ListTagsForResource": ["Tags": ""],
    ])
    let live = try #require(try await kind.read(LiveQuery(alarm(), owner: owner), sender.reading))
    #expect(
      live.properties == [
        "namespace": "Mine", "metricName": "Size", "extendedStatistic": "p99", "period": 60,
        "threshold": .number(1.5), "actionsEnabled": true, "dimensions": ["Queue": "jobs"], "tags": [:],
      ])
  }

  @Test func `tell that an endpoint keeps metric math to itself`() async throws {
    let sender = AnsweringSender([
      "DescribeAlarms": [
        "MetricAlarms": [["AlarmName": "full", "Statistic": "Average", "Period": 60, "MetricName": .null]]
      ],
      "ListTagsForResource": [:],
    ])
    let metrics: Value = [["id": "a", "expression": "1"]]
    let query = LiveQuery(alarm(["metrics": metrics]), owner: owner)
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(live.properties == ["tags": [:]])
    #expect(
      live.untold == ["metrics", "thresholdMetricId", "evaluationCriteria", "evaluationInterval"])
  }

  @Test func `read a hundred names a request`() async throws {
    let sender = AnsweringSender(["DescribeAlarms": ["MetricAlarms": []]])
    let queries = (0..<250).map {
      LiveQuery(Resource(Address("alarms", "a\($0)"), name: "a\($0)"), owner: owner)
    }
    #expect(await kind.read(queries, sender.reading).count == 250)
    #expect(await sender.operations == ["DescribeAlarms", "DescribeAlarms", "DescribeAlarms"])
  }

  @Test func `tell the whole alarm when one property changes`() async throws {
    let sender = AnsweringSender(["PutMetricAlarm": [:]])
    let live = LiveResource(
      id: "full",
      properties: [
        "metricName": "Size", "namespace": "Mine", "unit": "Count", "dimensions": ["Queue": "jobs"],
        "threshold": 1, "alarmDescription": "old", "tags": ["team": "blue"],
      ], attributes: [:], owner: owner)
    let wanted = alarm(["threshold": 2, "alarmDescription": .null, "metricName": "Size", "namespace": "Mine"])
    let update = Update(
      live: live, resource: wanted, owner: owner, changed: ["threshold", "alarmDescription"])
    _ = try await kind.update(update, sender.writing)
    #expect(
      await sender.input("PutMetricAlarm") == [
        "AlarmName": "full", "MetricName": "Size", "Namespace": "Mine", "Unit": "Count", "Threshold": 2,
        "Dimensions": [["Name": "Queue", "Value": "jobs"]],
      ])
  }

  /// AWS itself, which takes tags in the creating call.
  private func aws(_ sender: AnsweringSender) -> WritingClient {
    WritingClient(target: Target(account: "111111111111", region: "eu-west-1"), sender: sender)
  }

  @Test func `spell a query as CloudWatch does`() async throws {
    let sender = AnsweringSender(["PutMetricAlarm": [:]])
    let criteria: Value = ["promQLCriteria": ["query": "up == 0", "pendingPeriod": 60, "recoveryPeriod": 30]]
    let resource = alarm(["evaluationCriteria": criteria, "evaluationInterval": 20])
    _ = try await kind.create(Creation(resource: resource, owner: owner), aws(sender))
    let input = await sender.input("PutMetricAlarm")
    #expect(
      input?["EvaluationCriteria"] == [
        "PromQLCriteria": ["Query": "up == 0", "PendingPeriod": 60, "RecoveryPeriod": 30]
      ])
    #expect(input?["EvaluationInterval"] == 20)
  }

  @Test(arguments: [
    (EndpointSoftware.miniStack, ["PutMetricAlarm"]),
    (.localStack, ["PutMetricAlarm", "TagResource"]),
  ])
  func `send tags after the creation only where it drops them`(
    _ software: EndpointSoftware, _ operations: [String]
  ) async throws {
    let sender = AnsweringSender(["PutMetricAlarm": [:], "TagResource": [:]])
    let creation = Creation(resource: alarm(["tags": ["team": "blue"]]), owner: owner)
    _ = try await kind.create(creation, sender.writing(as: software))
    #expect(await sender.operations == operations)
    #expect(await sender.input(operations.last ?? "")?.items("Tags").count == 3)
  }

  @Test func `take tags off before a deletion only where the next alarm would have them`() async throws {
    let sender = AnsweringSender(["DeleteAlarms": [:], "UntagResource": [:]])
    let live = LiveResource(id: "full", properties: ["tags": ["team": "b"]], attributes: [:], owner: owner)
    let deletion = Deletion(address: owner.address, section: "alarms", live: live)
    for aws in [sender.writing, sender.writing(as: .miniStack)] { try await kind.delete(deletion, aws) }
    #expect(await sender.operations == ["DeleteAlarms", "DeleteAlarms"])
    try await kind.delete(deletion, sender.writing(as: .localStack))
    #expect(await sender.operations.suffix(2) == ["UntagResource", "DeleteAlarms"])
    #expect(
      await sender.input("UntagResource")?["TagKeys"] == ["stackform:stack", "stackform:address", "team"])
  }

  @Test func `send only tags that differ, and at creation none apart`() async throws {
    let sender = AnsweringSender(["PutMetricAlarm": [:], "TagResource": [:], "UntagResource": [:]])
    _ = try await kind.create(
      Creation(resource: alarm(["tags": ["team": "blue"]]), owner: owner), aws(sender))
    #expect(await sender.operations == ["PutMetricAlarm"])
    #expect(await sender.input("PutMetricAlarm")?.items("Tags").count == 3)
    let live = LiveResource(
      id: "full", properties: ["tags": ["team": "blue", "old": "1"]], attributes: [:], owner: owner)
    for tags: Value in [["team": "blue", "old": "1"], ["team": "red"]] {
      let update = Update(live: live, resource: alarm(["tags": tags]), owner: owner, changed: ["tags"])
      _ = try await kind.update(update, sender.writing)
    }
    #expect(await sender.operations == ["PutMetricAlarm", "UntagResource", "TagResource"])
    #expect(await sender.input("TagResource")?["Tags"] == [["Key": "team", "Value": "red"]])
  }

  @Test func `let it tell topics and call lambdas`() {
    var resource = alarm(["alarmActions": ["arn:topic", "arn:lambda"], "okActions": ["arn:topic"]])
    let reference = { (section: String, name: String, property: String, index: Int) in
      Reference(
        Address(section, name), attribute: "arn", property: property, path: "\(property).\(index)")
    }
    resource.references = [
      reference("topics", "alerts", "alarmActions", 0), reference("lambdas", "fix", "alarmActions", 1),
      reference("topics", "alerts", "okActions", 0),
    ]
    let stack = Stack(name: "shop", target: Target(account: "111111111111", region: "eu-west-1"), outputs: [])
    let derived = kind.derived(from: resource, in: stack)
    #expect(derived.count == 3)
    guard case .statement(let topic, "policy", let statement, _) = derived[0],
      case .resource(let permission) = derived[1], case .dependency(let of, let on, _) = derived[2]
    else {
      Issue.record("\(derived)")
      return
    }
    #expect(topic == Address("topics", "alerts") && statement["Resource"] == "arn:topic")
    #expect(permission.section == "permissions" && permission["function"] == "arn:lambda")
    #expect(permission["sourceArn"] == "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:full")
    #expect(of == resource.address && on == Address("alarms", "full", part: "permission-fix"))
  }
}

struct `Many alarms` {
  private let kind = AlarmKind()

  private func query(_ name: String) -> LiveQuery {
    let address = Address("alarms", "a\(name.count)")
    return LiveQuery(
      Resource(address, name: name, properties: [:]), owner: Owner(stack: "shop", address: address))
  }

  private func found(_ name: String) -> Value {
    ["AlarmName": .string(name), "AlarmArn": .string("arn:" + name)]
  }

  @Test func `are told apart by their whole names, whatever stands in them`() async throws {
    let names = ["high", "cpu|high"]
    let sender = AnsweringSender([
      "DescribeAlarms": ["MetricAlarms": .list(names.map(found))], "ListTagsForResource": ["Tags": []],
    ])
    let queries = names.map(query)
    let answers = await kind.read(queries, sender.reading)
    #expect(try queries.map { try answers[$0.address]?.get()?.id } == names)
    let live = try #require(try answers[queries[1].address]?.get())
    #expect(live.attributes["name"] == "cpu|high")
    let deletion = Deletion(address: queries[1].address, section: "alarms", live: live)
    let writing = AnsweringSender(["DeleteAlarms": [:]])
    try await kind.delete(deletion, writing.writing)
    #expect(await writing.input("DeleteAlarms")?["AlarmNames"] == ["cpu|high"])
  }

  @Test func `are gone when their tags are, although the listing still shows them`() async throws {
    let gone = ProviderError(.notFound, message: "no such alarm", status: 404)
    let sender = AnsweringSender([
      "DescribeAlarms": [.success(["MetricAlarms": [found("high")]])],
      "ListTagsForResource": [.failure(gone)],
    ])
    #expect(try await kind.read(query("high"), sender.reading) == nil)
  }

  @Test func `are not listed to see which are there: to ask for them by name is cheaper`() async throws {
    let sender = AnsweringSender([:] as [String: Value])
    #expect(try await kind.identities(among: [query("a"), query("bb")], sender.reading) == nil)
    #expect(await sender.operations.isEmpty)
  }
}
