extension KindSample {
  static let table = KindSample(
    section: "tables",
    properties: [
      "partitionKey": "{ customer: S }", "sortKey": "{ placedAt: N }", "stream": "NEW_IMAGE",
      "timeToLive": "expiresAt", "pointInTimeRecovery": "true", "tableClass": "STANDARD_INFREQUENT_ACCESS",
      "deletionProtection": "false", "billingMode": "PROVISIONED", "readCapacity": "5", "writeCapacity": "4",
      "encryption": "{ kmsKey: \"\(key)1\" }", "tags": "{ team: blue }",
      "globalSecondaryIndexes":
        "{ by-status: { partitionKey: { status: S }, projection: INCLUDE, nonKeyAttributes: [total, items] }, "
        + "by-day: { partitionKey: { day: S }, sortKey: { placedAt: N }, projection: KEYS_ONLY, "
        + "readCapacity: 2, writeCapacity: 1 } }",
      "localSecondaryIndexes": "{ by-total: { sortKey: { total: N }, projection: KEYS_ONLY } }",
    ],
    // Not deletionProtection: a protected table can't be deleted, which the round trip shows.
    mutations: [
      "stream": "NEW_AND_OLD_IMAGES", "timeToLive": "goneAt", "pointInTimeRecovery": "false",
      "tableClass": "STANDARD", "readCapacity": "6", "writeCapacity": "7",
      "encryption": "{ kmsKey: \"\(key)2\" }",
      "tags": "{ owner: red }",
      "globalSecondaryIndexes":
        "{ by-status: { partitionKey: { status: S } }, by-shop: { partitionKey: { shop: S } } }",
    ],
    replacements: [
      "name": "another", "partitionKey": "{ client: S }", "sortKey": "{ number: N }",
      "localSecondaryIndexes": "{ by-total: { sortKey: { total: N } } }",
    ],
    // A capacity says how the table is paid for, and both units go together.
    companions: [
      "billingMode": ["globalSecondaryIndexes", "readCapacity", "writeCapacity"],
      "readCapacity": ["billingMode", "globalSecondaryIndexes", "writeCapacity"],
      "writeCapacity": ["billingMode", "globalSecondaryIndexes", "readCapacity"],
      // Only a table with a sort key has local indexes.
      "sortKey": ["localSecondaryIndexes"],
    ],
    outsideChanges: [
      "pointInTimeRecovery": """
      client("dynamodb").update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False})
      """
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "tableClass",
        evidence: "tables are moto's here; CreateTable with TableClass answers 200, DescribeTable tells none"),
      Defect(
        endpoint: .localstack, property: "encryption",
        evidence: "UpdateTable with another SSESpecification answers 200, DescribeTable tells the first key"),
      Defect(
        endpoint: .localstack, property: "stream",
        evidence:
          "UpdateTable with a StreamSpecification, after the stream was turned off: 400 Cannot enable stream"),
    ])

  private static let key = "arn:aws:kms:us-east-1:{account}:key/00000000-0000-0000-0000-00000000000"
}
