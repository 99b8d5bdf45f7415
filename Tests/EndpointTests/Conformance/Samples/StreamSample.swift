extension KindSample {
  static let stream = KindSample(
    section: "streams",
    properties: [
      "shardCount": "2", "retentionPeriodHours": "48", "streamEncryption": "{ keyId: alias/aws/kinesis }",
      "desiredShardLevelMetrics": "[IncomingBytes, OutgoingBytes]", "tags": "{ team: blue }",
    ],
    mutations: [
      "shardCount": "3", "retentionPeriodHours": "36",
      "streamEncryption": "{ encryptionType: KMS, keyId: alias/own }",
      "desiredShardLevelMetrics": "[IncomingBytes, IncomingRecords]", "tags": "{ team: red, cost: low }",
    ],
    replacements: ["name": "renamed"],
    outsideChanges: [
      // To 1: LocalStack was seen to answer a change from 4 shards to 2 with 200, and to keep the 4.
      "shardCount":
        "client('kinesis').update_shard_count(StreamName=name, TargetShardCount=1, ScalingType='UNIFORM_SCALING')\n"
        + settled,
      "retentionPeriodHours":
        "client('kinesis').increase_stream_retention_period(StreamName=name, RetentionPeriodHours=72)\n"
        + settled,
      "streamEncryption":
        "client('kinesis').stop_stream_encryption(StreamName=name, EncryptionType='KMS', KeyId='alias/aws/kinesis')\n"
        + settled,
      "desiredShardLevelMetrics":
        "client('kinesis').disable_enhanced_monitoring(StreamName=name, ShardLevelMetrics=['IncomingBytes'])\n"
        + settled,
      "tags": "client('kinesis').add_tags_to_stream(StreamName=name, Tags={'team': 'green'})",
    ])

  private static let settled = "client('kinesis').get_waiter('stream_exists').wait(StreamName=name)"

  static let onDemandStream = KindSample(
    section: "streams", properties: ["streamMode": "ON_DEMAND"], mutations: ["streamMode": "PROVISIONED"],
    outsideChanges: [
      "streamMode": """
      arn = client('kinesis').describe_stream_summary(StreamName=name)['StreamDescriptionSummary']['StreamARN']
      client('kinesis').update_stream_mode(StreamARN=arn, StreamModeDetails={'StreamMode': 'PROVISIONED'})
      """
    ],
    defects: [
      Defect(
        endpoint: .ministack, property: "streamMode",
        evidence: "UpdateStreamMode: InvalidAction, unknown action")
    ])
}
