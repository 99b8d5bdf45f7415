extension KindSample {
  static let queue = KindSample(
    section: "queues",
    surroundings: ["queues": "  dead: {}\n  deader: {}"],
    properties: [
      "delaySeconds": "5", "visibilityTimeout": "60", "maximumMessageSize": "2048",
      "messageRetentionPeriod": "3600", "receiveMessageWaitTimeSeconds": "10",
      "kmsMasterKeyId": "alias/mine", "kmsDataKeyReusePeriodSeconds": "600",
      "sqsManagedSseEnabled": "false", "tags": "{ team: blue }", "policy": policy("sqs:SendMessage"),
      "redrivePolicy": "{ deadLetterTargetArn: '${queues.dead.arn}', maxReceiveCount: 3 }",
      "redriveAllowPolicy": "{ redrivePermission: denyAll }",
    ],
    mutations: [
      "delaySeconds": "6", "visibilityTimeout": "0", "maximumMessageSize": "4096",
      "messageRetentionPeriod": "7200", "receiveMessageWaitTimeSeconds": "20",
      "kmsMasterKeyId": "alias/other", "kmsDataKeyReusePeriodSeconds": "700", "tags": "{ owner: red }",
      "policy": policy("sqs:ReceiveMessage"),
      "redrivePolicy": "{ deadLetterTargetArn: '${queues.deader.arn}', maxReceiveCount: 4 }",
      "redriveAllowPolicy": "{ redrivePermission: byQueue, sourceQueueArns: ['${queues.dead.arn}'] }",
    ],
    replacements: ["name": "another"],
    outsideChanges: [
      "visibilityTimeout": """
      url = client("sqs").get_queue_url(QueueName=name)["QueueUrl"]
      client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "99"})
      """
    ])

  static let fifoQueue = KindSample(
    section: "queues",
    properties: [
      "fifoQueue": "true", "contentBasedDeduplication": "true", "deduplicationScope": "messageGroup",
      "fifoThroughputLimit": "perMessageGroupId",
    ],
    mutations: ["contentBasedDeduplication": "false", "fifoThroughputLimit": "perQueue"],
    replacements: ["name": "another.fifo"],
    // The limit of each group needs the scope of each group.
    companions: ["deduplicationScope": ["fifoThroughputLimit"]],
    outsideChanges: [
      "contentBasedDeduplication": """
      url = client("sqs").get_queue_url(QueueName=name)["QueueUrl"]
      client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"ContentBasedDeduplication": "false"})
      """
    ])

  private static func policy(_ action: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, "
      + "Action: '\(action)', Resource: 'arn:aws:sqs:us-east-1:{account}:subject' }] }"
  }
}
