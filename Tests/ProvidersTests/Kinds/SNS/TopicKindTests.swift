import Testing

@testable import Planner
@testable import Providers

struct `A topic` {
  private let kind = TopicKind()
  private let owner = Owner(stack: "shop", address: Address("topics", "alerts"))
  private let arn: Value = "arn:aws:sns:eu-west-1:111111111111:alerts"

  private func topic(_ properties: [String: Value] = [:]) -> Resource {
    Resource(Address("topics", "alerts"), name: "alerts", properties: properties)
  }

  @Test func `counts its default policy as none, and goes back to it`() async throws {
    let text =
      #"{"Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"#
      + #""Condition":{"StringEquals":{"AWS:SourceOwner":"111111111111"}}}]}"#
    let sender = AnsweringSender([
      "GetTopicAttributes": ["Attributes": ["Policy": .string(text)]],
      "ListTagsForResource": ["Tags": []], "SetTopicAttributes": [:], "GetDataProtectionPolicy": [:],
    ])
    let live = try #require(try await kind.read(LiveQuery(topic(), owner: owner), sender.reading))
    #expect(live.properties["policy"] == nil && live.owner == nil)
    let update = Update(live: live, resource: topic(["policy": .null]), owner: owner, changed: ["policy"])
    _ = try await kind.update(update, sender.writing)
    let sent = await sender.input("SetTopicAttributes")
    let policy = Value(json: sent?["AttributeValue"]?.string ?? "")
    #expect(sent?["AttributeName"] == "Policy" && policy?["Id"] == "__default_policy_ID")
    #expect(policy?["Statement"]?[0]?["Resource"] == arn)
  }

  @Test func `shows what somebody added to its default policy`() async throws {
    let text =
      #"{"Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Condition":{"StringEquals":"#
      + #"{"AWS:SourceOwner":"111111111111"}}},{"Sid":"open","Effect":"Allow","Principal":{"AWS":"*"}}]}"#
    let sender = AnsweringSender([
      "GetTopicAttributes": ["Attributes": ["Policy": .string(text)]], "ListTagsForResource": ["Tags": []],
      "GetDataProtectionPolicy": [:],
    ])
    let live = try #require(try await kind.read(LiveQuery(topic(), owner: owner), sender.reading))
    #expect(live.properties["policy"]?["Statement"]?.list?.count == 2)
  }

  @Test func `keeps the delivery logging that its file does not name`() async throws {
    let sender = AnsweringSender([
      "GetTopicAttributes": [
        "Attributes": [
          "DisplayName": "old", "SQSFailureFeedbackRoleArn": "arn:aws:iam::111111111111:role/log",
        ]
      ],
      "ListTagsForResource": ["Tags": []], "SetTopicAttributes": [:], "GetDataProtectionPolicy": [:],
    ])
    let wanted = topic(["displayName": "new"])
    let live = try #require(try await kind.read(LiveQuery(wanted, owner: owner), sender.reading))
    #expect(live.properties["deliveryStatusLogging"] != nil)
    let update = Update(live: live, resource: wanted, owner: owner, changed: ["displayName"])
    _ = try await kind.update(update, sender.writing)
    let names = await sender.requests.filter { $0.operation == "SetTopicAttributes" }.map { request in
      if case .value(let input) = request.body { input["AttributeName"] } else { Value?.none }
    }
    #expect(names == ["DisplayName"])
  }

  @Test func `has a data protection policy by calls of its own`() async throws {
    let policy: Value = ["Name": "masking", "Statement": []]
    let sender = AnsweringSender([
      "GetTopicAttributes": ["Attributes": [:]], "ListTagsForResource": ["Tags": []], "CreateTopic": [:],
      "GetDataProtectionPolicy": ["DataProtectionPolicy": .string(policy.json)],
      "PutDataProtectionPolicy": [:],
    ])
    let wanted = topic(["dataProtectionPolicy": policy])
    _ = try await kind.create(Creation(resource: wanted, owner: owner), sender.writing)
    #expect(await sender.input("CreateTopic")?["DataProtectionPolicy"] == .string(policy.json))
    let live = try #require(
      try await kind.read(
        LiveQuery(wanted, depth: .declared(["dataProtectionPolicy"]), owner: owner), sender.reading))
    #expect(live.properties["dataProtectionPolicy"] == policy)
    let update = Update(
      live: live, resource: topic(["dataProtectionPolicy": .null]), owner: owner,
      changed: ["dataProtectionPolicy"])
    _ = try await kind.update(update, sender.writing)
    #expect(await sender.input("PutDataProtectionPolicy")?["DataProtectionPolicy"] == "")
  }

  @Test func `gives its archive up before it goes`() async throws {
    let sender = AnsweringSender(["SetTopicAttributes": [:], "DeleteTopic": [:]])
    let live = LiveResource(
      id: "alerts.fifo", properties: ["archivePolicy": ["MessageRetentionPeriod": "30"]], attributes: [:],
      owner: owner)
    try await kind.delete(
      Deletion(address: owner.address, section: "topics", live: live), sender.writing)
    #expect(await sender.operations == ["SetTopicAttributes", "DeleteTopic"])
    #expect(await sender.input("SetTopicAttributes")?["AttributeValue"] == "{}")
  }

  @Test(arguments: [
    (#"{"MessageRetentionPeriod":"30"}"#, ["GetTopicAttributes", "SetTopicAttributes", "DeleteTopic"]),
    ("", ["GetTopicAttributes", "DeleteTopic"]),
  ])
  func `is asked for its archive before it goes when nothing but its tags was read`(
    _ archive: String, _ operations: [String]
  ) async throws {
    let sender = AnsweringSender([
      "GetTopicAttributes": ["Attributes": ["ArchivePolicy": .string(archive)]], "SetTopicAttributes": [:],
      "DeleteTopic": [:],
    ])
    let live = LiveResource(id: "alerts.fifo", properties: [:], attributes: [:], owner: owner)
    try await kind.delete(
      Deletion(address: owner.address, section: "topics", live: live), sender.writing)
    #expect(await sender.operations == operations)
  }

  @Test func `is changed by a call for each attribute`() async throws {
    let sender = AnsweringSender(["SetTopicAttributes": [:]])
    let live = LiveResource(
      id: "alerts",
      properties: ["deliveryStatusLogging": [["protocol": "sqs", "failureFeedbackRoleArn": "r"]]],
      attributes: [:], owner: owner)
    let update = Update(
      live: live,
      resource: topic(["displayName": "Alerts", "archivePolicy": .null, "deliveryStatusLogging": .null]),
      owner: owner, changed: ["displayName", "archivePolicy", "deliveryStatusLogging"])
    _ = try await kind.update(update, sender.writing)
    let sent = await sender.requests.map { request -> Value in
      if case .value(let value) = request.body { value } else { .null }
    }
    #expect(
      sent == [
        ["TopicArn": arn, "AttributeName": "ArchivePolicy", "AttributeValue": "{}"],
        ["TopicArn": arn, "AttributeName": "DisplayName", "AttributeValue": "Alerts"],
        ["TopicArn": arn, "AttributeName": "SQSFailureFeedbackRoleArn", "AttributeValue": ""],
      ])
  }

  @Test func `is read when its tags name no owner: an emulator has none for what is not there, too`()
    async throws
  {
    let sender = AnsweringSender(["ListTagsForResource": ["Tags": []]])
    let query = LiveQuery(topic(), depth: .existence, owner: owner)
    #expect(try await kind.read(query, sender.reading) == nil)
    #expect(await sender.operations == ["ListTagsForResource", "GetTopicAttributes"])
  }

  @Test func `has no data protection policy where there is no such call`() async throws {
    let none = ProviderError(.unsupported, message: "no such action", status: 400)
    let sender = AnsweringSender([
      "GetTopicAttributes": [.success(["Attributes": ["DisplayName": "x"]])],
      "ListTagsForResource": [.success(["Tags": []])], "GetDataProtectionPolicy": [.failure(none)],
    ])
    let live = try await kind.read(LiveQuery(topic(), owner: owner), sender.reading)
    #expect(live?.properties == ["displayName": "x", "tags": [:]])
  }

  @Test func `refuses an archive for no time, a trace of FIFO, and two logs of a protocol`() {
    let cases: [([String: Value], [[String]])] = [
      (["fifoTopic": true, "archivePolicy": ["MessageRetentionPeriod": "0"]], [["archivePolicy"]]),
      (["fifoTopic": true, "tracingConfig": "Active"], [["tracingConfig"]]),
      (
        ["fifoTopic": true, "deliveryStatusLogging": [["protocol": "sqs"], ["protocol": "sqs"]]],
        [["deliveryStatusLogging", "1", "protocol"]]
      ),
      (
        [
          "fifoTopic": true,
          "deliveryStatusLogging": [["protocol": "sqs", "successFeedbackSampleRate": 5]],
        ], [["deliveryStatusLogging", "0", "successFeedbackSampleRate"]]
      ),
    ]
    for (properties, paths) in cases {
      let resource = Resource(
        Address("topics", "alerts"), name: "alerts.fifo", properties: properties)
      #expect(kind.allProblems(of: resource).map(\.path) == paths)
    }
  }

  @Test func `is not there when its tags are not`() async throws {
    let sender = AnsweringSender()
    let query = LiveQuery(topic(), depth: .existence, owner: owner)
    #expect(try await kind.read(query, sender.reading) == nil)
    #expect(await sender.operations == ["ListTagsForResource"])
  }

  @Test func `takes FIFO options only when it is FIFO`() {
    let standard = topic([
      "contentBasedDeduplication": true, "archivePolicy": ["MessageRetentionPeriod": "1"],
    ])
    #expect(kind.allProblems(of: standard).map(\.path) == [["archivePolicy"], ["contentBasedDeduplication"]])
    #expect(kind.allProblems(of: topic(["fifoTopic": true])).map(\.path) == [["name"]])
  }
}

struct `A subscription` {
  private let kind = SubscriptionKind()

  static let problems: [([String: Value], [String])] = [
    (["protocol": "sqs", "deliveryPolicy": ["a": 1]], ["deliveryPolicy"]),
    (["protocol": "sqs", "filterPolicy": ["a": ["b": ["c"]]]], ["filterPolicy", "a"]),
    (["protocol": "sqs", "topic": "arn:aws:sns:eu-west-1:1:t", "replayPolicy": ["a": 1]], ["replayPolicy"]),
    (["protocol": "sms", "topic": "arn:aws:sns:eu-west-1:1:t.fifo"], ["topic"]),
  ]

  @Test(arguments: problems)
  func `refuses what SNS refuses`(_ properties: [String: Value], _ path: [String]) {
    let resource = Resource(Address("subscriptions", "one"), properties: properties)
    #expect(kind.allProblems(of: resource).map(\.path) == [path])
  }
  private let address = Address("subscriptions", "orders")
  private let topic: Value = "arn:aws:sns:eu-west-1:111111111111:orders"
  private let queue: Value = "arn:aws:sqs:eu-west-1:111111111111:orders"

  private func subscription(_ properties: [String: Value] = [:]) -> Resource {
    Resource(
      address,
      properties: ["topic": topic, "protocol": "sqs", "endpoint": queue].merging(properties) { $1 })
  }

  private func sender(topicOwner: String) -> AnsweringSender {
    AnsweringSender([
      "ListSubscriptionsByTopic": [
        "Subscriptions": [
          ["Protocol": "sqs", "Endpoint": "arn:other", "SubscriptionArn": "arn:1"],
          ["Protocol": "sqs", "Endpoint": queue, "SubscriptionArn": "arn:2"],
        ]
      ],
      "ListTagsForResource": [
        "Tags": [
          ["Key": "stackform:stack", "Value": .string(topicOwner)],
          ["Key": "stackform:address", "Value": "topics.orders"],
        ]
      ],
      "GetSubscriptionAttributes": [
        "Attributes": ["TopicArn": topic, "Protocol": "sqs", "Endpoint": queue, "FilterPolicy": ""]
      ],
    ])
  }

  @Test(arguments: [("shop", true), ("another", false)])
  func `is ours when its topic is`(_ stack: String, _ isOurs: Bool) async throws {
    let owner = Owner(stack: "shop", address: address)
    let sender = sender(topicOwner: stack)
    let query = LiveQuery(subscription(), owner: owner)
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(live.id == "arn:2" && live.owner == (isOurs ? owner : nil))
    #expect(live.properties == subscription().properties)
  }

  @Test func `is found by the ledger's id even when it connects something else by now`() async throws {
    let owner = Owner(stack: "shop", address: address)
    let sender = sender(topicOwner: "another")
    let wanted = subscription(["endpoint": "arn:aws:sqs:eu-west-1:111111111111:moved"])
    let query = LiveQuery(wanted, id: "arn:7", owner: owner)
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(live.id == "arn:7" && live.owner == owner && live.properties["endpoint"] == queue)
    // Who has the wanted place, and whose topic it is.
    #expect(
      await Set(sender.operations) == [
        "GetSubscriptionAttributes", "ListSubscriptionsByTopic", "ListTagsForResource",
      ])
    #expect(live.rival == nil)
    let taken = LiveQuery(subscription(["endpoint": "arn:other"]), id: "arn:7", owner: owner)
    #expect(try await kind.read(taken, sender.reading)?.rival?.id == "arn:1")
  }

  @Test(arguments: [("MessageAttributes", []), ("MessageBody", ["Options that don't go together"])])
  func `may name the scope that SNS takes anyway, without a filter`(_ scope: String, _ summaries: [String]) {
    let resource = subscription(["filterPolicyScope": .string(scope)])
    #expect(SubscriptionKind().allProblems(of: resource).map(\.summary) == summaries)
  }

  @Test func `changes the scope first when the filter comes to be about the body`() async throws {
    let sender = AnsweringSender(["SetSubscriptionAttributes": [:]])
    let live = LiveResource(id: "arn:2", properties: [:], attributes: [:], owner: nil)
    for (scope, order) in [
      ("MessageBody", ["FilterPolicyScope", "FilterPolicy"]),
      ("MessageAttributes", ["FilterPolicy", "FilterPolicyScope"]),
    ] {
      let before = await sender.requests.count
      let update = Update(
        live: live, resource: subscription(["filterPolicyScope": .string(scope), "filterPolicy": .null]),
        owner: Owner(stack: "shop", address: address), changed: ["filterPolicy", "filterPolicyScope"])
      _ = try await kind.update(update, sender.writing)
      let names = await sender.requests.dropFirst(before).map { request -> String? in
        if case .value(let value) = request.body { value["AttributeName"]?.string } else { nil }
      }
      #expect(names == order)
    }
  }

  @Test func `loses its redrive policy by an attribute without a value, and its filter by an empty one`()
    async throws
  {
    let sender = AnsweringSender(["SetSubscriptionAttributes": [:]])
    let live = LiveResource(id: "arn:2", properties: [:], attributes: [:], owner: nil)
    for (property, attribute, value) in [
      ("redrivePolicy", "RedrivePolicy", Value?.none), ("filterPolicy", "FilterPolicy", "{}"),
      ("deliveryPolicy", "DeliveryPolicy", ""),
    ] {
      let update = Update(
        live: live, resource: subscription([property: .null]),
        owner: Owner(stack: "shop", address: address), changed: [property])
      _ = try await kind.update(update, sender.writing)
      let input = await sender.input("SetSubscriptionAttributes")
      #expect(input?["AttributeName"] == .string(attribute) && input?["AttributeValue"] == value)
    }
  }

  @Test func `takes the ARN that its topic lists where the endpoint returns none`() async throws {
    let sender = AnsweringSender([
      "Subscribe": ["SubscriptionArn": "pending confirmation"],
      "ListSubscriptionsByTopic": [
        "Subscriptions": [["Protocol": "sqs", "Endpoint": queue, "SubscriptionArn": "arn:2"]]
      ],
    ])
    let creation = Creation(
      resource: subscription(), owner: Owner(stack: "shop", address: address))
    #expect(try await kind.create(creation, sender.writing).id == "arn:2")
  }

  @Test func `lets its topic send to the queue and to the dead letter queue`() {
    var resource = subscription(["redrivePolicy": ["deadLetterTargetArn": "arn:dead"]])
    resource.references = [
      Reference(Address("queues", "orders"), attribute: "arn", property: "endpoint", path: "endpoint"),
      Reference(
        Address("queues", "dead"), attribute: "arn", property: "redrivePolicy",
        path: "redrivePolicy.deadLetterTargetArn"),
    ]
    let stack = Stack(name: "shop", target: Target(account: "111111111111", region: "eu-west-1"), outputs: [])
    let receivers = kind.derived(from: resource, in: stack).compactMap { derived -> String? in
      guard case .statement(let address, "policy", let statement, _) = derived else { return nil }
      return "\(address) \(statement["Resource"]?.string ?? "") \(statement["Action"]?.string ?? "")"
    }
    #expect(
      receivers == [
        "queues.orders \(queue.string ?? "") sqs:SendMessage", "queues.dead arn:dead sqs:SendMessage",
      ])
  }

  static let cases: [(String, [String: Value], [[String]])] = [
    ("none", [:], []),
    (
      "raw messages for a lambda", ["protocol": "lambda", "rawMessageDelivery": true],
      [["rawMessageDelivery"]]
    ),
    ("a URL for a queue", ["endpoint": "http://example.com"], [["endpoint"]]),
    ("another protocol's URL", ["protocol": "https", "endpoint": "http://example.com"], [["endpoint"]]),
    ("a role for a queue", ["subscriptionRoleArn": "arn:aws:iam::1:role/x"], [["subscriptionRoleArn"]]),
  ]

  @Test(arguments: cases)
  func `tells its problems by their path`(_ case: String, _ properties: [String: Value], _ paths: [[String]])
  {
    #expect(kind.allProblems(of: subscription(properties)).map(\.path) == paths)
  }
}
