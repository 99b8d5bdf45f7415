import Planner

@testable import Providers

extension TraitProbe {
  static let tables: [TraitProbe] = [
    TraitProbe(.answersWithSettledTables) { endpoint in
      let aws = endpoint.writing
      let created = try await aws.write(DynamoDB.createTable, table("settled"))
      let index: Value = [
        "Create": [
          "IndexName": "by-day", "Projection": ["ProjectionType": "ALL"],
          "KeySchema": [["AttributeName": "day", "KeyType": "HASH"]],
        ]
      ]
      guard TableDescription(table: created["TableDescription"] ?? .null).isSettled else { return false }
      let updated = try await aws.write(
        DynamoDB.updateTable,
        [
          "TableName": "settled", "GlobalSecondaryIndexUpdates": [index],
          "AttributeDefinitions": [
            ["AttributeName": "id", "AttributeType": "S"], ["AttributeName": "day", "AttributeType": "S"],
          ],
        ])
      let now = try await aws.reading.read(DynamoDB.describeTable, ["TableName": "settled"])
      return TableDescription(table: updated["TableDescription"] ?? .null).isSettled
        && TableDescription(table: now["Table"] ?? .null).isSettled
        && now.at("Table.GlobalSecondaryIndexes")?.list?.count == 1
    },
    TraitProbe(.forgetsDeletedTablesAtOnce) { endpoint in
      let aws = endpoint.writing
      try await aws.write(DynamoDB.createTable, table("gone"))
      try await aws.write(DynamoDB.deleteTable, ["TableName": "gone"])
      let names = try await aws.reading.everyItem(DynamoDB.listTables)
      let left = try await aws.reading.readIfPresent(DynamoDB.describeTable, ["TableName": "gone"])
      return !names.contains("gone") && left == nil
    },
    TraitProbe(.inventsKeyOfAWS) { endpoint in
      let aws = endpoint.writing
      let encryption: [String: Value] = ["SSESpecification": ["Enabled": true, "SSEType": "KMS"]]
      let made = try await aws.write(
        DynamoDB.createTable, table("encrypted").merging(encryption) { $1 })
      guard let key = made.at("TableDescription.SSEDescription.KMSMasterKeyArn"),
        key.string?.hasSuffix(":alias/aws/dynamodb") != true
      else { return false }
      return try await aws.reading.readIfPresent(KMS.describeKey, ["KeyId": key]) == nil
    },
    TraitProbe(.keepsOldValuesOfTableTags) { endpoint in
      let aws = endpoint.writing
      let tags = { (value: Value) -> Value in [["Key": "team", "Value": value]] }
      let created = try await aws.write(
        DynamoDB.createTable, table("tagged").merging(["Tags": tags("old")]) { $1 })
      let arn: [String: Value] = ["ResourceArn": created.at("TableDescription.TableArn") ?? .null]
      try await aws.write(DynamoDB.tagResource, arn.merging(["Tags": tags("new")]) { $1 })
      let found = try await aws.reading.everyItem(DynamoDB.listTagsOfResource, arn)
      return found.filter { $0["Key"] == "team" }.count == 2
    },
  ]

  private static func table(_ name: Value) -> [String: Value] {
    [
      "TableName": name, "BillingMode": "PAY_PER_REQUEST",
      "AttributeDefinitions": [["AttributeName": "id", "AttributeType": "S"]],
      "KeySchema": [["AttributeName": "id", "KeyType": "HASH"]],
    ]
  }
}
