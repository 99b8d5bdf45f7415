extension KindSample {
  static let topic = KindSample(
    section: "topics",
    properties: [
      "displayName": "Subject", "kmsMasterKeyId": "alias/mine", "signatureVersion": "'2'",
      "tracingConfig": "Active", "tags": "{ team: blue }", "policy": policy("sns:Publish"),
      "deliveryPolicy": "{ http: { disableSubscriptionOverrides: true } }",
    ],
    mutations: [
      "displayName": "Other", "kmsMasterKeyId": "alias/other", "signatureVersion": "'1'",
      "tracingConfig": "PassThrough", "tags": "{ owner: red }", "policy": policy("sns:Subscribe"),
      "deliveryPolicy": "{ http: { disableSubscriptionOverrides: false } }",
    ],
    replacements: ["name": "another"],
    outsideChanges: [
      "displayName": """
      arn = f"arn:aws:sns:us-east-1:{account}:{name}"
      client("sns").set_topic_attributes(TopicArn=arn, AttributeName="DisplayName", AttributeValue="Outside")
      """
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "tracingConfig",
        evidence: "SetTopicAttributes TracingConfig answers 200, GetTopicAttributes tells none")
    ])

  static let fifoTopic = KindSample(
    section: "topics",
    properties: [
      "fifoTopic": "true", "contentBasedDeduplication": "true", "fifoThroughputScope": "MessageGroup",
      "archivePolicy": "{ MessageRetentionPeriod: '30' }",
    ],
    mutations: [
      "contentBasedDeduplication": "false", "fifoThroughputScope": "Topic",
      "archivePolicy": "{ MessageRetentionPeriod: '40' }",
    ],
    replacements: ["name": "another.fifo"],
    indispensable: ["fifoTopic"],
    outsideChanges: [
      "contentBasedDeduplication": """
      arn = f"arn:aws:sns:us-east-1:{account}:{name}"
      client("sns").set_topic_attributes(
        TopicArn=arn, AttributeName="ContentBasedDeduplication", AttributeValue="false")
      """
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "fifoThroughputScope",
        evidence: "CreateTopic with FifoThroughputScope answers 200, GetTopicAttributes tells none")
    ])

  private static func policy(_ action: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: s3.amazonaws.com }, "
      + "Action: '\(action)', Resource: 'arn:aws:sns:us-east-1:{account}:subject' }] }"
  }
}
