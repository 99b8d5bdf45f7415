extension KindSample {
  static let topic = KindSample(
    section: "topics",
    properties: [
      "displayName": "Subject", "kmsMasterKeyId": "alias/mine", "signatureVersion": "'2'",
      "tracingConfig": "Active", "tags": "{ team: blue }", "policy": policy("sns:Publish"),
      "deliveryPolicy": "{ http: { disableSubscriptionOverrides: true } }",
      "deliveryStatusLogging": "[{ protocol: http/s, failureFeedbackRoleArn: \(feedbackRole) }, "
        + "{ protocol: sqs, successFeedbackRoleArn: \(feedbackRole), successFeedbackSampleRate: 50 }]",
      "dataProtectionPolicy": dataProtection("masking"),
    ],
    mutations: [
      "displayName": "Other", "kmsMasterKeyId": "alias/other", "signatureVersion": "'1'",
      "tracingConfig": "PassThrough", "tags": "{ owner: red }", "policy": policy("sns:Subscribe"),
      "deliveryPolicy": "{ http: { disableSubscriptionOverrides: false } }",
      "deliveryStatusLogging": "[{ protocol: lambda, failureFeedbackRoleArn: \(feedbackRole) }]",
      "dataProtectionPolicy": dataProtection("stopping"),
    ],
    replacements: ["name": "another"],
    outsideChanges: [
      "dataProtectionPolicy": """
      client("sns").put_data_protection_policy(ResourceArn=f"arn:aws:sns:us-east-1:{account}:{name}",
          DataProtectionPolicy=json.dumps({"Name": "outside", "Version": "2021-06-01", "Statement": []}))
      """,
      "deliveryPolicy": set(
        "DeliveryPolicy", "json.dumps({'http': {'defaultHealthyRetryPolicy': {'numRetries': 9}}})"),
      "deliveryStatusLogging": set("SQSSuccessFeedbackSampleRate", "'70'"),
      "displayName": set("DisplayName", "'Outside'"),
      "kmsMasterKeyId": set("KmsMasterKeyId", "'alias/outside'"),
      "policy": set(
        "Policy",
        """
        json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
            "Action": "sns:Publish", "Resource": f"arn:aws:sns:us-east-1:{account}:{name}"}]})
        """),
      "signatureVersion": set("SignatureVersion", "'1'"),
      "tags": """
      client("sns").tag_resource(ResourceArn=f"arn:aws:sns:us-east-1:{account}:{name}",
          Tags=[{"Key": "team", "Value": "outside"}])
      """,
      "tracingConfig": set("TracingConfig", "'PassThrough'"),
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "dataProtectionPolicy",
        evidence: "GetDataProtectionPolicy: 501, the action has not been implemented"),
      Defect(
        endpoint: .ministack, property: "dataProtectionPolicy",
        evidence: "GetDataProtectionPolicy: 400 InvalidAction"),
    ])

  /// The change to FIFO, which gives the topic another name.
  static let plainTopic = KindSample(
    section: "topics", properties: ["displayName": "Plain"], replacements: ["fifoTopic": "true"])

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
      "archivePolicy": set("ArchivePolicy", "json.dumps({'MessageRetentionPeriod': '50'})"),
      "contentBasedDeduplication": set("ContentBasedDeduplication", "'false'"),
      "fifoThroughputScope": set("FifoThroughputScope", "'Topic'"),
    ])

  private static let feedbackRole = "'arn:aws:iam::{account}:role/feedback'"

  private static func set(_ attribute: String, _ value: String) -> String {
    """
    value = \(value)
    client("sns").set_topic_attributes(TopicArn=f"arn:aws:sns:us-east-1:{account}:{name}",
        AttributeName="\(attribute)", AttributeValue=value)
    """
  }

  private static func dataProtection(_ name: String) -> String {
    "{ Name: \(name), Version: '2021-06-01', Statement: [{ Sid: one, DataDirection: Inbound, "
      + "Principal: ['*'], DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], "
      + "Operation: { Deny: {} } }] }"
  }

  private static func policy(_ action: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: s3.amazonaws.com }, "
      + "Action: '\(action)', Resource: 'arn:aws:sns:us-east-1:{account}:subject' }] }"
  }
}
