import Testing

@testable import Planner
@testable import Providers

struct `A CloudFront function` {
  private let kind = CloudFrontFunctionKind()
  private let owner = Owner(stack: "shop", address: Address("cloudFrontFunctions", "rewrite"))
  private static let config: Value = ["Comment": "", "Runtime": "cloudfront-js-2.0"]
  private static let old = FakeFunctions.Stage(code: "old", config: config)
  private static let new = FakeFunctions.Stage(code: "new", config: config)

  private func function(_ code: String, publishes: Bool = true) -> Resource {
    kind.completed(
      Resource(
        Address("cloudFrontFunctions", "rewrite"), name: "rewrite",
        properties: [
          "functionCode": .string(code), "functionConfig": ["runtime": "cloudfront-js-2.0"],
          "autoPublish": .boolean(publishes),
        ]))
  }

  private func update(
    _ cloud: FakeFunctions, to wanted: Resource, _ changed: Set<String> = ["functionCode"]
  ) async throws {
    let live = LiveResource(
      id: "rewrite",
      properties: [
        "functionCode": "old", "functionConfig": ["comment": "", "runtime": "cloudfront-js-2.0"],
      ],
      attributes: [:], owner: owner)
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: changed), cloud.writing)
  }

  @Test func `is made with a document in the model's order, and published`() async throws {
    let cloud = FakeFunctions(nil)
    let created = try await kind.create(
      Creation(resource: function("new"), owner: owner), cloud.writing)
    #expect(created.id == "rewrite")
    #expect(created.attributes["arn"] == "arn:aws:cloudfront::111111111111:function/rewrite")
    #expect(
      await cloud.bodies["CreateFunction"]
        == #"<?xml version="1.0" encoding="UTF-8"?>"#
        + #"<CreateFunctionRequest xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Name>rewrite</Name>"#
        + "<FunctionConfig><Comment/><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig>"
        + "<FunctionCode>bmV3</FunctionCode><Tags><Items>"
        + "<Tag><Key>stackform:address</Key><Value>cloudFrontFunctions.rewrite</Value></Tag>"
        + "<Tag><Key>stackform:stack</Key><Value>shop</Value></Tag></Items></Tags></CreateFunctionRequest>")
    #expect(await cloud.live == Self.new)
    // Published was what was seen to be ours.
    #expect(
      await cloud.operations == [
        "CreateFunction", "DescribeFunction", "GetFunction", "PublishFunction",
      ])
  }

  @Test func `stays in development without autoPublish`() async throws {
    let cloud = FakeFunctions(Self.old)
    try await update(cloud, to: function("new", publishes: false))
    #expect(await cloud.development == Self.new)
    #expect(await cloud.live == nil)
  }

  @Test func `spells its key value store as a counted list, and reads it so`() async throws {
    let cloud = FakeFunctions(nil)
    var wanted = function("new", publishes: false)
    wanted.properties["functionConfig"] = [
      "comment": "c", "runtime": "cloudfront-js-2.0",
      "keyValueStoreAssociations": ["arn:aws:cloudfront::1:key-value-store/a"],
    ]
    _ = try await kind.create(Creation(resource: wanted, owner: owner), cloud.writing)
    let body = await cloud.bodies["CreateFunction"]
    #expect(
      body?.contains(
        "<KeyValueStoreAssociations><Quantity>1</Quantity><Items><KeyValueStoreAssociation>"
          + "<KeyValueStoreARN>arn:aws:cloudfront::1:key-value-store/a</KeyValueStoreARN>"
          + "</KeyValueStoreAssociation></Items></KeyValueStoreAssociations>") == true)
    let live = try await kind.read(LiveQuery(wanted, owner: owner), cloud.writing.reading)
    #expect(live?.properties["functionConfig"] == wanted["functionConfig"])
    #expect(live?.properties["functionCode"] == "new")
  }

  @Test func `is changed over another version, if what is changed has not moved`() async throws {
    let cloud = FakeFunctions(Self.old)
    await cloud.before("UpdateFunction") { _ in }
    try await update(cloud, to: function("new"))
    #expect(await cloud.operations.count { $0 == "UpdateFunction" } == 2)
    #expect(await cloud.development?.code == "new")
  }

  @Test(arguments: ["functionCode", "functionConfig"])
  func `is left alone where somebody has changed what an update overwrites, and says so`(
    property: String
  ) async throws {
    let theirs = FakeFunctions.Stage(
      code: property == "functionCode" ? "theirs" : "old",
      config: property == "functionCode"
        ? Self.config : ["Comment": "theirs", "Runtime": "cloudfront-js-2.0"])
    let cloud = FakeFunctions(Self.old)
    await cloud.before("UpdateFunction") { $0 = theirs }
    let error = await #expect(throws: ProviderError.self) { try await update(cloud, to: function("new")) }
    #expect(error?.kind == .preconditionFailed)
    #expect(error?.message.contains("somebody else has changed \(property)") == true)
    #expect(await cloud.development == theirs)
    #expect(await cloud.live == nil)
  }

  @Test func `is not changed twice where the first answer was lost`() async throws {
    let cloud = FakeFunctions(Self.old)
    await cloud.lose("UpdateFunction")
    await #expect(throws: ProviderError.self) { try await update(cloud, to: function("new")) }
    // The step runs again, as after any answer that may have been lost.
    try await update(cloud, to: function("new"))
    #expect(await cloud.operations.count { $0 == "UpdateFunction" } == 1)
    #expect(await cloud.live == Self.new)
  }

  @Test func `is published once it shows, where the service tells late of it`() async throws {
    let cloud = FakeFunctions(nil)
    await cloud.tellLate([nil, nil])
    let kind = CloudFrontFunctionKind()
    _ = try await kind.create(Creation(resource: function("new"), owner: owner), cloud.writing)
    #expect(await cloud.live == Self.new)
    let changed = FakeFunctions(Self.old)
    await changed.tellLate([Self.old])
    try await update(changed, to: function("new"))
    #expect(await changed.live == Self.new)
  }

  @Test func `never publishes what somebody else has written`() async throws {
    let cloud = FakeFunctions(Self.old)
    await cloud.before("PublishFunction") { $0.code = "theirs" }
    let error = await #expect(throws: ProviderError.self) { try await update(cloud, to: function("new")) }
    #expect(error?.kind == .preconditionFailed)
    #expect(await cloud.live == nil)
  }

  @Test func `is published alone where only that is missing`() async throws {
    let cloud = FakeFunctions(Self.new, live: Self.old)
    let wanted = function("new")
    let live = try #require(try await kind.read(LiveQuery(wanted, owner: owner), cloud.writing.reading))
    #expect(live.properties["autoPublish"] == false)
    try await update(cloud, to: wanted, ["autoPublish"])
    #expect(await !cloud.operations.contains("UpdateFunction"))
    #expect(await cloud.live == Self.new)
  }

  @Test func `is deleted in the version that is there, however often that moves`() async throws {
    let cloud = FakeFunctions(Self.old)
    await cloud.before("DeleteFunction") { $0.code = "theirs" }
    let live = LiveResource(id: "rewrite", properties: [:], attributes: [:], owner: owner)
    try await kind.delete(
      Deletion(address: owner.address, section: "cloudFrontFunctions", live: live), cloud.writing)
    #expect(await cloud.development == nil)
    #expect(await cloud.operations.count { $0 == "DeleteFunction" } == 2)
  }
}
