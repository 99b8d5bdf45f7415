import Testing

@testable import Planner
@testable import Providers

@Suite(.enabled(if: !LiveEndpoint.all.isEmpty))
struct `A topic on a real endpoint` {
  @Test(arguments: LiveEndpoint.all)
  func `goes through all its verbs`(_ endpoint: LiveEndpoint) async throws {
    let subject = Resource(
      Address("topics", "subject"), name: "subject",
      properties: [
        "displayName": "Subject", "kmsMasterKeyId": "alias/aws/sns", "signatureVersion": "2",
        "tracingConfig": "Active", "tags": ["team": "blue"], "policy": policy("sns:Publish", endpoint),
        "deliveryPolicy": ["http": ["disableSubscriptionOverrides": true]],
      ])
    try await KindRoundTrip(
      TopicKind(), on: endpoint, subject: subject,
      mutations: [
        "displayName": "Other", "kmsMasterKeyId": "alias/other", "signatureVersion": "1",
        "tags": ["owner": "red"], "policy": policy("sns:Subscribe", endpoint),
        "deliveryPolicy": ["http": ["disableSubscriptionOverrides": false]],
      ],
      // LocalStack 4.8.1 drops TracingConfig.
      unreadable: endpoint.name == "localstack" ? ["tracingConfig"] : []
    ).run()
  }

  @Test(arguments: LiveEndpoint.all)
  func `keeps order when it is FIFO`(_ endpoint: LiveEndpoint) async throws {
    let subject = Resource(
      Address("topics", "subject"), name: "subject.fifo",
      properties: [
        "fifoTopic": true, "contentBasedDeduplication": true, "fifoThroughputScope": "MessageGroup",
        "archivePolicy": ["MessageRetentionPeriod": "30"],
      ])
    try await KindRoundTrip(
      TopicKind(), on: endpoint, subject: subject,
      mutations: ["contentBasedDeduplication": false, "archivePolicy": ["MessageRetentionPeriod": "40"]],
      // LocalStack 4.8.1 drops FifoThroughputScope.
      unreadable: endpoint.name == "localstack" ? ["fifoThroughputScope"] : []
    ).run()
  }

  private func policy(_ action: String, _ endpoint: LiveEndpoint) -> Value {
    [
      "Version": "2012-10-17",
      "Statement": [
        [
          "Effect": "Allow", "Principal": ["Service": "s3.amazonaws.com"], "Action": .string(action),
          "Resource": endpoint.target.arn("sns", "subject") ?? .null,
        ]
      ],
    ]
  }
}

@Suite(.enabled(if: !LiveEndpoint.all.isEmpty))
struct `A subscription on a real endpoint` {
  @Test(arguments: LiveEndpoint.all)
  func `goes through all its verbs`(_ endpoint: LiveEndpoint) async throws {
    try await makeSurroundings(on: endpoint)
    let subject = Resource(
      Address("subscriptions", "subject"),
      properties: [
        "topic": endpoint.target.arn("sns", "surrounding") ?? .null, "protocol": "sqs",
        "endpoint": endpoint.target.arn("sqs", "surrounding") ?? .null, "rawMessageDelivery": true,
        "filterPolicy": ["kind": ["order"]], "filterPolicyScope": "MessageBody",
        "redrivePolicy": ["deadLetterTargetArn": endpoint.target.arn("sqs", "surrounding") ?? .null],
      ])
    try await KindRoundTrip(
      SubscriptionKind(), on: endpoint, subject: subject,
      mutations: [
        "rawMessageDelivery": false, "filterPolicy": ["kind": ["invoice"]],
        "filterPolicyScope": "MessageAttributes",
      ],
      // LocalStack 4.8.1: SetSubscriptionAttributes RedrivePolicy "" or "{}" is an InvalidParameter.
      unresettable: endpoint.name == "localstack" ? ["redrivePolicy"] : []
    ).run()
  }

  @Test(arguments: LiveEndpoint.all)
  func `is found without the ledger by what it connects`(_ endpoint: LiveEndpoint) async throws {
    try await makeSurroundings(on: endpoint)
    let kind = SubscriptionKind()
    let owner = Owner(stack: "round-trip", address: Address("subscriptions", "found"))
    let wanted = Resource(
      Address("subscriptions", "found"),
      properties: [
        "topic": endpoint.target.arn("sns", "surrounding") ?? .null, "protocol": "http",
        "endpoint": "http://127.0.0.1:9/found",
      ])
    let created = try await kind.create(Creation(resource: wanted, owner: owner), endpoint.writing)
    var query = LiveQuery(
      address: wanted.address, section: wanted.section, name: nil, id: nil, wanted: wanted,
      depth: .everything,
      owner: owner)
    let live = try #require(try await kind.read(query, endpoint.reading))
    #expect(live.id == created.id && live.owner == owner)
    query.owner.stack = "another"
    #expect(try await kind.read(query, endpoint.reading)?.owner == nil)
    let deletion = Deletion(address: wanted.address, section: wanted.section, live: live)
    try await kind.delete(deletion, endpoint.writing)
    #expect(try await kind.read(query, endpoint.reading) == nil)
  }

  private func makeSurroundings(on endpoint: LiveEndpoint) async throws {
    let owner = Owner(stack: "round-trip", address: Address("topics", "surrounding"))
    for (section, kind) in [("topics", TopicKind()), ("queues", QueueKind())] as [(String, any AWSKind)] {
      let resource = Resource(Address(section, "surrounding"), name: "surrounding")
      _ = try await kind.create(Creation(resource: resource, owner: owner), endpoint.writing)
    }
  }
}
