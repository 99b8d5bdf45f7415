import Testing

@testable import Planner
@testable import Providers

struct `A log group` {
  private let kind = LogGroupKind()
  private let owner = Owner(stack: "shop", address: Address("logGroups", "worker"))

  private func group(_ properties: [String: Value] = [:], name: String = "/aws/lambda/worker") -> Resource {
    Resource(Address("logGroups", "worker"), name: name, properties: properties)
  }

  @Test
  func `is not taken for one whose name begins the same, and tells that its class is kept from us`()
    async throws
  {
    let sender = AnsweringSender([
      "DescribeLogGroups": [
        "logGroups": [
          ["logGroupName": "/aws/lambda/worker-2", "retentionInDays": 3],
          ["logGroupName": "/aws/lambda/worker", "retentionInDays": 7],
        ]
      ],
      "ListTagsForResource": ["tags": ["team": "blue"]],
    ])
    let wanted = group(["logGroupClass": "INFREQUENT_ACCESS"])
    let live = try #require(try await kind.read(LiveQuery(wanted, owner: owner), sender.reading))
    #expect(live.properties == ["retentionInDays": 7, "tags": ["team": "blue"]])
    #expect(live.untold == ["logGroupClass"])
    #expect(
      await sender.input("ListTagsForResource")?["resourceArn"]
        == "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/worker")
    let other = group(name: "/aws/lambda/work")
    #expect(try await kind.read(LiveQuery(other, owner: owner), sender.reading) == nil)
  }

  @Test(
    arguments: [(nil, ["logGroupClass"]), (.localStack, ["logGroupClass", "tags"])]
      as [(EndpointSoftware?, Set<String>)])
  func `without tags is the ledger's to know where the endpoint keeps none`(
    _ software: EndpointSoftware?, _ untold: Set<String>
  ) async throws {
    let sender = AnsweringSender([
      "DescribeLogGroups": ["logGroups": [["logGroupName": "/aws/lambda/worker"]]],
      "ListTagsForResource": ["tags": [:]],
    ])
    let target = Target(
      account: "1", region: "eu-west-1", endpoint: "http://localhost:4566", software: software?.rawValue)
    let aws = ReadingClient(target: target, sender: sender)
    let live = try #require(try await kind.read(LiveQuery(group(), owner: owner), aws))
    #expect(live.untold == untold && live.owner == nil)
    func ownership(_ record: Ledger.Record?) -> Ownership {
      Ownership(
        live, at: owner.address, stackName: "shop", record: record, isCreatedWithTags: true,
        isInStack: { _ in true })
    }
    let record = Ledger.Record(
      section: "logGroups", identities: [Ledger.Identity(name: live.id, id: live.id)])
    #expect(ownership(record) == (software == nil ? .oursUntagged : .ours))
    #expect(ownership(nil) == .nobody)
  }

  @Test func `loses its tags before its deletion only where the next one would have them`() async throws {
    let sender = AnsweringSender(["UntagResource": [:], "DeleteLogGroup": [:]])
    let live = LiveResource(
      id: "/aws/lambda/worker", properties: ["tags": ["team": "blue"]], attributes: [:], owner: owner)
    let deletion = Deletion(address: owner.address, section: "logGroups", live: live)
    for aws in [sender.writing, sender.writing(as: .miniStack)] { try await kind.delete(deletion, aws) }
    #expect(await sender.operations == ["DeleteLogGroup", "DeleteLogGroup"])
    try await kind.delete(deletion, sender.writing(as: .localStack))
    #expect(await sender.operations.suffix(2) == ["UntagResource", "DeleteLogGroup"])
    #expect(
      await sender.input("UntagResource")?["tagKeys"] == ["stackform:stack", "stackform:address", "team"])
  }

  @Test func `whose tags are gone already is deleted all the same`() async throws {
    let sender = AnsweringSender(["DeleteLogGroup": [:]])
    let live = LiveResource(id: "/aws/lambda/worker", properties: [:], attributes: [:], owner: owner)
    try await kind.delete(
      Deletion(address: owner.address, section: "logGroups", live: live), sender.writing(as: .localStack))
    #expect(await sender.operations == ["UntagResource", "DeleteLogGroup"])
  }

  @Test func `loses old tags before it gets new ones`() async throws {
    let sender = AnsweringSender(["TagResource": [:], "UntagResource": [:]])
    let live = LiveResource(
      id: "/aws/lambda/worker", properties: ["tags": ["old": "1"]], attributes: [:], owner: owner)
    _ = try await kind.update(
      Update(live: live, resource: group(["tags": ["new": "1"]]), owner: owner, changed: ["tags"]),
      sender.writing)
    #expect(await sender.operations == ["UntagResource", "TagResource"])
    let arn: Value = "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/worker"
    #expect(await sender.input("UntagResource") == ["resourceArn": arn, "tagKeys": ["old"]])
    #expect(await sender.input("TagResource") == ["resourceArn": arn, "tags": ["new": "1"]])
  }

  @Test func `can't have a name of AWS's own, nor a retention that its class ignores`() {
    #expect(kind.allProblems(of: group(name: "aws/worker")).map(\.path) == [["name"]])
    let delivery = group(["logGroupClass": "DELIVERY", "retentionInDays": 7])
    #expect(kind.allProblems(of: delivery).map(\.path) == [["retentionInDays"]])
    #expect(kind.allProblems(of: group(["retentionInDays": 7])).isEmpty)
  }

  @Test func `asks only for the filters that the file has`() async throws {
    let groups: Value = ["logGroups": [["logGroupName": "/aws/lambda/worker", "logGroupClass": "STANDARD"]]]
    let sender = AnsweringSender([
      "DescribeLogGroups": groups, "ListTagsForResource": [:],
      "DescribeMetricFilters": [
        "metricFilters": [
          [
            "filterName": "errors", "filterPattern": "ERROR",
            "metricTransformations": [
              ["metricName": "Errors", "metricNamespace": "Shop", "metricValue": "1", "defaultValue": 0]
            ],
          ]
        ]
      ],
    ])
    let query = LiveQuery(group(), depth: .declared(["metricFilters"]), owner: owner)
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(
      live.properties["metricFilters"] == [
        "errors": [
          "filterPattern": "ERROR", "metricName": "Errors", "metricNamespace": "Shop", "metricValue": "1",
          "defaultValue": 0,
        ]
      ])
    #expect(
      await Set(sender.operations) == ["DescribeLogGroups", "ListTagsForResource", "DescribeMetricFilters"])
  }

  @Test func `that is protected is told to be`() async throws {
    let sender = AnsweringSender([
      "DescribeLogGroups": [
        "logGroups": [["logGroupName": "/aws/lambda/worker", "deletionProtectionEnabled": true]]
      ], "ListTagsForResource": [:],
    ])
    let live = try await kind.read(LiveQuery(group(), depth: .existence, owner: owner), sender.reading)
    #expect(live?.deletionBar == "deletionProtectionEnabled")
  }

  static let mistakes: [([String: Value], [[String]])] = [
    (
      ["subscriptionFilters": .map(Dictionary((1...3).map { ("f\($0)", lambda) }) { $1 })],
      [["subscriptionFilters"]]
    ),
    (
      ["subscriptionFilters": ["a": ["destinationArn": "arn:aws:kinesis:eu-west-1:1:stream/a"]]],
      [["subscriptionFilters", "a", "destinationArn"]]
    ),
    (
      ["subscriptionFilters": ["a": lambda.adding(["roleArn": "arn:aws:iam::1:role/r"])]],
      [["subscriptionFilters", "a", "roleArn"]]
    ),
    (["subscriptionFilters": ["a:b": lambda]], [["subscriptionFilters", "a:b"]]),
    (
      ["logGroupClass": "INFREQUENT_ACCESS", "subscriptionFilters": ["a": lambda]], [["subscriptionFilters"]]
    ),
    (
      ["metricFilters": ["a": metric.adding(["defaultValue": 0, "dimensions": ["A": "$.a"]])]],
      [["metricFilters", "a", "defaultValue"]]
    ),
    (
      ["metricFilters": ["a": metric.adding(["dimensions": ["A": "1", "B": "2", "C": "3", "D": "4"]])]],
      [["metricFilters", "a", "dimensions"]]
    ),
  ]
  private static let lambda: Value = ["destinationArn": "arn:aws:lambda:eu-west-1:1:function:a"]
  private static let metric: Value = ["metricName": "A", "metricNamespace": "B", "metricValue": "1"]

  @Test(arguments: mistakes)
  func `has filters that fit its class, their destination and one another`(
    _ properties: [String: Value], _ paths: [[String]]
  ) {
    #expect(kind.allProblems(of: group(properties)).map(\.path) == paths)
  }

  @Test func `lets Logs call the lambda of a subscription`() {
    var resource = group(["subscriptionFilters": ["a": Self.lambda]])
    resource.references = [
      Reference(
        Address("lambdas", "a"), attribute: "arn", property: "subscriptionFilters",
        path: "subscriptionFilters.a.destinationArn")
    ]
    let stack = Stack(name: "shop", target: Target(account: "1", region: "eu-west-1"), outputs: [])
    guard case .resource(let permission)? = kind.derived(from: resource, in: stack).first else {
      Issue.record("no permission")
      return
    }
    #expect(permission["principal"] == "logs.amazonaws.com" && permission["sourceAccount"] == "1")
    #expect(permission["sourceArn"] == "arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/worker:*")
  }
}

struct `Filters of a log group` {
  private let group: [String: Value] = ["logGroupName": "group"]

  @Test func `are put only where they differ, after those that go`() async throws {
    let sender = AnsweringSender(["DeleteMetricFilter": [:], "PutMetricFilter": [:]])
    let same: Value = ["filterPattern": "", "metricName": "A", "metricNamespace": "B", "metricValue": "1"]
    let wanted: Value = [
      "same": same.adding(["unit": .null]), "new": same.adding(["unit": "Count", "filterPattern": .null]),
    ]
    try await LogFilters.metrics.items.write(
      wanted, over: ["same": same, "old": same], group, sender.writing)
    #expect(await sender.operations == ["DeleteMetricFilter", "PutMetricFilter"])
    #expect(
      await sender.input("PutMetricFilter") == [
        "logGroupName": "group", "filterName": "new", "filterPattern": "",
        "metricTransformations": [
          ["metricName": "A", "metricNamespace": "B", "metricValue": "1", "unit": "Count"]
        ],
      ])
  }

  @Test func `that changed are deleted first only where putting them again leaves the old ones`() async throws
  {
    let sender = AnsweringSender(["DeleteMetricFilter": [:], "PutMetricFilter": [:]])
    let live: Value = ["metricName": "A", "metricNamespace": "B", "metricValue": "1"]
    let changed: Value = ["same": live.adding(["metricValue": "2"])]
    for aws in [sender.writing, sender.writing(as: .miniStack)] {
      try await LogFilters.metrics.items.write(changed, over: ["same": live], group, aws)
    }
    #expect(await sender.operations == ["PutMetricFilter", "PutMetricFilter"])
    try await LogFilters.metrics.items.write(
      changed, over: ["same": live], group, sender.writing(as: .localStack))
    #expect(await sender.operations.suffix(2) == ["DeleteMetricFilter", "PutMetricFilter"])
  }

  @Test func `of AWS alone are spelt as it wants them`() {
    let filter: Value = [
      "destinationArn": "arn:d", "roleArn": "arn:r", "distribution": "Random",
      "emitSystemFields": ["@aws.region"],
      "fieldSelectionCriteria": "x", "applyOnTransformedLogs": true, "filterPattern": "ERROR",
    ]
    #expect(.map(LogFilters.subscriptions.input(filter)) == filter)
  }
}

extension Value {
  /// The map with more members.
  func adding(_ members: [String: Value]) -> Value { .map((map ?? [:]).merging(members) { $1 }) }
}
