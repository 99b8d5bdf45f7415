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
      "delaySeconds": set("DelaySeconds", "'7'"),
      "kmsDataKeyReusePeriodSeconds": set("KmsDataKeyReusePeriodSeconds", "'800'"),
      "kmsMasterKeyId": set("KmsMasterKeyId", "'alias/outside'"),
      "maximumMessageSize": set("MaximumMessageSize", "'8192'"),
      "messageRetentionPeriod": set("MessageRetentionPeriod", "'14400'"),
      "policy": set(
        "Policy",
        """
        json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
            "Action": "sqs:PurgeQueue", "Resource": f"arn:aws:sqs:us-east-1:{account}:{name}"}]})
        """),
      "receiveMessageWaitTimeSeconds": set("ReceiveMessageWaitTimeSeconds", "'15'"),
      "redriveAllowPolicy": set("RedriveAllowPolicy", "json.dumps({'redrivePermission': 'allowAll'})"),
      "redrivePolicy": set(
        "RedrivePolicy",
        """
        json.dumps({"deadLetterTargetArn": f"arn:aws:sqs:us-east-1:{account}:deader", "maxReceiveCount": 9})
        """),
      "tags": "\(url)client('sqs').tag_queue(QueueUrl=url, Tags={'team': 'outside'})",
      "visibilityTimeout": set("VisibilityTimeout", "'99'"),
    ])

  /// What excludes a key of one's own, and the change to FIFO, which gives the queue another name.
  static let plainQueue = KindSample(
    section: "queues",
    properties: ["sqsManagedSseEnabled": "false"],
    mutations: ["sqsManagedSseEnabled": "true"],
    replacements: ["fifoQueue": "true"],
    outsideChanges: ["sqsManagedSseEnabled": set("SqsManagedSseEnabled", "'true'")])

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
      "contentBasedDeduplication": set("ContentBasedDeduplication", "'false'"),
      "fifoThroughputLimit": set("FifoThroughputLimit", "'perQueue'"),
    ])

  /// The scope alone can change both ways.
  static let scopedQueue = KindSample(
    section: "queues",
    properties: ["fifoQueue": "true", "deduplicationScope": "messageGroup"],
    mutations: ["deduplicationScope": "queue"],
    outsideChanges: ["deduplicationScope": set("DeduplicationScope", "'queue'")])

  private static let url = "url = client('sqs').get_queue_url(QueueName=name)['QueueUrl']\n"

  private static func set(_ attribute: String, _ value: String) -> String {
    "\(url)value = \(value)\nclient('sqs').set_queue_attributes(QueueUrl=url, Attributes={'\(attribute)': value})"
  }

  private static func policy(_ action: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, "
      + "Action: '\(action)', Resource: 'arn:aws:sqs:us-east-1:{account}:subject' }] }"
  }
}
