extension KindSample {
  static let subscription = KindSample(
    section: "subscriptions",
    surroundings: [
      "topics": "  orders: {}\n  others: {}", "queues": "  orders: {}\n  others: {}\n  dead: {}",
    ],
    properties: [
      "topic": "'${topics.orders.arn}'", "protocol": "sqs", "endpoint": "'${queues.orders.arn}'",
      "rawMessageDelivery": "true", "filterPolicy": "{ kind: [order] }", "filterPolicyScope": "MessageBody",
      "redrivePolicy": "{ deadLetterTargetArn: '${queues.dead.arn}' }",
    ],
    mutations: [
      "rawMessageDelivery": "false", "filterPolicy": "{ kind: [invoice] }",
      "filterPolicyScope": "MessageAttributes",
    ],
    replacements: ["topic": "'${topics.others.arn}'", "endpoint": "'${queues.others.arn}'"],
    outsideChanges: [
      "filterPolicy": """
      client("sns").set_subscription_attributes(
        SubscriptionArn=id, AttributeName="FilterPolicy", AttributeValue=json.dumps({"kind": ["outside"]}))
      """
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "redrivePolicy",
        evidence: "SetSubscriptionAttributes RedrivePolicy \"\": 400 InvalidParameter failed to parse JSON; "
          + "\"{}\": 400 deadLetterTargetArn is an invalid arn; none at all: 500")
    ])
}
