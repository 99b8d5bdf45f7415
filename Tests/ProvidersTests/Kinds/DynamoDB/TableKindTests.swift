import Testing

@testable import Planner
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
    ("a period of backups that are off", ["recoveryPeriodInDays": 7], [["recoveryPeriodInDays"]]),
    (
      "a limit beside a capacity",
      [
        "readCapacity": 1, "writeCapacity": 1, "onDemandThroughput": ["maxReadRequestUnits": 5],
        "globalSecondaryIndexes": [
          "by-day": ["partitionKey": ["day": "S"], "onDemandThroughput": ["maxReadRequestUnits": 5]]
        ],
      ], [["onDemandThroughput"], ["globalSecondaryIndexes", "by-day", "onDemandThroughput"]]
    ),
    (
      "a hundred and twenty attributes in six indexes",
      [
        "globalSecondaryIndexes": .map(
          Dictionary(
            (1...6).map { index in
              let attributes = Value.list((1...20).map { .string("a\($0)") })
              let key: Value = .map(["k\(index)": "S"])
              return (
                "by-\(index)",
                ["partitionKey": key, "projection": "INCLUDE", "nonKeyAttributes": attributes]
              )
            }, uniquingKeysWith: { first, _ in first }))
      ], [["globalSecondaryIndexes"]]
    ),
    (
      "a policy that is too long",
      ["resourcePolicy": ["Statement": .string(String(repeating: "x", count: 20_480))]], [["resourcePolicy"]]
    ),
  ]

  @Test(arguments: cases)
  func `are told by their path`(_ name: String, _ properties: [String: Value], _ paths: [[String]]) {
    let table = Resource(
      Address("tables", "jobs"), name: "jobs",
      properties: properties.merging(["partitionKey": ["id": "S"]]) { first, _ in first })
    #expect(TableKind().allProblems(of: table).map(\.path) == paths)
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

  @Test func `tells an index's limit and what it must be ready for only where they differ`() {
    let live: Value = [
      "by-day": ["partitionKey": ["day": "S"], "onDemandThroughput": ["maxReadRequestUnits": 5]],
      "by-hour": ["partitionKey": ["hour": "S"], "onDemandThroughput": ["maxReadRequestUnits": 5]],
    ]
    let wanted: Value = [
      "by-day": [
        "partitionKey": ["day": "S"], "onDemandThroughput": .null,
        "warmThroughput": ["readUnitsPerSecond": 14_000],
      ],
      "by-hour": ["partitionKey": ["hour": "S"], "onDemandThroughput": ["maxReadRequestUnits": 5]],
    ]
    #expect(
      inputs(
        live: ["billingMode": "PAY_PER_REQUEST", "globalSecondaryIndexes": live],
        wanted: [
          "globalSecondaryIndexes": wanted,
          "onDemandThroughput": ["maxReadRequestUnits": 9, "maxWriteRequestUnits": .null],
        ], changed: ["globalSecondaryIndexes", "onDemandThroughput"]) == [
          ["OnDemandThroughput": ["MaxReadRequestUnits": 9, "MaxWriteRequestUnits": -1]],
          [
            "GlobalSecondaryIndexUpdates": [
              [
                "Update": [
                  "IndexName": "by-day", "WarmThroughput": ["ReadUnitsPerSecond": 14_000],
                  "OnDemandThroughput": ["MaxReadRequestUnits": -1, "MaxWriteRequestUnits": -1],
                ]
              ]
            ]
          ],
        ])
  }

  @Test func `names no key where AWS's own is to encrypt`() {
    #expect(
      inputs(live: [:], wanted: ["encryption": ["kmsKey": TableKind.managedKey]], changed: ["encryption"])
        == [["SSESpecification": ["Enabled": true, "SSEType": "KMS"]]])
  }

  @Test func `that a lost answer made is not sent again`() {
    let properties: [String: Value] = [
      "deletionProtection": true, "tableClass": "STANDARD", "stream": "NEW_IMAGE",
      "encryption": ["kmsKey": "arn:key"],
    ]
    #expect(inputs(live: properties, wanted: properties, changed: Set(properties.keys)).isEmpty)
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

struct `What an index of a table leaves open` {
  private func completed(_ properties: [String: Value]) -> Value? {
    let table = Resource(
      Address("tables", "jobs"), name: "jobs",
      properties: properties.merging(["partitionKey": ["id": "S"]]) { $1 })
    return TableKind().completed(table)["globalSecondaryIndexes"]?["by-day"]
  }

  @Test func `is the table's capacity, so that one that is taken out goes back to it`() {
    let indexes: Value = ["by-day": ["partitionKey": ["day": "S"], "readCapacity": 9]]
    let index = completed(["readCapacity": 5, "writeCapacity": 4, "globalSecondaryIndexes": indexes])
    #expect(index?["readCapacity"] == 9 && index?["writeCapacity"] == 4)
    #expect(completed(["globalSecondaryIndexes": indexes])?["writeCapacity"] == nil)
  }
}

struct `What a table is ready for` {
  private let description = TableDescription(table: [
    "WarmThroughput": ["ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 9_000]
  ])

  private func told(_ wanted: Value?) -> Value? {
    var table = Resource(Address("tables", "jobs"), name: "jobs")
    table.properties["warmThroughput"] = wanted
    return description.warmed([:], asWanted: table)["warmThroughput"]
  }

  @Test func `is told where it is asked for, and as wanted when it is more than that`() {
    #expect(told(nil) == nil)
    #expect(
      told(["readUnitsPerSecond": 15_000, "writeUnitsPerSecond": 5_000])
        == ["readUnitsPerSecond": 12_000, "writeUnitsPerSecond": 5_000])
  }
}

struct `A setting of a table` {
  private let table: Value = ["TableName": "jobs", "TableArn": "arn:jobs"]

  private func wanted(_ properties: [String: Value]) -> Resource {
    Resource(Address("tables", "jobs"), name: "jobs", properties: properties)
  }

  @Test func `for another attribute of time to live goes off, then on`() async throws {
    let sender = AnsweringSender(["UpdateTimeToLive": [:]])
    try await TableSetting.timeToLive.write(
      wanted(["timeToLive": "new"]), over: ["timeToLive": "old"], table: table, sender.writing)
    let sent = await sender.requests.compactMap { request -> Value? in
      guard case .value(let value) = request.body else { return nil }
      return value["TimeToLiveSpecification"]
    }
    #expect(
      sent == [["Enabled": false, "AttributeName": "old"], ["Enabled": true, "AttributeName": "new"]])
    try await TableSetting.timeToLive.write(
      wanted(["timeToLive": "new"]), over: ["timeToLive": "new"], table: table, sender.writing)
    #expect(await sender.operations.count == 2)
  }

  @Test func `says when AWS will take another change of time to live`() async {
    let refusal = ProviderError(
      .invalid, code: "ValidationException",
      message: "Time to live has been modified multiple times within a fixed interval")
    let sender = AnsweringSender(["UpdateTimeToLive": [.failure(refusal)]])
    let error = await #expect(throws: ProviderError.self) {
      try await TableSetting.timeToLive.write(
        self.wanted(["timeToLive": "new"]), over: [:], table: self.table, sender.writing)
    }
    #expect(error?.message.contains("apply again") == true)
  }

  @Test func `for another Kinesis stream leaves the first one and waits`() async throws {
    func destinations(_ status: String, _ stream: String) -> AnsweringSender.Answer {
      .success([
        "KinesisDataStreamDestinations": [
          ["StreamArn": .string(stream), "DestinationStatus": .string(status)]
        ]
      ])
    }
    let sender = AnsweringSender([
      "DisableKinesisStreamingDestination": [.success([:])],
      "EnableKinesisStreamingDestination": [.success([:])],
      "DescribeKinesisStreamingDestination": [
        destinations("DISABLING", "arn:old"), destinations("DISABLED", "arn:old"),
        destinations("ENABLING", "arn:new"), destinations("ACTIVE", "arn:new"),
      ],
    ])
    try await TableSetting.kinesis.write(
      wanted(["kinesisStreamSpecification": ["streamArn": "arn:new"]]),
      over: ["kinesisStreamSpecification": ["streamArn": "arn:old"]], table: table, sender.writing)
    let describe = "DescribeKinesisStreamingDestination"
    #expect(
      await sender.operations == [
        "DisableKinesisStreamingDestination", describe, describe, "EnableKinesisStreamingDestination",
        describe, describe,
      ])
  }

  @Test func `is taken for off where the endpoint has no such call`() async throws {
    let sender = AnsweringSender([
      "DescribeContributorInsights": [.failure(ProviderError(.unsupported, message: "501"))]
    ])
    let read = try await TableSetting.insights.read(table, wanted: nil, sender.reading)
    #expect(read.isEmpty)
  }
}

struct `A change that meets another one` {
  @Test func `waits for its end, as for an index that a killed run began`() async throws {
    let busy = ProviderError(.conflict, code: "ResourceInUseException", message: "Table is being updated")
    let filling: Value = ["TableStatus": "ACTIVE", "GlobalSecondaryIndexes": [["IndexStatus": "CREATING"]]]
    let active: Value = ["TableStatus": "ACTIVE", "TableArn": "arn:jobs"]
    let sender = AnsweringSender([
      "UpdateTable": [.failure(busy), .success(["TableDescription": active])],
      "DescribeTable": [.success(["Table": filling]), .success(["Table": active])],
    ])
    let owner = Owner(stack: "shop", address: Address("tables", "jobs"))
    let resource = Resource(owner.address, name: "jobs", properties: ["deletionProtection": true])
    let live = LiveResource(id: "jobs", properties: [:], attributes: [:], owner: owner)
    _ = try await TableKind().update(
      Update(live: live, resource: resource, owner: owner, changed: ["deletionProtection"]),
      sender.writing(on: .miniStack))
    #expect(
      await sender.operations == ["UpdateTable", "DescribeTable", "DescribeTable", "UpdateTable"])
    #expect(await sender.requests.allSatisfy { $0.operation != "UpdateTable" || !$0.isRepeatable })
  }
}

struct `A table that the answer to its creation shows as ready` {
  private let owner = Owner(stack: "shop", address: Address("tables", "jobs"))

  @Test(arguments: [(EndpointSoftware?.none, true), (.miniStack, false), (.localStack, false)])
  func `is looked at on AWS, whose answers show the state before the change`(
    _ software: EndpointSoftware?, _ isDescribed: Bool
  ) async throws {
    let table: Value = ["TableStatus": "ACTIVE", "TableArn": "arn:jobs"]
    let sender = AnsweringSender([
      "CreateTable": ["TableDescription": table], "DescribeTable": ["Table": table],
    ])
    let resource = Resource(owner.address, name: "jobs", properties: ["partitionKey": ["id": "S"]])
    _ = try await TableKind().create(
      Creation(resource: resource, owner: owner), sender.writing(on: software))
    #expect(await sender.operations == ["CreateTable"] + (isDescribed ? ["DescribeTable"] : []))
  }

  @Test func `is looked for again where it is not known yet`() async throws {
    let table: Value = ["TableStatus": "ACTIVE", "TableArn": "arn:jobs"]
    let unknown = ProviderError(.notFound, code: "ResourceNotFoundException", message: "not found")
    let sender = AnsweringSender([
      "CreateTable": [.success(["TableDescription": ["TableStatus": "CREATING"]])],
      "DescribeTable": [.failure(unknown), .failure(unknown), .success(["Table": table])],
    ])
    let resource = Resource(owner.address, name: "jobs", properties: ["partitionKey": ["id": "S"]])
    _ = try await TableKind().create(
      Creation(resource: resource, owner: owner), sender.writing(on: .miniStack))
    #expect(await sender.operations == ["CreateTable", "DescribeTable", "DescribeTable", "DescribeTable"])
  }

  @Test(arguments: [(EndpointSoftware?.none, "DescribeTable"), (.miniStack, "ListTables")])
  func `is waited for after its deletion by a listing where that is true at once`(
    _ software: EndpointSoftware?, _ question: String
  ) async throws {
    let sender = AnsweringSender(["DeleteTable": [:], "ListTables": ["TableNames": ["others"]]])
    let live = LiveResource(id: "jobs", properties: [:], attributes: [:], owner: owner)
    try await TableKind().delete(
      Deletion(address: owner.address, section: "tables", live: live), sender.writing(on: software))
    #expect(await sender.operations == ["DeleteTable", question])
  }
}

extension AnsweringSender {
  fileprivate nonisolated func writing(on software: EndpointSoftware?) -> WritingClient {
    var target = target
    target.software = software?.rawValue
    return WritingClient(target: target, sender: self)
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

  @Test(arguments: [(EndpointSoftware?.none, ["old"]), (.localStack, ["old", "team"])])
  func `are sent where they differ, and taken off first where the old value would stay`(
    _ software: EndpointSoftware?, _ removed: [String]
  ) async throws {
    let sender = AnsweringSender(["UntagResource": .null, "TagResource": .null])
    _ = try await TableKind().update(update(["team": "red"]), sender.writing(on: software))
    #expect(await sender.operations == ["UntagResource", "TagResource"])
    #expect(await sender.input("UntagResource")?["TagKeys"] == .list(removed.map(Value.string)))
    #expect(await sender.input("TagResource")?["Tags"] == [["Key": "team", "Value": "red"]])
  }
}

@Test(
  arguments: [
    (["partitionKey": ["date": "S"]], "globalSecondaryIndexes.by-day"),
    (["partitionKey": ["day": "S"], "projection": "KEYS_ONLY"], "globalSecondaryIndexes.by-day"),
    (["partitionKey": ["day": "S"], "readCapacity": 7], nil),
  ] as [(Value, String?)])
func `A plan says which index is deleted and made anew`(index: Value, rebuilt: String?) throws {
  let owner = Owner(stack: "shop", address: Address("tables", "orders"))
  func table(_ index: Value) -> Resource {
    Resource(
      owner.address, name: "orders",
      properties: ["partitionKey": ["id": "S"], "globalSecondaryIndexes": ["by-day": index]])
  }
  let live = LiveResource(
    id: "orders", properties: table(["partitionKey": ["day": "S"], "projection": "ALL"]).properties,
    attributes: ["name": "orders"], owner: owner)
  let difference = ResourceDifference(
    live: live, wanted: table(index), schema: TableKind().schema, record: nil,
    fingerprint: Fingerprinter(salt: "") { $0 })
  #expect(!difference.mustReplace && !difference.properties.isEmpty)
  #expect(Set(difference.properties.map(\.rebuilds)) == [rebuilt])
}
