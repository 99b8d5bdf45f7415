extension KindSample {
  static let table = KindSample(
    section: "tables",
    properties: [
      "partitionKey": "{ customer: S }", "sortKey": "{ placedAt: N }", "stream": "NEW_IMAGE",
      "timeToLive": "expiresAt", "pointInTimeRecovery": "true", "tableClass": "STANDARD_INFREQUENT_ACCESS",
      "deletionProtection": "false", "billingMode": "PROVISIONED", "readCapacity": "5", "writeCapacity": "4",
      "encryption": "{ kmsKey: \"\(key)1\" }", "tags": "{ team: blue }",
      "globalSecondaryIndexes":
        "{ by-status: { partitionKey: { status: S }, projection: INCLUDE, nonKeyAttributes: [total, items], "
        + "readCapacity: 3, writeCapacity: 3 }, "
        + "by-day: { partitionKey: { day: S }, sortKey: { placedAt: N }, projection: KEYS_ONLY, "
        + "readCapacity: 2, writeCapacity: 1 } }",
      "localSecondaryIndexes": "{ by-total: { sortKey: { total: N }, projection: KEYS_ONLY } }",
      "recoveryPeriodInDays": "7", "resourcePolicy": policy("dynamodb:GetItem"),
      "contributorInsightsSpecification": "{ enabled: true, mode: ACCESSED_AND_THROTTLED_KEYS }",
      "kinesisStreamSpecification":
        "{ streamArn: \"\(streamArn)one\", approximateCreationDateTimePrecision: MICROSECOND }",
    ],
    // Everything is put back before the table is deleted, for a protected one could not be.
    mutations: [
      "billingMode": "PAY_PER_REQUEST", "stream": "NEW_AND_OLD_IMAGES", "timeToLive": "goneAt",
      "pointInTimeRecovery": "false", "deletionProtection": "true",
      "tableClass": "STANDARD", "readCapacity": "6", "writeCapacity": "7",
      "encryption": "{ kmsKey: alias/aws/dynamodb }",
      "tags": "{ owner: red }",
      // One is made anew, one loses its capacity and has the table's again, one goes and one comes.
      "globalSecondaryIndexes":
        "{ by-status: { partitionKey: { status: S }, readCapacity: 3, writeCapacity: 3 }, "
        + "by-shop: { partitionKey: { shop: S }, readCapacity: 1, writeCapacity: 1 } }",
      "recoveryPeriodInDays": "9", "resourcePolicy": policy("dynamodb:PutItem"),
      "contributorInsightsSpecification": "{ enabled: false }",
      "kinesisStreamSpecification": "{ streamArn: \"\(streamArn)two\" }",
    ],
    replacements: [
      "name": "another", "partitionKey": "{ client: S }", "sortKey": "{ number: N }",
      "localSecondaryIndexes":
        "{ by-total: { sortKey: { total: N }, projection: INCLUDE, nonKeyAttributes: [items] } }",
    ],
    // A capacity says how the table is paid for, and both units go together.
    companions: [
      "billingMode": ["globalSecondaryIndexes", "readCapacity", "writeCapacity"],
      "readCapacity": ["billingMode", "globalSecondaryIndexes", "writeCapacity"],
      "writeCapacity": ["billingMode", "globalSecondaryIndexes", "readCapacity"],
      // Only a table with a sort key has local indexes.
      "sortKey": ["localSecondaryIndexes"],
      "pointInTimeRecovery": ["recoveryPeriodInDays"], "recoveryPeriodInDays": ["pointInTimeRecovery"],
    ],
    withdrawals: [
      "billingMode": ["globalSecondaryIndexes", "readCapacity", "writeCapacity"],
      "pointInTimeRecovery": ["recoveryPeriodInDays"],
    ],
    outsideChanges: [
      "billingMode": "client('dynamodb').update_table(TableName=name, BillingMode='PAY_PER_REQUEST')",
      "deletionProtection": "client('dynamodb').update_table(TableName=name, DeletionProtectionEnabled=True)",
      "encryption": """
      client("dynamodb").update_table(TableName=name, SSESpecification={"Enabled": False})
      """,
      "globalSecondaryIndexes": """
      client("dynamodb").update_table(TableName=name, GlobalSecondaryIndexUpdates=[{"Update": {
        "IndexName": "by-day", "ProvisionedThroughput": {"ReadCapacityUnits": 9, "WriteCapacityUnits": 9}}}])
      """,
      "kinesisStreamSpecification": """
      client("dynamodb").disable_kinesis_streaming_destination(
        TableName=name, StreamArn=f"arn:aws:kinesis:{region}:{account}:stream/one")
      """,
      "pointInTimeRecovery": """
      client("dynamodb").update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False})
      """,
      "recoveryPeriodInDays": """
      client("dynamodb").update_continuous_backups(TableName=name,
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 3})
      """,
      "readCapacity": throughput(read: 9, write: 4), "writeCapacity": throughput(read: 5, write: 9),
      "resourcePolicy":
        "client('dynamodb').delete_resource_policy(ResourceArn=f'arn:aws:dynamodb:{region}:{account}:table/{name}')",
      "contributorInsightsSpecification":
        "client('dynamodb').update_contributor_insights(TableName=name, ContributorInsightsAction='DISABLE')",
      "stream":
        "client('dynamodb').update_table(TableName=name, StreamSpecification={'StreamEnabled': False})",
      "tableClass": "client('dynamodb').update_table(TableName=name, TableClass='STANDARD')",
      "tags": """
      arn = f"arn:aws:dynamodb:{region}:{account}:table/{name}"
      client("dynamodb").untag_resource(ResourceArn=arn, TagKeys=["team"])
      client("dynamodb").tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "theirs"}])
      """,
      "timeToLive": """
      client("dynamodb").update_time_to_live(
        TableName=name, TimeToLiveSpecification={"Enabled": False, "AttributeName": "expiresAt"})
      """,
    ],
    defects: moto)

  /// What is for tables that are paid for by the request.
  static let onDemandTable = KindSample(
    section: "tables",
    properties: [
      "partitionKey": "{ id: S }",
      "onDemandThroughput": "{ maxReadRequestUnits: 50, maxWriteRequestUnits: 20 }",
      "warmThroughput": "{ readUnitsPerSecond: 13000, writeUnitsPerSecond: 5000 }",
      "globalSecondaryIndexes":
        "{ by-day: { partitionKey: { day: S }, onDemandThroughput: { maxReadRequestUnits: 7, maxWriteRequestUnits: 8 }, "
        + "warmThroughput: { readUnitsPerSecond: 13000, writeUnitsPerSecond: 5000 } } }",
    ],
    mutations: [
      "onDemandThroughput": "{ maxReadRequestUnits: 60 }",
      "warmThroughput": "{ readUnitsPerSecond: 14000, writeUnitsPerSecond: 5000 }",
      "globalSecondaryIndexes":
        "{ by-hour: { partitionKey: { hour: S }, onDemandThroughput: { maxReadRequestUnits: 9 } } }",
    ],
    outsideChanges: [
      "onDemandThroughput": """
      client("dynamodb").update_table(
        TableName=name, OnDemandThroughput={"MaxReadRequestUnits": 9, "MaxWriteRequestUnits": 9})
      """
    ],
    unseen: ["warmThroughput": "it is a least: what is more, is as it should be, and it is never less"],
    defects: [
      Defect(
        endpoint: .localstack, property: "globalSecondaryIndexes",
        evidence: "CreateTable with OnDemandThroughput of an index: 200, DescribeTable tells none")
    ])

  /// LocalStack's tables are moto's here.
  private static let moto = [
    (
      "encryption",
      "UpdateTable with another SSESpecification answers 200, DescribeTable tells the first key"
    ),
    (
      "stream",
      "UpdateTable with a StreamSpecification, after the stream was turned off: 400 Cannot enable stream"
    ),
    (
      "contributorInsightsSpecification",
      "UpdateContributorInsights: 501 The update_contributor_insights action has not been implemented"
    ),
    (
      "kinesisStreamSpecification",
      "EnableKinesisStreamingDestination: 501 The enable_kinesis_streaming_destination action has not been implemented"
    ),
  ].map { Defect(endpoint: .localstack, property: $0.0, evidence: $0.1) }

  private static let key = "arn:aws:kms:us-east-1:{account}:key/00000000-0000-0000-0000-00000000000"
  private static let streamArn = "arn:aws:kinesis:us-east-1:{account}:stream/"

  private static func policy(_ action: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { AWS: 'arn:aws:iam::{account}:root' }, "
      + "Action: '\(action)', Resource: 'arn:aws:dynamodb:us-east-1:{account}:table/subject' }] }"
  }

  private static func throughput(read: Int, write: Int) -> String {
    "client('dynamodb').update_table(TableName=name, ProvisionedThroughput="
      + "{'ReadCapacityUnits': \(read), 'WriteCapacityUnits': \(write)})"
  }
}
