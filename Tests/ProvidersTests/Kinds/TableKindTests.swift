import Planner
import Testing

@testable import Providers

struct `A table's problems` {
  static let cases: [(String, [String: Value], [[String]])] = [
    ("none", ["sortKey": ["at": "N"]], []),
    ("two partition keys", ["partitionKey": ["a": "S", "b": "S"]], [["partitionKey"]]),
    ("one attribute as both keys", ["sortKey": ["id": "S"]], [["sortKey"]]),
    (
      "one attribute of two types", ["globalSecondaryIndexes": ["by-id": ["partitionKey": ["id": "N"]]]],
      [["globalSecondaryIndexes", "by-id", "partitionKey", "id"]]
    ),
    (
      "an index name that is too short", ["globalSecondaryIndexes": ["by": ["partitionKey": ["day": "S"]]]],
      [["globalSecondaryIndexes", "by"]]
    ),
    (
      "an index name with a blank", ["globalSecondaryIndexes": ["by day": ["partitionKey": ["day": "S"]]]],
      [["globalSecondaryIndexes", "by day"]]
    ),
    (
      "a local index without a sort key", ["localSecondaryIndexes": ["by-day": ["sortKey": ["day": "S"]]]],
      [["localSecondaryIndexes"]]
    ),
    (
      "attributes for a projection that has none",
      [
        "globalSecondaryIndexes": [
          "by-day": ["partitionKey": ["day": "S"], "projection": "KEYS_ONLY", "nonKeyAttributes": ["x"]]
        ]
      ], [["globalSecondaryIndexes", "by-day", "nonKeyAttributes"]]
    ),
    (
      "a projection that lacks its attributes",
      ["globalSecondaryIndexes": ["by-day": ["partitionKey": ["day": "S"], "projection": "INCLUDE"]]],
      [["globalSecondaryIndexes", "by-day", "projection"]]
    ),
    ("half a capacity", ["readCapacity": 5], [["readCapacity"]]),
    ("no capacity", ["billingMode": "PROVISIONED"], [["billingMode"]]),
    (
      "a capacity that is not paid for", ["billingMode": "PAY_PER_REQUEST", "writeCapacity": 5],
      [["writeCapacity"]]
    ),
  ]

  @Test(arguments: cases)
  func `are told by their path`(_ name: String, _ properties: [String: Value], _ paths: [[String]]) {
    let table = Resource(
      Address("tables", "jobs"), name: "jobs",
      properties: properties.merging(["partitionKey": ["id": "S"]]) { first, _ in first })
    #expect(TableKind().problems(of: table).map(\.path) == paths)
  }
}

struct `A change of a table` {
  private func inputs(
    live: [String: Value], wanted: [String: Value], changed: Set<String>
  ) -> [Value] {
    let base: [String: Value] = ["partitionKey": ["id": "S"]]
    let resource = Resource(
      Address("tables", "jobs"), name: "jobs", properties: base.merging(wanted) { $1 })
    let live = LiveResource(
      id: "jobs", properties: base.merging(live) { $1 }, attributes: [:], owner: nil)
    let owner = Owner(stack: "shop", address: resource.address)
    let update = Update(live: live, resource: resource, owner: owner, changed: changed)
    return TableChange(update).inputs.map(Value.map)
  }

  @Test func `turns a stream off before it tells another view`() {
    #expect(
      inputs(live: ["stream": "NEW_IMAGE"], wanted: ["stream": "OLD_IMAGE"], changed: ["stream"]) == [
        ["StreamSpecification": ["StreamEnabled": false]],
        ["StreamSpecification": ["StreamEnabled": true, "StreamViewType": "OLD_IMAGE"]],
      ])
  }

  @Test func `removes and adds one index at a time, with the attributes of the keys there are by then`() {
    let live: Value = ["by-day": ["partitionKey": ["day": "S"], "projection": "ALL"]]
    let wanted: Value = [
      "by-hour": ["partitionKey": ["hour": "N"]], "by-shop": ["partitionKey": ["shop": "S"]],
    ]
    let inputs = inputs(
      live: ["globalSecondaryIndexes": live], wanted: ["globalSecondaryIndexes": wanted],
      changed: ["globalSecondaryIndexes"])
    #expect(inputs.count == 3)
    #expect(inputs[0] == ["GlobalSecondaryIndexUpdates": [["Delete": ["IndexName": "by-day"]]]])
    #expect(
      inputs.dropFirst().map { $0.items("AttributeDefinitions").compactMap { $0["AttributeName"] } } == [
        ["hour", "id"], ["hour", "id", "shop"],
      ])
  }

  @Test func `sends a capacity only where it differs`() {
    let live: [String: Value] = ["billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 2]
    #expect(
      inputs(live: live, wanted: ["readCapacity": 5, "writeCapacity": 3], changed: ["writeCapacity"]) == [
        ["ProvisionedThroughput": ["ReadCapacityUnits": 5, "WriteCapacityUnits": 3]]
      ])
    // Something outside moved the read capacity, and the file says to leave it.
    #expect(
      inputs(live: live, wanted: ["readCapacity": 9, "stream": .null], changed: ["stream"]).isEmpty)
  }

  @Test func `gives every index a capacity when the table gets one`() {
    let index: Value = ["by-day": ["partitionKey": ["day": "S"], "projection": "ALL"]]
    let units: Value = ["ReadCapacityUnits": 4, "WriteCapacityUnits": 3]
    #expect(
      inputs(
        live: ["billingMode": "PAY_PER_REQUEST", "globalSecondaryIndexes": index],
        wanted: ["billingMode": "PROVISIONED", "readCapacity": 4, "writeCapacity": 3],
        changed: ["billingMode", "readCapacity", "writeCapacity"]) == [
          [
            "BillingMode": "PROVISIONED", "ProvisionedThroughput": units,
            "GlobalSecondaryIndexUpdates": [
              ["Update": ["IndexName": "by-day", "ProvisionedThroughput": units]]
            ],
          ]
        ])
  }

  @Test func `goes back to payment by the request when the capacity is taken out`() {
    #expect(
      inputs(
        live: ["billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 2],
        wanted: ["readCapacity": .null, "writeCapacity": .null], changed: ["readCapacity", "writeCapacity"])
        == [["BillingMode": "PAY_PER_REQUEST"]])
  }
}

struct `What DescribeTable tells` {
  @Test func `is put in the schema's words, whatever the endpoint leaves out or adds`() {
    // AWS tells no billing mode of a table that always had a capacity; some endpoints keep a stream's ARN when it is off.
    let description = TableDescription(table: [
      "TableName": "jobs", "TableStatus": "ACTIVE",
      "AttributeDefinitions": [["AttributeName": "id", "AttributeType": "S"]],
      "KeySchema": [["AttributeName": "id", "KeyType": "HASH"]],
      "ProvisionedThroughput": [
        "ReadCapacityUnits": 5, "WriteCapacityUnits": 2, "NumberOfDecreasesToday": 0,
      ],
      "StreamSpecification": ["StreamEnabled": false], "LatestStreamArn": "arn:old",
      "GlobalSecondaryIndexes": [["IndexName": "gone", "IndexStatus": "DELETING"]],
    ])
    #expect(
      description.properties == [
        "partitionKey": ["id": "S"], "billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 2,
        "tableClass": "STANDARD", "deletionProtection": false,
      ])
    #expect(description.streamARN == nil)
    #expect(!description.isSettled)
  }
}

struct `A table's capacity` {
  @Test func `says by itself how the table is paid for`() {
    var table = Resource(Address("tables", "jobs"), name: "jobs", properties: ["readCapacity": 1])
    let target = Target(account: "123456789012", region: "eu-west-1")
    let stack = Stack(name: "shop", target: target, outputs: [])
    #expect(TableKind().derived(from: table, in: stack).count == 1)
    table.properties["billingMode"] = "PROVISIONED"
    #expect(TableKind().derived(from: table, in: stack).isEmpty)
  }
}

struct `Tags of a table` {
  private let owner = Owner(stack: "shop", address: Address("tables", "jobs"))

  private func update(_ tags: Value) -> Update {
    let resource = Resource(owner.address, name: "jobs", properties: ["tags": tags])
    let live = LiveResource(
      id: "jobs", properties: ["tags": ["team": "blue", "old": "1"]], attributes: ["arn": "arn:jobs"],
      owner: owner)
    return Update(live: live, resource: resource, owner: owner, changed: ["tags"])
  }

  @Test func `are not sent when they are there already`() async throws {
    let sender = AnsweringSender()
    _ = try await TableKind().update(update(["team": "blue", "old": "1"]), sender.writing)
    #expect(await sender.operations.isEmpty)
  }

  @Test func `are sent where they differ`() async throws {
    let sender = AnsweringSender(["UntagResource": .null, "TagResource": .null])
    _ = try await TableKind().update(update(["team": "red"]), sender.writing)
    #expect(await sender.input("UntagResource")?["TagKeys"] == ["old", "team"])
    #expect(await sender.input("TagResource")?["Tags"] == [["Key": "team", "Value": "red"]])
  }
}

struct `A listing` {
  @Test func `whose tokens lead round in a circle ends`() async throws {
    let sender = AnsweringSender([
      "ListTagsOfResource": ["a", "b", "a", "b"].map { .success(["Tags": [], "NextToken": .string($0)]) }
    ])
    let pages = try await sender.reading.pages(.dynamoDB, "ListTagsOfResource", token: "NextToken")
    #expect(pages?.count == 3)
  }
}
