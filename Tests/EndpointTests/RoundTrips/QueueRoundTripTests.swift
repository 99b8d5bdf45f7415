import Testing

@testable import Planner
@testable import Providers

@Suite(.enabled(if: !LiveEndpoint.all.isEmpty))
struct `A queue on a real endpoint` {
  @Test(arguments: LiveEndpoint.all)
  func `goes through all its verbs`(_ endpoint: LiveEndpoint) async throws {
    let kind = QueueKind()
    let owner = Owner(stack: "round-trip", address: Address("queues", "dead"))
    for name in ["dead", "other-dead"] {
      let dead = Resource(Address("queues", name), name: name)
      _ = try await kind.create(Creation(resource: dead, owner: owner), endpoint.writing)
    }
    let subject = Resource(
      Address("queues", "subject"), name: "subject",
      properties: [
        "delaySeconds": 5, "visibilityTimeout": 60, "maximumMessageSize": 2048,
        "messageRetentionPeriod": 3600, "receiveMessageWaitTimeSeconds": 10,
        "kmsMasterKeyId": "alias/aws/sqs",
        "kmsDataKeyReusePeriodSeconds": 600, "tags": ["team": "blue"], "sqsManagedSseEnabled": false,
        "redrivePolicy": ["deadLetterTargetArn": arn("dead", endpoint), "maxReceiveCount": 3],
        "redriveAllowPolicy": ["redrivePermission": "denyAll"], "policy": policy("sqs:SendMessage", endpoint),
      ])
    try await KindRoundTrip(
      kind, on: endpoint, subject: subject,
      mutations: [
        "delaySeconds": 6, "visibilityTimeout": 0, "maximumMessageSize": 4096, "messageRetentionPeriod": 7200,
        "receiveMessageWaitTimeSeconds": 20, "kmsDataKeyReusePeriodSeconds": 700,
        "kmsMasterKeyId": "alias/other", "tags": ["owner": "red"],
        "redrivePolicy": ["deadLetterTargetArn": arn("other-dead", endpoint), "maxReceiveCount": 4],
        "redriveAllowPolicy": ["redrivePermission": "allowAll"],
        "policy": policy("sqs:ReceiveMessage", endpoint),
      ]
    ).run()
  }

  @Test(arguments: LiveEndpoint.all)
  func `keeps order when it is FIFO`(_ endpoint: LiveEndpoint) async throws {
    let subject = Resource(
      Address("queues", "subject"), name: "subject.fifo",
      properties: [
        "fifoQueue": true, "contentBasedDeduplication": true, "deduplicationScope": "messageGroup",
        "fifoThroughputLimit": "perMessageGroupId",
      ])
    try await KindRoundTrip(
      QueueKind(), on: endpoint, subject: subject,
      mutations: [
        "contentBasedDeduplication": false, "fifoThroughputLimit": "perQueue", "deduplicationScope": "queue",
      ]
    ).run()
  }

  private func arn(_ name: String, _ endpoint: LiveEndpoint) -> Value {
    endpoint.target.arn("sqs", name) ?? .null
  }

  private func policy(_ action: String, _ endpoint: LiveEndpoint) -> Value {
    [
      "Version": "2012-10-17",
      "Statement": [
        [
          "Effect": "Allow", "Principal": ["Service": "sns.amazonaws.com"], "Action": .string(action),
          "Resource": arn("subject", endpoint),
        ]
      ],
    ]
  }
}
