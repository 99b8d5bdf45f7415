extension KindSample {
  static let subscription = KindSample(
    section: "subscriptions",
    surroundings: [
      "topics": "  orders: {}\n  others: {}",
      "queues": "  orders: {}\n  others: {}\n  dead: {}\n  deader: {}",
    ],
    properties: [
      "topic": "'${topics.orders.arn}'", "protocol": "sqs", "endpoint": "'${queues.orders.arn}'",
      "rawMessageDelivery": "true", "filterPolicy": "{ kind: [order] }", "filterPolicyScope": "MessageBody",
      "redrivePolicy": "{ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:{account}:dead' }",
    ],
    mutations: [
      "rawMessageDelivery": "false", "filterPolicy": "{ kind: [invoice] }",
      "filterPolicyScope": "MessageAttributes",
      "redrivePolicy": "{ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:{account}:deader' }",
    ],
    replacements: ["topic": "'${topics.others.arn}'", "endpoint": "'${queues.others.arn}'"],
    companions: ["filterPolicy": ["filterPolicyScope"]],
    outsideChanges: [
      "filterPolicy": set("FilterPolicy", "json.dumps({'kind': ['outside']})"),
      "filterPolicyScope": set("FilterPolicyScope", "'MessageAttributes'"),
      "rawMessageDelivery": set("RawMessageDelivery", "'false'"),
      "redrivePolicy": set(
        "RedrivePolicy", "json.dumps({'deadLetterTargetArn': f'arn:aws:sqs:us-east-1:{account}:deader'})"),
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "redrivePolicy",
        evidence: "SetSubscriptionAttributes RedrivePolicy \"\": 400 InvalidParameter failed to parse JSON; "
          + "\"{}\": 400 deadLetterTargetArn is an invalid arn; none at all: 500")
    ])

  /// One that waits for its endpoint to confirm it.
  static let webSubscription = KindSample(
    section: "subscriptions",
    surroundings: ["topics": "  orders: {}"],
    properties: [
      "topic": "'${topics.orders.arn}'", "protocol": "http", "endpoint": "'http://127.0.0.1:9/'",
      "deliveryPolicy": "{ healthyRetryPolicy: { numRetries: 4 } }",
    ],
    mutations: ["deliveryPolicy": "{ healthyRetryPolicy: { numRetries: 5 } }"],
    outsideChanges: [
      "deliveryPolicy": set("DeliveryPolicy", "json.dumps({'healthyRetryPolicy': {'numRetries': 6}})")
    ])

  static let mailSubscription = KindSample(
    section: "subscriptions",
    surroundings: ["topics": "  orders: {}"],
    properties: [
      "topic": "'${topics.orders.arn}'", "protocol": "email", "endpoint": "orders@example.com",
    ],
    replacements: ["protocol": "email-json"])

  static let streamSubscription = KindSample(
    section: "subscriptions",
    surroundings: ["topics": "  orders: {}"],
    properties: [
      "topic": "'${topics.orders.arn}'", "protocol": "firehose",
      "endpoint": "'arn:aws:firehose:us-east-1:{account}:deliverystream/orders'",
      "subscriptionRoleArn": "'arn:aws:iam::{account}:role/one'",
    ],
    mutations: ["subscriptionRoleArn": "'arn:aws:iam::{account}:role/two'"],
    indispensable: ["subscriptionRoleArn"],
    outsideChanges: [
      "subscriptionRoleArn": set("SubscriptionRoleArn", "f'arn:aws:iam::{account}:role/three'")
    ])

  static let replayedSubscription = KindSample(
    section: "subscriptions",
    surroundings: [
      "topics": "  orders:\n    fifoTopic: true\n    archivePolicy: { MessageRetentionPeriod: '30' }",
      "queues": "  orders: { fifoQueue: true }",
    ],
    properties: [
      "topic": "'${topics.orders.arn}'", "protocol": "sqs", "endpoint": "'${queues.orders.arn}'",
      "replayPolicy": replay(1),
    ],
    mutations: ["replayPolicy": replay(2)],
    outsideChanges: [
      "replayPolicy": set(
        "ReplayPolicy", "json.dumps({'PointType': 'Timestamp', 'StartingPoint': '2026-01-03T00:00:00.000Z'})")
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "replayPolicy",
        evidence: "Subscribe with ReplayPolicy: 400 InvalidParameter, Attributes Reason: AttributeName")
    ])

  private static func replay(_ day: Int) -> String {
    "{ PointType: Timestamp, StartingPoint: '2026-01-0\(day)T00:00:00.000Z' }"
  }

  private static func set(_ attribute: String, _ value: String) -> String {
    """
    value = \(value)
    client("sns").set_subscription_attributes(
        SubscriptionArn=id, AttributeName="\(attribute)", AttributeValue=value)
    """
  }
}
